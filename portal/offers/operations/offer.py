"""Make, change and withdraw an offer."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.access import Viewer
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.hiring.models import Application
from portal.hiring.operations import band_of, move_application
from portal.hiring.states import ENDED, Stage
from portal.offers import documents, notices, queries
from portal.offers.models import Offer
from portal.offers.operations.letter import letter_in_force
from portal.offers.states import OFFER_MOVES, OfferFact, OfferState
from portal.offers.terms import Terms, in_band, terms_hash

LONGEST_PROBATION = 24
HIGHEST_PAY = 10**13


def make_offer(application: Application, terms: Terms, *, by: Account) -> Offer:
    """Draft an offer for an applicant the panel decided for.

    Raises:
        Refused: if the application is over or not at its decision, an offer is open already, the
            requisition has no opening left, or a term makes no sense (``field`` names it).
    """
    db.session.execute(
        sa.select(Application.id).where(Application.id == application.id).with_for_update()
    )
    if application.stage in ENDED:
        raise Refused(_("No offer can be made to someone who was rejected or has withdrawn."))
    if application.stage not in {Stage.DECISION, Stage.OFFER}:
        raise Refused(_("First decide on the interview, then make the offer."))
    if db.session.scalar(queries.live_offer(application.id)):
        raise Refused(_("There is an offer to this candidate already."))
    requisition = application.posting.requisition
    if requisition.hired >= requisition.openings:
        raise Refused(_("Every opening of this requisition is filled."))
    offer = Offer(
        application=application,
        state=OfferState.DRAFT,
        created_at=clock.now(),
        created_by_id=by.id,
    )
    _set_terms(offer, terms)
    db.session.add(offer)
    audit.record(OfferFact.MADE, offer, by=by, about=application.person_id)
    if application.stage is Stage.DECISION:
        move_application(application, Stage.OFFER, by=by)
    return offer


def change_offer(offer: Offer, terms: Terms, *, by: Account) -> None:
    """Change the terms; approvals of other terms no longer count and the offer is a draft again.

    Raises:
        Refused: if it was sent already, or a term makes no sense (``field`` names it).
    """
    if offer.state not in {OfferState.DRAFT, OfferState.IN_APPROVAL, OfferState.APPROVED}:
        raise Refused(_("This offer has been sent. Withdraw it and make a new one."))
    before = offer.terms_hash
    _set_terms(offer, terms)
    if offer.terms_hash != before and offer.state is not OfferState.DRAFT:
        offer.state, offer.document = OfferState.DRAFT, None
    audit.record(OfferFact.CHANGED, offer, by=by, about=offer.application.person_id)


def withdraw_offer(offer: Offer, *, by: Viewer | None) -> None:
    """Take the offer back; a candidate who has it is told, and the link no longer works.

    ``by`` is ``None`` when the candidate withdraws the application: that needs no mail.

    Raises:
        Refused: if the candidate has answered, or it is over.
    """
    told = offer.state is OfferState.SENT and by is not None
    require_move(OFFER_MOVES, offer.state, OfferState.WITHDRAWN)
    offer.state = OfferState.WITHDRAWN
    audit.record(OfferFact.WITHDRAWN, offer, by=by, about=offer.application.person_id)
    if told:
        notices.withdrawn(offer)


def _set_terms(offer: Offer, terms: Terms) -> None:
    _check(terms)
    template = letter_in_force(documents.LETTER)
    band = band_of(terms.role, terms.site)
    offer.role, offer.site, offer.team, offer.manager = (
        terms.role,
        terms.site,
        terms.team,
        terms.manager,
    )
    offer.role_id, offer.site_id = terms.role.id, terms.site.id
    offer.team_id, offer.manager_id = terms.team.id, terms.manager.id
    offer.pay, offer.pay_currency, offer.pay_period = (
        terms.pay,
        terms.pay_currency,
        terms.pay_period,
    )
    offer.bonus_percent, offer.benefits = terms.bonus_percent, list(terms.benefits)
    offer.starts_on, offer.expires_on = terms.starts_on, terms.expires_on
    offer.shift, offer.probation_months = terms.shift, terms.probation_months
    offer.language = terms.language
    offer.letter_template, offer.letter_template_id = template, template.id
    offer.in_band = in_band(terms.pay, terms.pay_currency, terms.pay_period, band)
    offer.terms_hash = terms_hash(offer)


def _check(terms: Terms) -> None:
    today = clock.today(terms.site.time_zone)
    if not 0 < terms.pay < HIGHEST_PAY:
        raise Refused(_("Enter the pay as an amount above zero."), field="pay")
    if terms.expires_on < today:
        raise Refused(_("The offer would be over already."), field="expires_on")
    if terms.starts_on < today:
        raise Refused(_("The start lies in the past."), field="starts_on")
    if terms.expires_on > terms.starts_on:
        raise Refused(_("The answer must come before the first day."), field="expires_on")
    if not 0 <= terms.bonus_percent <= 100:
        raise Refused(_("Enter a percentage from 0 to 100."), field="bonus_percent")
    if not 0 <= terms.probation_months <= LONGEST_PROBATION:
        raise Refused(_("Enter a number of months from 0 to 24."), field="probation_months")
