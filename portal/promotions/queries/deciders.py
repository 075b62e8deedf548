"""Who may decide a step today, found from the line as it is now."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from portal.accounts import queries as accounts
from portal.accounts.models import Account
from portal.accounts.states import AccountState
from portal.core import clock
from portal.core.db import db
from portal.people.models import Person, Team
from portal.promotions import policy
from portal.promotions.states import StepKind


def above(path: str) -> list[str]:
    """A team's path and those of all teams above it: ``/1/4/`` gives ``/1/4/`` and ``/1/``."""
    parts = path.strip("/").split("/")
    return [f"/{'/'.join(parts[:number])}/" for number in range(len(parts), 0, -1)]


def candidates_for(kind: StepKind, person: Person) -> sa.Select[Account]:
    """Accounts among which are all who may decide; the policy has the last word."""
    active = sa.select(Account).where(
        Account.state == AccountState.ACTIVE, Account.person_id != person.id
    )
    if kind is StepKind.HR:
        return active.where(accounts.holding("hr"))
    if kind is StepKind.DIRECTOR:
        return active.where(accounts.holding("executive"))
    return active.where(Account.person_id.in_(_line_of(person))).order_by(Account.id)


def _line_of(person: Person) -> Collection[int]:
    """The person's manager, the manager of that one, and who leads the teams from theirs up."""
    today = clock.today()
    job = person.employment_on(today)
    if job is None:
        return []
    leads = sa.select(Team.lead_id).where(Team.path.in_(above(job.team.path)))
    found = {key for key in db.session.scalars(leads) if key is not None}
    if job.manager is not None:
        over = job.manager.employment_on(today)
        found |= {job.manager.id, *([over.manager_id] if over and over.manager_id else [])}
    return found


def deciders(
    kind: StepKind, person: Person, *, by_line: bool, without: Collection[int] = ()
) -> list[Account]:
    """Who may decide a step of this kind, leaving some accounts out."""
    return [
        account
        for account in db.session.scalars(candidates_for(kind, person))
        if account.id not in without and policy.fits_step(account, kind, person, by_line=by_line)
    ]
