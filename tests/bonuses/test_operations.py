"""Plans, runs and statements: every way through, and every way out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts.models import Account
from portal.bonuses import documents, operations, queries
from portal.bonuses.models import BonusEntry, BonusRun, BonusStatement
from portal.bonuses.states import BaseKind, FailedGate, GateKind, RunState
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox import Notice
from portal.core.mail.models import OutgoingMail
from portal.metrics.models import Metric
from portal.metrics.operations import correct_value
from portal.metrics.states import Direction
from portal.people.models import Person, Role, Team
from tests.factories import bonuses as make
from tests.factories import certification, conduct, metrics, people

QUARTER = (7, 8, 9)


@pytest.fixture
def role(db_session: Any, clock: Any) -> Role:
    return people.role("Associate")


@pytest.fixture
def metric(role: Role) -> Metric:
    return metrics.metric("csat")


@pytest.fixture
def hr(role: Role) -> Account:
    return people.account(roles=["hr"])


@pytest.fixture
def deniz(role: Role, metric: Metric) -> Person:
    """At work all of the quarter, with 90 in each month: 125 % of 12,000."""
    return worker(role, metric)


def worker(role: Role, metric: Metric, **values: Any) -> Person:
    row = people.person("Deniz")
    people.account(person=row)
    people.employment(row, role=role, **values)
    for month in QUARTER:
        metrics.value(row, metric, 90, period=date(2026, month, 1))
    return row


def only(role: Role, metric: Metric, **values: Any) -> BonusStatement:
    (row,) = make.issued(make.plan(role, make.weighed(metric), **values))
    return row


def test_a_plan_with_the_same_terms_is_no_new_version(role: Role, metric: Metric) -> None:
    terms = make.terms(role, make.weighed(metric))
    plan = operations.publish_plan(None, terms, by=None).plan
    again = make.terms(role, make.weighed(metric, Decimal("100.00")))
    assert operations.publish_plan(plan, again, by=None).number == 1
    other = make.terms(role, make.weighed(metric), cap=Decimal(120))
    assert operations.publish_plan(plan, other, by=None).number == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"roles": ()}, "roles"),
        ({"percent": None}, "percent"),
        ({"base": BaseKind.FIXED}, "amount"),
        ({"cap": Decimal(99)}, "cap"),
        ({"attendance_least": Decimal(90)}, "attendance_least"),
    ],
)
def test_what_belongs_together_is_asked_for(
    role: Role, metric: Metric, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        make.plan(role, make.weighed(metric), **values)
    assert refused.value.field == field


def test_weights_make_exactly_a_hundred_and_the_message_names_the_sum(role: Role) -> None:
    measures = (make.weighed(weight="60.5"), make.weighed(weight=39))
    with pytest.raises(Refused, match=r"add up to 99\.5 %"):
        make.plan(role, *measures)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"target": 80}, "target lies above the threshold"),
        ({"at_target": 40}, "must not pay less"),
        ({"threshold": 95, "target": 85, "maximum": 80}, "target lies above"),
    ],
)
def test_marks_run_the_way_of_the_metric(
    role: Role, metric: Metric, values: dict[str, Any], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        make.plan(role, make.weighed(metric, **values))


def test_where_lower_is_better_marks_run_down(role: Role) -> None:
    time = metrics.metric(direction=Direction.LOWER)
    make.plan(role, make.weighed(time, threshold=95, target=85, maximum=80))
    with pytest.raises(Refused, match="lower is better"):
        make.plan(role, make.weighed(time))


def test_a_run_is_for_a_period_that_is_over_and_once(
    role: Role, metric: Metric, deniz: Person, hr: Account
) -> None:
    plan = make.plan(role, make.weighed(metric))
    for day, says in (
        (date(2026, 10, 1), "not over"), (date(2026, 8, 1), "first day of a period"),
        (date(2020, 1, 1), "for nobody"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=says), db.session.begin_nested():
            operations.start_run(plan, day, by=hr)
    run = operations.start_run(plan, make.STARTS, by=hr)
    with pytest.raises(Refused, match="already"):
        operations.start_run(plan, make.STARTS, by=hr)
    operations.cancel_run(run, by=hr)
    operations.start_run(plan, make.STARTS, by=hr)
    operations.retire_plan(plan, by=hr)
    with pytest.raises(Refused, match="retired"):
        operations.start_run(plan, date(2026, 4, 1), by=hr)


def test_pay_that_is_missing_stops_it_and_leaving_out_needs_a_reason(
    role: Role, metric: Metric, deniz: Person, hr: Account
) -> None:
    run = make.run(make.plan(role, make.weighed(metric)), pay=None)
    entry = db.session.query(BonusEntry).one()
    with pytest.raises(Refused, match="one person is missing"):
        operations.propose_run(run, by=hr)
    with pytest.raises(Refused, match="left out"):
        operations.enter_pay(entry, pay=None, left_out=True, by=hr)
    operations.enter_pay(entry, pay=None, left_out=True, reason="Paid by the old plan", by=hr)
    with pytest.raises(Refused, match="nobody in this run"):
        operations.propose_run(run, by=hr)


def test_nobody_enters_their_own_pay(role: Role, metric: Metric, deniz: Person) -> None:
    make.run(make.plan(role, make.weighed(metric)))
    me = db.session.query(Account).filter_by(person_id=deniz.id).one()
    me.roles = ["hr"]
    with pytest.raises(Refused, match="their own pay"):
        operations.enter_pay(db.session.query(BonusEntry).one(), pay=1, by=me)


def test_pay_of_many_is_entered_whole_or_not_at_all(
    role: Role, metric: Metric, deniz: Person, hr: Account
) -> None:
    run = make.run(make.plan(role, make.weighed(metric)), pay=None)
    entry = db.session.query(BonusEntry).one()
    with pytest.raises(Refused, match=r"Lines 2, 3 are wrong"):
        operations.enter_pays(run, f"{deniz.email} 500000\nnobody@example.com 1\nx", by=hr)
    assert entry.pay is None
    assert operations.enter_pays(run, f"\n{deniz.email.upper()};\t612,000.50\n", by=hr) == 1
    assert entry.pay == 61_200_050


def test_what_was_entered_last_is_proposed_in_the_next_run(
    role: Role, metric: Metric, deniz: Person, hr: Account
) -> None:
    plan = make.plan(role, make.weighed(metric))
    make.run(plan, pay=70_000_000)
    earlier = operations.start_run(plan, date(2026, 4, 1), by=hr)
    assert db.session.query(BonusEntry).filter_by(run_id=earlier.id).one().pay == 70_000_000


def test_people_are_brought_up_to_date_until_it_is_sent(
    role: Role, metric: Metric, deniz: Person, hr: Account
) -> None:
    run = make.run(make.plan(role, make.weighed(metric)))
    worker(role, metric)
    deniz.employments[0].role = people.role()
    db.session.flush()
    assert operations.update_people(run, by=hr) == (1, 1)
    db.session.query(BonusEntry).update({"pay": 1})
    db.session.expire_all()
    operations.propose_run(run, by=hr)
    with pytest.raises(Refused, match="sent for approval"):
        operations.update_people(run, by=hr)


def test_it_takes_an_executive_who_did_not_prepare_it(
    role: Role, metric: Metric, deniz: Person, hr: Account
) -> None:
    hr.roles = ["hr", "executive"]
    run = make.proposed(make.plan(role, make.weighed(metric)), by=hr)
    for account in (hr, people.account(roles=["hr"])):
        with pytest.raises(Refused, match="did not prepare"):
            operations.approve_run(run, by=account)
    operations.approve_run(run, by=people.account(roles=["executive"]))
    assert run.state is RunState.APPROVED


def test_sent_back_it_is_worked_out_anew(
    role: Role, metric: Metric, deniz: Person, hr: Account
) -> None:
    run = make.proposed(make.plan(role, make.weighed(metric)), by=hr)
    before, director = run.content_hash, people.account(roles=["executive"])
    with pytest.raises(Refused, match="put right"):
        operations.return_run(run, note="", by=director)
    operations.return_run(run, note="Pay of Deniz", by=director)
    assert db.session.query(BonusStatement).count() == 0
    db.session.query(BonusEntry).one().pay = 66_000_000
    operations.propose_run(run, by=hr)
    assert run.content_hash != before
    assert db.session.query(BonusStatement).one().amount == 1_650_000


def test_an_issued_statement_says_how_and_is_told_without_an_amount(
    role: Role, metric: Metric, deniz: Person
) -> None:
    row = only(role, metric)
    operations.hand_out(row.run, after=0)
    assert (row.amount, row.issued_at is not None, row.document is not None) == (
        1_500_000, True, True,
    )  # fmt: skip
    mail = db.session.query(OutgoingMail).one()
    assert mail.subject == "Your bonus statement"
    assert "15" not in mail.text.replace(f"statements/{row.id}", "")
    notice = sa.select(Notice.kind).join(Account, Account.id == Notice.account_id)
    mine = notice.where(Account.person_id == deniz.id)
    assert list(db.session.scalars(mine)) == ["bonuses.issued"]
    operations.hand_out(row.run, after=0)
    assert db.session.query(OutgoingMail).count() == 1


def test_a_later_correction_of_a_figure_changes_no_statement(
    role: Role, metric: Metric, deniz: Person, hr: Account
) -> None:
    from portal.metrics.models import MetricValue

    row = only(role, metric)
    before = documents.shown(row)
    value = db.session.query(MetricValue).filter_by(period=date(2026, 8, 1)).one()
    correct_value(value, value=Decimal(60), sample=100, reason="Wrong person", by=hr)
    db.session.flush()
    assert documents.shown(row) == before
    fresh = operations.correct_statement(row, reason="August was wrong", pay=None, by=hr)
    assert (fresh.number, fresh.amount, row.amount) == (2, 600_000, 1_500_000)
    assert db.session.execute(queries.sums(row.run_id)).one().total == 1_500_000
    with pytest.raises(Refused, match="waits for a second person"):
        operations.correct_statement(row, reason="Again", pay=None, by=hr)
    operations.approve_correction(fresh, by=people.account(roles=["executive"]))
    assert db.session.execute(queries.sums(row.run_id)).one().total == 600_000
    with pytest.raises(Refused, match="newer statement"):
        operations.correct_statement(row, reason="Again", pay=None, by=hr)
    with pytest.raises(Refused, match="Nothing is different"):
        operations.correct_statement(fresh, reason="Again", pay=None, by=hr)


def test_a_correction_needs_a_reason_and_is_not_ones_own(
    role: Role, metric: Metric, deniz: Person, hr: Account
) -> None:
    row = only(role, metric)
    with pytest.raises(Refused) as refused:
        operations.correct_statement(row, reason=" ", pay=1, by=hr)
    assert refused.value.field == "reason"
    me = db.session.query(Account).filter_by(person_id=deniz.id).one()
    me.roles = ["hr"]
    with pytest.raises(Refused, match="own statement"):
        operations.correct_statement(row, reason="More", pay=1, by=me)


def test_days_outside_the_plan_are_not_paid(role: Role, metric: Metric) -> None:
    worker(role, metric, starts_on=date(2026, 7, 24))
    row = only(role, metric)
    assert row.amount == 1_125_000
    assert documents.unpacked(row).inputs.days == 69


def test_who_moves_within_the_plan_is_paid_whole(role: Role, metric: Metric) -> None:
    person = worker(role, metric, ends_on=date(2026, 8, 10))
    people.employment(person, role=role, starts_on=date(2026, 8, 11))
    assert only(role, metric).amount == 1_500_000


def test_team_and_site_narrow_the_audience(role: Role, metric: Metric, deniz: Person) -> None:
    team: Team = people.team(parent=deniz.employments[0].team)
    inside = worker(role, metric, team=team)
    found = make.issued(make.plan(role, make.weighed(metric), team_id=team.id))
    assert [row.person_id for row in found] == [inside.id]
    site = deniz.employments[0].site
    other = worker(role, metric)
    found = make.issued(make.plan(role, make.weighed(metric), site_id=other.employments[0].site_id))
    assert site.id != other.employments[0].site_id
    assert [row.person_id for row in found] == [other.id]


@pytest.mark.parametrize(
    ("since", "amount"), [(date(2026, 9, 30), 750_000), (date(2026, 10, 1), 1_500_000)]
)
def test_a_corrective_action_counts_if_it_was_open_on_the_last_day(
    role: Role, metric: Metric, deniz: Person, since: date, amount: int
) -> None:
    conduct.action(deniz, since=since)
    row = only(role, metric, needs_conduct=True, failed_gate=FailedGate.HALVE)
    assert row.amount == amount


def test_a_mandatory_certificate_must_be_in_force_on_the_last_day(
    role: Role, metric: Metric, deniz: Person
) -> None:
    held = worker(role, metric)
    paper = certification.certification()
    certification.mandate(paper, role=role, starts_on=date(2026, 1, 1), within_days=0)
    certification.award(held, paper, date(2026, 2, 1), date(2026, 9, 30))
    certification.award(deniz, paper, date(2026, 2, 1), date(2026, 9, 1))
    found = make.issued(make.plan(role, make.weighed(metric), needs_certificates=True))
    assert {row.person_id: row.amount for row in found} == {held.id: 1_500_000, deniz.id: 0}


def test_attendance_without_a_figure_is_not_held_against_anybody(
    role: Role, metric: Metric, deniz: Person
) -> None:
    there = worker(role, metric)
    adherence = metrics.metric("adherence")
    metrics.value(there, adherence, 70, period=date(2026, 7, 1))
    found = make.issued(make.plan(
        role, make.weighed(metric), attendance_id=adherence.id, attendance_least=Decimal(80)
    ))  # fmt: skip
    assert {row.person_id: row.amount for row in found} == {there.id: 0, deniz.id: 1_500_000}
    gate = documents.unpacked(next(row for row in found if not row.amount)).result.gates[0]
    assert (gate.kind, gate.value) == (GateKind.ATTENDANCE, 70)


def test_the_state_of_a_run_allows_only_its_next_steps(
    role: Role, metric: Metric, deniz: Person, hr: Account
) -> None:
    run: BonusRun = make.run(make.plan(role, make.weighed(metric)), by=hr)
    with pytest.raises(Refused):
        operations.issue_run(run, by=hr)
    operations.propose_run(run, by=hr)
    with pytest.raises(Refused):
        operations.propose_run(run, by=hr)
    operations.cancel_run(run, by=hr)
    assert db.session.query(BonusStatement).count() == 0
    with pytest.raises(Refused):
        operations.cancel_run(run, by=hr)


def test_a_correction_is_issued_by_a_second_person_or_dropped(
    role: Role, metric: Metric, deniz: Person, hr: Account
) -> None:
    row, other = only(role, metric), people.account(roles=["hr"])
    fresh = operations.correct_statement(row, reason="Pay was raised", pay=66_000_000, by=hr)
    with pytest.raises(Refused, match="another of HR"):
        operations.approve_correction(fresh, by=hr)
    notice = sa.select(Notice.kind).where(Notice.account_id == other.id).order_by(Notice.id)
    assert list(db.session.scalars(notice)) == ["bonuses.correction_to_approve"]
    operations.refuse_correction(fresh, by=other)
    db.session.flush()
    again = operations.correct_statement(row, reason="Pay was raised", pay=66_000_000, by=hr)
    assert again.number == 2
    assert again.document is None
    operations.approve_correction(again, by=other)
    assert again.document is not None
    with pytest.raises(Refused):
        operations.refuse_correction(again, by=other)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE bonus_statement SET amount = 1",
        "UPDATE bonus_statement SET content = '{}'",
        "UPDATE bonus_statement SET issued_at = NULL",
        "UPDATE bonus_statement SET document_id = NULL",
        "DELETE FROM bonus_statement",
    ],
)
def test_the_database_keeps_what_a_statement_says(
    role: Role, metric: Metric, deniz: Person, change: str
) -> None:
    row = only(role, metric)
    operations.hand_out(row.run, after=0)
    db.session.flush()
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.session.begin_nested():
        db.session.execute(sa.text(change))
