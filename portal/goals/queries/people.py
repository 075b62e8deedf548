"""People and how their goals stand, for those who answer for them."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.accounts.models import Account
from portal.goals.models import Goal, GoalChange, GoalCheckIn
from portal.goals.states import ChangeState, GoalState, Standing
from portal.people.models import Employment, Person, Role, Team
from portal.people.queries import everyone_answered_for
from portal.people.queries.employments import covering


def people_found(viewer: Account, day: date) -> sa.Select[int]:
    """Whoever works here on a day and is not the viewer, of those they answer for; all for HR."""
    found = (
        sa.select(Person.id)
        .join(Employment, Employment.person_id == Person.id)
        .where(covering(day), Person.id != viewer.person_id)
    )
    if viewer.has_role("hr"):
        return found
    return found.where(Person.id.in_(everyone_answered_for(viewer)))


def everyone_found(viewer: Account, day: date) -> sa.Select[int]:
    """What ``people_found`` finds for HR, without sorting: in the order of names, one by one."""
    working = sa.exists().where(Employment.person_id == Person.id, covering(day))
    return sa.select(Person.id).where(Person.id != viewer.person_id, working)


def overview(day: date) -> sa.Select[*tuple[Any, ...]]:
    """People with role and team on a day, and how their goals stand.

    ``agreed`` and ``weight`` are those of the day, ``waiting`` counts proposals and changes,
    ``last_word`` is the day of the last check-in on a goal of the day, ``troubled`` how many of
    them are at risk or off track.
    """
    return (
        sa.select(
            Person.id,
            Person.given_name,
            Person.family_name,
            Person.language,
            Role.title.label("role"),
            Team.name.label("team"),
            agreed(day).label("agreed"),
            _weight(day).label("weight"),
            to_agree_on().label("waiting"),
            last_word_of(day).label("last_word"),
            troubled(day).label("troubled"),
        )
        .select_from(Person)
        .join(Employment, Employment.person_id == Person.id)
        .join(Role, Role.id == Employment.role_id)
        .join(Team, Team.id == Employment.team_id)
        .where(covering(day))
    )


def _running(day: date, *what: Any) -> sa.Select[Any]:  # noqa: ANN401 - columns
    return (
        sa.select(*what)
        .where(
            Goal.person_id == Person.id,
            Goal.state == GoalState.AGREED,
            Goal.starts_on <= day,
            Goal.ends_on >= day,
        )
        .correlate(Person)
    )


def agreed(day: date) -> sa.ScalarSelect[int]:
    """How many goals of a day a person has."""
    return _running(day, sa.func.count(Goal.id)).scalar_subquery()


def _weight(day: date) -> sa.ScalarSelect[int]:
    return _running(day, sa.func.coalesce(sa.func.sum(Goal.weight), 0)).scalar_subquery()


def to_agree_on() -> sa.ColumnElement[int]:
    """How many proposals and changes of a person wait for one side."""
    goals = (
        sa.select(sa.func.count())
        .where(Goal.person_id == Person.id, Goal.state == GoalState.PROPOSED)
        .correlate(Person)
        .scalar_subquery()
    )
    of_change = aliased(Goal)
    changes = (
        sa.select(sa.func.count())
        .where(
            of_change.id == GoalChange.goal_id,
            of_change.person_id == Person.id,
            of_change.state == GoalState.AGREED,
            GoalChange.state == ChangeState.PROPOSED,
        )
        .correlate(Person)
        .scalar_subquery()
    )
    return goals + changes


def last_word_of(day: date) -> sa.ScalarSelect[Any]:
    """The day of a person's last check-in on a goal of the day."""
    return (
        _running(day, sa.func.max(GoalCheckIn.on_day))
        .join_from(Goal, GoalCheckIn, GoalCheckIn.goal_id == Goal.id)
        .scalar_subquery()
    )


def troubled(day: date) -> sa.ScalarSelect[int]:
    """How many goals of a day stand badly by their last check-in."""
    newest = (
        sa.select(GoalCheckIn.standing)
        .where(GoalCheckIn.goal_id == Goal.id)
        .order_by(GoalCheckIn.on_day.desc(), GoalCheckIn.id.desc())
        .limit(1)
        .correlate(Goal)
        .scalar_subquery()
    )
    bad = (Standing.AT_RISK, Standing.OFF_TRACK)
    return _running(day, sa.func.count(Goal.id)).where(newest.in_(bad)).scalar_subquery()


def silent(day: date, since: date) -> sa.ColumnElement[bool]:
    """People with a running goal that began by ``since`` and had no check-in after it."""
    heard = sa.exists().where(GoalCheckIn.goal_id == Goal.id, GoalCheckIn.on_day > since)
    return _running(day, Goal.id).where(Goal.starts_on <= since, ~heard).exists()
