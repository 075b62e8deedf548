"""Pages of career plans: one click from the path, signatures, two at once, what records say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.core import clock as time
from portal.core.db import db
from portal.development.models import CareerPlan, PlanAction
from tests.factories import careers, competencies, people, training
from tests.factories import development as make
from tests.page import PageClient


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    """Somebody whose next role asks for a course and a competency; their plan; a stranger."""
    with app.app_context():
        pair = make.Pair()
        target = people.role("Team lead", level=3)
        skill = competencies.competency()
        competencies.requirement(target, skill, level=3)
        course = training.course()
        training.teaches(course, skill, 4)
        careers.ladder((pair.role, target))
        plan = make.plan(pair.person, pair.account, target)
        found = {
            "person": pair.person.id, "own": pair.account.id, "manager": pair.manager.id,
            "plan": plan.id, "course": course.id, "role": target.id, "skill": skill.id,
            "hr": people.account(roles=["hr"]).id, "peer": people.account().id,
        }  # fmt: skip
        db.session.commit()
        return found


def test_what_the_path_names_goes_into_the_plan_with_one_click(
    client: PageClient, ids: dict[str, int]
) -> None:
    mine = client.as_(ids["own"])
    page = mine.get("/my/path")
    plan = mine.submit(page, "/plan/add")
    assert "In the plan" in plan.text
    assert "To do" in plan.text
    assert "In the career plan" in mine.get("/my/path").text


def test_only_what_the_path_names_can_be_added(client: PageClient, ids: dict[str, int]) -> None:
    address = f"/development/people/{ids['person']}/plan/add"
    sent = {"kind": "course", "subject": "99999", "role": str(ids["role"])}
    mine = client.as_(ids["own"])
    assert mine.post(address, sent).status == 404
    assert mine.post(address, sent | {"kind": "time", "subject": "0"}).status == 404
    assert mine.post(address, sent | {"role": "x"}).status == 404


def added(client: PageClient, ids: dict[str, int], **changes: str) -> Any:
    page = client.get(f"/development/plans/{ids['plan']}/actions")
    sent: dict[str, Any] = {"kind": "reading", "title": "The handbook", "due_on": "2026-12-24"}
    return client.submit(page, "/actions", **(sent | changes))


def test_actions_are_added_changed_done_and_dropped(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    mine = client.as_(ids["own"])
    assert "The handbook" in added(mine, ids).text
    with app.app_context():
        key = db.session.query(PlanAction.id).scalar()
    page = mine.get(f"/development/actions/{key}/edit")
    assert "Another book" in mine.submit(page, "/edit", title="Another book").text
    assert "Done on Nov 24, 2026" in mine.post(f"/development/actions/{key}/done", follow=True).text
    assert mine.post(f"/development/actions/{key}/drop").status == 403
    assert "Sit in" in added(mine, ids, title="Sit in", kind="shadowing").text
    dropped = mine.post(f"/development/actions/{key + 1}/drop", follow=True)
    assert "Dropped on" in dropped.text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"title": ""}, "Say what there is to do"),
        ({"kind": "course"}, "Choose one of the list"),
        ({"due_on": "2026-11-01"}, "or later"),
        ({"due_on": "tomorrow"}, "real date"),
        ({"kind": "nothing"}, "Choose one of the options"),
    ],
)
def test_a_wrong_action_is_told_at_its_field_and_keeps_what_was_typed(
    client: PageClient, ids: dict[str, int], sent: dict[str, str], words: str
) -> None:
    page = added(client.as_(ids["own"]), ids, note="keep me", **sent)
    assert page.status == 422
    assert words in page.text
    assert "keep me" in page.text


def test_both_sign_and_a_change_asks_for_both_names_again(
    client: PageClient, ids: dict[str, int]
) -> None:
    mine, manager = client.as_(ids["own"]), client.as_(ids["manager"])
    added(mine, ids)
    address = f"/development/plans/{ids['plan']}"
    assert "One signature is missing" in mine.submit(mine.get(address), "/sign").text
    assert "Agreed" in manager.submit(manager.get(address), "/sign").text
    assert "Not signed yet" in added(mine, ids, title="Another").text


def test_a_plan_that_changed_since_it_was_opened_is_not_signed(
    client: PageClient, ids: dict[str, int]
) -> None:
    mine, manager = client.as_(ids["own"]), client.as_(ids["manager"])
    added(mine, ids)
    seen = mine.get(f"/development/plans/{ids['plan']}")
    added(manager, ids, title="Slipped in")
    page = mine.submit(seen, "/sign")
    assert "has changed since you opened it" in page.text
    assert "Not signed yet" in page.text


def test_who_changes_an_older_version_is_told_and_keeps_what_they_typed(
    client: PageClient, ids: dict[str, int]
) -> None:
    mine = client.as_(ids["own"])
    page = mine.get(f"/development/plans/{ids['plan']}/edit")
    mine.submit(page, "/edit", review_on="2027-01-15")
    again = mine.submit(page, "/edit", review_on="2027-02-20")
    assert "Someone changed this" in again.text
    assert again.fields("/edit")["review_on"] == "2027-02-20"


def test_a_completed_course_is_done_by_its_record(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    mine = client.as_(ids["own"])
    added(mine, ids, kind="course", course=str(ids["course"]), title="")
    assert "To do" in mine.get(f"/development/plans/{ids['plan']}").text
    with app.app_context():
        from portal.people.models import Person
        from portal.training.models import Course

        person = db.session.get_one(Person, ids["person"])
        training.completion(person, db.session.get_one(Course, ids["course"]))
        db.session.commit()
    page = mine.get(f"/development/plans/{ids['plan']}")
    assert "by its record" in page.text
    assert "1 of 1 done" in page.text


def test_the_same_is_not_added_twice(client: PageClient, ids: dict[str, int]) -> None:
    mine = client.as_(ids["own"])
    added(mine, ids)
    assert "names this already" in added(mine, ids, title="the HANDBOOK").text


def test_a_closed_plan_stays_and_makes_room(client: PageClient, ids: dict[str, int]) -> None:
    mine = client.as_(ids["own"])
    mine.post(f"/development/plans/{ids['plan']}/close")
    page = mine.get("/my/development")
    assert "Earlier plans" in page.text
    assert "Closed" in mine.get(f"/development/plans/{ids['plan']}").text
    form = mine.get(f"/development/people/{ids['person']}/plan")
    assert "My career plan" in mine.submit(form, "/plan").text


def test_hr_reads_and_strangers_do_not(client: PageClient, ids: dict[str, int]) -> None:
    address = f"/development/plans/{ids['plan']}"
    hr = client.as_(ids["hr"])
    assert hr.get(address).status == 200
    assert hr.get(f"{address}/edit").status == 403
    assert client.as_(ids["peer"]).get(address).status == 403


def test_a_former_manager_keeps_nothing(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    manager = client.as_(ids["manager"])
    pages = (f"/development/people/{ids['person']}", f"/development/plans/{ids['plan']}")
    assert [manager.get(one).status for one in pages] == [200, 200]
    with app.app_context():
        from portal.people.models import Person

        job = db.session.get_one(Person, ids["person"]).employment_on(time.today())
        assert job is not None
        job.manager = people.person("New", "Boss")
        db.session.commit()
    assert [manager.get(one).status for one in pages] == [403, 403]


@pytest.mark.parametrize("number", [1, 3])
def test_a_plan_costs_the_same_for_one_action_and_for_three(
    app: Flask, client: PageClient, ids: dict[str, int], count_queries: Callable[[], int],
    number: int,
) -> None:  # fmt: skip
    with app.app_context():
        plan = db.session.get_one(CareerPlan, ids["plan"])
        from portal.accounts.models import Account

        by = db.session.get_one(Account, ids["own"])
        for _number in range(number):
            make.action(plan.person, by)
        db.session.commit()
    mine = client.as_(ids["own"])
    mine.get(f"/development/plans/{ids['plan']}")
    count_queries()
    mine.get(f"/development/plans/{ids['plan']}")
    assert count_queries() == 8
