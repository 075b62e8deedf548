"""Pages of runs and statements: who prepares, who approves, who reads what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.accounts.models import Account
from portal.bonuses.models import BonusRun
from portal.bonuses.states import RunState
from portal.core.db import db
from portal.metrics.models import Metric
from portal.people.models import Person, Role, Team
from tests.factories import bonuses as make
from tests.factories import metrics, people
from tests.page import PageClient


@pytest.fixture
def role(db_session: Any, clock: Any) -> Role:
    return people.role("Associate")


@pytest.fixture
def metric(role: Role) -> Metric:
    return metrics.metric("csat")


@pytest.fixture
def team(role: Role) -> Team:
    return people.team(lead=people.person("Lale"))


@pytest.fixture
def deniz(role: Role, metric: Metric, team: Team) -> Person:
    """At work all of the quarter, with 90 in each month: 125 % of 12,000."""
    return worker(role, metric, team)


def worker(role: Role, metric: Metric, team: Team, name: str = "Deniz") -> Person:
    row = people.person(name)
    people.employment(row, role=role, team=team)
    for month in (7, 8, 9):
        metrics.value(row, metric, 90, period=date(2026, month, 1))
    return row


def draft(role: Role, metric: Metric, **values: Any) -> BonusRun:
    return make.run(make.plan(role, make.weighed(metric), **values))


def hr() -> Account:
    return people.account(roles=["hr"])


def test_a_run_costs_as_many_statements_for_three_people_as_for_one(
    client: PageClient, count_queries: Any, role: Role, metric: Metric, team: Team, deniz: Person
) -> None:
    worker(role, metric, team, "Ada")
    worker(role, metric, team, "Can")
    three, me = draft(role, metric, needs_conduct=True, needs_certificates=True), hr()
    other = people.role("Other")
    worker(other, metric, team, "Eda")
    one = draft(other, metric, needs_conduct=True, needs_certificates=True)
    db.session.commit()
    costs = []
    client = client.as_(me.id)
    client.get(f"/bonuses/runs/{one.id}")
    for run in (one, three):
        count_queries()
        client.get(f"/bonuses/runs/{run.id}")
        costs.append(count_queries())
    assert costs[0] == costs[1]
    assert costs[1] <= 25


def test_a_run_that_was_sent_shows_rows_to_hr_and_sums_to_executives(
    client: PageClient, role: Role, metric: Metric, deniz: Person
) -> None:
    run = make.proposed(make.plan(role, make.weighed(metric)))
    executive = people.account(roles=["executive"])
    db.session.commit()
    shown = client.as_(hr().id).get(f"/bonuses/runs/{run.id}")
    assert deniz.display_name in shown.text
    client = client.as_(executive.id)
    sums = client.get(f"/bonuses/runs/{run.id}")
    assert deniz.display_name not in sums.text
    assert "15,000" in sums.text
    client.post(f"/bonuses/runs/{run.id}/approve", {})
    assert db.session.get_one(BonusRun, run.id).state is RunState.APPROVED
