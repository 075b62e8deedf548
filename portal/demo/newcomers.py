"""People in their first months, in every state a plan and a probation can be in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from portal.accounts import queries as accounts
from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.demo.first_months import MESSAGES, NEW_TASK, REASONS
from portal.demo.names import names
from portal.demo.organisation import Hiring
from portal.demo.recent_hires import catch_up
from portal.onboarding import operations as onboarding
from portal.onboarding.models import OnboardingPlan, OnboardingTemplate, ProbationDecision
from portal.onboarding.states import ProbationOutcome, TaskOwner, TaskTime
from portal.people import operations as people
from portal.people.models import Person


@dataclass(frozen=True)
class Newcomer:
    """Somebody hired so many days ago, what they left open, and how their probation goes."""

    site: str
    team: int
    days: int
    open: frozenset[str] = frozenset()
    finished: bool = False
    left: bool = False
    outcome: ProbationOutcome | None = None
    confirmed: bool = False


BLOCKING = frozenset({"privacy_training", "product_training", "first_contacts"})
NEWCOMERS = (
    Newcomer("istanbul", 0, 86, outcome=ProbationOutcome.PASS, confirmed=True),
    Newcomer("istanbul", 1, 84, outcome=ProbationOutcome.EXTEND),
    Newcomer("istanbul", 0, 33, open=frozenset({"check_in_30", "service_workshop"})),
    Newcomer("istanbul", 1, 12),
    Newcomer("madrid", 0, 85, outcome=ProbationOutcome.EXTEND, confirmed=True),
    Newcomer("madrid", 1, 30, open=BLOCKING),
    Newcomer("madrid", 0, 88, finished=True, outcome=ProbationOutcome.PASS, confirmed=True),
    Newcomer("dublin", 0, 118, open=frozenset({"qa_side_by_side", "check_in_90"})),
    Newcomer("dublin", 1, 55, left=True),
    Newcomer("osaka", 0, 62, open=frozenset({"check_in_60"})),
    Newcomer("osaka", 1, 83, outcome=ProbationOutcome.END),
)


def arrive(cast: Cast) -> None:
    """Hire them on their day and let them work through their plans until today."""
    hire = Hiring(cast)
    lines = {
        language: names(language, cast.random, cast.taken) for language in ("tr", "es", "en", "ja")
    }
    for one in NEWCOMERS:
        team = cast.team(cast.site(one.site), one.team)
        # People begin on Mondays, the day after they were entered.
        days = one.days + (clock.today() - timedelta(days=one.days - 1)).weekday()
        person = hire.take(
            next(lines[team.site.language]), "customer_service_associate", team, team.lead, days
        )
        plan = db.session.scalars(sa.select(OnboardingPlan).filter_by(person_id=person.id)).one()
        catch_up(cast, plan, leave_open=one.open, everything=one.finished)
        if one.outcome is not None:
            _decide(cast, plan, one)
        if one.left:
            _leave(plan, person)
    _change_template(cast)


def _decide(cast: Cast, plan: OnboardingPlan, one: Newcomer) -> None:
    assert plan.manager_id is not None
    assert one.outcome is not None
    manager = db.session.scalars(accounts.account_of(plan.manager_id)).one()
    until = _until(plan, one.outcome)
    with days_ago(4):
        decision = onboarding.propose_probation(
            plan,
            outcome=one.outcome,
            until=until,
            reason=REASONS[str(one.outcome)][manager.language],
            message=MESSAGES.get(str(one.outcome), {}).get(plan.person.language, ""),
            by=manager,
        )
    if one.confirmed:
        _confirm(decision, cast.account("hr"))


def _until(plan: OnboardingPlan, outcome: ProbationOutcome) -> date | None:
    assert plan.probation_ends_on is not None
    if outcome is ProbationOutcome.EXTEND:
        return plan.probation_ends_on + timedelta(days=60)
    return clock.today() + timedelta(days=10) if outcome is ProbationOutcome.END else None


def _confirm(decision: ProbationDecision, hr: Account) -> None:
    with days_ago(2):
        onboarding.confirm_probation(decision, by=hr)


def _leave(plan: OnboardingPlan, person: Person) -> None:
    with days_ago(6):
        gone = clock.today() - timedelta(days=1)
        people.end_employment(plan.employment, ends_on=gone, by=None)
    db.session.expire(person, ["employments"])


def _change_template(cast: Cast) -> None:
    """A newer version of the associates' template: running plans may follow it."""
    hr = cast.account("hr")
    found = sa.select(OnboardingTemplate).filter_by(key="customer_service_associate")
    template = db.session.scalars(found).one()
    draft = onboarding.draft_template(template, by=hr)
    onboarding.add_task(draft, _late_shift(), by=hr)
    onboarding.remove_task(draft, "tool_telephony", by=hr)
    onboarding.publish_template(draft, by=hr)


def _late_shift() -> onboarding.Entry:
    return onboarding.Entry(
        title=NEW_TASK["title"],
        help=NEW_TASK["help"],
        time=TaskTime.AFTER,
        days=70,
        owner=TaskOwner.BUDDY,
        needs_evidence=False,
        blocking=False,
    )
