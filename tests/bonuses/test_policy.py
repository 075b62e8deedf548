"""Who may do what with bonus runs and statements, in every state: literal tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.models import Account
from portal.bonuses import jobs, operations, policy
from portal.bonuses.models import BonusEntry, BonusPlan, BonusRun, BonusStatement
from portal.bonuses.states import RunState
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Person
from tests.factories import bonuses as make
from tests.factories import metrics, people
from tests.page import PageClient
from tests.starter_words import assert_complete, load
from tests.waiting import payloads

EVERYONE = ("hr", "other hr", "executive", "lead", "self", "agent")


@pytest.fixture
def who(db_session: Any, clock: Any) -> dict[str, Account]:
    """The person paid, whoever leads them, and those who prepare and approve."""
    head = people.person("Lale")
    team = people.team(lead=head)
    job = people.employment(people.person("Deniz"), team=team, role=people.role("Associate"))
    return {
        "hr": people.account(roles=["hr"]),
        "other hr": people.account(roles=["hr"]),
        "executive": people.account(roles=["executive"]),
        "lead": people.account(person=head, leads=team),
        "self": people.account(person=job.person),
        "agent": people.account(),
    }


@pytest.fixture
def run(who: dict[str, Account]) -> BonusRun:
    """Prepared by HR, with one person in it."""
    metric = metrics.metric()
    paid = person(who)
    for month in (7, 8, 9):
        metrics.value(paid, metric, 90, period=date(2026, month, 1))
    plan = make.plan(paid.employments[0].role, make.weighed(metric), managers_see=True)
    return make.run(plan, by=who["hr"])


def person(who: dict[str, Account]) -> Person:
    return db.session.get_one(Person, who["self"].person_id)


def names(who: dict[str, Account], rule: str, row: object) -> str:
    return ", ".join(name for name in EVERYONE if getattr(policy, rule)(who[name], row))


HR = "hr, other hr"
READERS = "hr, other hr, executive"

RUNS = {
    RunState.DRAFT: {"see_run": HR, "prepare_run": HR, "cancel_run": HR},
    RunState.PROPOSED: {
        "see_run": READERS, "approve_run": "executive", "return_run": "executive",
        "cancel_run": HR,
    },
    RunState.APPROVED: {"see_run": READERS, "issue_run": HR, "cancel_run": HR},
    RunState.ISSUED: {"see_run": READERS},
    RunState.CANCELLED: {"see_run": READERS},
}  # fmt: skip


@pytest.mark.parametrize("state", RUNS)
def test_who_does_what_with_a_run(who: dict[str, Account], run: BonusRun, state: RunState) -> None:
    run.proposed_by_id = who["hr"].id
    with db.session.no_autoflush:
        run.state = state
        rules = ("see_run", "prepare_run", "approve_run", "return_run", "issue_run", "cancel_run")
        found = {rule: names(who, rule, run) for rule in rules}
    db.session.expire(run)
    assert {rule: by for rule, by in found.items() if by} == RUNS[state]


def test_nobody_approves_what_they_prepared_or_sent(who: dict[str, Account], run: BonusRun) -> None:
    for name in ("hr", "other hr"):
        who[name].roles = ["hr", "executive"]
    operations.propose_run(run, by=who["other hr"])
    assert names(who, "approve_run", run) == "executive"
    with pytest.raises(Refused, match="did not prepare"):
        operations.approve_run(run, by=who["hr"])


def test_pay_of_single_people_is_hrs_and_nobody_enters_their_own(
    who: dict[str, Account], run: BonusRun
) -> None:
    entry = db.session.query(BonusEntry).filter_by(run_id=run.id).one()
    assert names(who, "see_pay", run) == HR
    assert names(who, "enter_pay", entry) == HR
    who["self"].roles = ["hr"]
    assert names(who, "enter_pay", entry) == HR
    operations.propose_run(run, by=who["hr"])
    assert names(who, "enter_pay", entry) == ""


def test_who_reads_plans(who: dict[str, Account], run: BonusRun) -> None:
    assert names(who, "see_plan", run.plan) == READERS
    assert names(who, "keep_plan", run.plan) == HR


@pytest.mark.parametrize(("managers_see", "line"), [(True, "lead, "), (False, "")])
def test_who_does_what_with_a_statement(
    who: dict[str, Account], run: BonusRun, managers_see: bool, line: str
) -> None:
    with db.session.no_autoflush:
        run.terms.managers_see = managers_see
    operations.propose_run(run, by=who["hr"])
    statement = db.session.query(BonusStatement).filter_by(run_id=run.id).one()
    assert names(who, "see_statement", statement) == HR
    assert names(who, "correct_statement", statement) == ""
    statement.issued_at = clock.now()
    assert names(who, "see_statement", statement) == f"{HR}, {line}self"
    assert names(who, "correct_statement", statement) == HR
    who["self"].roles = ["hr"]
    assert names(who, "correct_statement", statement) == HR


def test_plans_are_retired_and_resumed_once(who: dict[str, Account], run: BonusRun) -> None:
    plan = run.plan
    with pytest.raises(Refused, match="already"):
        operations.resume_plan(plan, by=who["hr"])
    operations.retire_plan(plan, by=who["hr"])
    with pytest.raises(Refused, match="already"):
        operations.retire_plan(plan, by=who["hr"])
    with pytest.raises(Refused, match="retired"):
        make.run(plan, by=who["hr"])
    operations.resume_plan(plan, by=who["hr"])
    assert policy.keep_plan(who["hr"], plan)


def test_a_plan_measures_something_and_each_metric_once(who: dict[str, Account]) -> None:
    metric = metrics.metric()
    half = make.weighed(metric, Decimal(50))
    for measures, says in (((half, half), "twice"), ((), "at least one measure")):
        terms = make.terms(measures=measures)
        with pytest.raises(Refused, match=says):
            operations.publish_plan(None, terms, by=who["hr"])


def test_what_was_sent_for_approval_takes_no_pay(who: dict[str, Account], run: BonusRun) -> None:
    operations.propose_run(run, by=who["hr"])
    entry = db.session.query(BonusEntry).filter_by(run_id=run.id).one()
    for step in (
        lambda: operations.enter_pays(run, f"{person(who).email} 1000", by=who["hr"]),
        lambda: operations.update_people(run, by=who["hr"]),
    ):
        with pytest.raises(Refused, match="sent back first"):
            step()
    with pytest.raises(Refused, match="none once the run was sent"):
        operations.enter_pay(entry, pay=1, left_out=False, reason="", by=who["hr"])


LISTS = {"/bonuses": ("hr", 5), "/bonuses/plans/{plan}": ("hr", 7), "/my/bonus": ("self", 9)}


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("path", LISTS)
def test_the_lists_cost_the_same_with_one_row_and_with_three(
    client: PageClient, who: dict[str, Account], run: BonusRun, count_queries: Callable[[], int],
    path: str, number: int,
) -> None:  # fmt: skip
    hr, plan, role = who["hr"], run.plan, person(who).employments[0].role
    for month in (7, 4, 1)[:number]:
        one = run if month == 7 else operations.start_run(plan, date(2026, month, 1), by=hr)
        db.session.flush()
        db.session.query(BonusEntry).filter_by(run_id=one.id).update({"pay": make.PAY})
        operations.propose_run(one, by=hr)
        operations.approve_run(one, by=who["executive"])
        operations.issue_run(one, by=hr)
        operations.publish_plan(plan, make.terms(role, cap=Decimal(110 + month)), by=hr)
        make.plan()
    db.session.commit()
    reader, cost = LISTS[path]
    browser, url = client.as_(who[reader]), path.format(plan=run.plan_id)
    browser.get(url)
    count_queries()
    page = browser.get(url)
    assert count_queries() == cost
    months = ("July 1, 2026", "April 1, 2026", "January 1, 2026")
    assert [month in page.text for month in months] == [True] * number + [False] * (3 - number)


def test_an_executive_finds_no_draft_of_a_run_in_any_list(
    client: PageClient, who: dict[str, Account], run: BonusRun
) -> None:
    db.session.commit()
    executive, link = client.as_(who["executive"]), f"/bonuses/runs/{run.id}"
    paths = ("/bonuses", f"/bonuses/plans/{run.plan_id}")
    assert [link in executive.get(path).html for path in paths] == [False, False]
    assert [link in client.as_(who["hr"]).get(path).html for path in paths] == [True, True]


def test_the_plans_to_start_from_need_a_metric_and_a_role(db_session: Any) -> None:
    content = load("bonuses", "plans.toml")
    assert_complete(content)
    assert operations.load_plans(None, currency="TRY") == 0
    people.role(key="senior_associate")
    for key in ("csat", "fcr", "qa_score"):
        metrics.metric(key)
    assert operations.load_plans(None, currency="TRY") == 1
    assert operations.load_plans(None, currency="TRY") == 0
    plan = db.session.query(BonusPlan).one()
    assert [one.metric.key for one in plan.terms.measures] == ["csat", "fcr", "qa_score"]
    assert sum(one.weight for one in plan.terms.measures) == 100
    assert plan.terms.attendance_id is None


def test_papers_of_a_run_are_handed_out_some_at_a_time(
    who: dict[str, Account], run: BonusRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.bonuses.operations.statement.AT_ONCE", 1)
    operations.propose_run(run, by=who["hr"])
    operations.approve_run(run, by=who["executive"])
    operations.issue_run(run, by=who["hr"])
    db.session.flush()
    statement = db.session.query(BonusStatement).filter_by(run_id=run.id).one()
    asked = len(payloads("bonuses.hand_out"))
    jobs.hand_out(run.id, after=0)
    db.session.flush()
    assert statement.document is not None
    assert payloads("bonuses.hand_out")[asked:] == [{"run_id": run.id, "after": statement.id}]
    jobs.hand_out(run.id, after=statement.id)
    assert len(payloads("bonuses.hand_out")) == asked + 1
