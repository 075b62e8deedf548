"""Queries around offers."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, defer, joinedload, selectinload

from portal.core import audit
from portal.core.access import Viewer
from portal.hiring.models import Application, Posting, Requisition
from portal.interviews.models import Interview, PanelDecision, PlanRound
from portal.interviews.states import Outcome
from portal.offers.models import LetterTemplate, Offer, OfferApproval, OfferLink
from portal.offers.states import OfferFact, OfferState
from portal.people.models import Role, Site

OVER = (OfferState.DECLINED, OfferState.EXPIRED, OfferState.WITHDRAWN)


def offers_visible_to(viewer: Viewer) -> sa.Select[Offer]:
    """All for HR and directors, else of the viewer's requisitions; none made to the viewer."""
    found = (
        sa.select(Offer).join(Offer.application).where(Application.person_id != viewer.person_id)
    )
    if not viewer.has_role("hr", "executive"):
        own = (
            sa.select(Application.id)
            .join(Application.posting)
            .join(Posting.requisition)
            .where(Requisition.hiring_manager_id == viewer.person_id)
        )
        found = found.where(Offer.application_id.in_(own))
    # Only what a list shows: roles and applications carry long texts in JSON.
    return found.options(
        defer(Offer.benefits),
        contains_eager(Offer.application).load_only(
            Application.given_name, Application.family_name, Application.language
        ),
        joinedload(Offer.role, innerjoin=True).load_only(Role.title),
        joinedload(Offer.site, innerjoin=True).load_only(Site.name),
    )


def offers_to_approve(viewer: Viewer) -> sa.Select[Offer]:
    """Offers in approval whose present terms the viewer may decide on and has not."""
    decided = sa.exists().where(
        OfferApproval.offer_id == Offer.id,
        OfferApproval.account_id == viewer.id,
        OfferApproval.terms_hash == Offer.terms_hash,
    )
    return offers_visible_to(viewer).where(
        Offer.state == OfferState.IN_APPROVAL, Offer.created_by_id != viewer.id, ~decided
    )


def live_offer(application_id: int) -> sa.Select[Offer]:
    """The offer of an application that is not over."""
    return sa.select(Offer).where(Offer.application_id == application_id, Offer.state.not_in(OVER))


def offers_of(application_id: int) -> sa.Select[Offer]:
    """Every offer ever made on an application, newest first."""
    return (
        sa.select(Offer)
        .where(Offer.application_id == application_id)
        .options(selectinload(Offer.approvals), joinedload(Offer.document))
        .order_by(Offer.id.desc())
    )


def link_by_hash(token_hash: str) -> sa.Select[OfferLink]:
    """The link a candidate holds, with its offer."""
    return (
        sa.select(OfferLink)
        .where(OfferLink.token_hash == token_hash)
        .options(joinedload(OfferLink.offer, innerjoin=True))
    )


def panel_advances(application_id: int) -> sa.Select[Any]:
    """A row if the panel of the last round says to go on; earlier ones only lead to the next."""
    return (
        sa.select(PanelDecision.outcome)
        .join(PanelDecision.interview)
        .join(Interview.round)
        .where(
            Interview.application_id == application_id,
            PlanRound.order >= PlanRound.total,
            PanelDecision.outcome == Outcome.ADVANCE,
        )
    )


def opening(offer: Offer) -> sa.Select[Any]:
    """The event of the candidate opening an offer for the first time."""
    return audit.of(offer).where(audit.AuditEvent.action == str(OfferFact.OPENED)).limit(1)


def newest_template(key: str) -> sa.Select[LetterTemplate]:
    """The newest version of a letter."""
    return (
        sa.select(LetterTemplate)
        .where(LetterTemplate.key == key)
        .order_by(LetterTemplate.number.desc())
        .limit(1)
    )


def newest_templates() -> sa.Select[LetterTemplate]:
    """The newest version of every letter there is one of, without its text."""
    newest = sa.select(sa.func.max(LetterTemplate.id)).group_by(LetterTemplate.key)
    return (
        sa.select(LetterTemplate)
        .where(LetterTemplate.id.in_(newest))
        .options(defer(LetterTemplate.content, raiseload=True))
    )


def expired() -> sa.Select[Offer]:
    """Sent offers; whether the last day is over depends on the site's time zone."""
    return sa.select(Offer).where(Offer.state == OfferState.SENT).options(joinedload(Offer.site))
