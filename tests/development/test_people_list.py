"""The list of those one answers for: rows, filters, export, pages, cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal.core.db import db
from portal.development import operations as development
from portal.people.models import Team
from tests.factories import development as make
from tests.factories import people
from tests.page import PageClient


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    """One with an agreed plan and something past due, one with none, one elsewhere."""
    with app.app_context():
        pair = make.Pair()
        lead = people.account(leads=pair.team)
        plan = make.plan(pair.person, pair.account)
        late, _later = make.action(pair.person, pair.account), make.action(pair.person, lead)
        late.due_on = date(2026, 11, 1)
        development.sign_plan(plan, by=pair.account)
        development.sign_plan(plan, by=pair.manager)
        row = make.complete(pair.person, pair.account, pair.manager)
        agreed = {line.id: development.Agreed(3, "Seen") for line in row.lines}
        development.agree_levels(row, agreed, talked_on=date(2026, 11, 24), by=pair.manager)
        people.employment(people.person("Nil", "Plan"), team=pair.team, role=pair.role)
        people.employment(people.person("Far", "Away"))
        db.session.commit()
        return {
            "lead": lead.id, "team": pair.team.id, "peer": people_of(pair), "role": pair.role.id,
            "hr": hr(),
        }  # fmt: skip


def people_of(pair: make.Pair) -> int:
    return pair.account.id


def hr() -> int:
    account = people.account(roles=["hr"])
    db.session.commit()
    return account.id


def test_one_sees_ones_own_people_and_hr_everybody(client: PageClient, ids: dict[str, int]) -> None:
    page = client.as_(ids["lead"]).get("/development/people")
    assert "Deniz Kaya" in page.text
    assert "Nil Plan" in page.text
    assert "Far Away" not in page.text
    assert "Far Away" in client.as_(ids["hr"]).get("/development/people").text
    assert client.as_(ids["peer"]).get("/development/people").status == 403


@pytest.mark.parametrize(
    ("show", "names"), [("agreed", ["Kaya"]), ("no_plan", ["Nil", "Mana"]), ("unsigned", [])]
)
def test_it_narrows_by_the_plan(
    client: PageClient, ids: dict[str, int], show: str, names: list[str]
) -> None:
    page = client.as_(ids["lead"]).get(f"/development/people?show={show}")
    assert sorted(one for one in ("Kaya", "Nil", "Mana") if one in page.text) == sorted(names)


def test_the_export_has_figures_and_days(client: PageClient, ids: dict[str, int]) -> None:
    lead = client.as_(ids["lead"])
    with lead.http.get("/development/people/export/csv?show=agreed") as answer:
        lines = answer.get_data(as_text=True).splitlines()
    assert len(lines) == 2
    assert ",Agreed,2,1,2027-02-22,2026-11-24" in lines[1]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    app: Flask, client: PageClient, ids: dict[str, int], count_queries: Callable[[], int],
    number: int,
) -> None:  # fmt: skip
    with app.app_context():
        team = db.session.get_one(Team, ids["team"])
        for _number in range(number):
            people.employment(team=team)
        db.session.commit()
    lead = client.as_(ids["lead"])
    lead.get("/development/people")
    count_queries()
    lead.get("/development/people")
    assert count_queries() == 4
