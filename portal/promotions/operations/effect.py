"""What the day brings: the new employment, exactly once, or the end of what nobody answered."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock, i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.people.operations import set_team_lead, start_employment
from portal.people.states import EmploymentReason
from portal.promotions import notices, queries
from portal.promotions.models import Promotion
from portal.promotions.operations import checks
from portal.promotions.operations.ending import end_promotion
from portal.promotions.states import PROMOTION_MOVES, PromotionFact, PromotionState


def settle() -> int:
    """Carry out or end every promotion whose day has come; returns how many. Safe to run twice."""
    keys = db.session.scalars(queries.to_settle()).all()
    return sum(effect_promotion(key) or _lapse(key) for key in keys)


def effect_promotion(promotion_id: int) -> bool:
    """Start the new employment if the person has accepted and the day has come at the site.

    Whoever comes second waits for the lock and then finds it done.
    """
    promotion = db.session.scalars(queries.promotion_for_update(promotion_id)).one()
    today = clock.today(promotion.site.time_zone)
    if promotion.state is not PromotionState.ACCEPTED or promotion.starts_on > today:
        return False
    if _attempt(promotion):
        # Nobody is there to put it right: it ends with the reason, and HR is told.
        end_promotion(promotion, why=i18n.in_each_language(lambda: _attempt(promotion)))
        return True
    audit.record(PromotionFact.EFFECTIVE, promotion, by=None)
    notices.effective(promotion)
    if promotion.announcement:
        announce(promotion, by=None)
    return True


def _attempt(promotion: Promotion) -> str:
    """Start the employment, or say what stands in the way, in the language at hand."""
    try:
        with db.session.begin_nested():
            _employ(promotion)
    except Refused as refused:
        return refused.message
    return ""


def _employ(promotion: Promotion) -> None:
    if promotion.position is not None:
        checks.require_free(promotion, promotion.position, promotion.starts_on)
    require_move(PROMOTION_MOVES, promotion.state, PromotionState.EFFECTIVE)
    promotion.state, promotion.effected_at = PromotionState.EFFECTIVE, clock.now()
    start_employment(
        promotion.person,
        role=promotion.role,
        team=promotion.team,
        site=promotion.site,
        manager=promotion.manager,
        starts_on=promotion.starts_on,
        reason=EmploymentReason.PROMOTION,
        shift=promotion.employment.shift,
        position=promotion.position,
        source=promotion,
        by=None,
    )
    if promotion.leads_team:
        # The reviews, 1:1s and plans of the team go over to the new lead in the same transaction.
        set_team_lead(promotion.team, lead=promotion.person, by=None)


def _lapse(promotion_id: int) -> bool:
    """End what was approved but not answered before its day was over."""
    promotion = db.session.scalars(queries.promotion_for_update(promotion_id)).one()
    silent = promotion.state in {PromotionState.OFFERED, PromotionState.APPROVED}
    if not silent or promotion.starts_on >= clock.today(promotion.site.time_zone):
        return False
    require_move(PROMOTION_MOVES, promotion.state, PromotionState.LAPSED)
    told = promotion.state is PromotionState.OFFERED
    promotion.state = PromotionState.LAPSED
    audit.record(PromotionFact.LAPSED, promotion, by=None)
    notices.lapsed(promotion, told=told)
    return True


def announce(promotion: Promotion, *, by: Account | None) -> None:
    """Tell the old team and the new one, once.

    Raises:
        Refused: if it is not in effect, was announced already, or there is no text.
    """
    if promotion.state is not PromotionState.EFFECTIVE or promotion.announced_at is not None:
        raise Refused(_("A promotion is announced once, after it has taken effect."))
    if not promotion.announcement:
        raise Refused(_("Write what the team should read."), field="text")
    promotion.announced_at = clock.now()
    audit.record(PromotionFact.ANNOUNCED, promotion, by=by)
    notices.announce(promotion)
