"""What people send to accounts."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import Length, ValidationError

from portal.accounts.operations.passwords import SHORTEST
from portal.accounts.states import AccountRole
from portal.core.forms import Choice, EmailBox, Form, MultiChoice, PasswordBox, TextField
from portal.core.forms.box import Text
from portal.core.i18n import NATIVE_NAMES, current_locale, sort_key, zone_name

REGIONS: dict[str, Text] = {
    "Africa": _l("Africa"),
    "America": _l("America"),
    "Antarctica": _l("Antarctica"),
    "Arctic": _l("Arctic"),
    "Asia": _l("Asia"),
    "Atlantic": _l("Atlantic"),
    "Australia": _l("Australia"),
    "Europe": _l("Europe"),
    "Indian": _l("Indian Ocean"),
    "Pacific": _l("Pacific"),
}


def zone_offer(present: str = "UTC") -> list[tuple[str, str, str | None]]:
    """The time zones by region and city in the reader's language, ``present`` among them."""
    zones = {(region, city): zone for zone, city, region in _zones_in(current_locale())}
    apart: list[tuple[str, str, str | None]] = [("UTC", "UTC", None)]
    if (region := present.split("/", maxsplit=1)[0]) in REGIONS:
        # Some cities have two names for one zone; the account's own must be the one on offer.
        zones[str(REGIONS[region]), zone_name(present)] = present
    elif present != "UTC":
        apart.append((present, present, None))
    return [*apart, *((zone, city, region) for (region, city), zone in zones.items())]


@cache
def _zones_in(locale: str) -> list[tuple[str, str, str]]:
    zones = [
        (zone, zone_name(zone, locale), str(REGIONS[zone.split("/")[0]]))
        for zone in available_timezones()
        if zone.split("/")[0] in REGIONS
    ]
    return sorted(
        zones, key=lambda one: (sort_key(one[2], locale), sort_key(one[1], locale), one[0])
    )


class SignInForm(Form):
    """E-mail address and password."""

    email = EmailBox(_l("E-mail"), render_kw={"autocomplete": "username"})
    password = PasswordBox(_l("Password"), render_kw={"autocomplete": "current-password"})


class AskResetForm(Form):
    """Where to send the link."""

    email = EmailBox(_l("E-mail"), render_kw={"autocomplete": "username"})


class NewPasswordForm(Form):
    """A new password, typed twice."""

    password = PasswordBox(
        _l("New password"),
        hint=_l(
            "At least %(least)s characters. A few words in a row are easy to remember.",
            least=SHORTEST,
        ),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordBox(_l("The same again"), render_kw={"autocomplete": "new-password"})

    def validate_again(self, field: Any) -> None:  # noqa: ANN401 - a WTForms hook
        """Both must be the same.

        Raises:
            ValidationError: if they are not.
        """
        if field.data != self.password.data:
            raise ValidationError(_("The two are not the same. Type both again."))


class ChangePasswordForm(NewPasswordForm):
    """The present password besides, so that an open screen is not enough."""

    present = PasswordBox(_l("Present password"), render_kw={"autocomplete": "current-password"})


class PreferencesForm(Form):
    """How the portal speaks to a person."""

    language = Choice(_l("Language"), list(NATIVE_NAMES.items()))
    time_zone = Choice(_l("Time zone"), zone_offer)


class LanguageForm(Form):
    """The language alone, for the menu on every page."""

    language = Choice(_l("Language"), list(NATIVE_NAMES.items()))


class RolesForm(Form):
    """What an account may do."""

    roles = MultiChoice(_l("Roles"), AccountRole, optional=True)


class SaveViewForm(Form):
    """The name of a view; the page says which list, what narrows it, and where it lies."""

    name = TextField(_l("Name of this view"), most=60)
    place = HiddenField(validators=[Length(1, 60)])
    query = HiddenField(validators=[Length(1, 1000)])
    back = HiddenField()


class RemoveViewForm(Form):
    """Where to go once the view is gone."""

    back = HiddenField()
