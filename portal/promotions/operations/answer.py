"""Telling the person, and the person's own yes or no."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.promotions import notices, queries
from portal.promotions.models import Promotion
from portal.promotions.operations import checks
from portal.promotions.operations.effect import effect_promotion
from portal.promotions.states import PROMOTION_MOVES, PromotionFact, PromotionState
from portal.promotions.terms import terms_hash


def tell_person(promotion: Promotion, *, by: Account) -> None:
    """Let the person know: from now on they see the promotion and its letter, and can answer.

    Raises:
        Refused: if its terms are not approved as they stand, the letter is not ready, or the day
            is over.
    """
    require_move(PROMOTION_MOVES, promotion.state, PromotionState.OFFERED)
    if terms_hash(promotion) != promotion.terms_hash:
        raise Refused(_("The terms have changed since they were approved."))
    if promotion.document is None or not promotion.document.is_ready:
        raise Refused(_("The letter is still being made. Try again in a moment."))
    checks.require_day_ahead(promotion.starts_on, promotion.site)
    promotion.state, promotion.told_at = PromotionState.OFFERED, clock.now()
    audit.record(PromotionFact.TOLD, promotion, by=by)
    notices.tell_person(promotion)


def accept_promotion(promotion: Promotion, *, by: Account) -> None:
    """Say yes; on the day, or at once if that is today, the new role is held.

    Raises:
        Refused: if it is no longer to be answered, or its day is over.
    """
    if _again(promotion, PromotionState.ACCEPTED, by):
        return
    checks.require_day_ahead(promotion.starts_on, promotion.site)
    _answer(promotion, PromotionState.ACCEPTED, "")
    digest = promotion.document.sha256 if promotion.document else ""
    audit.record(PromotionFact.ACCEPTED, promotion, by=by, letter_sha256=digest)
    notices.accepted(promotion)
    effect_promotion(promotion.id)


def decline_promotion(promotion: Promotion, *, note: str, by: Account) -> None:
    """Say no, with a word if they like; the promotion ends.

    Raises:
        Refused: if it is no longer to be answered.
    """
    if _again(promotion, PromotionState.DECLINED, by):
        return
    _answer(promotion, PromotionState.DECLINED, note.strip())
    audit.record(PromotionFact.DECLINED, promotion, by=by)
    notices.declined(promotion)


def _again(promotion: Promotion, wanted: PromotionState, by: Account) -> bool:
    """Whether a second click finds its answer given already."""
    db.session.scalars(queries.promotion_for_update(promotion.id)).one()
    if by.person_id != promotion.person_id:
        raise Refused(_("Only the person it is about can answer."))
    given = {wanted, PromotionState.EFFECTIVE} if wanted is PromotionState.ACCEPTED else {wanted}
    return promotion.state in given


def _answer(promotion: Promotion, state: PromotionState, note: str) -> None:
    require_move(PROMOTION_MOVES, promotion.state, state)
    promotion.state, promotion.answered_at = state, clock.now()
    promotion.answer_note = note
