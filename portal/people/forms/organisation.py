"""Forms of the organisation and its sites."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.widgets import ColorInput

from portal.accounts.forms import zone_offer
from portal.core.forms import (
    Choice,
    EmailBox,
    FileBox,
    Form,
    LongText,
    TextField,
    Tick,
    WholeNumber,
    WordsField,
)
from portal.people.forms import choices
from portal.people.models import LEAST_GROUP


class OrganisationForm(Form):
    """Who the organisation is."""

    name = TextField(_l("Name"), most=120, hint=_l("As people know it; it stands on every page."))
    legal_name = TextField(
        _l("Legal name"), optional=True, hint=_l("As contracts and letters write it.")
    )
    address = LongText(
        _l("Postal address"),
        rows=4,
        most=1000,
        optional=True,
        hint=_l("It stands on letters and below mails."),
    )
    email = EmailBox(
        _l("E-mail"), optional=True, hint=_l("Where people write who have a question.")
    )
    colour = TextField(
        _l("Colour"),
        most=7,
        widget=ColorInput(),
        hint=_l("For buttons and links. It has to be dark enough to read on white."),
    )
    logo = FileBox(
        _l("Logo"),
        endings=(".png", ".jpg", ".jpeg"),
        optional=True,
        hint=_l("PNG or JPEG, at most 1 MiB, best 200 pixels high."),
    )
    remove_logo = Tick(_l("Take the present logo away"))
    smallest_group = WholeNumber(
        _l("Hide figures of fewer people than"),
        least=LEAST_GROUP,
        most=50,
        hint=_l(
            "Surveys, mentoring, goals of teams, sums of bonuses and moves between roles show no "
            "figures of smaller groups, so that nobody can be singled out. A survey may ask for "
            "more, never for fewer."
        ),
    )


class SiteForm(Form):
    """A place where people work."""

    name = WordsField(_l("Name"), most=120)
    street = TextField(_l("Street and number"), optional=True)
    postal_code = TextField(_l("Postal code"), most=20, optional=True)
    city = TextField(_l("City"))
    region = TextField(_l("Region or province"), optional=True)
    country = Choice(_l("Country"), choices.countries)
    time_zone = Choice(_l("Time zone"), zone_offer)
    currency = Choice(_l("Currency"), choices.currencies)
    language = Choice(
        _l("Language"), choices.languages, hint=_l("In which letters to people here are written.")
    )
