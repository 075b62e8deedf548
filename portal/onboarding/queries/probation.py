"""Probation: what was decided, what waits, and what ends soon."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Account
from portal.onboarding.models import OnboardingPlan, ProbationDecision
from portal.onboarding.queries.plans import answers_for, person_named
from portal.onboarding.states import DecisionState, ProbationOutcome
from portal.people.models import Employment


def decisions_of(plan_id: int) -> sa.Select[Any]:
    """Every proposal and decision about one probation, the newest first."""
    return (
        sa.select(ProbationDecision)
        .where(ProbationDecision.plan_id == plan_id)
        .options(
            joinedload(ProbationDecision.proposed_by, innerjoin=True),
            joinedload(ProbationDecision.decided_by),
            joinedload(ProbationDecision.document),
        )
        .order_by(ProbationDecision.id.desc())
    )


def decisions_to_confirm(viewer: Account) -> sa.Select[Any]:
    """Proposals that wait for HR, without the viewer's own and those about the viewer."""
    return (
        sa.select(ProbationDecision)
        .join(ProbationDecision.plan)
        .where(
            ProbationDecision.state == DecisionState.PROPOSED,
            ProbationDecision.proposed_by_id != viewer.id,
            OnboardingPlan.person_id != viewer.person_id,
        )
        .options(joinedload(ProbationDecision.plan).options(person_named(OnboardingPlan.person)))
        .order_by(ProbationDecision.id)
    )


def probations_ending(viewer: Account, *, by: date) -> sa.Select[Any]:
    """Probations of the viewer's own hires that end by a day and nobody has proposed on.

    HR sees to those of hires without a manager.
    """
    settled = sa.exists().where(
        ProbationDecision.plan_id == OnboardingPlan.id,
        sa.or_(
            ProbationDecision.state == DecisionState.PROPOSED,
            sa.and_(
                ProbationDecision.state == DecisionState.CONFIRMED,
                ProbationDecision.outcome != ProbationOutcome.EXTEND,
            ),
        ),
    )
    own = answers_for(viewer)
    if viewer.has_role("hr"):
        own = sa.or_(own, OnboardingPlan.manager_id.is_(None))
    return (
        sa.select(OnboardingPlan)
        .join(OnboardingPlan.employment)
        .join(Employment.team)
        .where(
            OnboardingPlan.stopped_at.is_(None),
            OnboardingPlan.probation_ends_on <= by,
            OnboardingPlan.person_id != viewer.person_id,
            own,
            ~settled,
        )
        .options(person_named(OnboardingPlan.person))
        .order_by(OnboardingPlan.probation_ends_on, OnboardingPlan.id)
    )
