"""My bonus: sliders that work with and without script, and the plan editor."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from portal.bonuses.models import BonusPlan, BonusStatement
from portal.core.db import db
from portal.metrics.models import Metric
from portal.people.models import Person, Role
from tests.factories import bonuses as make
from tests.factories import conduct, metrics, people
from tests.page import PageClient


@pytest.fixture
def metric(db_session: Any, clock: Any) -> Metric:
    return metrics.metric("csat", lowest=Decimal(0))


@pytest.fixture
def deniz(metric: Metric) -> Person:
    """In the plan, with 83 so far in the present quarter."""
    row = people.person()
    people.employment(row, role=people.role("Associate"))
    metrics.value(row, metric, 83, period=date(2026, 10, 1))
    return row


def role_of(person: Person) -> Role:
    return person.employments[0].role


def enter(client: PageClient, person: Person) -> PageClient:
    key = people.account(person=person).id
    db.session.commit()
    return client.as_(key)


def test_it_starts_from_the_figures_so_far(
    client: PageClient, metric: Metric, deniz: Person
) -> None:
    make.plan(role_of(deniz), make.weighed(metric))
    key = metric.id
    page = enter(client, deniz).get("/my/bonus")
    assert "Payout: 80%" in page.text
    assert page.tree.get_element_by_id(f"figure{key}").value == "83"


@pytest.mark.parametrize(
    ("sent", "payout"),
    [
        ({"was": 83, "slide": 83, "figure": 90}, "125%"),
        ({"was": 83, "slide": 85, "figure": 83}, "100%"),
        ({"was": 83, "slide": 83, "figure": 79}, "0%"),
        ({"figure": 1000}, "150%"),
        ({"was": "x", "slide": "", "figure": "NaN"}, "80%"),
    ],
)
def test_what_was_moved_counts(
    client: PageClient, metric: Metric, deniz: Person, sent: dict[str, Any], payout: str
) -> None:
    make.plan(role_of(deniz), make.weighed(metric))
    asked = {f"{name}{metric.id}": str(value) for name, value in sent.items()}
    page = enter(client, deniz).get("/my/bonus", query_string={"asked": "1"} | asked)
    assert f"Payout: {payout}" in page.text
    assert db.session.query(BonusStatement).count() == 0


def test_pay_gives_an_amount_and_a_condition_can_be_taken_away(
    client: PageClient, metric: Metric, deniz: Person
) -> None:
    make.plan(role_of(deniz), make.weighed(metric), needs_conduct=True)
    conduct.action(deniz, since=date(2026, 11, 1))
    key = metric.id
    reader = enter(client, deniz)
    assert "Payout: 0%" in reader.get("/my/bonus").text
    sent = {"asked": "1", f"figure{key}": "85", "pay": "600,000", "kept_conduct": "1"}
    page = reader.get("/my/bonus", query_string=sent)
    assert "TRY" in page.text
    assert "12,000" in page.text


def test_script_gets_the_part_alone(client: PageClient, metric: Metric, deniz: Person) -> None:
    make.plan(role_of(deniz), make.weighed(metric))
    answer = enter(client, deniz).http.get("/my/bonus", headers={"HX-Request": "true"})
    text = answer.get_data(as_text=True).strip()
    assert text.startswith('<div id="what-if">')
    assert "<html" not in text


def test_whoever_has_no_plan_is_told_so(client: PageClient, metric: Metric, deniz: Person) -> None:
    make.plan(people.role("Other"), make.weighed(metric))
    assert "no bonus plan for your work" in enter(client, deniz).get("/my/bonus").text


def plan_fields(metric: Metric, role: Role, **values: Any) -> dict[str, Any]:
    names = {f"name-{locale}": "Care bonus" for locale in ("en", "tr", "es", "ja")}
    row = {"metric": metric.id, "weight": "100", "threshold": "80", "target": "85",
           "maximum": "95", "at_threshold": "50", "at_target": "100",
           "at_maximum": "150"}  # fmt: skip
    return names | {f"measures-0-{name}": value for name, value in row.items()} | {
        "period": "quarter", "roles": str(role.id), "currency": "TRY", "base": "percent",
        "percent": "8", "cap": "150", "small_sample": "leave_out", "failed_gate": "zero",
        "step": "publish",
    } | values  # fmt: skip


def test_a_plan_is_published_and_wrong_weights_lose_nothing(
    client: PageClient, metric: Metric
) -> None:
    role, hr = people.role(), people.account(roles=["hr"])
    sent = plan_fields(metric, role)
    db.session.commit()
    client = client.as_(hr.id)
    wrong = client.post("/bonuses/plans/add", sent | {"measures-0-weight": "95"})
    assert "add up to 95 %" in wrong.text
    assert wrong.fields("/bonuses/plans/add")["measures-0-target"] == "85"
    client.post("/bonuses/plans/add", sent)
    plan = db.session.query(BonusPlan).one()
    assert plan.terms.measures[0].weight == 100
    here = f"/bonuses/plans/{plan.id}/edit"
    page = client.get(here)
    client.submit(page, action=here, cap="120", step="publish")
    stale = client.submit(page, action=here, cap="130", step="publish")
    assert stale.response.status_code == 422
    assert stale.fields(here)["cap"] == "130"


def test_another_row_is_offered_and_nothing_published(client: PageClient, metric: Metric) -> None:
    hr = people.account(roles=["hr"])
    db.session.commit()
    client = client.as_(hr.id)
    page = client.post("/bonuses/plans/add", {"step": "more", "measures-0-weight": "60"})
    assert page.fields("/bonuses/plans/add")["measures-0-weight"] == "60"
    assert db.session.query(BonusPlan).count() == 0
