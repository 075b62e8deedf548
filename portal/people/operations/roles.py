"""Roles with their profiles, and what they pay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit
from portal.core.db import Json, Words, db
from portal.core.errors import Refused
from portal.people.models import PayBand, Role
from portal.people.states import PayPeriod, PeopleFact


def add_role(
    *,
    key: str,
    family: str,
    level: int,
    title: Words,
    summary: Words,
    aliases: Json | None = None,
    duties: Sequence[Json] = (),
    qualifications: Sequence[Json] = (),
    benefits: Sequence[Json] = (),
    by: Account | None,
) -> Role:
    """Add a role; its key names it for ever.

    Raises:
        Refused: if the key is taken.

    """
    if db.session.scalar(sa.select(Role.id).where(Role.key == key)):
        raise Refused(_("There is a role with this key already. Choose another."), "key")
    role = Role(
        key=key,
        family=family,
        level=level,
        title=title,
        summary=summary,
        aliases=aliases or {},
        duties=list(duties),
        qualifications=list(qualifications),
        benefits=list(benefits),
    )
    db.session.add(role)
    audit.record(PeopleFact.ROLE_ADDED, role, by=by)
    return role


def change_role(
    role: Role,
    *,
    family: str,
    level: int,
    title: Words,
    summary: Words,
    aliases: Json,
    duties: Sequence[Json],
    qualifications: Sequence[Json],
    benefits: Sequence[Json],
    by: Account,
) -> None:
    """Change the profile; postings and letters made before keep their text."""
    role.family, role.level, role.title, role.summary = family, level, title, summary
    role.aliases, role.duties = aliases, list(duties)
    role.qualifications, role.benefits = list(qualifications), list(benefits)
    audit.record(PeopleFact.ROLE_CHANGED, role, by=by)


def set_pay_band(
    role: Role,
    *,
    country: str,
    currency: str,
    minimum: int,
    maximum: int,
    period: PayPeriod,
    source: str,
    dated: date,
    example: bool = False,
    by: Account | None,
) -> PayBand:
    """Say what a role pays in a country, in minor units; there is one band for each country.

    Raises:
        Refused: if the highest pay is below the lowest.

    """
    if maximum < minimum:
        raise Refused(_("The highest pay can't be below the lowest."), "maximum")
    band = db.session.scalar(
        sa.select(PayBand).where(PayBand.role_id == role.id, PayBand.country == country)
    )
    if band is None:
        band = PayBand(role_id=role.id, country=country)
        db.session.add(band)
    band.currency, band.minimum, band.maximum = currency, minimum, maximum
    band.period, band.source, band.dated, band.example = period, source, dated, example
    audit.record(PeopleFact.PAY_BAND_SET, band, by=by)
    return band


def remove_pay_band(band: PayBand, *, by: Account) -> None:
    """Take a country's band away; the trail keeps its figures."""
    audit.record(
        PeopleFact.PAY_BAND_REMOVED,
        band,
        by=by,
        role_id=band.role_id,
        country=band.country,
        minimum=band.minimum,
        maximum=band.maximum,
        currency=band.currency,
    )
    db.session.delete(band)
