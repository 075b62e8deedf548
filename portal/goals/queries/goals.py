"""The goals of people and teams, and those another goal may contribute to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

from portal.accounts.models import Account
from portal.goals.models import Goal, GoalChange, GoalCheckIn
from portal.goals.states import COUNTED, WEIGHING, GoalState
from portal.metrics.models import Metric
from portal.people.models import Person, Team
from portal.people.policy import answers_for

DETAILS = (
    joinedload(Goal.metric).joinedload(Metric.current),
    joinedload(Goal.parent),
    joinedload(Goal.person),
    joinedload(Goal.team),
)
"""What a line about a goal needs; with it no goal of a list costs a statement of its own."""


def goals_of(person_id: int, viewer: Account) -> sa.Select[Goal]:
    """The goals of a person, the present ones first; of drafts only the viewer's own."""
    return (
        sa.select(Goal)
        .where(Goal.person_id == person_id, _written_by(viewer))
        .options(*DETAILS)
        .order_by(Goal.starts_on.desc(), Goal.weight.desc(), Goal.id)
    )


def team_goals(paths: Collection[str], viewer: Account) -> sa.Select[Goal]:
    """The goals of the teams with these paths; of drafts only the viewer's own."""
    return (
        sa.select(Goal)
        .join(Team, Team.id == Goal.team_id)
        .where(Team.path.in_(paths), _written_by(viewer))
        .options(*DETAILS)
        .order_by(sa.func.length(Team.path), Team.id, Goal.starts_on.desc(), Goal.id)
    )


def goals_in(person_ids: Collection[int], first: date, last: date) -> sa.Select[Goal]:
    """Agreed goals of people that overlap a stretch of time, with what pre-fills a review.

    Parent, metric and check-ins (oldest first) are there without another statement for each.
    """
    return (
        sa.select(Goal)
        .where(
            Goal.person_id.in_(person_ids),
            Goal.state.in_(COUNTED),
            Goal.starts_on <= last,
            Goal.ends_on >= first,
        )
        .options(*DETAILS, selectinload(Goal.check_ins))
        .order_by(Goal.person_id, Goal.starts_on, Goal.id)
    )


def weights_of(person_id: int, but: int | None = None) -> sa.Select[*tuple[Any, ...]]:
    """First day, last day and weight of a person's goals that weigh; ``but`` leaves one out."""
    return sa.select(Goal.starts_on, Goal.ends_on, Goal.weight).where(
        Goal.person_id == person_id,
        Goal.state.in_(WEIGHING),
        Goal.weight > 0,
        Goal.id != (but or 0),
    )


def children_of(goal: Goal) -> sa.Select[Goal]:
    """The goals that contribute to one, by whose they are."""
    return (
        sa.select(Goal)
        .where(Goal.parent_id == goal.id, Goal.state.notin_((GoalState.DRAFT, GoalState.DROPPED)))
        .options(*DETAILS, joinedload(Goal.person).selectinload(Person.employments))
        .order_by(Goal.person_id, Goal.id)
    )


def changes_of(goal: Goal) -> sa.Select[GoalChange]:
    """The changes of a goal, newest first, with who suggested and who decided."""
    return (
        sa.select(GoalChange)
        .where(GoalChange.goal_id == goal.id)
        .options(joinedload(GoalChange.proposed_by), joinedload(GoalChange.decided_by))
        .order_by(GoalChange.id.desc())
    )


def check_ins_of(goal: Goal) -> sa.Select[GoalCheckIn]:
    """What was said of a goal on the way, newest first."""
    return (
        sa.select(GoalCheckIn)
        .where(GoalCheckIn.goal_id == goal.id)
        .options(joinedload(GoalCheckIn.created_by))
        .order_by(GoalCheckIn.on_day.desc(), GoalCheckIn.id.desc())
    )


def possible_parents(
    viewer: Account, person: Person | None, team_path: str, manager: Person | None
) -> sa.Select[Goal]:
    """What a goal of a person, or of a team, may contribute to, as far as the viewer may read it.

    The person's own goals, those of their team and the teams above it, and their manager's: to
    the person only those of the manager they contribute to already, for nobody's goals are
    opened by offering them.
    """
    above = sa.literal(team_path).startswith(Team.path)
    allowed: list[sa.ColumnElement[bool]] = [Team.id.is_not(None) & above]
    if person is not None:
        allowed.append(Goal.person_id == person.id)
    if manager is not None:
        theirs = Goal.person_id == manager.id
        if viewer.person_id != manager.id and not answers_for(viewer, manager):
            child = aliased(Goal)
            mine = sa.exists().where(
                child.parent_id == Goal.id,
                child.person_id == (person.id if person else 0),
                child.state != GoalState.DRAFT,
            )
            theirs = sa.and_(theirs, mine)
        allowed.append(theirs)
    return (
        sa.select(Goal)
        .outerjoin(Team, Team.id == Goal.team_id)
        .where(Goal.state.in_((GoalState.PROPOSED, GoalState.AGREED)), sa.or_(*allowed))
        .options(*DETAILS)
        .order_by(Goal.team_id.is_(None), Goal.person_id, Goal.starts_on.desc(), Goal.id)
    )


def _written_by(viewer: Account) -> sa.ColumnElement[bool]:
    return sa.or_(Goal.state != GoalState.DRAFT, Goal.created_by_id == viewer.id)
