"""The organisation's name, address and looks, and how small a group it shows figures of."""

from __future__ import annotations

import re

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.files import Upload, store
from portal.people import queries
from portal.people.models import LEAST_GROUP, Organisation
from portal.people.states import PeopleFact

LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3: text and its ground."""


def change_organisation(
    *,
    name: str,
    legal_name: str,
    address: str,
    email: str,
    colour: str,
    logo: Upload | None = None,
    remove_logo: bool = False,
    smallest_group: int | None = None,
    by: Account | None,
) -> Organisation:
    """Set who the organisation is; the first time makes it.

    Without a ``smallest_group`` the present one stays, and the usual one at first.

    Raises:
        Refused: if white letters on the colour, or the colour's letters on white, are hard to read,
            or the smallest group is too small to hide in.

    """
    _check(colour, smallest_group)
    organisation = db.session.scalar(queries.organisation())
    if organisation is None:
        organisation = Organisation()
        db.session.add(organisation)
    organisation.name, organisation.legal_name = name, legal_name
    organisation.address, organisation.email = address, email
    organisation.colour = colour.lower()
    if remove_logo:
        organisation.logo_file_id = None
    if logo is not None:
        stored = store(logo.data, name=logo.name, media_type=logo.media_type)
        organisation.logo_file_id = stored.id
    if smallest_group is not None:
        organisation.smallest_group = smallest_group
    audit.record(PeopleFact.ORGANISATION_CHANGED, organisation, by=by)
    return organisation


def _check(colour: str, smallest_group: int | None) -> None:
    ratio = contrast_on_white(colour)
    if ratio < LEAST_CONTRAST:
        raise Refused(
            _(
                "This colour is too light to read on white: its contrast is %(ratio)s to 1, and "
                "%(least)s is needed. Choose a darker one.",
                ratio=i18n.number(round(ratio, 2)),
                least=i18n.number(LEAST_CONTRAST),
            ),
            "colour",
        )
    if smallest_group is not None and smallest_group < LEAST_GROUP:
        raise Refused(_("Choose %(least)s or more.", least=LEAST_GROUP), "smallest_group")


def contrast_on_white(colour: str) -> float:
    """The contrast ratio of ``#rrggbb`` on white, 1 to 21, by WCAG 2.2's relative luminance.

    Raises:
        Refused: if it is no such colour.

    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise Refused(_("Write a colour such as #0f5c6e."), "colour")
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
