"""Telling HR and leads where too few people will be able to serve, each warning once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from portal.accounts import queries as accounts
from portal.accounts.models import Account
from portal.accounts.states import AccountRole, AccountState
from portal.certification import notices, queries
from portal.certification.models import ClientQueue, CoverageWarning
from portal.certification.outlook import Gap, gaps
from portal.core import clock
from portal.core.db import db


def tell_coverage(day: date) -> int:
    """Tell what is new since the last time, and end what is over; returns how many are new.

    HR hears everything in one mail. Whoever leads a team hears what concerns it, and only what
    their own page of warnings shows them.
    """
    hr = _active(accounts.holding(AccountRole.HR))
    if not hr:
        return 0
    found = {gap.key: gap for gap in gaps(hr[0], day)}
    fresh = _remember(found)
    if not fresh:
        return 0
    for account in hr:
        notices.warn(account, [found[key] for key in found if key in fresh])
    for lead in _leads(found[key] for key in fresh):
        if lead.id not in {account.id for account in hr}:
            theirs = [gap for gap in gaps(lead, day) if gap.key in fresh]
            if theirs:
                notices.warn(lead, theirs)
    return len(fresh)


def _remember(found: dict[str, Gap]) -> set[str]:
    """Write down what is new and end what is over; returns the keys of what is new."""
    now = clock.now()
    told: dict[str, CoverageWarning] = {
        row.key: row
        for row in db.session.scalars(
            sa.select(CoverageWarning).where(CoverageWarning.ended_at.is_(None)).with_for_update()
        )
    }
    for key, row in told.items():
        if key not in found:
            row.ended_at = now
    fresh = found.keys() - told.keys()
    for key in fresh:
        gap = found[key]
        db.session.add(CoverageWarning(key=key, starts_on=gap.starts_on, told_at=now))
    db.session.flush()
    return set(fresh)


def _leads(fresh: Iterable[Gap]) -> list[Account]:
    """The accounts of those who lead a team that a warning is about, or one that serves a queue."""
    found = list(fresh)
    teams = {gap.team_id for gap in found if gap.team_id is not None}
    served = {gap.queue_id for gap in found if gap.queue_id is not None}
    for queue in db.session.scalars(queries.queues().where(ClientQueue.id.in_(served))):
        teams |= {row.team_id for row in queue.teams}
    leads = {team.lead_id for team in db.session.scalars(queries.teams_with(teams))}
    return _active(Account.person_id.in_([one for one in leads if one is not None]))


def _active(condition: sa.ColumnElement[bool]) -> list[Account]:
    select = sa.select(Account).where(condition, Account.state == AccountState.ACTIVE)
    return list(db.session.scalars(select.order_by(Account.id)))
