"""One meeting after the other: planned, moved, held, called off."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.meetings import notices, queries
from portal.meetings.models import Meeting, MeetingSeries, SharedNotes
from portal.meetings.states import MEETING_MOVES, MeetingFact, MeetingState, SeriesState

GRACE = timedelta(hours=12)
"""A meeting so long over counts as held, unless somebody said otherwise."""


def plan_next(
    series: MeetingSeries, after: datetime | None, *, by: Account | None
) -> Meeting | None:
    """Plan the first meeting of a series, or the next one after a moment; both get an entry.

    Nothing is planned once the series is over, or where one is planned already.
    """
    db.session.flush()
    if series.state is not SeriesState.RUNNING:
        return None
    if db.session.scalar(queries.planned_meeting(series.id)) is not None:
        return None
    starts_at = series.first_at if after is None else next_moment(series, after)
    if series.last_on is not None and _local(series, starts_at).date() > series.last_on:
        return None
    host = str(current_app.config["BASE_URL"]).rsplit("//", maxsplit=1)[-1].split("/")[0]
    meeting = Meeting(
        series=series,
        starts_at=starts_at,
        minutes=series.minutes,
        place=series.place,
        state=MeetingState.PLANNED,
        uid=f"meeting-{uuid.uuid4()}@{host}",
        sequence=0,
        notes=SharedNotes(),
    )
    db.session.add(meeting)
    audit.record(MeetingFact.PLANNED, meeting, by=by)
    notices.planned(meeting)
    return meeting


def next_moment(series: MeetingSeries, after: datetime) -> datetime:
    """The first moment of the rhythm after another, at the same time of day on the clock there."""
    step = timedelta(days=series.rhythm.days)
    local = _local(series, series.first_at).replace(tzinfo=None)
    until = _local(series, after).replace(tzinfo=None)
    if local <= until:
        local += step * ((until - local) // step + 1)
    return local.replace(tzinfo=ZoneInfo(series.time_zone)).astimezone(clock.now().tzinfo)


def _local(series: MeetingSeries, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(series.time_zone))


def move_meeting(
    meeting: Meeting, *, starts_at: datetime, minutes: int, place: str, by: Account
) -> None:
    """Put a meeting somewhere else in time or place; the next ones follow the rhythm as before.

    Raises:
        Refused: if it is not planned any more, or would lie in the past.

    """
    _require_planned(meeting)
    if starts_at <= clock.now():
        raise Refused(_("Choose a time that is still to come."), "starts_at")
    meeting.starts_at, meeting.minutes, meeting.place = starts_at, minutes, place.strip()
    meeting.sequence += 1
    audit.record(MeetingFact.MOVED, meeting, by=by)
    notices.moved(meeting, by=by)


def hold_meeting(meeting: Meeting, *, by: Account | None) -> None:
    """Say that the two have met; the next meeting is planned.

    Raises:
        Refused: if it is not planned any more.

    """
    require_move(MEETING_MOVES, meeting.state, MeetingState.HELD)
    meeting.state = MeetingState.HELD
    audit.record(MeetingFact.HELD, meeting, by=by)
    plan_next(meeting.series, max(meeting.starts_at, clock.now()), by=by)


def cancel_meeting(meeting: Meeting, *, by: Account | None, go_on: bool = True) -> None:
    """Call a meeting off; its open points come up in the next one, which is planned at once.

    Raises:
        Refused: if it is not planned any more.

    """
    require_move(MEETING_MOVES, meeting.state, MeetingState.CANCELLED)
    meeting.state = MeetingState.CANCELLED
    meeting.sequence += 1
    audit.record(MeetingFact.CANCELLED, meeting, by=by)
    notices.cancelled(meeting, by=by)
    if go_on:
        plan_next(meeting.series, max(meeting.starts_at, clock.now()), by=by)


def roll_on() -> int:
    """Count what is long over as held, so that the next meeting is planned; returns how many."""
    over = db.session.scalars(queries.meetings_over(clock.now() - GRACE)).all()
    for meeting in over:
        hold_meeting(meeting, by=None)
    return len(over)


def _require_planned(meeting: Meeting) -> None:
    if meeting.state is not MeetingState.PLANNED:
        raise Refused(_("This meeting is not planned any more."))
