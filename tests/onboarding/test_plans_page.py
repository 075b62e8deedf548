"""The list of plans: who sees which, figures, states, filters, order, downloads."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from portal.core.db import db
from portal.onboarding.states import PlanState, TaskOwner
from tests.factories import onboarding as make
from tests.factories import people
from tests.page import Page, PageClient

DONE = datetime(2026, 11, 23, tzinfo=UTC)
YESTERDAY, LATER = date(2026, 11, 23), date(2026, 12, 20)


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    """A plan in every state: each hire is called as the plan stands."""
    with app.app_context():
        boss = people.person("Mete", "Manager")

        def plan(name: str, starts_on: date, *days: date, **values: Any) -> Any:
            job = make.hire(person=people.person(name, "Hire"), manager=boss, starts_on=starts_on)
            row = make.plan(job, **values)
            make.task(row, done_at=DONE)
            for day in days:
                make.task(row, TaskOwner.MANAGER, due_on=day)
            return row

        before = plan("Coming", date(2026, 12, 1), LATER)
        plan("Good", date(2026, 11, 16), LATER)
        plan("Slow", date(2026, 11, 9), YESTERDAY, YESTERDAY, LATER)
        blocked = plan("Stuck", date(2026, 11, 2), LATER, finish_by=date(2026, 11, 20))
        make.task(blocked, TaskOwner.IT, due_on=YESTERDAY, blocking=True)
        plan("Ready", date(2026, 10, 5))
        plan("Left", date(2026, 9, 7), YESTERDAY, stopped_at=make.STOPPED)
        found = {
            "hire": people.account(person=before.person).id,
            "manager": people.account(person=boss).id,
            "hr": people.account(roles=["hr"]).id,
            "stranger": people.account(roles=["executive", "interviewer"]).id,
        }
        db.session.commit()
    return found


def names(page: Page) -> list[str]:
    return [str(text).split()[0] for text in page.tree.xpath("//td[1]//b/text()")]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("hr", ["Coming", "Good", "Slow", "Stuck"]),
        ("manager", ["Coming", "Good", "Slow", "Stuck"]),
        ("hire", ["Coming"]),
        ("stranger", []),
    ],
)
def test_who_finds_which_plans(
    client: PageClient, ids: dict[str, int], who: str, seen: list[str]
) -> None:
    assert names(client.as_(ids[who]).get("/onboarding/plans")) == seen


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("state=late", ["Slow", "Stuck"]),
        ("state=blocked", ["Stuck"]),
        ("state=overdue", ["Stuck"]),
        ("state=finished", ["Ready"]),
        ("state=stopped", ["Left"]),
        ("sort=percent", ["Slow", "Stuck", "Good", "Coming"]),
        ("sort=late", ["Slow", "Stuck", "Good", "Coming"]),
        ("sort=blocking", ["Stuck", "Slow", "Good", "Coming"]),
        ("sort=nonsense", ["Coming", "Good", "Slow", "Stuck"]),
        ("site=999999", ["Coming", "Good", "Slow", "Stuck"]),
    ],
)
def test_plans_are_narrowed_and_put_in_order(
    client: PageClient, ids: dict[str, int], query: str, seen: list[str]
) -> None:
    assert names(client.as_(ids["hr"]).get(f"/onboarding/plans?{query}")) == seen


def test_each_plan_shows_its_figures_and_how_it_stands(
    client: PageClient, ids: dict[str, int]
) -> None:
    hr = client.as_(ids["hr"])
    rows = hr.get("/onboarding/plans").tree.xpath("//tbody/tr")
    shown = [" ".join(row.text_content().split()) for row in rows]
    for text, percent, state in zip(
        shown, ("50%", "50%", "25%", "33%"),
        (PlanState.BEFORE_START, PlanState.ON_TRACK, PlanState.LATE, PlanState.BLOCKED),
        strict=True,
    ):  # fmt: skip
        assert percent in text
        assert text.endswith(str(state.label))
    for wanted, state in (("finished", PlanState.FINISHED), ("stopped", PlanState.STOPPED)):
        page = hr.get(f"/onboarding/plans?state={wanted}")
        assert str(state.label) in page.tree.xpath("//tbody")[0].text_content()


@pytest.mark.parametrize("sort", ["start", "percent", "late", "blocking"])
def test_pages_follow_one_another_in_every_order(
    client: PageClient, ids: dict[str, int], monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    hr = client.as_(ids["hr"])
    whole = names(hr.get(f"/onboarding/plans?sort={sort}"))
    monkeypatch.setattr("portal.onboarding.routes.plans.SIZE", 1)
    url, seen = f"/onboarding/plans?sort={sort}", []
    while url:
        page = hr.get(url)
        seen += names(page)
        url = next(iter(page.tree.xpath("//a[@rel='next']/@href")), "")
    assert seen == whole


def test_the_list_can_be_downloaded(client: PageClient, ids: dict[str, int]) -> None:
    hr = client.as_(ids["hr"])
    answer = hr.get("/onboarding/plans/export/csv?state=blocked", buffered=True).response
    head, row = answer.get_data(as_text=True).lstrip("\ufeff").splitlines()
    assert head.endswith("Tasks,Done,Late,Late and blocking")
    assert row.startswith("Stuck Hire,")
    assert row.endswith("Mete Manager,2026-11-02,2026-11-20,Held up,3,1,1,1")
    assert hr.get("/onboarding/plans/export/xlsx", buffered=True).status == 200
