"""Verbs of making, approving, sending and answering an offer."""

from portal.offers.operations.answer import (
    accept_offer,
    decline_offer,
    note_opening,
    opened_offer,
)
from portal.offers.operations.approval import approve_offer, refuse_offer, submit_offer
from portal.offers.operations.erasure import erase_offers
from portal.offers.operations.letter import change_letter, letter_in_force, load_letters
from portal.offers.operations.offer import change_offer, make_offer, withdraw_offer
from portal.offers.operations.sending import expire_offers, send_offer

__all__ = [
    "accept_offer",
    "approve_offer",
    "change_letter",
    "change_offer",
    "decline_offer",
    "erase_offers",
    "expire_offers",
    "letter_in_force",
    "load_letters",
    "make_offer",
    "note_opening",
    "opened_offer",
    "refuse_offer",
    "send_offer",
    "submit_offer",
    "withdraw_offer",
]
