"""1:1s: who may begin them, what comes next, calendars, what carries over, how they end."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
import sqlalchemy as sa

from portal.core import audit
from portal.core.db import db
from portal.core.errors import Refused, Stale
from portal.core.inbox.models import Notice
from portal.core.mail.models import OutgoingMail
from portal.meetings import jobs, operations, queries
from portal.meetings.models import Meeting
from portal.meetings.operations.meeting import next_moment
from portal.meetings.operations.series import Plan
from portal.meetings.states import MeetingState, Rhythm, SeriesKind, SeriesState
from portal.people import operations as staffing
from portal.people.states import EmploymentReason
from tests.factories import meetings as make
from tests.factories import people
from tests.goals.conftest import Staff, staff


@pytest.fixture
def who(db_session: Any, clock: Any) -> Staff:
    return staff()


def plan(**values: Any) -> Plan:
    defaults: dict[str, Any] = {
        "rhythm": Rhythm.WEEKLY, "first_at": make.FIRST, "minutes": 30,
        "time_zone": "Europe/Istanbul", "place": "Room 4",
    }  # fmt: skip
    return Plan(**(defaults | values))


def told(account: Any) -> list[str]:
    return list(db.session.scalars(sa.select(Notice.kind).where(Notice.account_id == account.id)))


def mails(kind: str) -> list[OutgoingMail]:
    found = sa.select(OutgoingMail).where(OutgoingMail.kind == f"meetings/{kind}")
    return list(db.session.scalars(found.order_by(OutgoingMail.id)))


def entry(mail: OutgoingMail) -> Any:
    [part] = mail.attachments
    calendar = icalendar.Calendar.from_ical(base64.b64decode(part["content"]))
    return calendar, calendar.walk("VEVENT")[0]


def planned(series: Any) -> Meeting | None:
    return db.session.scalar(queries.planned_meeting(series.id))


def test_a_manager_and_a_member_begin_at_once_whoever_asks(who: Staff) -> None:
    one = operations.start_series(who.person("member"), plan(), by=who.lead)
    two = operations.start_series(who.person("lead"), plan(), by=who.peer)
    for series, guest in ((one, who.member), (two, who.peer)):
        assert (series.kind, series.state) == (SeriesKind.MANAGER, SeriesState.RUNNING)
        assert (series.host_id, series.guest_id) == (who.lead.person_id, guest.person_id)
    assert told(who.member) == ["meetings.started"]
    assert [mail.to_address for mail in mails("planned")[:2]] == [who.lead.email, who.member.email]


def test_colleagues_are_asked_and_may_decline(who: Staff) -> None:
    series = operations.start_series(who.person("stranger"), plan(), by=who.member)
    assert (series.kind, series.state) == (SeriesKind.PAIR, SeriesState.ASKED)
    assert planned(series) is None
    operations.accept_series(series, by=who.stranger)
    assert planned(series) is not None
    assert told(who.member) == ["meetings.accepted"]
    other = operations.start_series(who.person("peer"), plan(), by=who.member)
    operations.decline_series(other, by=who.peer)
    assert (other.state, planned(other)) == (SeriesState.DECLINED, None)


def test_what_makes_no_sense_is_refused(who: Staff) -> None:
    gone = people.person("Eski")
    for person, values, words in (
        (who.person("lead"), {}, "somebody else"),
        (gone, {}, "works here"),
        (who.person("member"), {"first_at": datetime(2026, 1, 1, tzinfo=UTC)}, "still to come"),
    ):
        with pytest.raises(Refused, match=words):
            operations.start_series(person, plan(**values), by=who.lead)
    operations.start_series(who.person("member"), plan(), by=who.lead)
    with pytest.raises(Refused, match="already"):
        operations.start_series(who.person("lead"), plan(), by=who.member)


def test_calendars_follow_every_change(who: Staff) -> None:
    series = operations.start_series(who.person("member"), plan(), by=who.lead)
    meeting = planned(series)
    assert meeting is not None
    later = make.FIRST + timedelta(hours=2)
    operations.move_meeting(meeting, starts_at=later, minutes=45, place="Room 5", by=who.lead)
    operations.cancel_meeting(meeting, by=who.member)
    found = [entry(mails(kind)[1]) for kind in ("planned", "moved", "cancelled")]
    assert [str(calendar["method"]) for calendar, _event in found] == [
        "REQUEST", "REQUEST", "CANCEL",
    ]  # fmt: skip
    assert [int(event["sequence"]) for _calendar, event in found] == [0, 1, 2]
    assert len({str(event["uid"]) for _calendar, event in found}) == 1
    assert found[1][1]["dtstart"].dt == later
    assert str(found[0][1]["summary"]).startswith("1:1 with Lale")
    assert told(who.member) == ["meetings.started", "meetings.meeting_moved"]
    assert told(who.lead) == ["meetings.meeting_cancelled"]


def test_the_next_meeting_follows_the_rhythm_and_the_clock_on_the_wall(who: Staff) -> None:
    madrid = {"time_zone": "Europe/Madrid", "first_at": datetime(2026, 10, 20, 8, 0, tzinfo=UTC)}
    series = make.series(rhythm=Rhythm.FORTNIGHTLY, **madrid)
    # Ten o'clock before and after the change to winter time.
    after = next_moment(series, series.first_at)
    assert after == datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
    assert next_moment(series, after + timedelta(days=30)) == datetime(2026, 12, 15, 9, tzinfo=UTC)


def test_holding_or_cancelling_plans_the_next_one(who: Staff, clock: Any) -> None:
    series = operations.start_series(who.person("member"), plan(), by=who.lead)
    first = planned(series)
    assert first is not None
    operations.hold_meeting(first, by=who.lead)
    second = planned(series)
    assert second is not None
    assert second.starts_at == make.FIRST + timedelta(days=7)
    operations.cancel_meeting(second, by=who.lead)
    third = planned(series)
    assert third is not None
    assert third.starts_at == make.FIRST + timedelta(days=14)
    with pytest.raises(Refused):
        operations.hold_meeting(first, by=who.lead)
    clock(make.FIRST + timedelta(days=15))
    jobs.roll_on()
    assert third.state is MeetingState.HELD
    fourth = planned(series)
    assert fourth is not None
    assert fourth.starts_at == make.FIRST + timedelta(days=21)


def test_open_points_and_actions_carry_over_until_they_are_done(who: Staff) -> None:
    series = operations.start_series(who.person("member"), plan(), by=who.lead)
    first = planned(series)
    assert first is not None
    talked, left = (operations.add_item(first, text, by=who.member) for text in ("One", "Two"))
    operations.tick_item(talked)
    action = operations.add_action(
        first, "Write it", owner=who.person("member"), due_on=date(2026, 12, 1), by=who.lead
    )
    assert told(who.member)[-1] == "meetings.action"
    operations.hold_meeting(first, by=who.lead)
    second = planned(series)
    assert second is not None
    assert list(db.session.scalars(queries.agenda_of(second))) == [left]
    assert list(db.session.scalars(queries.actions_of(second))) == [action]
    operations.tick_item(left)
    operations.finish_action(action)
    assert (left.done_in_id, action.done_in_id) == (second.id, second.id)
    operations.hold_meeting(second, by=who.lead)
    third = planned(series)
    assert third is not None
    assert list(db.session.scalars(queries.agenda_of(third))) == []
    assert list(db.session.scalars(queries.actions_of(third))) == []
    assert list(db.session.scalars(queries.agenda_of(first))) == [talked, left]
    operations.reopen_action(action)
    assert list(db.session.scalars(queries.actions_of(third))) == [action]


def test_an_action_belongs_to_one_of_the_two_and_is_not_due_yesterday(who: Staff) -> None:
    meeting = make.meeting(make.series(who.person("lead"), who.person("member")))
    for owner, day, words in (
        (who.person("peer"), date(2026, 12, 1), "one of the two"),
        (who.person("member"), date(2026, 11, 23), "today or a later"),
    ):
        with pytest.raises(Refused, match=words):
            operations.add_action(meeting, "x", owner=owner, due_on=day, by=who.lead)


def test_notes_are_never_overwritten_unseen(who: Staff) -> None:
    meeting = make.meeting(make.series(who.person("lead"), who.person("member")))
    version = meeting.notes.version
    kept = operations.save_notes(meeting, "We spoke.", version=version)
    with pytest.raises(Stale):
        operations.save_notes(meeting, "Other", version=version)
    operations.save_notes(meeting, "We spoke long.", version=kept.version)
    own = operations.save_private_notes(meeting, "Hm.", version=0, by=who.member)
    with pytest.raises(Stale):
        operations.save_private_notes(meeting, "Ha.", version=0, by=who.member)
    operations.save_private_notes(meeting, "Mine.", version=0, by=who.lead)
    assert (meeting.notes.text, own.text) == ("We spoke long.", "Hm.")


@pytest.mark.parametrize(
    ("starts_on", "over"), [(date(2026, 11, 24), True), (date(2027, 1, 4), False)]
)
def test_another_manager_ends_the_series_on_the_day(
    who: Staff, clock: Any, starts_on: date, *, over: bool
) -> None:
    series = operations.start_series(who.person("member"), plan(), by=who.lead)
    pair = operations.start_series(who.person("stranger"), plan(), by=who.member)
    member = who.person("member")
    assert who.other_team.lead is not None
    staffing.start_employment(
        member, role=people.role(), team=who.other_team, site=who.other_team.site,
        manager=who.other_team.lead, starts_on=starts_on, reason=EmploymentReason.TRANSFER,
        by=who.hr,
    )  # fmt: skip
    assert (series.state is SeriesState.ENDED) is over
    assert pair.state is SeriesState.ASKED
    assert series.last_on == starts_on - timedelta(days=1)
    if over:
        assert planned(series) is None
        assert "meetings.ended" in told(who.lead)
        return
    clock(datetime(2027, 1, 5, 9, tzinfo=UTC))
    jobs.roll_on()
    assert series.state is SeriesState.ENDED
    fresh = operations.start_series(
        member, plan(first_at=datetime(2027, 1, 12, 8, tzinfo=UTC)), by=who.former
    )
    assert fresh.id != series.id


def test_a_promotion_under_the_same_manager_ends_nothing(who: Staff) -> None:
    series = operations.start_series(who.person("member"), plan(), by=who.lead)
    above = operations.start_series(who.person("member"), plan(), by=who.manager)
    staffing.start_employment(
        who.person("member"), role=people.role(), team=who.team, site=who.team.site,
        manager=who.person("lead"), starts_on=date(2026, 11, 24),
        reason=EmploymentReason.PROMOTION, by=who.hr,
    )  # fmt: skip
    assert (series.last_on, above.last_on) == (None, None)


def test_who_leaves_meets_nobody_any_more(who: Staff) -> None:
    series = operations.start_series(who.person("member"), plan(), by=who.lead)
    job = who.person("member").employments[0]
    staffing.end_employment(job, ends_on=date(2026, 11, 30), by=who.hr)
    assert series.state is SeriesState.RUNNING
    assert planned(series) is None
    staffing.end_employment(job, ends_on=date(2026, 11, 23), by=who.hr)
    assert series.state is SeriesState.ENDED


def test_another_lead_of_the_team_ends_the_series(who: Staff) -> None:
    series = operations.start_series(who.person("member"), plan(), by=who.lead)
    above = operations.start_series(who.person("member"), plan(), by=who.manager)
    staffing.set_team_lead(who.team, lead=who.person("peer"), by=who.hr)
    assert (series.state, above.state) == (SeriesState.ENDED, SeriesState.RUNNING)


def test_commitments_are_titles_with_the_two_who_know_them(who: Staff) -> None:
    lead, member = who.person("lead"), who.person("member")
    meeting = make.meeting(make.series(lead, member))
    make.action(meeting, member, "Open")
    make.action(meeting, lead, "Theirs")
    make.action(meeting, member, "Old", created_at=datetime(2026, 1, 5, tzinfo=UTC),
                done_at=datetime(2026, 2, 1, tzinfo=UTC), done_in_id=meeting.id)  # fmt: skip
    found = queries.commitments([member.id], date(2026, 7, 1), date(2026, 12, 31))
    rows = db.session.execute(found).all()
    assert [(row.owner_id, row.other_id, row.title) for row in rows] == [
        (member.id, lead.id, "Open")
    ]


def test_the_trail_knows_that_they_met_and_no_word_of_it(who: Staff) -> None:
    series = operations.start_series(who.person("member"), plan(place="My house"), by=who.lead)
    meeting = planned(series)
    assert meeting is not None
    operations.add_item(meeting, "Pssst agenda", by=who.member)
    operations.save_notes(meeting, "Pssst shared", version=1)
    operations.save_private_notes(meeting, "Pssst private", version=0, by=who.member)
    operations.add_action(
        meeting, "Pssst action", owner=who.person("lead"), due_on=date(2026, 12, 1), by=who.member
    )
    operations.hold_meeting(meeting, by=who.lead)
    db.session.flush()
    events = db.session.scalars(sa.select(audit.AuditEvent)).all()
    text = " ".join(event.content() for event in events)
    assert "meetings.held" in text
    assert "Pssst" not in text
    assert "My house" not in text
    told_ = db.session.scalars(sa.select(Notice)).all()
    sent = db.session.scalars(sa.select(OutgoingMail)).all()
    assert "Pssst" not in " ".join(str(one.params) for one in told_)
    assert "Pssst" not in " ".join(f"{one.subject}{one.text}{one.html}" for one in sent)
