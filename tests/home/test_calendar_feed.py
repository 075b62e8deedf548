"""The calendar of one person: what is in it, that it names nobody else, and how it is stopped."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

import icalendar
import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Account, CalendarFeed
from portal.accounts.states import AccountState
from portal.core.db import db
from portal.people.models import Person
from portal.reviews.states import PartKind
from portal.training.models import Course, Enrolment
from portal.training.states import EnrolmentState
from tests.factories import certification as make
from tests.factories import (
    development,
    meetings,
    mentoring,
    onboarding,
    people,
    reviews,
    surveys,
    training,
)
from tests.page import PageClient


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    with app.app_context():
        person = people.person("Deniz", "Kaya")
        job = people.employment(person)
        held, missing = make.certification("CCSS"), make.certification("Series 7")
        make.award(person, held, date(2026, 1, 1), date(2027, 1, 31))
        make.mandate(missing, role=job.role, within_days=60, starts_on=date(2026, 11, 1))
        course = training.course()
        training.enrolment(person, course, due_on=date(2026, 12, 15))
        colleague = people.person("Secret", "Colleague")
        people.employment(colleague, team=job.team)
        make.award(colleague, held, date(2026, 1, 1), date(2027, 2, 1))
        found = {"me": people.account(person=person).id,
                 "other": people.account(person=colleague).id, "course": course.id}  # fmt: skip
        db.session.commit()
    return found


def address_of(client: PageClient, account: int) -> str:
    """Make the address on the account page, and read it there."""
    page = client.as_(account).post("/account/calendar")
    shown = urlsplit(page.tree.xpath("string(//input[@id='feed']/@value)"))
    assert shown.path.endswith(".ics")
    return shown.path


def events(client: PageClient, address: str) -> dict[str, Any]:
    answer = client.http.get(address)
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/calendar")
    calendar = icalendar.Calendar.from_ical(answer.get_data())
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


def test_it_has_what_is_due(client: PageClient, ids: dict[str, int]) -> None:
    found = events(client, address_of(client, ids["me"]))
    expires = found["CCSS expires: renew it by now"]
    assert expires.decoded("dtstart") == date(2027, 1, 31)
    assert expires.decoded("dtend") == date(2027, 2, 1)
    assert found["Series 7 must be held from today"].decoded("dtstart") == date(2026, 12, 31)
    [course] = [event for title, event in found.items() if "complete it by" in title]
    assert course.decoded("dtstart") == date(2026, 12, 15)
    assert len({str(event["uid"]) for event in found.values()}) == len(found)


def test_it_names_nobody_else(client: PageClient, ids: dict[str, int]) -> None:
    text = client.http.get(address_of(client, ids["me"])).get_data(as_text=True)
    for word in ("Colleague", "Deniz", "ATTENDEE", "ORGANIZER", "@example.com"):
        assert word not in text


def test_a_session_has_its_time_and_place(
    client: PageClient, app: Flask, ids: dict[str, int]
) -> None:
    with app.app_context():
        session = training.session(db.session.get_one(Course, ids["course"]))
        row = db.session.scalars(sa.select(Enrolment)).one()
        row.session, row.state = session, EnrolmentState.ENROLLED
        starts, place = session.starts_at, session.place
        db.session.commit()
    found = events(client, address_of(client, ids["me"]))
    [event] = [event for title, event in found.items() if title.startswith("Training")]
    assert event.decoded("dtstart") == starts.astimezone(UTC)
    assert str(event["location"]) == place


def test_it_speaks_the_owner_s_language(
    client: PageClient, app: Flask, ids: dict[str, int]
) -> None:
    with app.app_context():
        db.session.get_one(Account, ids["me"]).language = "ja"
        db.session.commit()
    assert any("CCSS (ja)" in title for title in events(client, address_of(client, ids["me"])))


def test_an_unchanged_calendar_is_not_sent_again(client: PageClient, ids: dict[str, int]) -> None:
    address = address_of(client, ids["me"])
    first = client.http.get(address)
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = client.http.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")


def test_a_new_address_ends_the_old_one(client: PageClient, ids: dict[str, int]) -> None:
    old, new = address_of(client, ids["me"]), address_of(client, ids["me"])
    assert old != new
    assert client.http.get(old).status_code == 404
    assert client.http.get(new).status_code == 200


def test_a_stopped_address_a_closed_account_and_a_guess_are_not_found(
    client: PageClient, app: Flask, ids: dict[str, int]
) -> None:
    mine, others = address_of(client, ids["me"]), address_of(client, ids["other"])
    client.as_(ids["me"]).post("/account/calendar/stop")
    with app.app_context():
        db.session.get_one(Account, ids["other"]).state = AccountState.CLOSED
        db.session.commit()
    for address in (mine, others, "/calendar/guess/due.ics"):
        assert client.http.get(address).status_code == 404


def test_the_token_is_kept_nowhere(client: PageClient, app: Flask, ids: dict[str, int]) -> None:
    token = address_of(client, ids["me"]).split("/")[-2]
    with app.app_context():
        [row] = db.session.scalars(sa.select(CalendarFeed))
        assert token not in str(vars(row))
    assert token not in client.as_(ids["me"]).get("/account").response.get_data(as_text=True)


def test_own_tasks_are_in_it_and_not_their_subject(
    client: PageClient, app: Flask, ids: dict[str, int]
) -> None:
    with app.app_context():
        me = db.session.get_one(Account, ids["me"])
        hire = people.person("Newcomer", "Hidden")
        plan = onboarding.plan(people.employment(hire))
        onboarding.task(plan, owner_id=me.person_id, due_on=date(2026, 12, 1))
        db.session.commit()
    address = address_of(client, ids["me"])
    assert date(2026, 12, 1) in {
        event.decoded("dtstart") for event in events(client, address).values()
    }
    assert "Hidden" not in client.http.get(address).get_data(as_text=True)


def test_later_is_another_calendar(client: PageClient, clock: Any, ids: dict[str, int]) -> None:
    address = address_of(client, ids["me"])
    clock(datetime(2027, 3, 1, 9, tzinfo=UTC))
    assert "CCSS expires: renew it by now" not in events(client, address)


def test_talks_reviews_surveys_and_feedback_are_in_it_once_and_name_nobody(
    client: PageClient, app: Flask, ids: dict[str, int]
) -> None:
    with app.app_context():
        me = db.session.get_one(Account, ids["me"])
        person = db.session.get_one(Person, me.person_id)
        talk = meetings.meeting(
            meetings.series(people.person("Hidden", "Host"), person), "Salary talk"
        )
        meetings.item(talk, person, "Secret agenda")
        pair = mentoring.pair(people.employment(people.person("Hidden", "Mentor")).person, person)
        mentoring.session(pair, agenda="Secret agenda")
        scene = reviews.review(person=people.person("Hidden", "Reviewed"))
        reviews.part(scene.review, PartKind.PEER, person)
        surveys.staff(person.employments[0].team, 6)
        surveys.opened()
        development.assessment(person, scene.hr)
        development.request(people.person("Hidden", "Asker"), scene.hr, me)
        db.session.commit()
    address = address_of(client, ids["me"])
    found = client.http.get(address).get_data(as_text=True)
    for word in ("Hidden", "Host", "Mentor,", "Reviewed", "Asker", "Salary", "Secret", "Umut"):
        assert word not in found
    titles = [str(one["summary"]) for one in icalendar.Calendar.from_ical(found).walk("VEVENT")]
    for part in ("1:1", "Mentoring session", "your part of a review", "last day to answer",
                 "An assessment to fill in", "Feedback you were asked for"):  # fmt: skip
        assert len([one for one in titles if part in one]) == 1, part
