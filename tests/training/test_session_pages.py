"""Sessions on their pages: planned by HR, held by trainers, with people enrolled by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portal.core import clock, search
from portal.core.db import db
from portal.people.models import Person
from portal.training.models import CourseSession, Enrolment
from portal.training.states import EnrolmentState, SessionState
from tests.factories import people
from tests.factories import training as make
from tests.page import PageClient

Saved = Callable[[Callable[[], Any]], Any]


def held_session(**course: Any) -> tuple[CourseSession, list[int]]:
    """A session that has begun, with two participants and one who waits, and its trainer."""
    trainer = people.employment(people.person("Tuna")).person
    session = make.session(
        make.course("Listening", **course),
        starts_at=clock.now() - timedelta(hours=1),
        trainer=trainer,
    )
    rows = [make.enrolment(people.person(name), session=session) for name in ("Ada", "Bora")]
    make.enrolment(people.person("Cem"), session=session, state=EnrolmentState.WAITING)
    return session, [row.id for row in rows]


def ids_of(**course: Any) -> dict[str, Any]:
    session, rows = held_session(**course)
    return {
        "session": session.id,
        "rows": rows,
        "trainer": people.account(person=session.trainer).id,
        "other": people.account().id,
        "hr": people.account(roles=["hr"]).id,
    }


def test_attendance_and_results_are_recorded_in_one_form(
    client: PageClient, saved: Saved, app: Any
) -> None:
    ids = saved(lambda: ids_of(pass_mark=70))
    client = client.as_(ids["trainer"])
    url = f"/training/sessions/{ids['session']}"
    page = client.get(url)
    ada, bora = ids["rows"]
    fields = page.fields()
    assert {f"present_{ada}", f"score_{ada}"} <= set(page.form().fields.keys())
    sent = {"version": fields["version"], f"present_{ada}": "y", f"score_{ada}": "80"}
    assert client.post(url, sent).status == 303
    page = client.get(url)
    assert "Try 1: 80 %" in page.text
    with app.app_context():
        assert db.session.get_one(Enrolment, ada).state is EnrolmentState.COMPLETED
        assert db.session.get_one(Enrolment, bora).state is EnrolmentState.ABSENT
        assert db.session.get_one(CourseSession, ids["session"]).state is SessionState.HELD


@pytest.mark.parametrize("score", ["101", "-1", "99999999999999999999", "eighty", "7.5"])
def test_a_bad_score_stands_at_its_field_and_saves_nothing(
    client: PageClient, saved: Saved, app: Any, score: str
) -> None:
    ids = saved(lambda: ids_of(pass_mark=70))
    client = client.as_(ids["hr"])
    url = f"/training/sessions/{ids['session']}"
    ada, bora = ids["rows"]
    version = client.get(url).fields()["version"]
    sent = {
        "version": version, f"present_{ada}": "y", f"score_{ada}": "80",
        f"present_{bora}": "y", f"score_{bora}": score,
    }  # fmt: skip
    page = client.post(url, sent)
    assert page.status == 422
    assert page.tree.get_element_by_id(f"score_{bora}").get("aria-invalid") == "true"
    with app.app_context():
        assert db.session.get_one(Enrolment, ada).state is EnrolmentState.ENROLLED


def test_a_score_without_coming_is_refused(client: PageClient, saved: Saved) -> None:
    ids = saved(lambda: ids_of(pass_mark=70))
    client = client.as_(ids["hr"])
    url = f"/training/sessions/{ids['session']}"
    page = client.post(
        url, {"version": client.get(url).fields()["version"], f"score_{ids['rows'][0]}": "80"}
    )
    assert "Tick that this person came" in page.text


def test_only_trainer_and_hr_open_a_session(client: PageClient, saved: Saved) -> None:
    ids = saved(ids_of)
    for who, status in {"trainer": 200, "hr": 200, "other": 403}.items():
        for part in ("", "/list", "/export/csv", "/export/xlsx"):
            url = f"/training/sessions/{ids['session']}{part}"
            page = client.as_(ids[who]).get(url)
            page.response.close()
            assert page.status == status, (who, part)
    assert "Listening" in client.as_(ids["trainer"]).get("/training/sessions?show=past").text
    assert "Listening" not in client.as_(ids["other"]).get("/training/sessions?show=past").text


def test_the_download_lists_everybody_with_results(client: PageClient, saved: Saved) -> None:
    ids = saved(ids_of)
    page = client.as_(ids["trainer"]).get(f"/training/sessions/{ids['session']}/export/csv")
    lines = page.response.get_data().decode("utf-8-sig").splitlines()
    page.response.close()
    assert lines[0] == "Name,E-mail,State,Tries,Score in per cent"
    assert [line.split(",")[0].split()[0] for line in lines[1:]] == ["Ada", "Bora", "Cem"]


def test_hr_plans_changes_and_cancels_a_session(client: PageClient, saved: Saved, app: Any) -> None:
    def scene() -> tuple[int, int, int, str]:
        trainer = people.employment(people.person("Tuna")).person
        return (
            people.account(roles=["hr"], time_zone="UTC").id,
            make.course("Listening").id,
            people.site(time_zone="Asia/Tokyo").id,
            trainer.email,
        )

    hr, course, site, email = saved(scene)
    client = client.as_(hr)
    url = f"/training/courses/{course}/sessions/plan"
    sent = client.get(url).fields() | {
        "site": str(site), "starts_at": "2026-12-10T10:00", "ends_at": "2026-12-10T12:00",
        "place": "Room 1", "trainer_email": email.upper(), "seats": "2", "language": "en",
    }  # fmt: skip
    assert client.post(url, sent).status == 303
    with app.app_context():
        [session] = db.session.query(CourseSession).all()
        assert (session.starts_at.hour, session.time_zone) == (1, "Asia/Tokyo")
        key = session.id
    url = f"/training/sessions/{key}/change"
    sent = client.get(url).fields()
    assert sent["starts_at"] == "2026-12-10T10:00"
    stale = client.post(url, sent | {"version": "0"})
    assert "Someone changed this" in stale.text
    assert client.post(url, sent | {"place": "Room 2"}).status == 303
    assert client.post(f"/training/sessions/{key}/cancel").status == 303
    with app.app_context():
        session = db.session.get_one(CourseSession, key)
        assert (session.place, session.sequence) == ("Room 2", 2)
        assert session.state is SessionState.CANCELLED


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"starts_at": "2026-02-30T10:00"}, "starts_at"),
        ({"starts_at": "0001-01-01T00:00"}, "starts_at"),
        ({"ends_at": "9999-12-31T23:59"}, "ends_at"),
        ({"seats": "100000000000"}, "seats"),
        ({"trainer_email": "nobody@example.com"}, "trainer_email"),
        ({"trainer_name": "", "trainer_email": ""}, "trainer_name"),
        ({"site": "999999"}, "site"),
        ({"place": ""}, "place"),
    ],
)
def test_hostile_plans_are_refused_at_their_field(
    client: PageClient, saved: Saved, change: dict[str, str], field: str
) -> None:
    hr, course = saved(lambda: (people.account(roles=["hr"]).id, make.course().id))
    client = client.as_(hr)
    url = f"/training/courses/{course}/sessions/plan"
    sent = client.get(url).fields() | {"place": "Room 1", "trainer_name": "Ms Trainer"} | change
    page = client.post(url, sent)
    assert page.status == 422
    assert page.tree.get_element_by_id(field).get("aria-invalid") == "true"


def team_scene() -> dict[str, Any]:
    boss = people.person("Lale")
    team = people.team(lead=boss)
    ours = people.employment(people.person("Ada", "Own"), team=team).person
    theirs = people.employment(people.person("Bora", "Other")).person
    for person in (ours, theirs):
        search.index("person", person.id, person.display_name)
    session = make.session(make.course("Listening"), seats=1)
    return {
        "ours": ours.id, "theirs": theirs.id, "session": session.id, "course": session.course_id,
        "boss": people.account(person=boss, leads=team).id,
        "hr": people.account(roles=["hr"]).id, "other": people.account().id,
    }  # fmt: skip


def test_a_lead_enrols_their_own_people_and_nobody_else(
    client: PageClient, saved: Saved, app: Any
) -> None:
    ids = saved(team_scene)
    url = f"/training/courses/{ids['course']}/enrol"
    assert client.as_(ids["other"]).get(url).status == 403
    client = client.as_(ids["boss"])
    page = client.get(url)
    assert "Ada Own" in page.text
    assert "Bora Other" not in page.text
    forged = client.post(url, {"people": str(ids["theirs"])})
    assert forged.status == 422
    sent = {"people": str(ids["ours"]), "session": str(ids["session"]), "reason": "New role"}
    assert client.post(url, sent).status == 303
    with app.app_context():
        [row] = db.session.query(Enrolment).all()
        assert (row.person_id, row.session_id) == (ids["ours"], ids["session"])
        assert row.reason == {"en": "New role"}
    assert "Nobody to enrol" in client.get(url).text


def test_hr_finds_people_by_name(client: PageClient, saved: Saved) -> None:
    ids = saved(team_scene)
    client = client.as_(ids["hr"])
    page = client.get(f"/training/courses/{ids['course']}/enrol?q=bor&session={ids['session']}")
    assert "Bora Other" in page.text
    assert "Ada Own" not in page.text


@pytest.mark.parametrize("due", ["2026-11-23", "2026-02-30", "99999-01-01", "x"])
def test_a_due_day_that_cannot_be_is_refused(client: PageClient, saved: Saved, due: str) -> None:
    ids = saved(team_scene)
    url = f"/training/courses/{ids['course']}/enrol"
    page = client.as_(ids["boss"]).post(url, {"people": str(ids["ours"]), "due_on": due})
    assert page.status == 422
    assert page.tree.get_element_by_id("due_on").get("aria-invalid") == "true"


def test_if_one_cannot_be_enrolled_nobody_is(client: PageClient, saved: Saved, app: Any) -> None:
    def scene() -> dict[str, Any]:
        ids = team_scene()
        course = make.course(after=(make.course("Basics"),))
        make.completion(db.session.get(Person, ids["ours"]), course.prerequisites[0].required)
        return ids | {"course": course.id}

    ids = saved(scene)
    client = client.as_(ids["hr"])
    url = f"/training/courses/{ids['course']}/enrol"
    page = client.post(url, {"people": [str(ids["ours"]), str(ids["theirs"])]})
    assert page.status == 422
    assert "Bora Other: First these must be completed: “Basics”" in page.text
    with app.app_context():
        assert db.session.query(Enrolment).count() == 0


def test_a_manager_records_the_result_of_a_test(client: PageClient, saved: Saved, app: Any) -> None:
    def scene() -> dict[str, Any]:
        ids = team_scene()
        person = db.session.get(Person, ids["ours"])
        return ids | {"row": make.enrolment(person, make.course(pass_mark=60)).id}

    ids = saved(scene)
    client = client.as_(ids["boss"])
    url = f"/training/enrolments/{ids['row']}/result"
    assert client.post(url, {"taken_on": "2026-11-20", "score": ""}).status == 422
    assert client.post(url, {"taken_on": "2027-11-20", "score": "61"}).status == 422
    page = client.post(url, {"taken_on": "2026-11-20", "score": "61"})
    assert page.location.endswith(f"/training/people/{ids['ours']}")
    with app.app_context():
        assert db.session.get_one(Enrolment, ids["row"]).state is EnrolmentState.COMPLETED
    assert client.get(url).status == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_with_one_row_and_three(
    client: PageClient, saved: Saved, count_queries: Callable[[], int], rows: int
) -> None:
    def scene() -> dict[str, Any]:
        session = make.session(pass_course(), starts_at=clock.now() - timedelta(hours=1))
        for _each in range(rows):
            make.enrolment(session=session)
            make.enrolment(session=session, state=EnrolmentState.WAITING)
            make.session(trainer=people.person(), site=people.site())
            people.employment()
        return {"session": session.id, "course": make.course().id,
                "hr": people.account(roles=["hr"]).id}  # fmt: skip

    def pass_course() -> Any:
        return make.course(pass_mark=70)

    ids = saved(scene)
    client = client.as_(ids["hr"])
    costs = {}
    for name, url in {
        "session": f"/training/sessions/{ids['session']}",
        "list": f"/training/sessions/{ids['session']}/list",
        "export": f"/training/sessions/{ids['session']}/export/csv",
        "sessions": "/training/sessions",
        "enrol": f"/training/courses/{ids['course']}/enrol",
        "courses": "/settings/courses",
    }.items():
        client.get(url).response.close()
        count_queries()
        client.get(url).response.close()
        costs[name] = count_queries()
    assert costs == {
        "session": 6, "list": 5, "export": 5, "sessions": 3, "enrol": 5, "courses": 4,
    }  # fmt: skip
