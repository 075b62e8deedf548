"""Probation: proposing, confirming by a second person, sending back, what follows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox import Notice
from portal.core.mail.models import OutgoingMail
from portal.onboarding import operations
from portal.onboarding.models import OnboardingPlan
from portal.onboarding.states import DecisionState, ProbationOutcome
from tests.factories import onboarding as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session", "clock")
PASS, EXTEND, END = ProbationOutcome
ENDS = date(2026, 12, 4)


@pytest.fixture
def plan() -> OnboardingPlan:
    job = make.hire(starts_on=date(2026, 9, 7))
    return make.plan(job, probation_ends_on=ENDS)


@pytest.fixture
def hire(plan: OnboardingPlan) -> Any:
    return people.account(person=plan.person, language="tr")


@pytest.fixture
def boss(plan: OnboardingPlan) -> Any:
    return people.account(person=plan.manager)


@pytest.fixture
def hr(plan: OnboardingPlan) -> Any:
    return people.account(roles=["hr"])


def propose(plan: Any, by: Any, outcome: Any = PASS, until: date | None = None) -> Any:
    return operations.propose_probation(
        plan, outcome=outcome, until=until, reason="Exact in writing.", by=by
    )


def kinds(account: Any) -> list[str]:
    found = sa.select(Notice.kind).filter_by(account_id=account.id).order_by(Notice.id)
    return [kind.removeprefix("onboarding.") for kind in db.session.scalars(found)]


def test_a_passed_probation_takes_two_people_and_ends_with_a_letter(
    plan: Any, hire: Any, boss: Any, hr: Any
) -> None:
    decision = propose(plan, boss)
    assert decision.state is DecisionState.PROPOSED
    assert (kinds(hr), kinds(hire)) == (["probation_proposed"], [])
    operations.confirm_probation(decision, by=hr)
    assert (decision.state, decision.decided_by_id) == (DecisionState.CONFIRMED, hr.id)
    assert decision.document.kind == "probation_letter"
    assert decision.document.locale == "en"
    assert (kinds(hire), kinds(boss)) == (["your_probation"], ["probation_confirmed"])
    mail = db.session.scalars(sa.select(OutgoingMail)).one()
    assert (mail.kind, mail.locale, mail.to_address) == (
        "onboarding/probation", "tr", hire.email,
    )  # fmt: skip
    for refused in (lambda: operations.confirm_probation(decision, by=hr),
                    lambda: propose(plan, boss)):  # fmt: skip
        with pytest.raises(Refused):
            refused()


def test_an_extended_probation_gets_a_check_in_before_its_new_end(
    plan: Any, boss: Any, hr: Any
) -> None:
    operations.confirm_probation(propose(plan, boss, EXTEND, date(2027, 1, 29)), by=hr)
    assert plan.probation_ends_on == date(2027, 1, 29)
    [talk] = [task for task in plan.tasks if task.check_in]
    assert (talk.due_on, talk.owner_id) == (date(2027, 1, 22), plan.manager_id)
    assert talk.title["ja"].startswith("延長した試用期間")
    second = propose(plan, boss)
    assert second.state is DecisionState.PROPOSED, "an extended probation is decided once more"


@pytest.mark.parametrize(
    ("outcome", "until"),
    [
        (EXTEND, None),
        (EXTEND, date(2026, 11, 20)),
        (EXTEND, ENDS),
        (END, None),
        (END, date(2026, 11, 23)),
    ],
)
def test_the_day_has_to_fit(plan: Any, boss: Any, outcome: Any, until: date | None) -> None:
    with pytest.raises(Refused) as refused:
        propose(plan, boss, outcome, until)
    assert refused.value.field == "until"


def test_a_day_that_is_over_by_now_is_not_confirmed(
    plan: Any, boss: Any, hr: Any, clock: Any
) -> None:
    from datetime import UTC, datetime

    decision = propose(plan, boss, EXTEND, date(2026, 12, 11))
    clock(datetime(2026, 12, 14, 9, tzinfo=UTC))
    with pytest.raises(Refused, match="later day"):
        operations.confirm_probation(decision, by=hr)
    operations.return_probation(decision, note="Choose a new day.", by=hr)
    assert propose(plan, boss, EXTEND, date(2027, 1, 29)).state is DecisionState.PROPOSED


def test_ending_it_offers_to_end_the_employment_and_does_not_do_so(
    plan: Any, boss: Any, hr: Any
) -> None:
    decision = propose(plan, boss, END, date(2026, 11, 30))
    with pytest.raises(Refused, match="no confirmed decision"):
        operations.end_employment(decision, by=hr)
    operations.confirm_probation(decision, by=hr)
    assert plan.employment.ends_on is None
    with pytest.raises(Refused, match="no confirmed decision"):
        operations.end_employment(decision, by=boss)
    operations.end_employment(decision, by=hr)
    assert plan.employment.ends_on == date(2026, 11, 30)
    with pytest.raises(Refused, match="already"):
        operations.end_employment(decision, by=hr)


def test_a_proposal_can_be_sent_back_and_made_anew(plan: Any, boss: Any, hr: Any) -> None:
    decision = propose(plan, boss)
    with pytest.raises(Refused, match="waits for HR already"):
        propose(plan, hr)
    operations.return_probation(decision, note="Name examples.", by=hr)
    assert (decision.state, decision.note) == (DecisionState.RETURNED, "Name examples.")
    assert kinds(boss) == ["probation_returned"]
    assert propose(plan, boss).state is DecisionState.PROPOSED


def test_nobody_decides_alone_nor_about_themself(plan: Any, boss: Any, hr: Any) -> None:
    own = people.account(person=plan.person, roles=["hr"])
    with pytest.raises(Refused, match="their own"):
        propose(plan, own)
    decision = propose(plan, hr)
    for account in (hr, own, boss):
        for decide in (
            lambda by: operations.confirm_probation(decision, by=by),
            lambda by: operations.return_probation(decision, note="No.", by=by),
        ):
            with pytest.raises(Refused, match="two people"):
                decide(account)
    operations.confirm_probation(decision, by=people.account(roles=["hr"]))


def test_without_a_probation_or_before_the_start_there_is_nothing_to_decide(
    plan: Any, boss: Any
) -> None:
    plan.probation_ends_on = None
    db.session.flush()
    with pytest.raises(Refused, match="no probation"):
        propose(plan, boss)
    coming = make.plan(make.hire(), probation_ends_on=ENDS)
    with pytest.raises(Refused, match="not begun"):
        propose(coming, boss)
