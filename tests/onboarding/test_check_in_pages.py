"""The page of a check-in, and the pages about probation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal.core import jobs
from portal.core.db import db
from portal.onboarding.models import OnboardingPlan
from portal.onboarding.states import TaskOwner
from tests.factories import onboarding as make
from tests.factories import people
from tests.page import PageClient


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    """A hire at work since September, with a check-in due and a probation that ends soon."""
    with app.app_context():
        boss = people.employment(people.person("Mete", "Manager")).person
        job = make.hire(manager=boss, starts_on=date(2026, 9, 7))
        plan = make.plan(job, probation_ends_on=date(2026, 12, 4))
        talk = make.check_in(plan, 60, due_on=date(2026, 11, 23))
        it = make.task(plan, TaskOwner.IT)
        found = {
            "plan": plan.id, "talk": talk.id, "task": talk.task_id, "it": it.id,
            "hire": people.account(person=plan.person).id,
            "manager": people.account(person=boss).id,
            "hr": people.account(roles=["hr"]).id,
            "hr2": people.account(roles=["hr"]).id,
            "admin": people.account(roles=["admin"]).id,
            "colleague_person": people.employment(people.person("Bora", "Buddy")).person_id,
        }  # fmt: skip
        db.session.commit()
    return found


def test_both_fill_in_their_part_and_the_manager_closes_it(
    client: PageClient, ids: dict[str, int]
) -> None:
    url = f"/onboarding/check-ins/{ids['talk']}"
    hire, manager = client.as_(ids["hire"]), client.as_(ids["manager"])
    page = hire.get(url)
    assert page.h1 == "Check-in on day 60"
    assert "This check-in is late." in page.text
    assert not page.tree.xpath("//form[contains(@action, '/held')]")
    page = hire.submit(page, "/words", **{"say-words": ""})
    assert page.status == 422
    page = hire.submit(page, "/words", **{"say-words": "The buddy helps <b>a lot</b>."})
    assert "The other one can read it now." in page.text
    page = manager.get(url)
    assert page.h1 == "Ceren Arslan: check-in on day 60"
    assert "The buddy helps <b>a lot</b>." in page.text
    page = manager.submit(page, "/held")
    assert page.status == 422
    assert "Write down first how the person is doing." in page.text
    page = manager.submit(page, "/words", **{"say-words": "Learns fast."})
    page = manager.submit(
        page, "/actions", **{"agree-title": "Hear five calls", "agree-owner": "hire",
                             "agree-due_on": "2026-11-20"},
    )  # fmt: skip
    assert page.status == 422
    page = manager.submit(page, "/actions", **{"agree-due_on": "2026-12-01"})
    assert "Hear five calls" in page.text
    page = manager.submit(page, "/held", **{"held-held_on": "2026-11-23"})
    assert "Held on November 23, 2026" in page.text
    plan = hire.get(f"/onboarding/plans/{ids['plan']}")
    assert "Hear five calls" in plan.text
    assert "What was said" in plan.text
    assert hire.post(f"{url}/words", {"say-words": "More"}).status == 403


def test_a_check_in_is_private(client: PageClient, ids: dict[str, int]) -> None:
    url = f"/onboarding/check-ins/{ids['talk']}"
    assert client.as_(ids["admin"]).get(url).status == 403
    assert client.as_(ids["hire"]).post(f"{url}/held").status == 403
    assert client.as_(ids["hire"]).post(f"{url}/actions").status == 403
    assert "/sign-in" in client.get(url).location
    admin = client.as_(ids["admin"]).get(f"/onboarding/plans/{ids['plan']}")
    assert "Open the check-in" not in admin.text
    assert "Probation" not in admin.text


def test_a_task_is_handed_over_on_a_page(client: PageClient, ids: dict[str, int]) -> None:
    manager = client.as_(ids["manager"])
    page = manager.get(f"/onboarding/tasks/{ids['task']}/hand-over")
    page = manager.submit(page, to="")
    assert page.status == 422
    assert "Choose who takes over." in page.text
    page = manager.submit(page, to=str(ids["colleague_person"]), reach="plan")
    assert "Bora Buddy has one task more and has been told." in page.text
    shared = manager.get(f"/onboarding/tasks/{ids['it']}/hand-over")
    assert not shared.tree.xpath("//input[@name='reach'][@type='radio']"), "nobody's others to give"
    assert manager.submit(shared, to=str(ids["colleague_person"])).status == 200
    assert client.as_(ids["hire"]).get(f"/onboarding/tasks/{ids['task']}/hand-over").status == 403


def test_a_probation_is_proposed_confirmed_and_ends_in_a_letter(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    manager, hr, hire = (client.as_(ids[name]) for name in ("manager", "hr", "hire"))
    plan_url = f"/onboarding/plans/{ids['plan']}"
    assert "Propose a decision" in manager.get(plan_url).text
    page = manager.get(f"{plan_url}/probation")
    page = manager.submit(page, outcome="extend", until="", reason="Needs more practice.")
    assert page.status == 422
    assert "Choose a day." in page.text
    page = manager.submit(page, until="2027-01-29", message="We believe in you.")
    assert "HR has been told and decides." in page.text
    probation = page.response.request.path
    assert "Waits for HR" not in hire.get(plan_url).text
    assert hire.get(probation).status == 403
    page = hr.submit(hr.get(probation), "/return", note="")
    assert page.status == 422
    page = hr.submit(hr.get(probation), "/confirm")
    assert "the person has been told" in page.text
    assert hr.post(f"{probation}/confirm").status == 403
    jobs.run_pending(app)
    page = hire.get(plan_url)
    [letter] = page.tree.xpath("//div[@id='probation']//a[contains(@href, '/documents/')]/@href")
    assert hire.get(letter, follow=True, buffered=True).response.status_code == 200
    assert client.as_(ids["admin"]).get(letter).status == 403
    assert "Hold the check-in before the extended probation ends" in page.text
    assert "Needs more practice." not in page.text


def test_not_continuing_offers_hr_to_end_the_employment(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    hr, other = client.as_(ids["hr"]), client.as_(ids["hr2"])
    page = hr.get(f"/onboarding/plans/{ids['plan']}/probation")
    page = hr.submit(page, outcome="end", until="2026-11-30", reason="It does not work out.")
    probation = page.response.request.path
    assert "Somebody else from HR confirms it" in page.text
    assert hr.post(f"{probation}/confirm").status == 403
    page = other.submit(other.get(probation), "/confirm")
    assert "The decision does not end the employment by itself." in page.text
    page = other.submit(page, "/end-employment")
    assert "Ends on November 30, 2026" in page.text
    with app.app_context():
        plan = db.session.get_one(OnboardingPlan, ids["plan"])
        assert plan.employment.ends_on == date(2026, 11, 30)


def test_what_holds_the_start_up_is_said_on_top(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    with app.app_context():
        plan = db.session.get_one(OnboardingPlan, ids["plan"])
        title = people.in_words("Sign the contract")
        make.task(plan, TaskOwner.HR, title=title, blocking=True, due_on=date(2026, 9, 1))
        plan.finish_by = date(2026, 11, 20)
        assert not plan.may_start
        db.session.commit()
    page = client.as_(ids["manager"]).get(f"/onboarding/plans/{ids['plan']}")
    assert "Ceren Arslan may not work yet." in page.text
    assert "should have been finished by November 20, 2026" in page.text
    assert "Held up" in page.text
    own = client.as_(ids["hire"]).get(f"/onboarding/plans/{ids['plan']}")
    assert "You can’t begin work before this is done: Sign the contract" in own.text
