"""1:1s of the walks: the lead meets the hire, and is asked by them as well."""

from __future__ import annotations

from portal.meetings.states import SeriesKind, SeriesState
from tests.factories import meetings
from tests.factories.worlds.who import Params, People, person_of


def side(who: People) -> Params:
    """A running series with one planned meeting, and an invitation the hire has not answered."""
    lead, hire = person_of(who.lead), person_of(who.hire)
    series = meetings.series(lead, hire)
    meeting = meetings.meeting(series)
    asked = meetings.series(
        person_of(who.interviewer), hire, kind=SeriesKind.PAIR, state=SeriesState.ASKED
    )
    return {
        "meeting_series_id": series.id,
        "meetings.accept_series meeting_series_id": asked.id,
        "meetings.decline_series meeting_series_id": asked.id,
        "meeting_id": meeting.id,
        "agenda_item_id": meetings.item(meeting, hire).id,
        "meeting_action_id": meetings.action(meeting, hire).id,
    }
