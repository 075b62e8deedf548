"""Goals that wait for somebody: to be agreed on, checked in on, closed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.accounts.models import Account
from portal.core import clock
from portal.goals.models import Goal, GoalChange, GoalCheckIn
from portal.goals.queries.goals import DETAILS
from portal.goals.states import ChangeState, GoalState
from portal.people.models import Employment, Person, Team
from portal.people.queries import answered_for_by, within
from portal.people.queries.employments import covering

SILENT = timedelta(days=30)
"""After so long without a check-in a goal is out of sight."""

_Proposer, _Job, _Open = aliased(Account), aliased(Employment), aliased(GoalChange)


def goals_waiting_for(viewer: Account) -> sa.Select[Goal]:
    """Proposals the viewer is the other side of, oldest first."""
    return (
        sa.select(Goal)
        .join(Person, Person.id == Goal.person_id)
        .join(_Proposer, _Proposer.id == Goal.proposed_by_id)
        .where(
            Goal.state == GoalState.PROPOSED,
            _other_side(viewer),
        )
        .options(*DETAILS)
        .order_by(Goal.proposed_at, Goal.id)
    )


def changes_waiting_for(viewer: Account) -> sa.Select[GoalChange]:
    """Changes of agreed goals the viewer is the other side of, oldest first."""
    return (
        sa.select(GoalChange)
        .join(Goal, Goal.id == GoalChange.goal_id)
        .join(Person, Person.id == Goal.person_id)
        .join(_Proposer, _Proposer.id == GoalChange.proposed_by_id)
        .where(
            GoalChange.state == ChangeState.PROPOSED,
            # Said twice, lest a planner begin with all goals: few of them wait for a change.
            Goal.id.in_(sa.select(_Open.goal_id).where(_Open.state == ChangeState.PROPOSED)),
            Goal.state == GoalState.AGREED,
            _other_side(viewer),
        )
        .options(sa.orm.contains_eager(GoalChange.goal).joinedload(Goal.person))
        .order_by(GoalChange.proposed_at, GoalChange.id)
    )


def silent_goals(viewer: Account, day: date) -> sa.Select[*tuple[Any, ...]]:
    """The viewer's own running goals nobody checked in on for long, and since when."""
    since = last_word()
    return (
        sa.select(Goal, since.label("since"))
        .where(
            Goal.person_id == viewer.person_id,
            Goal.state == GoalState.AGREED,
            Goal.starts_on <= day,
            Goal.ends_on >= day,
            since <= day - SILENT,
        )
        .order_by(since, Goal.id)
    )


def last_word() -> sa.ColumnElement[date]:
    """The day of a goal's last check-in, else its first day."""
    newest = (
        sa.select(sa.func.max(GoalCheckIn.on_day))
        .where(GoalCheckIn.goal_id == Goal.id)
        .correlate(Goal)
        .scalar_subquery()
    )
    return sa.func.coalesce(newest, Goal.starts_on)


def goals_over(viewer: Account, day: date) -> sa.Select[Goal]:
    """Agreed goals whose time is over and which the viewer is to close."""
    led = [within(Team.path, path) for path in viewer.led_paths]
    theirs = sa.and_(Goal.person_id != viewer.person_id, _managed_by(viewer))
    return (
        sa.select(Goal)
        .outerjoin(Person, Person.id == Goal.person_id)
        .outerjoin(Team, Team.id == Goal.team_id)
        .where(
            Goal.state == GoalState.AGREED,
            Goal.ends_on < day,
            sa.or_(theirs, sa.and_(Goal.team_id.is_not(None), sa.or_(sa.false(), *led))),
        )
        .options(*DETAILS)
        .order_by(Goal.ends_on, Goal.id)
    )


def _other_side(viewer: Account) -> sa.ColumnElement[bool]:
    own = sa.and_(Goal.person_id == viewer.person_id, _Proposer.person_id != viewer.person_id)
    theirs = sa.and_(
        Goal.person_id != viewer.person_id,
        _Proposer.person_id == Goal.person_id,
        _managed_by(viewer),
    )
    return sa.or_(own, theirs)


def _managed_by(viewer: Account) -> sa.ColumnElement[bool]:
    """People whose manager's side the viewer is, as ``policy.answers_as_manager`` has it.

    Whoever has left waits for nobody: HR may close their goals, and is not asked to.
    """
    theirs = answered_for_by(viewer)
    if not viewer.has_role("hr"):
        return theirs
    unmanaged = (
        sa.exists()
        .where(
            _Job.person_id == Person.id,
            covering(clock.today(), _Job),
            _Job.manager_id.is_(None),
        )
        .correlate(Person)
    )
    return sa.or_(theirs, unmanaged)
