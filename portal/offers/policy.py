"""Who may make, approve, send and read an offer."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.core.access import Viewer
from portal.hiring import policy as hiring
from portal.hiring.models import Application
from portal.offers.models import Offer
from portal.offers.states import OfferState

EDITABLE = frozenset({OfferState.DRAFT, OfferState.IN_APPROVAL, OfferState.APPROVED})


def see_offers(viewer: Account) -> bool:
    """HR, directors, managers and whoever leads a team; the list is narrowed to their own."""
    return viewer.has_role("hr", "executive", "manager") or bool(viewer.led_paths)


def make_offer(viewer: Viewer, application: Application) -> bool:
    """HR makes offers, to others."""
    return viewer.has_role("hr") and application.person_id != viewer.person_id


def see_offer(viewer: Viewer, offer: Offer) -> bool:
    """HR, directors, and the hiring manager: an offer shows pay; one's own comes by its link."""
    if offer.application.person_id == viewer.person_id:
        return False
    return viewer.has_role("hr", "executive") or is_hiring_manager(viewer, offer)


def is_hiring_manager(viewer: Viewer, offer: Offer) -> bool:
    """The one named on the requisition."""
    return offer.application.posting.requisition.hiring_manager_id == viewer.person_id


def prepare_offer(viewer: Viewer, offer: Offer) -> bool:
    """HR prepares offers, to others."""
    return make_offer(viewer, offer.application)


def change_offer(viewer: Viewer, offer: Offer) -> bool:
    """HR, until it is sent; changed terms need approving anew."""
    return prepare_offer(viewer, offer) and offer.state in EDITABLE


def approve_offer(viewer: Viewer, offer: Offer) -> bool:
    """A second person: whoever may see the offer but did not make it."""
    second = viewer.id != offer.created_by_id
    return see_offer(viewer, offer) and second and offer.state is OfferState.IN_APPROVAL


def send_offer(viewer: Viewer, offer: Offer) -> bool:
    """HR, once its terms are approved."""
    return prepare_offer(viewer, offer) and offer.state is OfferState.APPROVED


def withdraw_offer(viewer: Viewer, offer: Offer) -> bool:
    """HR, as long as the candidate has not answered."""
    open_still = offer.state in EDITABLE or offer.state is OfferState.SENT
    return prepare_offer(viewer, offer) and open_still


def edit_letters(viewer: Viewer) -> bool:
    """HR keeps the letter templates."""
    return viewer.has_role("hr")


def work_on(viewer: Viewer, offer: Offer) -> bool:
    """Whoever works on the application sees that there is an offer, without its pay."""
    return hiring.work_on(viewer, offer.application)
