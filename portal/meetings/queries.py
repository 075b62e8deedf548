"""What is asked of 1:1s, always by one of the two who meet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload

from portal.meetings.models import (
    AgendaItem,
    Meeting,
    MeetingAction,
    MeetingSeries,
    PrivateNotes,
)
from portal.meetings.states import LIVE, MeetingState, SeriesKind, SeriesState
from portal.people.models import Employment, Person, Team
from portal.people.queries.employments import covering

PEOPLE = (joinedload(MeetingSeries.host), joinedload(MeetingSeries.guest))
WITH_SERIES = (
    joinedload(Meeting.series).options(
        joinedload(MeetingSeries.host), joinedload(MeetingSeries.guest)
    ),
    joinedload(Meeting.notes),
)


def of_person(person_id: int) -> sa.ColumnElement[bool]:
    """Series one is part of."""
    return sa.or_(MeetingSeries.host_id == person_id, MeetingSeries.guest_id == person_id)


def series_of(person_id: int) -> sa.Select[*tuple[Any, ...]]:
    """The series of a person with the planned meeting of each, the next one first."""
    return (
        sa.select(MeetingSeries, Meeting)
        .outerjoin(
            Meeting,
            sa.and_(Meeting.series_id == MeetingSeries.id, Meeting.state == MeetingState.PLANNED),
        )
        .where(of_person(person_id))
        .options(*PEOPLE)
        .order_by(Meeting.starts_at.is_(None), Meeting.starts_at, MeetingSeries.id.desc())
    )


def live_series_between(one: int, other: int) -> sa.Select[MeetingSeries]:
    """The series two people have now, if any."""
    return sa.select(MeetingSeries).where(
        MeetingSeries.state.in_(LIVE), of_person(one), of_person(other)
    )


def meetings_of(series_id: int) -> sa.Select[Meeting]:
    """The meetings of a series, newest first."""
    return (
        sa.select(Meeting)
        .where(Meeting.series_id == series_id)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    )


def planned_meeting(series_id: int) -> sa.Select[Meeting]:
    """The next meeting of a series, if one is planned."""
    return meetings_of(series_id).where(Meeting.state == MeetingState.PLANNED)


def agenda_of(meeting: Meeting) -> sa.Select[AgendaItem]:
    """What is to talk about: what was put on this meeting, and what earlier ones left open.

    What was left open and talked about in a later meeting stands there; of a meeting that is
    over only what is its own.
    """
    other = aliased(Meeting)
    own = AgendaItem.meeting_id == meeting.id
    left = sa.and_(
        AgendaItem.done_at.is_(None),
        other.series_id == meeting.series_id,
        other.starts_at < meeting.starts_at,
    )
    shown = sa.or_(own, AgendaItem.done_in_id == meeting.id)
    if meeting.state is MeetingState.PLANNED:
        shown = sa.or_(shown, left)
    return (
        sa.select(AgendaItem)
        .join(other, other.id == AgendaItem.meeting_id)
        .where(shown)
        .options(joinedload(AgendaItem.added_by), joinedload(AgendaItem.meeting))
        .order_by(AgendaItem.id)
    )


def actions_of(meeting: Meeting) -> sa.Select[MeetingAction]:
    """Actions as they stand in a meeting: its own, those done in it, and what is still open."""
    other = aliased(Meeting)
    left = sa.and_(
        MeetingAction.done_at.is_(None),
        other.series_id == meeting.series_id,
        other.starts_at <= meeting.starts_at,
    )
    shown = sa.or_(MeetingAction.meeting_id == meeting.id, MeetingAction.done_in_id == meeting.id)
    if meeting.state is MeetingState.PLANNED:
        shown = sa.or_(shown, left)
    return (
        sa.select(MeetingAction)
        .join(other, other.id == MeetingAction.meeting_id)
        .where(shown)
        .options(joinedload(MeetingAction.owner), joinedload(MeetingAction.meeting))
        .order_by(MeetingAction.done_at.is_not(None), MeetingAction.due_on, MeetingAction.id)
    )


def open_actions(person_id: int) -> sa.Select[MeetingAction]:
    """What somebody said they would do and has not done yet, the most urgent first."""
    return (
        sa.select(MeetingAction)
        .join(Meeting, Meeting.id == MeetingAction.meeting_id)
        .join(MeetingSeries, MeetingSeries.id == Meeting.series_id)
        .where(MeetingAction.owner_id == person_id, MeetingAction.done_at.is_(None))
        .options(
            contains_eager(MeetingAction.meeting)
            .contains_eager(Meeting.series)
            .options(joinedload(MeetingSeries.host), joinedload(MeetingSeries.guest))
        )
        .order_by(MeetingAction.due_on, MeetingAction.id)
    )


def private_notes(meeting_id: int, writer_id: int) -> sa.Select[PrivateNotes]:
    """What one of the two wrote for themself. The writer is always who asks."""
    return sa.select(PrivateNotes).where(
        PrivateNotes.meeting_id == meeting_id, PrivateNotes.writer_id == writer_id
    )


def coming_meetings(
    person_id: int, until: datetime | sa.ColumnElement[datetime]
) -> sa.Select[Meeting]:
    """Planned meetings of a person up to a moment, the next one first."""
    return (
        sa.select(Meeting)
        .join(MeetingSeries, MeetingSeries.id == Meeting.series_id)
        .where(
            Meeting.state == MeetingState.PLANNED, Meeting.starts_at <= until, of_person(person_id)
        )
        .options(
            contains_eager(Meeting.series).options(
                joinedload(MeetingSeries.host), joinedload(MeetingSeries.guest)
            )
        )
        .order_by(Meeting.starts_at)
    )


def invitations_for(person_id: int) -> sa.Select[MeetingSeries]:
    """Series somebody was asked for and has not answered."""
    return (
        sa.select(MeetingSeries)
        .where(MeetingSeries.guest_id == person_id, MeetingSeries.state == SeriesState.ASKED)
        .options(*PEOPLE)
        .order_by(MeetingSeries.created_at)
    )


def meetings_over(moment: datetime) -> sa.Select[Meeting]:
    """Planned meetings that ended before a moment: nobody said that they were held."""
    return (
        sa.select(Meeting)
        .where(Meeting.state == MeetingState.PLANNED, Meeting.starts_at < moment)
        .order_by(Meeting.id)
    )


def series_over(day: date) -> sa.Select[MeetingSeries]:
    """Running series whose last day lies before a day."""
    return sa.select(MeetingSeries).where(
        MeetingSeries.state.in_(LIVE), MeetingSeries.last_on < day
    )


def managed_by(host_id: int, guest_ids: sa.Select[int]) -> sa.Select[MeetingSeries]:
    """Running series of a manager with these people."""
    return sa.select(MeetingSeries).where(
        MeetingSeries.kind == SeriesKind.MANAGER,
        MeetingSeries.state.in_(LIVE),
        MeetingSeries.host_id == host_id,
        MeetingSeries.guest_id.in_(guest_ids),
    )


def near(person_id: int, day: date) -> sa.Select[*tuple[Any, ...]]:
    """Whom one is likely to meet: one's manager, one's people, colleagues of the same team.

    Rows of Person and a number: 0 for one's people, 1 for the manager, 2 for colleagues.
    """
    own, job, team = aliased(Employment), aliased(Employment), aliased(Team)
    reports = sa.or_(job.manager_id == person_id, team.lead_id == person_id)
    manager = sa.exists().where(
        own.person_id == person_id, covering(day, own), own.manager_id == Person.id
    )
    colleague = sa.exists().where(
        own.person_id == person_id, covering(day, own), own.team_id == job.team_id
    )
    kind = sa.case((reports, 0), (manager, 1), else_=2)
    return (
        sa.select(Person, kind.label("kind"))
        .join(job, sa.and_(job.person_id == Person.id, covering(day, job)))
        .join(team, team.id == job.team_id)
        .where(Person.id != person_id, sa.or_(reports, manager, colleague))
        .order_by(kind, Person.by_name(), Person.id)
    )


def commitments(
    person_ids: Collection[int], first: date, last: date
) -> sa.Select[*tuple[Any, ...]]:
    """What people said in 1:1s they would do, as far as it falls into a stretch of time.

    Rows of owner_id, other_id, title, due_on and done_at. Only for the owner's own review, and
    only for the eyes of the two who met: whoever shows a row makes sure that the reader is the
    owner or the person ``other_id``. HR and every other reader get nothing from here. Notes and
    agenda are not part of it.
    """
    host = MeetingSeries.host_id
    other = sa.case((host == MeetingAction.owner_id, MeetingSeries.guest_id), else_=host)
    begins = datetime.combine(first, time(), UTC)
    done = MeetingAction.done_at
    return (
        sa.select(
            MeetingAction.owner_id,
            other.label("other_id"),
            MeetingAction.title,
            MeetingAction.due_on,
            done,
        )
        .join(Meeting, Meeting.id == MeetingAction.meeting_id)
        .join(MeetingSeries, MeetingSeries.id == Meeting.series_id)
        .where(
            MeetingAction.owner_id.in_(person_ids),
            MeetingAction.created_at < datetime.combine(last, time(), UTC) + timedelta(days=1),
            sa.or_(done.is_(None), done >= begins),
        )
        .order_by(MeetingAction.owner_id, MeetingAction.due_on, MeetingAction.id)
    )
