"""The list of what is due: whose tasks, filters, counts, one press, downloads."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal.core.db import db
from portal.onboarding.models import OnboardingPlan
from portal.onboarding.routes.due import SIZE
from portal.onboarding.states import TaskOwner
from tests.factories import onboarding as make
from tests.factories import people
from tests.page import Page, PageClient


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    """Two plans of one manager with a task of each owner, and accounts around them."""
    with app.app_context():
        boss = people.person("Mete", "Manager")
        team = people.team("Support")
        plan = make.plan(make.hire(team=team, manager=boss))
        rows = {
            owner.value: make.task(plan, owner, title=people.in_words(f"Work of {owner.value}"))
            for owner in TaskOwner
        }
        rows["hr"].due_on, rows["it"].due_on = date(2026, 11, 20), date(2026, 11, 24)
        other = make.plan(make.hire(person=people.person("Olga", "Other"), manager=boss))
        make.task(other, title=people.in_words("Work of Olga"), due_on=date(2027, 1, 15))
        gone = make.plan(make.hire(person=people.person("Gül", "Gone")), stopped_at=make.STOPPED)
        make.task(gone, TaskOwner.HR, title=people.in_words("Nobody needs this"))
        found = {
            "plan": plan.id,
            "hire": people.account(person=plan.person).id,
            "manager": people.account(person=boss, roles=["manager"]).id,
            "hr": people.account(roles=["hr"]).id,
            "admin": people.account(roles=["admin"]).id,
            "lead": people.account(person=people.person("Lale"), leads=team).id,
            "stranger": people.account(roles=["executive", "interviewer"]).id,
        } | {f"{name}_task": task.id for name, task in rows.items()}  # fmt: skip
        db.session.commit()
    return found


def listed(page: Page) -> list[str]:
    return [str(text) for text in page.tree.xpath("//table[@class='tbl']//td[1]//b/text()")]


@pytest.mark.parametrize(
    ("who", "tasks"),
    [
        ("hr", ["Work of hr"]),
        ("admin", ["Work of it"]),
        ("manager", ["Work of manager", "Work of buddy"]),
        ("hire", ["Work of hire"]),
        ("lead", []),
        ("stranger", []),
    ],
)
def test_everyone_finds_what_is_due_from_them(
    client: PageClient, ids: dict[str, int], who: str, tasks: list[str]
) -> None:
    page = client.as_(ids[who]).get("/onboarding")
    assert (page.status, page.h1) == (200, "Onboarding")
    assert listed(page) == tasks
    assert ("Nothing is due from you" in page.text) is (not tasks)


@pytest.mark.parametrize(
    ("who", "tasks"),
    [
        ("hr", ["Work of hr", "Work of it", "Work of hire", "Work of manager", "Work of buddy",
                "Work of Olga"]),
        ("manager", ["Work of hr", "Work of it", "Work of hire", "Work of manager",
                     "Work of buddy", "Work of Olga"]),
        ("lead", ["Work of hr", "Work of it", "Work of hire", "Work of manager", "Work of buddy"]),
        ("hire", ["Work of hire"]),
        ("stranger", []),
    ],
)  # fmt: skip
def test_who_answers_for_plans_sees_everyones_tasks_in_them(
    client: PageClient, ids: dict[str, int], who: str, tasks: list[str]
) -> None:
    assert listed(client.as_(ids[who]).get("/onboarding?whose=everyone")) == tasks


@pytest.mark.parametrize(
    ("query", "tasks"),
    [
        ("when=late", ["Work of hr"]),
        ("when=today", ["Work of it"]),
        ("when=week", ["Work of it", "Work of hire", "Work of manager", "Work of buddy"]),
        ("owner=buddy", ["Work of buddy"]),
        ("owner=hire", ["Work of hire", "Work of Olga"]),
        ("owner=nonsense&when=nonsense", ["Work of hr", "Work of it", "Work of hire",
                                          "Work of manager", "Work of buddy", "Work of Olga"]),
        ("when=late&owner=hire", []),
    ],
)  # fmt: skip
def test_filters_narrow_the_list(
    client: PageClient, ids: dict[str, int], query: str, tasks: list[str]
) -> None:
    page = client.as_(ids["hr"]).get(f"/onboarding?whose=everyone&{query}")
    assert listed(page) == tasks
    assert re.search(r"Open in all ?6", page.text), "the figures are those of the whole list"


def test_one_press_ticks_a_task_and_leads_back_to_the_list(
    client: PageClient, ids: dict[str, int]
) -> None:
    hire = client.as_(ids["hire"])
    page = hire.submit(hire.get("/onboarding"), f"/tasks/{ids['hire_task']}/finish")
    assert page.h1 == "Onboarding"
    assert "Done: Work of hire" in page.text
    assert "Nothing is due from you" in page.text


def test_a_long_list_has_pages(app: Flask, client: PageClient, ids: dict[str, int]) -> None:
    with app.app_context():
        plan = db.session.get_one(OnboardingPlan, ids["plan"])
        for _more in range(SIZE):
            make.task(plan, TaskOwner.HR)
        db.session.commit()
    hr = client.as_(ids["hr"])
    first = hr.get("/onboarding")
    assert len(listed(first)) == SIZE
    [link] = first.tree.xpath("//a[@rel='next']/@href")
    assert len(listed(hr.get(link))) == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_can_be_downloaded_as_it_is_narrowed(
    client: PageClient, ids: dict[str, int], kind: str
) -> None:
    hr = client.as_(ids["hr"])
    answer = hr.get(f"/onboarding/export/{kind}?whose=everyone&when=late", buffered=True).response
    assert answer.status_code == 200
    if kind == "csv":
        assert answer.get_data(as_text=True).lstrip("\ufeff").splitlines() == [
            "Task,New hire,Owner,Name,Due,State,Blocking",
            "Work of hr,Ceren Arslan,HR,,2026-11-20,Late,",
        ]


@pytest.mark.parametrize("who", ["hr", "manager"])
@pytest.mark.parametrize("url", ["/onboarding", "/onboarding?whose=everyone", "/onboarding/plans"])
def test_more_plans_and_tasks_cost_no_more_queries(
    app: Flask,
    client: PageClient,
    ids: dict[str, int],
    count_queries: Callable[[], int],
    who: str,
    url: str,
) -> None:
    reader = client.as_(ids[who])

    def cost() -> int:
        count_queries()
        assert reader.get(url).status == 200
        return count_queries()

    cost()
    one = cost()
    with app.app_context():
        boss = db.session.get_one(OnboardingPlan, ids["plan"]).manager
        for _more in range(3):
            other = make.plan(make.hire(manager=boss, person=people.person()))
            for owner in TaskOwner:
                make.task(other, owner)
        db.session.commit()
    assert cost() == one
    assert one <= 9
