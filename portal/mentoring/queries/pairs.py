"""Pairs and their sessions, as selects."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

from portal.mentoring.models import (
    MentoringAction,
    MentoringFeedback,
    MentoringPair,
    MentoringProgramme,
    MentoringSession,
    PairGoal,
)
from portal.mentoring.states import KNOWN, LIVE, FeedbackPart, MeetingState, PairState
from portal.people.models import Person


def _with_people() -> Any:  # noqa: ANN401 - loader options
    return (
        joinedload(MentoringPair.mentor, innerjoin=True),
        joinedload(MentoringPair.mentee, innerjoin=True),
        joinedload(MentoringPair.programme, innerjoin=True),
    )


def pairs_of(person_id: int, *states: PairState) -> sa.Select[MentoringPair]:
    """The pairs somebody is one of, the newest first."""
    both = sa.or_(MentoringPair.mentor_id == person_id, MentoringPair.mentee_id == person_id)
    return (
        sa.select(MentoringPair)
        .where(both, MentoringPair.state.in_(states))
        .options(*_with_people())
        .order_by(MentoringPair.created_at.desc(), MentoringPair.id.desc())
    )


def pairs_in(programme_id: int, *states: PairState) -> sa.Select[MentoringPair]:
    """The pairs of a programme by the mentee's name."""
    mentee = aliased(Person)
    return (
        sa.select(MentoringPair)
        .join(mentee, mentee.id == MentoringPair.mentee_id)
        .where(MentoringPair.programme_id == programme_id, MentoringPair.state.in_(states))
        .options(*_with_people())
        .order_by(getattr(mentee, Person.by_name().key), mentee.id, MentoringPair.id)
    )


def with_goals(select: sa.Select[MentoringPair]) -> sa.Select[MentoringPair]:
    """The same pairs with their goals."""
    return select.options(selectinload(MentoringPair.goals).joinedload(PairGoal.competency))


def sessions_of(pair_id: int) -> sa.Select[MentoringSession]:
    """The sessions of a pair, the latest first."""
    return (
        sa.select(MentoringSession)
        .where(MentoringSession.pair_id == pair_id)
        .order_by(MentoringSession.starts_at.desc(), MentoringSession.id.desc())
    )


def actions_of(pair_id: int) -> sa.Select[MentoringAction]:
    """Everything a pair agreed on, what is open and due first."""
    return (
        sa.select(MentoringAction)
        .join(MentoringSession, MentoringSession.id == MentoringAction.session_id)
        .where(MentoringSession.pair_id == pair_id)
        .options(joinedload(MentoringAction.owner, innerjoin=True))
        .order_by(
            MentoringAction.done_at.is_not(None),
            MentoringAction.due_on.is_(None),
            MentoringAction.due_on,
            MentoringAction.id,
        )
    )


def held_by_pair(programme_id: int) -> sa.Select[*tuple[Any, ...]]:
    """How many sessions each pair of a programme held, and the last one."""
    return (
        sa.select(
            MentoringSession.pair_id,
            sa.func.count().label("held"),
            sa.func.max(MentoringSession.starts_at).label("last"),
        )
        .join(MentoringPair, MentoringPair.id == MentoringSession.pair_id)
        .where(
            MentoringPair.programme_id == programme_id,
            MentoringSession.state == MeetingState.HELD,
        )
        .group_by(MentoringSession.pair_id)
    )


def feedback_of(pair_id: int, person_id: int) -> sa.Select[MentoringFeedback]:
    """What one of the two answered."""
    return sa.select(MentoringFeedback).where(
        MentoringFeedback.pair_id == pair_id, MentoringFeedback.person_id == person_id
    )


def feedback_in(programme_id: int) -> sa.Select[MentoringFeedback]:
    """All answers of a programme, for figures."""
    return (
        sa.select(MentoringFeedback)
        .join(MentoringPair, MentoringPair.id == MentoringFeedback.pair_id)
        .where(MentoringPair.programme_id == programme_id)
    )


def requests_to(person_id: int) -> sa.Select[MentoringPair]:
    """Who asks somebody to be their mentor."""
    return (
        sa.select(MentoringPair)
        .where(MentoringPair.mentor_id == person_id, MentoringPair.state == PairState.REQUESTED)
        .options(*_with_people())
        .order_by(MentoringPair.created_at)
    )


def sessions_soon(
    person_id: int,
    after: datetime | sa.ColumnElement[datetime],
    until: datetime | sa.ColumnElement[datetime],
) -> sa.Select[MentoringSession]:
    """The planned sessions of somebody between two moments."""
    both = sa.or_(MentoringPair.mentor_id == person_id, MentoringPair.mentee_id == person_id)
    return (
        sa.select(MentoringSession)
        .join(MentoringSession.pair)
        .where(
            both,
            MentoringPair.state.in_(LIVE),
            MentoringSession.state == MeetingState.PLANNED,
            MentoringSession.starts_at.between(after, until),
        )
        .options(joinedload(MentoringSession.pair).options(*_with_people()))
        .order_by(MentoringSession.starts_at)
    )


def feedback_due(part: FeedbackPart, until: date) -> sa.Select[MentoringPair]:
    """Pairs both of whom may be asked by a day how it goes."""
    day = due_column(part)
    states = LIVE if part is FeedbackPart.MID else KNOWN
    return (
        sa.select(MentoringPair)
        .join(MentoringPair.programme)
        .where(MentoringPair.state.in_(states), day.is_not(None), day <= until)
        .options(*_with_people())
        .order_by(day, MentoringPair.id)
    )


def feedback_due_of(person_id: int, part: FeedbackPart, until: date) -> sa.Select[MentoringPair]:
    """Pairs of which somebody has not yet said how it goes."""
    said = sa.select(MentoringFeedback.id).where(
        MentoringFeedback.pair_id == MentoringPair.id,
        MentoringFeedback.person_id == person_id,
        MentoringFeedback.part == part,
    )
    both = sa.or_(MentoringPair.mentor_id == person_id, MentoringPair.mentee_id == person_id)
    return feedback_due(part, until).where(both, ~said.exists())


def due_column(part: FeedbackPart) -> sa.ColumnElement[date | None]:
    """When feedback is due: half-way as the programme says, at the end when the pair ended."""
    if part is FeedbackPart.MID:
        return MentoringProgramme.mid_on.expression
    return sa.func.coalesce(MentoringPair.ended_on, MentoringProgramme.ends_on)
