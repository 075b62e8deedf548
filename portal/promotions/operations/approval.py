"""Approve exactly the terms that were seen, step by step, or send them back."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.hiring.states import StepState
from portal.promotions import documents, notices, policy, queries
from portal.promotions.models import Promotion, PromotionStep
from portal.promotions.operations import checks, steps
from portal.promotions.states import PROMOTION_MOVES, PromotionFact, PromotionState


def approve_step(promotion: Promotion, *, seen_terms: str, note: str, by: Account) -> None:
    """Approve the open step for the terms whose hash was seen; the last one makes the letter.

    Raises:
        Refused: if the terms changed meanwhile, the step is not this person's, the day is over or
            the position is taken.
    """
    step = _locked_step(promotion, seen_terms, by)
    checks.require_day_ahead(promotion.starts_on, promotion.site)
    if promotion.position is not None:
        checks.require_free(promotion, promotion.position, promotion.starts_on)
    _decide(step, StepState.APPROVED, note, by)
    audit.record(PromotionFact.STEP_APPROVED, promotion, by=by, step=str(step.kind))
    if steps.open_next(promotion):
        return
    require_move(PROMOTION_MOVES, promotion.state, PromotionState.APPROVED)
    promotion.state, promotion.approved_at = PromotionState.APPROVED, clock.now()
    promotion.document = documents.issue_letter(promotion, by=by)
    audit.record(PromotionFact.APPROVED, promotion, by=by)
    notices.approved(promotion, by=by)


def return_promotion(promotion: Promotion, *, seen_terms: str, note: str, by: Account) -> None:
    """Say no to these terms, with a reason; they can be changed and sent again.

    Raises:
        Refused: as for approving, or if the reason is missing.
    """
    if not note.strip():
        raise Refused(_("Say what should change."), field="note")
    step = _locked_step(promotion, seen_terms, by)
    _decide(step, StepState.REFUSED, note, by)
    require_move(PROMOTION_MOVES, promotion.state, PromotionState.RETURNED)
    promotion.state = PromotionState.RETURNED
    audit.record(PromotionFact.RETURNED, promotion, by=by, step=str(step.kind))
    notices.returned(promotion, by=by)


def _locked_step(promotion: Promotion, seen_terms: str, by: Account) -> PromotionStep:
    """The open step, once nobody else can decide it at the same time."""
    db.session.scalars(queries.promotion_for_update(promotion.id)).one()
    step = promotion.open_step
    if step is None:
        raise Refused(_("This promotion is not waiting for approval."))
    if seen_terms != promotion.terms_hash:
        raise Refused(_("The terms have changed since you opened them. Look at them again."))
    if not policy.decide_step(by, promotion):
        raise Refused(_("This step is for somebody else: nobody decides twice or on their own."))
    return step


def _decide(step: PromotionStep, state: StepState, note: str, by: Account) -> None:
    step.state, step.note = state, note.strip()
    step.decided_by_id, step.decided_at = by.id, clock.now()
    db.session.flush()
