"""1:1s of leads with their people: some months of meetings, with what was said and promised."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.demo.aims import SITES, words, working
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.meetings import operations as meetings
from portal.meetings import queries
from portal.meetings.models import Meeting, MeetingSeries
from portal.meetings.operations.series import Plan
from portal.meetings.states import Rhythm
from portal.people.models import Person

BEGAN = 46
"""Days ago."""

STEP = 14


def meet(cast: Cast) -> None:
    """Leads meet their people; in Istanbul the manager meets the lead, and a colleague asks."""
    for key in SITES:
        team = cast.team(cast.site(key))
        assert team.lead is not None
        lead, said = cast.account_of(team.lead), words(team.site.language)
        for number, person in enumerate(list(working(cast, team))[:3]):
            _talk(cast, lead, person, said, hour=10 + number, meetings_held=3)
    _talk(cast, cast.account("manager"), cast.person("lead"), words("tr"), hour=15, meetings_held=2)
    with days_ago(1):
        plan = _plan(cast.account("interviewer2"), words("tr"), hour=16)
        meetings.start_series(cast.person("associate"), plan, by=cast.account("interviewer2"))


def _plan(by: Account, said: dict[str, Any], *, hour: int) -> Plan:
    day = clock.now() + timedelta(days=2)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return Plan(
        rhythm=Rhythm.FORTNIGHTLY,
        first_at=day.replace(hour=hour - 3, minute=0),
        minutes=30,
        time_zone=by.time_zone,
        place=said["room"],
    )


def _talk(
    cast: Cast, host: Account, guest: Person, said: dict[str, Any], *, hour: int, meetings_held: int
) -> None:
    """Set up, then meet every two weeks until today."""
    with days_ago(BEGAN):
        plan = _plan(host, said, hour=hour)
        series = meetings.start_series(guest, plan, by=host)
    account = cast.account_of(guest)
    for number in range(meetings_held):
        meeting = _next(series)
        days = (clock.now() - meeting.starts_at).days
        if days < 0:
            return
        _hold(meeting, (host, account), said, number=number, days=days)
    _prepare(_next(series), account, said)


def _next(series: MeetingSeries) -> Meeting:
    return db.session.scalars(queries.planned_meeting(series.id)).one()


def _hold(
    meeting: Meeting, two: tuple[Account, Account], said: dict[str, Any], *, number: int, days: int
) -> None:
    host, guest = two
    with days_ago(days + 1):
        topics = [
            meetings.add_item(meeting, said["agenda"][(number + place) % 4], by=by)
            for place, by in enumerate(two)
        ]
    with days_ago(days):
        for topic in topics[: 2 - number % 2]:
            meetings.tick_item(topic)
        meetings.save_notes(meeting, said["notes"], version=meeting.notes.version)
        meetings.save_private_notes(meeting, said["private"], version=0, by=host)
        action = meetings.add_action(
            meeting,
            said["actions"][number % 3],
            owner=db.session.get_one(Person, (guest, host)[number % 2].person_id),
            due_on=clock.today() + timedelta(days=STEP),
            by=host,
        )
        if number == 0:
            meetings.finish_action(action)
        meetings.hold_meeting(meeting, by=host)


def _prepare(meeting: Meeting, guest: Account, said: dict[str, Any]) -> None:
    """The guest has something for the next time, too."""
    with days_ago(1):
        meetings.add_item(meeting, said["agenda"][3], by=guest)
        meetings.save_private_notes(meeting, said["agenda"][2], version=0, by=guest)
