"""What becomes of a promotion when its person leaves or moves some other way."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.core import audit, i18n
from portal.core.db import Words, db
from portal.core.states import require_move
from portal.people.models import Employment
from portal.promotions import notices, queries
from portal.promotions.models import Promotion
from portal.promotions.states import PROMOTION_MOVES, PromotionFact, PromotionState


def end_promotion(promotion: Promotion, *, why: Words) -> None:
    """End it without anybody's word, and say why, in every language, to those who keep it."""
    require_move(PROMOTION_MOVES, promotion.state, PromotionState.ENDED)
    promotion.state, promotion.ended_why = PromotionState.ENDED, why
    audit.record(PromotionFact.ENDED, promotion, by=None)
    notices.ended(promotion)


def leave(employment: Employment) -> None:
    """Who leaves before or on the day is not promoted."""
    promotion, day = db.session.scalar(queries.live_of(employment.person_id)), employment.ends_on
    if promotion is None or day is None:
        return
    who = promotion.person.display_name
    why = i18n.in_each_language(
        lambda: _("%(who)s leaves on %(day)s.", who=who, day=i18n.date(day))
    )
    end_promotion(promotion, why=why)


def follow_employment(employment: Employment) -> None:
    """Who holds the role by another way, or takes another post from the day on, needs none."""
    promotion, day = db.session.scalar(queries.live_of(employment.person_id)), employment.starts_on
    if promotion is None:
        return
    same = employment.role_id == promotion.role_id
    if same or day >= promotion.starts_on:
        who = promotion.person.display_name
        why = i18n.in_each_language(
            lambda: _("%(who)s holds another post from %(day)s.", who=who, day=i18n.date(day))
        )
        end_promotion(promotion, why=why)
