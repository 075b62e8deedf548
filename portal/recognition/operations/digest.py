"""The monthly digest: what people were thanked for, wrote themselves, and what their team got."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from portal.accounts.models import Account
from portal.accounts.readers import account_in_use
from portal.accounts.states import AccountState
from portal.core import clock
from portal.core.db import db
from portal.people.models import Employment
from portal.people.queries.employments import covering
from portal.recognition import notices, queries
from portal.recognition.models import DigestRefusal, RecognitionDigest, Thanks, ThanksReceiver


def last_month() -> date:
    """The first day of the month before this one (UTC)."""
    return (clock.today().replace(day=1) - timedelta(days=1)).replace(day=1)


def _last_day(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def take_digest(*, wanted: bool, by: Account) -> None:
    """Get the digest, or no longer."""
    own = DigestRefusal.person_id == by.person_id
    if wanted:
        db.session.execute(sa.delete(DigestRefusal).where(own))
    elif db.session.scalar(sa.select(DigestRefusal).where(own)) is None:
        db.session.add(DigestRefusal(person_id=by.person_id))


def people_for_digest(month: date) -> list[int]:
    """Who gets the digest of a month: they or somebody of their team got or gave thanks in it.

    Left out are those who want none, no longer work here or have had it.
    """
    in_month = queries.between(month, _last_day(month))
    public = [queries.SHOWN, queries.PUBLIC, in_month]
    thanked = sa.select(ThanksReceiver.person_id).join(Thanks).where(queries.SHOWN, in_month)
    wrote = sa.select(Thanks.writer_id).where(queries.SHOWN, in_month)
    in_public = sa.select(ThanksReceiver.person_id).join(Thanks).where(*public)
    today = clock.today()
    teams = sa.select(Employment.team_id).where(
        covering(today), Employment.person_id.in_(in_public)
    )
    done = sa.select(RecognitionDigest.person_id).where(RecognitionDigest.month == month)
    person = Employment.person_id
    found = (
        sa.select(person)
        .join(Account, Account.person_id == person)
        .where(covering(today), Account.state == AccountState.ACTIVE)
        .where(sa.or_(person.in_(thanked), person.in_(wrote), Employment.team_id.in_(teams)))
        .where(person.not_in(done), person.not_in(sa.select(DigestRefusal.person_id)))
    )
    return list(db.session.scalars(found.order_by(person)))


def send_digests(person_ids: Collection[int], month: date) -> None:
    """Send some people their digest, each once however often this runs."""
    wanted = set(people_for_digest(month)) & set(person_ids)
    for person_id in sorted(wanted):
        account = account_in_use(person_id)
        if account is not None and _is_first(person_id, month):
            _send(account, month)


def _is_first(person_id: int, month: date) -> bool:
    """Note down that it is sent; a second worker finds the row of the first."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(RecognitionDigest).values(person_id=person_id, month=month)
    written = insert.on_conflict_do_nothing().returning(RecognitionDigest.id)
    return db.session.scalar(written) is not None


def _send(account: Account, month: date) -> None:
    last, own = _last_day(month), account.person_id
    received = db.session.scalars(queries.received({own}, month, last, viewer=account)).all()
    given = db.session.scalar(
        sa.select(sa.func.count(Thanks.id)).where(
            Thanks.writer_id == own, queries.SHOWN, queries.between(month, last)
        )
    )
    notices.digest(
        account, month, received=list(received), given=given or 0, team=_of_team(own, month)
    )


def _of_team(person_id: int, month: date) -> int:
    """How many public thanks went to others in somebody's team."""
    today = clock.today()
    team = sa.select(Employment.team_id).where(Employment.person_id == person_id, covering(today))
    mates = sa.select(Employment.person_id).where(
        covering(today), Employment.team_id.in_(team), Employment.person_id != person_id
    )
    to_them = sa.exists().where(
        ThanksReceiver.thanks_id == Thanks.id, ThanksReceiver.person_id.in_(mates)
    )
    found = sa.select(sa.func.count(Thanks.id)).where(
        queries.SHOWN, queries.PUBLIC, queries.between(month, _last_day(month)), to_them
    )
    return db.session.scalar(found) or 0
