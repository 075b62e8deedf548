"""What the two put into a meeting: agenda, notes, actions. No word of it goes into the trail."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Refused, Stale
from portal.meetings import notices, queries
from portal.meetings.models import (
    AgendaItem,
    Meeting,
    MeetingAction,
    PrivateNotes,
    SharedNotes,
)
from portal.meetings.states import MeetingState
from portal.people.models import Person


def add_item(meeting: Meeting, text: str, *, by: Account) -> AgendaItem:
    """Put something on the agenda.

    Raises:
        Refused: if the meeting was called off.

    """
    _require_meeting(meeting)
    item = AgendaItem(
        meeting=meeting, text=text.strip(), added_by_id=by.person_id, added_at=clock.now()
    )
    db.session.add(item)
    return item


def tick_item(item: AgendaItem) -> None:
    """Tick a point off, in the meeting that is planned, else in its own."""
    if item.done_at is None:
        item.done_at, item.done_in_id = clock.now(), _present_meeting(item.meeting)


def untick_item(item: AgendaItem) -> None:
    """Take that back."""
    item.done_at = item.done_in_id = None


def remove_item(item: AgendaItem) -> None:
    """Take a point off the agenda."""
    db.session.delete(item)


def add_action(
    meeting: Meeting, title: str, *, owner: Person, due_on: date, by: Account
) -> MeetingAction:
    """Write down what one of the two will do, and by when.

    Raises:
        Refused: if the meeting was called off, the owner is neither of them, or the day is over.

    """
    _require_meeting(meeting)
    if not meeting.series.is_of(owner.id):
        raise Refused(_("Choose one of the two of you."), "owner")
    if due_on < clock.today(by.time_zone):
        raise Refused(_("Choose today or a later day."), "due_on")
    action = MeetingAction(
        meeting=meeting,
        owner=owner,
        owner_id=owner.id,
        title=title.strip(),
        due_on=due_on,
        created_at=clock.now(),
    )
    db.session.add(action)
    db.session.flush()
    notices.action_given(action, by=by)
    return action


def finish_action(action: MeetingAction) -> None:
    """Say that it is done."""
    if action.done_at is None:
        action.done_at, action.done_in_id = clock.now(), _present_meeting(action.meeting)


def reopen_action(action: MeetingAction) -> None:
    """Say that it is not done after all."""
    action.done_at = action.done_in_id = None


def save_notes(meeting: Meeting, text: str, *, version: int) -> SharedNotes:
    """Keep what both write down.

    Raises:
        Stale: if the other one has written in the meantime.

    """
    _require_version(meeting.notes, version)
    meeting.notes.text, meeting.notes.saved_at = text, clock.now()
    db.session.flush()
    return meeting.notes


def save_private_notes(meeting: Meeting, text: str, *, version: int, by: Account) -> PrivateNotes:
    """Keep what one writes for oneself alone.

    Raises:
        Stale: if one has written in another window in the meantime.

    """
    notes = db.session.scalar(queries.private_notes(meeting.id, by.person_id))
    _require_version(notes, version)
    if notes is None:
        notes = PrivateNotes(meeting_id=meeting.id, writer_id=by.person_id)
        db.session.add(notes)
    notes.text, notes.saved_at = text, clock.now()
    db.session.flush()
    return notes


def _require_version(notes: SharedNotes | PrivateNotes | None, version: int) -> None:
    if version != (notes.version if notes is not None else 0):
        raise Stale(_("These notes were changed while you had them open. Your text is kept below."))


def _require_meeting(meeting: Meeting) -> None:
    if meeting.state is MeetingState.CANCELLED:
        raise Refused(_("This meeting was cancelled. Use the next one."))


def _present_meeting(meeting: Meeting) -> int:
    """The id of the last meeting of the series that has begun or is planned today, else its own."""
    begun = (
        sa.select(Meeting.id)
        .where(
            Meeting.series_id == meeting.series_id,
            Meeting.state != MeetingState.CANCELLED,
            Meeting.starts_at >= meeting.starts_at,
        )
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(1)
    )
    return db.session.scalar(begun) or meeting.id
