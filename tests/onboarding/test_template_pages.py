"""Writing templates in the portal: without script, mistakes at their field, versions, plans."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.core.db import db
from portal.onboarding import operations
from portal.onboarding.models import OnboardingPlan, OnboardingTemplate
from portal.onboarding.states import TemplateState
from tests.factories import onboarding as make
from tests.factories import people
from tests.page import Page, PageClient


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    with app.app_context():
        role = people.role("Associate")
        template = make.template(
            role, make.entry("papers", "hr", -3), make.entry("welcome"), make.entry("lunch"),
            key="associate", finish_within_days=100, probation_months=3,
        )  # fmt: skip
        plan = operations.start_plan(make.hire(role=role), by=None)
        assert plan is not None
        found = {
            "template": template.id,
            "plan": plan.id,
            "role": people.role("Team lead").id,
            "taken": role.id,
            "hr": people.account(roles=["hr"]).id,
            "manager": people.account(roles=["manager"]).id,
        }
        db.session.commit()
    return found


@pytest.fixture
def hr(client: PageClient, ids: dict[str, int]) -> PageClient:
    return client.as_(ids["hr"])


def drafted(hr: PageClient, ids: dict[str, int]) -> Page:
    """The page of a new version."""
    page = hr.get(f"/settings/onboarding/{ids['template']}")
    return hr.submit(page, f"/{ids['template']}/draft")


def url_of(page: Page) -> str:
    return str(page.response.request.path)


def listed(page: Page) -> list[str]:
    return [
        str(text)
        for text in page.tree.xpath("//section[@aria-labelledby='tasks']//td[1]//b/text()")
    ]


def test_hr_writes_a_template_from_nothing(hr: PageClient, ids: dict[str, int]) -> None:
    page = hr.get("/settings/onboarding/new")
    page = hr.submit(page, role="", **{"name-en": ""})
    assert page.status == 422
    assert "Write this in at least one language." in page.text
    page = hr.submit(page, role=str(ids["role"]), **{"name-en": "Leads", "name-tr": "Liderler"})
    assert (page.status, page.h1) == (200, "Leads")
    assert "No tasks yet" in page.text
    page = hr.get(f"{url_of(page).removesuffix('/edit')}/tasks/new")
    page = hr.submit(page, time="before", days="", **{"title-en": "Meet the team"})
    assert page.status == 422
    assert "Write a number from 1 to 365." in page.text
    page = hr.submit(page, time="before", days="2", owner="manager", blocking="y")
    assert listed(page) == ["Meet the team"]
    assert "2 working days before" in page.text
    page = hr.submit(page, "/publish")
    assert "New plans are made from this version." in page.text


def test_a_second_template_for_the_same_place_is_refused_at_its_field(
    hr: PageClient, ids: dict[str, int]
) -> None:
    page = hr.get(f"/settings/onboarding/{ids['template']}/copy")
    page = hr.submit(page)
    assert page.status == 422
    assert page.tree.get_element_by_id("site-error") is not None
    page = hr.submit(page, role=str(ids["role"]))
    assert listed(page) == ["Papers", "Welcome", "Lunch"]


def test_tasks_move_change_and_go_without_script(hr: PageClient, ids: dict[str, int]) -> None:
    page = drafted(hr, ids)
    assert listed(page) == ["Papers", "Welcome", "Lunch"]
    page = hr.submit(page, "/tasks/lunch/move")
    assert listed(page) == ["Papers", "Lunch", "Welcome"]
    form = hr.get(f"{url_of(page).removesuffix('/edit')}/tasks/papers")
    assert form.fields()["title-en"] == "Papers"
    assert form.fields()["days"] == "3"
    page = hr.submit(form, time="check_in", days="30", owner="")
    assert listed(page) == ["Lunch", "Welcome", "Papers"]
    assert "Check-in on day 30" in page.text
    page = hr.submit(page, "/tasks/welcome/remove")
    assert "Removed: Welcome" in page.text
    assert listed(page) == ["Lunch", "Papers"]
    assert hr.get(f"{url_of(page).removesuffix('/edit')}/tasks/welcome").status == 404


def test_two_people_do_not_overwrite_each_other(hr: PageClient, ids: dict[str, int]) -> None:
    page = drafted(hr, ids)
    other = hr.get(url_of(page))
    assert hr.submit(page, "/edit", finish_within_days="80").status == 200
    late = hr.submit(other, "/edit", finish_within_days="70")
    assert late.status == 422
    assert "Someone changed this" in late.text
    assert late.fields("/edit")["finish_within_days"] == "70", "what was typed stays"


def test_publishing_offers_the_running_plans_what_is_different(
    app: Flask, hr: PageClient, ids: dict[str, int]
) -> None:
    page = drafted(hr, ids)
    page = hr.submit(page, "/tasks/lunch/remove")
    new = hr.get(f"{url_of(page).removesuffix('/edit')}/tasks/new")
    page = hr.submit(new, time="after", days="1", owner="hire", **{"title-en": "Tour"})
    page = hr.submit(page, "/publish")
    assert page.h1 == "What version 2 changes in running plans"
    for line in ("New: Tour (1 working day after)", "Gone: Lunch"):
        assert line in page.text
    plan = hr.get(f"/onboarding/plans/{ids['plan']}")
    assert "The template has changed since" in plan.text
    assert "Lunch" in plan.text
    page = hr.submit(page)
    assert "Choose at least one plan." in page.text
    page = hr.submit(page, id=str(ids["plan"]))
    assert "One plan follows version 2 now." in page.text
    assert "Every running plan is up to date" in page.text
    plan = hr.get(f"/onboarding/plans/{ids['plan']}")
    assert "Tour" in plan.text
    assert "Lunch" not in plan.text
    assert "The template has changed since" not in plan.text
    old = hr.get(f"/settings/onboarding/{ids['template']}")
    assert "Replaced" in old.text
    assert "Lunch" in old.text, "an old version stays readable"


def test_a_draft_is_thrown_away_and_a_template_retired(
    app: Flask, hr: PageClient, ids: dict[str, int]
) -> None:
    page = hr.submit(drafted(hr, ids), "/discard")
    assert "The draft is gone." in page.text
    page = hr.submit(hr.get(f"/settings/onboarding/{ids['template']}"), "/retire")
    assert "Running plans go on." in page.text
    assert "No templates yet" in page.text
    assert "Template" in hr.get("/settings/onboarding?show=retired").text
    with app.app_context():
        states = set(db.session.scalars(sa.select(OnboardingTemplate.state)))
        assert states == {TemplateState.RETIRED}


def test_a_published_version_is_not_edited(hr: PageClient, ids: dict[str, int]) -> None:
    url = f"/settings/onboarding/{ids['template']}"
    assert hr.get(f"{url}/edit").status == 303
    assert hr.post(f"{url}/publish").status == 409
    assert hr.post(f"{url}/discard").status == 409
    assert hr.post(f"{url}/tasks/lunch/remove").status == 409
    assert hr.post(f"{url}/tasks/nothing/move").status == 409


def test_templates_are_for_hr(client: PageClient, ids: dict[str, int]) -> None:
    manager = client.as_(ids["manager"])
    base = f"/settings/onboarding/{ids['template']}"
    for url in (base, f"{base}/edit", f"{base}/copy", f"{base}/plans", "/settings/onboarding/new"):
        assert manager.get(url).status == 403
        assert "/sign-in" in client.get(url).location
    for url in ("draft", "publish", "retire", "discard", "plans", "tasks/lunch/remove"):
        assert manager.post(f"{base}/{url}").status == 403


def test_more_plans_behind_cost_no_more_queries(
    app: Flask, hr: PageClient, ids: dict[str, int], count_queries: Callable[[], int]
) -> None:
    page = hr.submit(drafted(hr, ids), "/publish")
    url = url_of(page)

    def cost() -> int:
        count_queries()
        assert hr.get(url).status == 200
        return count_queries()

    cost()
    one = cost()
    with app.app_context():
        plan = db.session.get_one(OnboardingPlan, ids["plan"])
        for _more in range(2):
            job = make.hire(person=people.person(), role=plan.employment.role)
            other = make.plan(job, template_id=ids["template"])
            make.task(other, key="papers")
            make.check_in(other)
        db.session.commit()
    assert cost() == one
    assert one <= 9
