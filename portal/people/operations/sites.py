"""The places where people work."""

from __future__ import annotations

import re

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, i18n
from portal.core.db import Words, db
from portal.core.errors import Refused
from portal.people.models import Site
from portal.people.states import PeopleFact


def add_site(
    *,
    name: Words,
    city: str,
    country: str,
    time_zone: str,
    currency: str,
    language: str,
    street: str = "",
    postal_code: str = "",
    region: str = "",
    key: str = "",
    by: Account | None,
) -> Site:
    """Add a place; its key is made from the city when none is given.

    Raises:
        Refused: if the time zone is none, or the key is taken.

    """
    key = key or _free_key(city)
    if db.session.scalar(sa.select(Site.id).where(Site.key == key)):
        raise Refused(_("There is a site with this key already."), "key")
    site = Site(key=key)
    db.session.add(site)
    _fill(
        site,
        name=name,
        city=city,
        country=country,
        time_zone=time_zone,
        currency=currency,
        language=language,
        street=street,
        postal_code=postal_code,
        region=region,
    )
    audit.record(PeopleFact.SITE_ADDED, site, by=by)
    return site


def change_site(
    site: Site,
    *,
    name: Words,
    city: str,
    country: str,
    time_zone: str,
    currency: str,
    language: str,
    street: str,
    postal_code: str,
    region: str,
    by: Account,
) -> None:
    """Correct a place.

    Raises:
        Refused: if the time zone is none.

    """
    _fill(
        site,
        name=name,
        city=city,
        country=country,
        time_zone=time_zone,
        currency=currency,
        language=language,
        street=street,
        postal_code=postal_code,
        region=region,
    )
    audit.record(PeopleFact.SITE_CHANGED, site, by=by)


def _fill(site: Site, *, time_zone: str, **values: object) -> None:
    if not i18n.known_time_zone(time_zone):
        raise Refused(_("Choose a time zone such as Europe/Istanbul."), "time_zone")
    site.time_zone = time_zone
    for name, value in values.items():
        setattr(site, name, value)


def _free_key(city: str) -> str:
    """A readable key nobody has: ``istanbul``, ``istanbul-2``."""
    base = re.sub(r"[^a-z0-9]+", "-", i18n.fold(city)).strip("-")[:30] or "site"
    taken = set(db.session.scalars(sa.select(Site.key).where(Site.key.startswith(base))))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (base, *numbered) if key not in taken)
