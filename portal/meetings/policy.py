"""Who sees 1:1s: the two who meet, and nobody else, whatever they may see elsewhere.

Not HR, not an administrator, not a manager further up. What was written stays with the two when
their series ends; whoever manages one of them afterwards starts a series of their own.
"""

from __future__ import annotations

from portal.core.access import Viewer
from portal.meetings.models import AgendaItem, Meeting, MeetingAction, MeetingSeries
from portal.meetings.states import LIVE, MeetingState, SeriesState


def see_series(viewer: Viewer, series: MeetingSeries) -> bool:
    """A series and its history."""
    return series.is_of(viewer.person_id)


def change_series(viewer: Viewer, series: MeetingSeries) -> bool:
    """Another rhythm, or the end of it: either of the two."""
    return series.state in LIVE and see_series(viewer, series)


end_series = change_series


def answer_series(viewer: Viewer, series: MeetingSeries) -> bool:
    """Accept an invitation or decline it: who was asked."""
    return series.state is SeriesState.ASKED and viewer.person_id == series.guest_id


def see_meeting(viewer: Viewer, meeting: Meeting) -> bool:
    """A meeting with agenda, notes and actions."""
    return see_series(viewer, meeting.series)


write_notes = keep_private_notes = see_meeting


def add_to_meeting(viewer: Viewer, meeting: Meeting) -> bool:
    """Put something on the agenda, or an action on the list; not once it was called off."""
    return meeting.state is not MeetingState.CANCELLED and see_meeting(viewer, meeting)


def move_meeting(viewer: Viewer, meeting: Meeting) -> bool:
    """Move a meeting, call it off, or say that it was held: either, while it is planned."""
    return meeting.state is MeetingState.PLANNED and see_meeting(viewer, meeting)


cancel_meeting = hold_meeting = move_meeting


def tick_item(viewer: Viewer, item: AgendaItem) -> bool:
    """Tick a point off, or take that back: either."""
    return see_meeting(viewer, item.meeting)


def remove_item(viewer: Viewer, item: AgendaItem) -> bool:
    """Take a point off the agenda: who put it there, as long as it is open."""
    own = item.done_at is None and viewer.person_id == item.added_by_id
    return own and tick_item(viewer, item)


def finish_action(viewer: Viewer, action: MeetingAction) -> bool:
    """Say that it is done, or not yet: either."""
    return see_meeting(viewer, action.meeting)
