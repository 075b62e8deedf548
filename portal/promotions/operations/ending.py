"""What becomes of a promotion when its person leaves or moves some other way."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.core import audit, i18n
from portal.core.db import db
from portal.core.states import require_move
from portal.people.models import Employment
from portal.promotions import notices, queries
from portal.promotions.models import Promotion
from portal.promotions.states import PROMOTION_MOVES, PromotionFact, PromotionState


def end_promotion(promotion: Promotion, *, note: str) -> None:
    """End it without anybody's word, and say why to those who keep it."""
    require_move(PROMOTION_MOVES, promotion.state, PromotionState.ENDED)
    promotion.state, promotion.end_note = PromotionState.ENDED, note
    audit.record(PromotionFact.ENDED, promotion, by=None)
    notices.ended(promotion)


def leave(employment: Employment) -> None:
    """Who leaves before or on the day is not promoted."""
    promotion = db.session.scalar(queries.live_of(employment.person_id))
    if promotion is None or employment.ends_on is None:
        return
    end_promotion(
        promotion,
        note=_("%(who)s leaves on %(day)s.",
               who=promotion.person.display_name, day=i18n.date(employment.ends_on)),
    )  # fmt: skip


def follow_employment(employment: Employment) -> None:
    """Who holds the role by another way, or takes another post from the day on, needs none."""
    promotion = db.session.scalar(queries.live_of(employment.person_id))
    if promotion is None:
        return
    same = employment.role_id == promotion.role_id
    if same or employment.starts_on >= promotion.starts_on:
        end_promotion(
            promotion,
            note=_("%(who)s holds another post from %(day)s.",
                   who=promotion.person.display_name, day=i18n.date(employment.starts_on)),
        )  # fmt: skip
