"""Probation: the manager proposes, a second person from HR confirms, the hire gets a letter."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock, i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.onboarding import documents, notices, policy
from portal.onboarding.calendar import working_day_from
from portal.onboarding.models import (
    OnboardingCheckIn,
    OnboardingPlan,
    OnboardingTask,
    ProbationDecision,
)
from portal.onboarding.starter import probation_pack
from portal.onboarding.states import (
    DECISION_MOVES,
    DecisionState,
    OnboardingFact,
    ProbationOutcome,
    TaskOwner,
)
from portal.people import operations as people

BEFORE_THE_END = timedelta(days=7)
"""The check-in of an extended probation leaves a week to decide."""


def propose_probation(
    plan: OnboardingPlan,
    *,
    outcome: ProbationOutcome,
    until: date | None,
    reason: str,
    message: str = "",
    by: Account,
) -> ProbationDecision:
    """Propose how a probation ends or goes on; ``until`` as in the table.

    Raises:
        Refused: if there is no probation or it is decided, somebody has proposed already, it has
            not begun, the day does not fit, or it is about oneself.

    """
    _require_open(plan, by)
    until = _fitting(plan, outcome, until)
    decision = ProbationDecision(
        plan=plan,
        outcome=outcome,
        until=until,
        reason=reason,
        message=message,
        proposed_by_id=by.id,
        proposed_at=clock.now(),
    )
    db.session.add(decision)
    audit.record(OnboardingFact.PROBATION_PROPOSED, decision, by=by, about=plan.person_id)
    notices.probation_proposed(decision)
    return decision


def _require_open(plan: OnboardingPlan, by: Account) -> None:
    if by.person_id == plan.person_id:
        raise Refused(_("Nobody decides on their own probation."))
    # The lock keeps two people from proposing at once.
    db.session.refresh(plan, ["probation_ends_on"], with_for_update=True)
    if plan.probation_ends_on is None or plan.stopped_at is not None:
        raise Refused(_("There is no probation to decide on."))
    if clock.today(plan.employment.site.time_zone) < plan.starts_on:
        raise Refused(_("The probation has not begun yet."))
    for decision in db.session.scalars(
        sa.select(ProbationDecision).where(ProbationDecision.plan_id == plan.id)
    ):
        if decision.state is DecisionState.PROPOSED:
            raise Refused(_("A proposal waits for HR already."))
        if decision.is_final:
            raise Refused(_("The probation is decided already."))


def _fitting(plan: OnboardingPlan, outcome: ProbationOutcome, until: date | None) -> date | None:
    """The day that belongs to the outcome, checked."""
    if outcome is ProbationOutcome.PASS:
        return None
    today = clock.today(plan.employment.site.time_zone)
    if until is None:
        raise Refused(_("Choose a day."), field="until")
    if outcome is ProbationOutcome.END and until < today:
        raise Refused(_("The last day of work can't be over already."), field="until")
    assert plan.probation_ends_on is not None
    if outcome is ProbationOutcome.EXTEND and until <= max(today, plan.probation_ends_on):
        raise Refused(
            _(
                "The probation ends on %(day)s. Choose a later day that is still to come.",
                day=i18n.date(plan.probation_ends_on),
            ),
            field="until",
        )
    return until


def confirm_probation(decision: ProbationDecision, *, by: Account) -> None:
    """Make a proposal the decision: the letter is issued and the person told.

    An extended probation gets a check-in before its new end.

    Raises:
        Refused: if it is decided already, one's own proposal or about oneself, or its day is over.

    """
    plan = decision.plan
    require_move(DECISION_MOVES, decision.state, DecisionState.CONFIRMED)
    _require_second_person(decision, by)
    if decision.outcome is not ProbationOutcome.PASS:
        _fitting(plan, decision.outcome, decision.until)
    _decide(decision, DecisionState.CONFIRMED, by)
    if decision.outcome is ProbationOutcome.EXTEND:
        plan.probation_ends_on = decision.until
        _add_check_in(plan)
    db.session.flush()
    decision.document = documents.issue_letter(decision, by=by)
    audit.record(OnboardingFact.PROBATION_CONFIRMED, decision, by=by, about=plan.person_id)
    notices.probation_confirmed(decision)


def return_probation(decision: ProbationDecision, *, note: str, by: Account) -> None:
    """Send a proposal back to who made it, and say why.

    Raises:
        Refused: if it is decided already, one's own or about oneself.

    """
    require_move(DECISION_MOVES, decision.state, DecisionState.RETURNED)
    _require_second_person(decision, by)
    decision.note = note
    _decide(decision, DecisionState.RETURNED, by)
    audit.record(OnboardingFact.PROBATION_RETURNED, decision, by=by, about=decision.plan.person_id)
    notices.probation_returned(decision)


def _require_second_person(decision: ProbationDecision, by: Account) -> None:
    if not policy.confirm_probation(by, decision):
        raise Refused(_("Somebody else from HR has to look at this: it takes two people."))


def _decide(decision: ProbationDecision, state: DecisionState, by: Account) -> None:
    decision.state = state
    decision.decided_by_id = by.id
    decision.decided_at = clock.now()


def _add_check_in(plan: OnboardingPlan) -> None:
    site, ends_on = plan.employment.site, plan.probation_ends_on
    assert ends_on is not None
    day = max(ends_on - BEFORE_THE_END, clock.today(site.time_zone))
    due_on = min(working_day_from(day, site.country, site.region), ends_on)
    number = (due_on - plan.starts_on).days
    words = probation_pack()["check_in"]
    plan.tasks.append(
        OnboardingTask(
            key=f"probation-{ends_on.isoformat()}",
            title=words["title"],
            help=words["help"],
            owner_kind=TaskOwner.MANAGER,
            owner_id=plan.manager_id,
            due_on=due_on,
            milestone=number,
            check_in=OnboardingCheckIn(),
        )
    )


def end_employment(decision: ProbationDecision, *, by: Account) -> None:
    """End the employment on the day the decision names.

    Raises:
        Refused: if the decision is another one, or the employment is over already.

    """
    if not policy.end_employment(by, decision):
        raise Refused(_("There is no confirmed decision to end this employment."))
    employment = decision.plan.employment
    if employment.ends_on is not None:
        raise Refused(
            _("The employment ends on %(day)s already.", day=i18n.date(employment.ends_on))
        )
    assert decision.until is not None
    people.end_employment(employment, ends_on=decision.until, by=by)
