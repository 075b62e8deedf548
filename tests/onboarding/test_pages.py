"""Pages of onboarding: what is due, the plan, ticking tasks, files, buddy and templates."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from portal.core.db import db
from portal.onboarding.models import OnboardingPlan
from portal.onboarding.operations import load_templates
from portal.onboarding.states import TaskOwner
from tests.factories import competencies, people
from tests.factories import onboarding as make
from tests.page import Page, PageClient

DONE = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    """A plan with a task of each owner and one from the interview, and accounts around it."""
    with app.app_context():
        team = people.team("Support")
        plan = make.plan(make.hire(team=team))
        gap = make.task(
            plan, key="gap-empathy", competency_id=competencies.competency("empathy").id,
            reason=people.in_words("The interview showed level 2."),
            title=people.in_words("Practise empathy"), due_on=date(2026, 12, 11),
        )  # fmt: skip
        rows = {
            owner.value: make.task(plan, owner, title=people.in_words(f"Work of {owner.value}"))
            for owner in TaskOwner
        }
        rows["hr"].needs_evidence = rows["hr"].blocking = True
        rows["hr"].due_on = date(2026, 11, 20)
        rows["it"].due_on = date(2026, 11, 24)
        colleague = people.employment(people.person("Bora", "Buddy"), team=team).person
        found = {
            "plan": plan.id, "gap": gap.id, "colleague_person": colleague.id,
            "hire": people.account(person=plan.person).id,
            "manager": people.account(person=plan.employment.manager).id,
            "hr": people.account(roles=["hr"]).id,
            "admin": people.account(roles=["admin"]).id,
            "colleague": people.account(person=colleague).id,
            "stranger": people.account(roles=["executive", "interviewer"]).id,
        } | {f"{name}_task": task.id for name, task in rows.items()}  # fmt: skip
        db.session.commit()
    return found


def plan_page(client: PageClient, ids: dict[str, int], who: str = "") -> Page:
    """The plan as somebody sees it, or as this client does."""
    reader = client.as_(ids[who]) if who else client
    return reader.get(f"/onboarding/plans/{ids['plan']}")


def test_the_plan_says_what_happens_when_and_what_the_interview_showed(
    client: PageClient, ids: dict[str, int]
) -> None:
    page = plan_page(client, ids, "hire")
    assert page.h1 == "Your onboarding"

    def listed(group: str) -> list[str]:
        path = f"//section[@aria-labelledby='{group}']//li//b/text()"
        return [str(text) for text in page.tree.xpath(path)]

    assert listed("before") == ["Work of hr", "Work of it"]
    assert listed("week") == ["Work of hire", "Work of manager", "Work of buddy"]
    assert listed("interview") == ["Practise empathy"]
    assert "The interview showed level 2." in page.text
    assert "Blocking" in page.text
    assert "First day: Tuesday" in page.text
    assert "One blocking task is open" in page.text


def test_who_only_has_a_task_reads_nothing_of_the_interview(
    client: PageClient, ids: dict[str, int]
) -> None:
    page = plan_page(client, ids, "admin")
    assert page.status == 200
    assert "Practise empathy" not in page.text
    assert "The interview showed" not in page.text
    assert "0 of 5 done" in page.text


@pytest.mark.parametrize(
    ("who", "status"),
    [("hire", 200), ("manager", 200), ("hr", 200), ("admin", 200), ("colleague", 403),
     ("stranger", 403)],
)  # fmt: skip
def test_who_opens_a_plan(client: PageClient, ids: dict[str, int], who: str, status: int) -> None:
    assert plan_page(client, ids, who).status == status


def test_a_stranger_is_sent_to_sign_in(client: PageClient, ids: dict[str, int]) -> None:
    for url in ("/onboarding", f"/onboarding/plans/{ids['plan']}", "/settings/onboarding"):
        page = client.get(url)
        assert (page.status, "/sign-in" in page.location) == (303, True)


def test_nobody_ticks_what_is_not_theirs(client: PageClient, ids: dict[str, int]) -> None:
    for who in ("stranger", "hire", "admin"):
        found = client.as_(ids[who])
        assert found.post(f"/onboarding/tasks/{ids['manager_task']}/finish").status == 403
        assert found.post(f"/onboarding/tasks/{ids['manager_task']}/reopen").status == 403
    assert client.as_(ids["hr"]).post("/onboarding/tasks/999999/finish").status == 404


def test_one_press_ticks_a_task_and_the_message_undoes_it(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    hire = client.as_(ids["hire"])
    url = f"/onboarding/tasks/{ids['hire_task']}/finish"
    page = hire.submit(plan_page(hire, ids), url)
    assert page.status == 200
    assert "Done: Work of hire" in page.text
    assert "1 of 6 done" in page.text
    page = hire.submit(page, f"/onboarding/tasks/{ids['hire_task']}/reopen")
    assert "Open again: Work of hire" in page.text
    assert "0 of 6 done" in page.text


def test_evidence_that_is_missing_is_asked_for_at_its_field_and_what_was_typed_stays(
    client: PageClient, ids: dict[str, int]
) -> None:
    hr = client.as_(ids["hr"])
    key = ids["hr_task"]
    url = f"/onboarding/tasks/{key}/finish"
    page = hr.submit(plan_page(hr, ids), url)
    assert page.status == 422
    assert "Say or attach what shows that this is done." in page.text
    assert page.tree.get_element_by_id(f"task-{key}-evidence-error") is not None
    assert page.tree.xpath("//details[@open]")
    name = f"task-{key}-evidence"
    bad = {name: "In the cabinet", f"task-{key}-file": (io.BytesIO(b"MZ\x90\x00"), "virus.pdf")}
    page = hr.post(url, bad)
    assert page.status == 422
    assert page.tree.get_element_by_id(name).text.strip() == "In the cabinet"
    page = hr.submit(page, url, **{name: "In the cabinet"})
    assert page.status == 200
    assert "In the cabinet" in page.text


def test_a_file_is_kept_behind_the_rule(client: PageClient, ids: dict[str, int]) -> None:
    hr, key = client.as_(ids["hr"]), ids["hr_task"]
    sent = {f"task-{key}-file": (io.BytesIO(b"signed by both"), "contract.txt")}
    page = hr.post(f"/onboarding/tasks/{key}/finish", sent, follow=True)
    assert "contract.txt" in page.text
    url = f"/onboarding/tasks/{key}/evidence"
    answer = hr.get(url).response
    assert answer.data == b"signed by both"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.as_(ids["hire"]).get(url).status == 200
    for who in ("manager", "admin", "stranger"):
        assert client.as_(ids[who]).get(url).status == 403
    assert "contract.txt" not in plan_page(client, ids, "admin").text
    assert hr.get(f"/onboarding/tasks/{ids['it_task']}/evidence").status == 404


def test_the_manager_names_a_buddy_who_then_sees_the_plan(
    client: PageClient, ids: dict[str, int]
) -> None:
    manager = client.as_(ids["manager"])
    url = f"/onboarding/plans/{ids['plan']}/buddy"
    page = manager.submit(plan_page(manager, ids), url, buddy="")
    assert page.status == 422
    assert "Choose a colleague of the team." in page.text
    page = manager.submit(page, url, buddy=str(ids["colleague_person"]))
    assert page.status == 200
    assert "Bora Buddy is the buddy now" in page.text
    assert plan_page(client, ids, "colleague").status == 200
    assert "Work of buddy" in client.as_(ids["colleague"]).get("/onboarding").text
    assert client.as_(ids["hire"]).post(url, {"buddy": "1"}).status == 403


def test_templates_are_read_in_the_readers_language(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    with app.app_context():
        role = people.role(key="customer_service_associate")
        load_templates(by=None)
        assert role.id
        db.session.commit()
    hr = client.as_(ids["hr"])
    page = hr.get("/settings/onboarding")
    assert page.h1 == "Onboarding templates"
    (link,) = page.tree.xpath("//main//table//a/@href")
    assert "10 working days before" in hr.get(link).text
    assert "個人情報・振込口座・緊急連絡先の登録" in hr.get(f"{link}?lang=ja").text
    assert client.as_(ids["manager"]).get(link).status == 403
    assert client.as_(ids["manager"]).get("/settings/onboarding").status == 403


def test_the_record_of_a_person_leads_to_the_plan(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    with app.app_context():
        person_id = db.session.get_one(OnboardingPlan, ids["plan"]).person_id
    page = client.as_(ids["hr"]).get(f"/people/{person_id}")
    assert f"/onboarding/plans/{ids['plan']}" in page.html
    assert "0 of 6 done" in page.text
