"""The candidate's answer: accepting hires exactly once, also when clicked twice or interrupted."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _

from portal.accounts import queries as accounts
from portal.accounts.operations import invite
from portal.accounts.states import AccountState
from portal.core import audit, clock, tokens
from portal.core.db import db
from portal.core.errors import Gone, NotFound, Refused
from portal.core.i18n import fold, words
from portal.core.states import require_move
from portal.hiring.notices.application import take_back_rejection
from portal.hiring.operations import hire_application, move_application
from portal.hiring.states import RejectionReason, Stage
from portal.offers import documents, notices, queries
from portal.offers.models import Acceptance, Offer, OfferLink
from portal.offers.states import OFFER_MOVES, OfferFact, OfferState
from portal.people import queries as people
from portal.people.models import Person
from portal.people.operations import start_employment
from portal.people.states import EmploymentReason


def opened_offer(token: str, *, for_update: bool = False) -> OfferLink:
    """The link behind a token, whether still open or already answered.

    Raises:
        NotFound: if there is no such link.
        Gone: if the offer expired or was withdrawn.
    """
    found = queries.link_by_hash(tokens.hash_token(token))
    if for_update:
        found = found.with_for_update().execution_options(populate_existing=True)
    link = db.session.scalar(found)
    if link is None:
        raise NotFound
    state = link.offer.state
    answered = state in {OfferState.ACCEPTED, OfferState.DECLINED}
    if not answered and (state is not OfferState.SENT or link.expires_at <= clock.now()):
        raise Gone
    return link


def accept_offer(token: str, *, typed_name: str, address: str, browser: str) -> Offer:
    """Accept by typed name: employment, account and onboarding follow in the same transaction.

    A second click, or one after a crash, finds the answer there and changes nothing.

    Raises:
        NotFound, Gone: as ``opened_offer``.
        Refused: if the typed name is not the candidate's, or the offer was declined.
    """
    link = opened_offer(token, for_update=True)
    offer = link.offer
    if offer.state is OfferState.ACCEPTED:
        return offer
    if offer.state is OfferState.DECLINED:
        raise Refused(_("You declined this offer. Write to us if you have changed your mind."))
    if not _same_name(typed_name, offer):
        raise Refused(
            _(
                "Type your name as it stands in the letter: %(name)s",
                name=offer.application.display_name,
            ),
            field="typed_name",
        )
    _answer(link, accepted=True, typed_name=typed_name, note="", address=address, browser=browser)
    require_move(OFFER_MOVES, offer.state, OfferState.ACCEPTED)
    offer.state, offer.accepted_at = OfferState.ACCEPTED, clock.now()
    audit.record(OfferFact.ACCEPTED, offer, by=None, about=offer.application.person_id)
    _hire(offer)
    notices.accepted(offer)
    return offer


def decline_offer(token: str, *, note: str, address: str, browser: str) -> Offer:
    """Decline, with a note if the candidate likes.

    Raises:
        NotFound, Gone: as ``opened_offer``.
        Refused: if the offer was accepted.
    """
    link = opened_offer(token, for_update=True)
    offer = link.offer
    if offer.state is OfferState.DECLINED:
        return offer
    if offer.state is OfferState.ACCEPTED:
        raise Refused(_("You accepted this offer. Write to us if you have changed your mind."))
    _answer(link, accepted=False, typed_name="", note=note, address=address, browser=browser)
    require_move(OFFER_MOVES, offer.state, OfferState.DECLINED)
    offer.state = OfferState.DECLINED
    audit.record(OfferFact.DECLINED, offer, by=None, about=offer.application.person_id)
    move_application(
        offer.application, Stage.REJECTED, by=None, reason=RejectionReason.OFFER_DECLINED
    )
    # Who declines is thanked, and needs no rejection beside it.
    take_back_rejection(offer.application)
    notices.declined(offer)
    return offer


def note_opening(offer: Offer) -> None:
    """Record that the candidate has opened the offer, the first time."""
    if offer.state is OfferState.SENT and db.session.scalar(queries.opening(offer)) is None:
        about = offer.application.person_id
        audit.record_reading(OfferFact.OPENED, offer, by=None, about=about)


def _answer(
    link: OfferLink, *, accepted: bool, typed_name: str, note: str, address: str, browser: str
) -> None:
    offer = link.offer
    link.used_at = clock.now()
    db.session.add(
        Acceptance(
            offer=offer,
            accepted=accepted,
            typed_name=typed_name.strip(),
            consent_text=documents.consent_of(offer) if accepted else "",
            note=note.strip(),
            answered_at=clock.now(),
            address=address,
            browser=browser[:255],
            document_sha256=(offer.document.sha256 or "") if offer.document else "",
        )
    )


def _same_name(typed: str, offer: Offer) -> bool:
    """Whether the typed name is the candidate's, in either order, whatever the case and accents."""
    application = offer.application
    wanted = sorted(fold(f"{application.given_name} {application.family_name}").split())
    joined = fold(application.family_name + application.given_name)
    return sorted(fold(typed).split()) == wanted or "".join(fold(typed).split()) == joined


def _hire(offer: Offer) -> None:
    application = offer.application
    person = application.person
    start_employment(
        person,
        role=offer.role,
        team=offer.team,
        site=offer.site,
        manager=offer.manager,
        starts_on=offer.starts_on,
        reason=_reason(person, offer),
        shift=offer.shift,
        source=offer,
        by=None,
    )
    hire_application(application, by=None)
    account = db.session.scalar(accounts.account_of(person.id))
    if account is None or account.state is AccountState.CLOSED:
        invite(
            person_id=person.id,
            email=application.email,
            display_name=person.display_name,
            subtitle=words(offer.role.title, offer.language),
            language=offer.language,
            time_zone=offer.site.time_zone,
            roles=(),
            by=None,
        )


def _reason(person: Person, offer: Offer) -> EmploymentReason:
    """Colleagues who applied inside are transferred, former ones return, others are hired."""
    latest = db.session.scalar(people.latest_employment(person.id))
    if latest is None:
        return EmploymentReason.HIRE
    here = latest.ends_on is None or latest.ends_on >= offer.starts_on - timedelta(days=1)
    return EmploymentReason.TRANSFER if here else EmploymentReason.RETURN
