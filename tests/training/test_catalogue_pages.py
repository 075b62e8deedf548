"""The catalogue, a course's page, and one's own training."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from portal.core import clock, search
from portal.people.models import Person
from portal.training.models import Course
from portal.training.states import CourseKind, CourseState, EnrolmentState, Origin
from tests.factories import competencies, people
from tests.factories import training as make
from tests.page import PageClient

Saved = Callable[[Callable[[], Any]], Any]


def me() -> tuple[Person, int]:
    person = people.employment(people.person("Ceren", "Kaya")).person
    return person, people.account(person=person, time_zone="America/New_York").id


def found_by_title(*courses: Course) -> None:
    for course in courses:
        search.index("course", course.id, *course.title.values())


def titles(page: Any) -> list[str]:
    return [str(text) for text in page.tree.xpath("//table//td[1]//b/text()")]


def test_the_catalogue_says_where_one_stands(client: PageClient, saved: Saved) -> None:
    def scene() -> int:
        person, account = me()
        make.enrolment(person, make.course("Listening"), state=EnrolmentState.WAITING)
        make.completion(person, make.course("Writing"))
        make.session(make.course("Calm"))
        make.course("Old", state=CourseState.RETIRED)
        make.course("Draft", state=CourseState.DRAFT)
        return account

    page = client.as_(saved(scene)).get("/training")
    assert titles(page) == ["Listening", "Writing", "Calm"]
    assert "On the waiting list" in page.text
    assert "Completed on Nov 24, 2026" in page.text
    assert "Dec 1, 2026" in page.text


def test_the_catalogue_is_narrowed(client: PageClient, saved: Saved) -> None:
    def scene() -> tuple[int, int, int]:
        _person, account = me()
        listening = make.course("Listening", kind=CourseKind.SELF_PACED)
        found_by_title(listening, make.course("Writing"))
        competency, category = competencies.competency(), make.category()
        make.teaches(listening, competency)
        make.worth(listening, category)
        return account, competency.id, category.id

    account, competency, category = saved(scene)
    client = client.as_(account)
    for query in (
        "q=lis", "kind=self_paced", f"competency={competency}", f"category={category}",
    ):  # fmt: skip
        assert titles(client.get(f"/training?{query}")) == ["Listening"], query
    assert len(titles(client.get("/training?competency=999999&kind=x&category=%00"))) == 2
    assert "No course fits" in client.get("/training?q=nothing").text


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_with_one_row_and_three(
    client: PageClient, saved: Saved, count_queries: Callable[[], int], rows: int
) -> None:
    def scene() -> int:
        person, account = me()
        trainer = people.person()
        for _each in range(rows):
            session = make.session(trainer=trainer, site=people.site())
            course = session.course
            make.teaches(course, competencies.competency())
            make.worth(course, make.category())
            make.enrolment(person, session=session)
            make.completion(person)
            make.enrolment(person, state=EnrolmentState.ABSENT)
        return account

    client = client.as_(saved(scene))
    costs = {}
    for url in ("/training", "/my/training"):
        client.get(url)
        count_queries()
        client.get(url)
        costs[url] = count_queries()
    assert costs == {"/training": 9, "/my/training": 9}


def test_the_course_says_what_one_learns_and_what_comes_before(
    client: PageClient, saved: Saved
) -> None:
    def scene() -> tuple[int, int]:
        person, account = me()
        basics, first = make.course("Basics"), make.course("First steps")
        make.completion(person, first)
        course = make.course("Listening", after=(basics, first), pass_mark=70, most_attempts=3)
        make.teaches(course, competencies.competency("empathy"), 4)
        make.worth(course, make.category("ethics"), 90)
        make.session(course)
        return account, course.id

    account, course = saved(scene)
    page = client.as_(account).get(f"/training/courses/{course}")
    assert page.h1 == "Listening"
    for text in ("Empathy at level 4.", "Level 4", "70 %", "1.5 h", "First complete what comes"):
        assert text in page.text
    marks = page.tree.xpath("//li[contains(@class, 'req')]//span[@class='has']/text()")
    assert marks == ["Not completed yet", "Completed"]
    assert not page.tree.xpath("//main//form[contains(@action, '/join')]")


def test_taking_a_seat_giving_it_up_and_leaving(client: PageClient, saved: Saved) -> None:
    def scene() -> tuple[int, int, int]:
        _person, account = me()
        session = make.session(make.course("Listening"), seats=1)
        return account, session.course_id, session.id

    account, course, session = saved(scene)
    client = client.as_(account)
    url = f"/training/courses/{course}"
    page = client.get(url)
    assert "One of 1 free" in page.text or "1 of 1 free" in page.text
    assert "12:00" in page.text
    assert "On your clock" in page.text
    assert client.post(f"{url}/join", {"session": str(session)}).status == 303
    page = client.get(url)
    assert "Your seat" in page.text
    leave = page.form("/leave-session").action
    assert client.post(leave).status == 303
    page = client.get(url)
    assert "Take a seat" in page.text
    assert client.post(page.form("/cancel").action).status == 303
    assert "You are not enrolled." in client.get(url).text


def test_a_full_session_shows_one_s_place_in_line(client: PageClient, saved: Saved) -> None:
    def scene() -> tuple[int, int]:
        person, account = me()
        session = make.session(seats=1)
        make.enrolment(session=session)
        make.enrolment(session=session, state=EnrolmentState.WAITING)
        make.enrolment(person, session=session, state=EnrolmentState.WAITING)
        return account, session.course_id

    account, course = saved(scene)
    page = client.as_(account).get(f"/training/courses/{course}")
    assert "Full, 2 people wait" in page.text
    assert "Your place in line: 2" in page.text


def test_forged_sessions_are_not_found_or_refused(client: PageClient, saved: Saved) -> None:
    def scene() -> tuple[int, int, int]:
        _person, account = me()
        return account, make.course().id, make.session().id

    account, course, other = saved(scene)
    client = client.as_(account)
    url = f"/training/courses/{course}/join"
    for sent, status in ((str(other), 409), ("99999999999", 404), ("x", 404), ("2147483648", 404)):
        assert client.post(url, {"session": sent}).status == status, sent


def test_what_others_asked_for_one_does_not_leave(client: PageClient, saved: Saved) -> None:
    def scene() -> tuple[int, int, int]:
        person, account = me()
        row = make.enrolment(person, origin=Origin.MANAGER, reason=people.in_words("New role"))
        return account, row.course_id, row.id

    account, course, row = saved(scene)
    client = client.as_(account)
    page = client.get(f"/training/courses/{course}")
    assert "Reason: New role" in page.text
    assert "Leave the course" not in page.text
    assert client.post(f"/training/enrolments/{row}/cancel").status == 403


def test_a_course_taken_alone_is_confirmed_and_then_in_the_history(
    client: PageClient, saved: Saved
) -> None:
    def scene() -> tuple[int, int]:
        person, account = me()
        course = make.course("Reading", kind=CourseKind.SELF_PACED, address="https://learn.example")
        make.worth(course, make.category("ethics"), 30)
        return account, make.enrolment(person, course, due_on=date(2026, 11, 20)).course_id

    account, course = saved(scene)
    client = client.as_(account)
    page = client.get("/my/training")
    assert "Overdue since Nov 20, 2026" in page.text
    assert client.post(page.form("/confirm").action).status == 303
    page = client.get("/my/training")
    assert "Nothing to do" in page.text
    assert "2026Ethics30 min" in page.text
    page = client.get(f"/training/courses/{course}")
    assert page.tree.xpath("//a[@href='https://learn.example']")


def test_only_who_answers_for_somebody_sees_their_training(
    client: PageClient, saved: Saved
) -> None:
    def scene() -> dict[str, int]:
        boss = people.person()
        team = people.team(lead=boss)
        person = people.employment(team=team).person
        peer = people.employment(team=team).person
        make.enrolment(person, make.course("Listening"))
        return {
            "person": person.id,
            "own": people.account(person=person).id,
            "boss": people.account(person=boss, leads=team).id,
            "hr": people.account(roles=["hr"]).id,
            "peer": people.account(person=peer).id,
            "executive": people.account(roles=["executive"]).id,
        }

    ids = saved(scene)
    for who, status in {"own": 200, "boss": 200, "hr": 200, "peer": 403, "executive": 403}.items():
        assert client.as_(ids[who]).get(f"/training/people/{ids['person']}").status == status, who
    page = client.as_(ids["boss"]).get(f"/people/{ids['person']}")
    assert "One course to do" in page.text


def test_a_draft_is_shut(client: PageClient, saved: Saved) -> None:
    account, course = saved(lambda: (me()[1], make.course(state=CourseState.DRAFT).id))
    assert client.as_(account).get(f"/training/courses/{course}").status == 403


def test_what_was_missed_and_not_passed_stands_in_the_history(
    client: PageClient, saved: Saved
) -> None:
    def scene() -> int:
        person, account = me()
        past = clock.now() - timedelta(days=3)
        gone = make.session(starts_at=past)
        make.enrolment(person, session=gone, state=EnrolmentState.ABSENT, closed_at=past)
        make.enrolment(person, state=EnrolmentState.FAILED, closed_at=past)
        return account

    page = client.as_(saved(scene)).get("/my/training")
    assert "Absent" in page.text
    assert "Not passed" in page.text
    assert "Nov 21, 2026" in page.text
