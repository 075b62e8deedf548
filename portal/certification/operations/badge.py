"""Digital badges: published by the holder alone, signed by a worker, withdrawn at any time."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_babel import force_locale
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.certification import queries
from portal.certification.badges import public, signing
from portal.certification.documents.certificate import brought_along
from portal.certification.models import Award, Badge
from portal.certification.operations.badge_key import current_key, open_key
from portal.certification.operations.conditions import lock
from portal.certification.proof import may_be_shown, today_of, zone_of
from portal.certification.standing import Facts
from portal.certification.states import CertificationFact
from portal.core import audit, clock, jobs
from portal.core.brand import brand
from portal.core.db import db
from portal.core.errors import Refused

JOB = "certification.sign_badge"
SALT_BYTES = 16


def publish_badge(award: Award, *, by: Account) -> Badge:
    """Give an award a public address and have a worker sign its credential; once only.

    Raises:
        Refused: if the award is not in force or nobody has checked it, or the key cannot be opened.
    """
    lock(award.person)
    known = db.session.scalar(queries.badge_of(award))
    if known is not None:
        return known
    require_shown(award)
    badge = Badge(
        uid=secrets.token_urlsafe(16),
        award=award,
        key=current_key(by=by),
        status_index=_free_place(),
        issued_at=clock.now().replace(microsecond=0),
    )
    db.session.add(badge)
    audit.record(CertificationFact.BADGE_ISSUED, badge, by=by, about=award.person_id)
    jobs.enqueue(JOB, key=f"badge-{badge.id}", badge_id=badge.id)
    return badge


def require_shown(award: Award) -> None:
    """See that an award may be shown to the world today.

    Raises:
        Refused: if it may not.
    """
    if not may_be_shown(award, today_of(award.person)):
        raise Refused(_("Only a certificate that is in force and was checked can be shown."))


def withdraw_badge(badge: Badge, *, by: Account) -> None:
    """Take a badge off the web and put it on the status list: copies of it no longer verify.

    Raises:
        Refused: if it was withdrawn already.
    """
    if badge.withdrawn_at is not None:
        raise Refused(_("This badge was withdrawn already."))
    badge.withdrawn_at = clock.now()
    audit.record(CertificationFact.BADGE_WITHDRAWN, badge, by=by, about=badge.award.person_id)


def order_of(badge: Badge) -> tuple[signing.Claim, signing.Key, datetime]:
    """All it takes to sign a badge, apart from the database."""
    return _claim(badge), open_key(badge.key), badge.issued_at


def keep_signed(badge: Badge, credential: dict[str, Any], token: str) -> None:
    """Store what was signed, unless another worker was faster: a badge never changes."""
    if not badge.is_signed:
        badge.credential, badge.token = credential, token


def status_list(number: int, *, as_token: bool) -> dict[str, Any] | str | None:
    """One status list as it is now, signed; ``None`` if there is no such list.

    Raises:
        Refused: if the key cannot be opened.
    """
    highest = db.session.scalar(sa.select(sa.func.max(Badge.status_index)))
    key = db.session.scalars(queries.keys()).first()
    if key is None or number < 1 or number > (highest or 0) // public.LIST_SIZE + 1:
        return None
    first = (number - 1) * public.LIST_SIZE
    places = queries.revoked_places(first, first + public.LIST_SIZE - 1, clock.today())
    return signing.status_list(
        number, {place - first for place in places}, open_key(key), at=clock.now(),
        as_token=as_token,
    )  # fmt: skip


def _claim(badge: Badge) -> signing.Claim:
    award, shown = badge.award, brand()
    person, zone = award.person, zone_of(award.person)
    last = Facts.of(award).last_day(clock.today(zone))
    after = _start_of(last + timedelta(days=1), zone) if last else None
    with force_locale(person.language):
        note = brought_along(award)
    return signing.Claim(
        uid=badge.uid,
        status_index=badge.status_index,
        issuer_name=shown.name,
        issuer_email=shown.email,
        achievement=public.achievement(award.certification_version, person.language),
        email=person.email.strip().lower(),
        salt=secrets.token_hex(SALT_BYTES),
        valid_from=_start_of(award.issued_on, zone),
        valid_until=after - timedelta(seconds=1) if after else None,
        note=note,
    )


def _start_of(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))


def _free_place() -> int:
    """A place at random on a list that is at most half full: the number tells nobody who is who."""
    badges = db.session.scalar(sa.select(sa.func.count(Badge.id))) or 0
    first = badges // (public.LIST_SIZE // 2) * public.LIST_SIZE
    while True:
        place = first + secrets.randbelow(public.LIST_SIZE)
        if not db.session.scalar(sa.select(sa.exists().where(Badge.status_index == place))):
            return place
