"""Pages of runs and statements: who prepares, who approves, who reads what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.accounts.models import Account
from portal.bonuses import operations, policy
from portal.bonuses.models import BonusEntry, BonusRun, BonusStatement
from portal.bonuses.states import RunState
from portal.core.db import db
from portal.metrics.models import Metric
from portal.people.models import Person, Role, Team
from tests.factories import bonuses as make
from tests.factories import conduct, metrics, people
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
    assert costs == [12, 12]


def test_a_run_that_was_sent_shows_rows_to_hr_and_sums_to_executives(
    client: PageClient, role: Role, metric: Metric, team: Team, deniz: Person
) -> None:
    for name in ("Ada", "Can", "Eda", "Filiz"):
        worker(role, metric, team, name)
    run = make.proposed(make.plan(role, make.weighed(metric)))
    executive = people.account(roles=["executive"])
    db.session.commit()
    shown = client.as_(hr().id).get(f"/bonuses/runs/{run.id}")
    assert deniz.display_name in shown.text
    client = client.as_(executive.id)
    sums = client.get(f"/bonuses/runs/{run.id}")
    assert deniz.display_name not in sums.text
    assert "75,000" in sums.text
    client.post(f"/bonuses/runs/{run.id}/approve", {})
    assert db.session.get_one(BonusRun, run.id).state is RunState.APPROVED


def test_a_sum_over_few_people_is_kept_from_executives(
    client: PageClient, role: Role, metric: Metric, team: Team, deniz: Person
) -> None:
    worker(role, metric, team, "Ada")
    run = make.proposed(make.plan(role, make.weighed(metric)))
    office, executive = hr(), people.account(roles=["executive"])
    db.session.commit()
    assert "30,000" in client.as_(office.id).get(f"/bonuses/runs/{run.id}").text
    page = client.as_(executive.id).get(f"/bonuses/runs/{run.id}")
    assert "30,000" not in page.text
    assert "fewer than 5 people" in page.text


def test_what_looks_odd_is_named_beside_each_person(
    client: PageClient, role: Role, metric: Metric, team: Team
) -> None:
    late = people.person("Ada")
    people.employment(late, role=role, team=team, starts_on=date(2026, 9, 1))
    run = make.run(make.plan(role, make.weighed(metric), needs_conduct=True), pay=None)
    conduct.action(late, since=date(2026, 9, 20))
    me = hr()
    db.session.commit()
    text = client.as_(me.id).get(f"/bonuses/runs/{run.id}").text
    for problem in (
        "No yearly pay", "30 of 92 days in the plan", "No figure: Satisfaction",
        "Not kept: No open corrective action",
    ):  # fmt: skip
        assert problem in text


def test_the_list_is_narrowed_to_what_is_to_be_looked_at(
    client: PageClient, role: Role, metric: Metric, team: Team, deniz: Person
) -> None:
    late = people.employment(people.person("Ada"), role=role, team=team,
                             starts_on=date(2026, 9, 1)).person  # fmt: skip
    run, me = draft(role, metric), hr()
    db.session.query(BonusEntry).filter_by(person_id=late.id).update({"pay": None})
    here, ada, whole = f"/bonuses/runs/{run.id}", late.display_name, deniz.display_name
    db.session.commit()
    client = client.as_(me.id)
    for show in ("no_pay", "moved"):
        text = client.get(f"{here}?show={show}").text
        assert ada in text
        assert whole not in text
    assert "Nobody fits" in client.get(f"{here}?show=left_out").text


def test_pay_is_entered_and_the_run_goes_its_way(
    client: PageClient, role: Role, metric: Metric, deniz: Person
) -> None:
    plan, me, director = make.plan(role, make.weighed(metric)), hr(), people.account(
        roles=["executive"]
    )  # fmt: skip
    ids = (plan.id, me.id, director.id, deniz.email)
    db.session.commit()
    office, board = client.as_(ids[1]), client.as_(ids[2])
    office.post(f"/bonuses/plans/{ids[0]}/run", {"period": "2026-07-01"})
    run = db.session.query(BonusRun).one()
    here = f"/bonuses/runs/{run.id}"
    refused = office.post(f"{here}/propose")
    assert refused.response.status_code == 422
    assert "yearly pay of one person is missing" in refused.text
    office.post(f"{here}/pay", {"lines": f"{ids[3]}\t600,000"})
    office.post(f"{here}/propose")
    board.post(f"{here}/return", {"note": "Look again"})
    assert "Look again" in office.get(here).text
    office.post(f"{here}/propose")
    assert "statements to approve" in board.get("/").text
    board.post(f"{here}/approve")
    assert "statements to issue" in office.get("/").text
    office.post(f"{here}/issue")
    assert db.session.query(BonusStatement).one().amount == 1_500_000


def test_pay_somebody_else_changed_meanwhile_is_not_overwritten(
    client: PageClient, role: Role, metric: Metric, deniz: Person
) -> None:
    draft(role, metric)
    entry, me = db.session.query(BonusEntry).one(), hr()
    here = f"/bonuses/entries/{entry.id}"
    db.session.commit()
    client = client.as_(me.id)
    page = client.get(here)
    client.submit(page, pay="500,000")
    stale = client.submit(page, pay="700,000")
    assert stale.response.status_code == 422
    assert stale.fields()["pay"] == "700,000"
    assert db.session.query(BonusEntry).one().pay == 50_000_000


@pytest.fixture
def around(role: Role, metric: Metric, team: Team, deniz: Person) -> dict[str, Account]:
    peer = people.employment(role=people.role(), team=team).person
    before = people.team(lead=people.person("Ersin"))
    people.employment(deniz, team=before, manager=before.lead, starts_on=date(2024, 1, 1),
                      ends_on=date(2025, 12, 31))  # fmt: skip
    assert before.lead is not None
    return {
        "self": people.account(person=deniz),
        "lead": people.account(person=team.lead, leads=team),
        "peer": people.account(person=peer),
        "former": people.account(person=before.lead, roles=["manager"]),
        "hr": people.account(roles=["hr"]),
        "executive": people.account(roles=["executive"]),
    }


@pytest.mark.parametrize(
    ("managers_see", "seen"), [(True, {"self", "lead", "hr"}), (False, {"self", "hr"})]
)
def test_who_reads_a_statement_and_where_it_shows(
    client: PageClient, role: Role, metric: Metric, deniz: Person, around: dict[str, Account],
    managers_see: bool, seen: set[str],
) -> None:  # fmt: skip
    (row,) = make.issued(make.plan(role, make.weighed(metric), managers_see=managers_see))
    operations.hand_out(row.run, after=0)
    ids = {name: account.id for name, account in around.items()}
    here, person = f"/bonuses/statements/{row.id}", f"/people/{deniz.id}"
    paper = f"/documents/{row.document_id}"
    db.session.commit()
    found, shown, printed = set(), set(), set()
    for name, key in ids.items():
        reader = client.as_(key)
        if reader.http.get(here).status_code == 200:
            found.add(name)
        if "Bonus statements" in reader.http.get(person).get_data(as_text=True):
            shown.add(name)
        if reader.http.get(paper).status_code == 200:
            printed.add(name)
    assert (found, shown, printed) == (seen, seen, seen)


def test_before_it_is_issued_hr_alone_reads_it(
    client: PageClient, role: Role, metric: Metric, around: dict[str, Account]
) -> None:
    make.proposed(make.plan(role, make.weighed(metric), managers_see=True))
    row = db.session.query(BonusStatement).one()
    found = {name for name, one in around.items() if policy.see_statement(one, row)}
    assert found == {"hr"}
    me = around["self"].id
    db.session.commit()
    assert "No statement has been issued" in client.as_(me).get("/my/bonus").text


def test_a_corrected_statement_shows_both_versions_to_the_person(
    client: PageClient, role: Role, metric: Metric, deniz: Person
) -> None:
    (row,) = make.issued(make.plan(role, make.weighed(metric)))
    me, own, other = hr(), people.account(person=deniz), people.account(roles=["executive"])
    here, ids = f"/bonuses/statements/{row.id}", (me.id, own.id, other.id)
    db.session.commit()
    office = client.as_(ids[0])
    form = office.get(f"{here}/correct")
    office.submit(form, reason="Pay was raised", pay="660,000")
    person = client.as_(ids[1])
    assert "A correction took" not in person.get(here).text
    fresh = db.session.query(BonusStatement).filter_by(number=2).one().id
    assert person.get(f"/bonuses/statements/{fresh}").status == 403
    assert "waits for a second person" in office.get(f"/bonuses/statements/{fresh}").text
    second = client.as_(ids[2])
    assert "a correction to approve" in second.get("/").text
    assert second.get(here).status == 403
    assert "Pay was raised" in second.get(f"/bonuses/statements/{fresh}").text
    assert second.post(f"/bonuses/statements/{fresh}/approve", {}).status == 303
    assert "A correction took its place" in person.get(here).text
    page = person.get("/my/bonus")
    assert "16,500" in page.text
    assert "Pay was raised" in person.get(f"/bonuses/statements/{fresh}").text


def test_amounts_are_exported_for_hr_alone(
    client: PageClient, role: Role, metric: Metric, deniz: Person, around: dict[str, Account]
) -> None:
    run = make.proposed(make.plan(role, make.weighed(metric)))
    ids = {name: account.id for name, account in around.items()}
    here = f"/bonuses/runs/{run.id}/export/csv"
    db.session.commit()
    with client.as_(ids["hr"]).http.get(here) as answer:
        assert ",600000.00,15000.00,TRY" in answer.get_data(as_text=True)
    assert client.as_(ids["executive"]).http.get(here).status_code == 403
