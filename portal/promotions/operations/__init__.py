"""Verbs of proposing, deciding, answering and carrying out a promotion."""

from portal.promotions.operations.answer import accept_promotion, decline_promotion, tell_person
from portal.promotions.operations.approval import approve_step, return_promotion
from portal.promotions.operations.effect import announce, effect_promotion, settle
from portal.promotions.operations.ending import end_promotion, follow_employment, leave
from portal.promotions.operations.proposal import (
    change_promotion,
    propose,
    withdraw_promotion,
    write_announcement,
)
from portal.promotions.operations.wish import set_wish

__all__ = [
    "accept_promotion",
    "announce",
    "approve_step",
    "change_promotion",
    "decline_promotion",
    "effect_promotion",
    "end_promotion",
    "follow_employment",
    "leave",
    "propose",
    "return_promotion",
    "set_wish",
    "settle",
    "tell_person",
    "withdraw_promotion",
    "write_announcement",
]
