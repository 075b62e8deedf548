"""Saying whether one is open to another post; it is one's own and HR's to know."""

from __future__ import annotations

from collections.abc import Collection

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.promotions import queries
from portal.promotions.models import MoveWish
from portal.promotions.states import PromotionFact


def set_wish(
    *, is_open: bool, role_ids: Collection[int], site_ids: Collection[int], by: Account
) -> MoveWish:
    """Keep what somebody would like; who is not open any more loses no choices."""
    wish = db.session.scalar(queries.wish_of(by.person_id))
    if wish is None:
        wish = MoveWish(person_id=by.person_id)
        db.session.add(wish)
    wish.is_open, wish.changed_at = is_open, clock.now()
    wish.role_ids, wish.site_ids = sorted(role_ids), sorted(site_ids)
    audit.record(PromotionFact.WISH_CHANGED, wish, by=by)
    return wish
