"""1:1s: who may do what, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from portal.core.db import db
from portal.core.errors import Refused, Stale
from portal.meetings import operations, policy
from portal.meetings.models import AgendaItem, Meeting
from portal.meetings.states import MeetingState, SeriesState
from tests.conftest import MOMENT
from tests.factories import meetings as make
from tests.goals.conftest import Staff, staff
from tests.meetings.test_operations import plan, planned

EVERYONE = ("member", "peer", "lead", "manager", "former", "stranger", "hr")
PAST = MOMENT - timedelta(hours=1)
TWO = "member lead"


@pytest.fixture
def who(db_session: Any, clock: Any) -> Staff:
    return staff()


@pytest.fixture
def meeting(who: Staff) -> Meeting:
    return make.meeting(make.series(who.person("lead"), who.person("member")))


def names(who: Staff, rule: str, row: object) -> str:
    return " ".join(one for one in EVERYONE if getattr(policy, rule)(getattr(who, one), row))


SERIES = {
    # rule: (asked, running, ended)
    "see_series": (TWO, TWO, TWO),
    "change_series": (TWO, TWO, ""),
    "end_series": (TWO, TWO, ""),
    "answer_series": ("member", "", ""),
}
MEETING = {
    # rule: (planned, held, cancelled)
    "see_meeting": (TWO, TWO, TWO),
    "write_notes": (TWO, TWO, TWO),
    "add_to_meeting": (TWO, TWO, ""),
    "move_meeting": (TWO, "", ""),
    "cancel_meeting": (TWO, "", ""),
    "hold_meeting": (TWO, "", ""),
}


@pytest.mark.parametrize("rule", SERIES)
def test_who_may_do_what_with_a_series(who: Staff, meeting: Meeting, rule: str) -> None:
    found = []
    for state in (SeriesState.ASKED, SeriesState.RUNNING, SeriesState.ENDED):
        meeting.series.state = state
        found.append(names(who, rule, meeting.series))
    assert tuple(found) == SERIES[rule]


@pytest.mark.parametrize("rule", MEETING)
def test_who_may_do_what_with_a_meeting(who: Staff, meeting: Meeting, rule: str) -> None:
    found = []
    for state in (MeetingState.PLANNED, MeetingState.HELD, MeetingState.CANCELLED):
        meeting.state = state
        found.append(names(who, rule, meeting))
    assert tuple(found) == MEETING[rule]


def test_a_point_goes_by_the_hand_that_wrote_it_and_only_while_it_is_open(
    who: Staff, meeting: Meeting
) -> None:
    item, action = make.item(meeting, who.person("lead")), make.action(meeting, who.person("lead"))
    assert names(who, "remove_item", item) == "lead"
    assert names(who, "tick_item", item) == names(who, "finish_action", action) == TWO
    operations.tick_item(item)
    assert names(who, "remove_item", item) == ""
    operations.untick_item(item)
    assert (item.done_at, item.done_in_id) == (None, None)
    operations.remove_item(item)
    db.session.flush()
    assert db.session.get(AgendaItem, item.id) is None


def test_what_is_done_stays_done_in_the_meeting_it_was_done_in(
    who: Staff, meeting: Meeting, clock: Any
) -> None:
    item, action = make.item(meeting, who.person("lead")), make.action(meeting, who.person("lead"))
    for _time in range(2):
        operations.tick_item(item)
        operations.finish_action(action)
        clock(MOMENT + timedelta(hours=1))
    assert item.done_at == action.done_at == MOMENT


def test_a_meeting_that_was_called_off_takes_nothing_more(who: Staff, meeting: Meeting) -> None:
    operations.cancel_meeting(meeting, by=who.lead)
    for add in (
        lambda: operations.add_item(meeting, "Late", by=who.lead),
        lambda: operations.add_action(
            meeting, "Late", owner=who.person("lead"), due_on=date(2026, 12, 8), by=who.lead
        ),
    ):
        with pytest.raises(Refused, match="was cancelled"):
            add()


@pytest.mark.parametrize("state", [MeetingState.HELD, MeetingState.CANCELLED])
def test_only_what_is_planned_is_moved_held_or_called_off(
    who: Staff, meeting: Meeting, state: MeetingState
) -> None:
    meeting.state = state
    for step in (
        lambda: operations.move_meeting(
            meeting, starts_at=make.FIRST, minutes=30, place="", by=who.lead
        ),
        lambda: operations.hold_meeting(meeting, by=who.lead),
        lambda: operations.cancel_meeting(meeting, by=who.lead),
    ):
        with pytest.raises(Refused):
            step()
    assert meeting.state is state


def test_nothing_is_moved_into_the_past(who: Staff, meeting: Meeting) -> None:
    for move in (
        lambda: operations.move_meeting(meeting, starts_at=PAST, minutes=30, place="", by=who.lead),
        lambda: operations.change_series(meeting.series, plan(first_at=PAST), by=who.lead),
    ):
        with pytest.raises(Refused, match="still to come"):
            move()
    assert meeting.starts_at == make.FIRST


def test_a_series_that_is_over_is_not_changed_or_answered(who: Staff, meeting: Meeting) -> None:
    series = meeting.series
    operations.end_series(series, by=who.lead)
    with pytest.raises(Refused, match="have ended"):
        operations.change_series(series, plan(), by=who.lead)
    for step in (operations.accept_series, operations.decline_series, operations.end_series):
        with pytest.raises(Refused):
            step(series, by=who.member)
    assert planned(series) is None


def test_another_rhythm_plans_a_meeting_where_none_is(who: Staff) -> None:
    series = make.series(who.person("lead"), who.person("member"))
    later = make.FIRST + timedelta(days=2)
    operations.change_series(series, plan(first_at=later), by=who.lead)
    meeting = planned(series)
    assert meeting is not None
    assert meeting.starts_at == later


def test_notes_written_meanwhile_are_not_lost(who: Staff, meeting: Meeting) -> None:
    seen = meeting.notes.version
    operations.save_notes(meeting, "First", version=seen)
    with pytest.raises(Stale):
        operations.save_notes(meeting, "Second", version=seen)
    operations.save_private_notes(meeting, "Mine", version=0, by=who.lead)
    with pytest.raises(Stale):
        operations.save_private_notes(meeting, "Also mine", version=0, by=who.lead)
    assert meeting.notes.text == "First"


def test_whose_employment_goes_on_keeps_their_meetings(who: Staff, meeting: Meeting) -> None:
    operations.follow_leaver(who.person("member").employments[0])
    operations.follow_lead(who.team, None)
    assert meeting.series.state is SeriesState.RUNNING
