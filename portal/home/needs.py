"""Everything that waits for one person, from all features: what, why, when, one button."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.models import Account
from portal.core import clock, i18n
from portal.core.db import Words
from portal.hiring import queries as hiring
from portal.hiring.models import ApprovalStep, Posting, Requisition
from portal.home import (
    bonuses,
    careers,
    certificates,
    conduct,
    coverage,
    development,
    goals,
    learning,
    meetings,
    mentoring,
    newcomers,
    promotions,
    reviews,
    succession,
    surveys,
)
from portal.home.gathering import gathered
from portal.home.kept import parameters_of, statements_for
from portal.home.need import HORIZON, MOST, Need, Source, Waiting, by_moment, from_now
from portal.interviews import queries as interviews
from portal.interviews.models import Interview, Scorecard
from portal.interviews.states import ScorecardState
from portal.offers import queries as offers
from portal.offers.models import Offer
from portal.offers.states import OfferState

PATIENCE = timedelta(days=2)
"""How long a colleague waits for an answer before it counts as late."""


def needs_of(viewer: Account, most: int = MOST) -> list[Need]:
    """What waits for this person, the most urgent first, at most so much."""
    found = [one for source in SOURCES for one in source(viewer)]
    sources = [one for one in found if isinstance(one, Source)]
    return gathered(found, statements_for(viewer, sources), parameters_of(viewer), most)


def _scorecards(viewer: Account) -> Iterator[Source]:
    yield Source(
        _open_cards, Scorecard.id, by_moment(viewer), _scorecard, moment=Interview.starts_at
    )


def _open_cards(asker: Account) -> sa.Select[Scorecard]:
    return interviews.cards_of(asker, since=from_now()).where(
        Scorecard.state != ScorecardState.SUBMITTED, Interview.starts_at <= from_now(HORIZON)
    )


def _scorecard(card: Scorecard, due: date) -> Need:
    interview = card.interview
    return Need(
        "clipboard-check",
        _("%(who)s: your scorecard", who=interview.application.display_name),
        _(
            "%(role)s, interview %(when)s",
            role=_of_round(
                i18n.words(interview.application.posting.requisition.role.title), interview
            ),
            when=i18n.datetime(interview.starts_at, zone=interview.time_zone),
        ),
        due,
        url_for("interviews.scorecard", scorecard_id=card.id),
        _("Fill in"),
    )


def _requisitions(viewer: Account) -> Iterator[Source]:
    yield Source(
        hiring.steps_waiting_for,
        ApprovalStep.id,
        by_moment(viewer, PATIENCE),
        _requisition,
        moment=Requisition.created_at,
    )


def _requisition(step: ApprovalStep, due: date) -> Need:
    asked = step.requisition
    return Need(
        "person-plus",
        _("%(role)s: head-count to approve", role=i18n.words(asked.role.title)),
        ngettext(
            "Asked by %(who)s: one opening.",
            "Asked by %(who)s: %(num)s openings.",
            asked.openings,
            who=asked.created_by.display_name,
        ),
        due,
        url_for("hiring.requisition", requisition_id=asked.id),
        _("Approve"),
    )


def _offers(viewer: Account) -> Iterator[Source]:
    if not viewer.has_role("hr", "executive", "manager"):
        return
    due, since = by_moment(viewer, PATIENCE), Offer.created_at
    yield Source(_to_approve, Offer.id, due, _offer_to_approve, moment=since)
    if viewer.has_role("hr"):
        yield Source(_approved, Offer.id, due, _offer_to_send, moment=since)


def _to_approve(asker: Account) -> sa.Select[Offer]:
    return offers.offers_to_approve(asker).order_by(Offer.created_at)


def _approved(asker: Account) -> sa.Select[Offer]:
    ready = offers.offers_visible_to(asker).where(Offer.state == OfferState.APPROVED)
    return ready.order_by(Offer.created_at)


def _offer_to_approve(offer: Offer, due: date) -> Need:
    title = _("%(who)s: offer to approve", who=offer.application.display_name)
    return _offer(offer, due, title, _("Approve"))


def _offer_to_send(offer: Offer, due: date) -> Need:
    title = _("%(who)s: offer to send", who=offer.application.display_name)
    return _offer(offer, due, title, _("Send"))


def _offer(offer: Offer, due: date, title: str, label: str) -> Need:
    where = _(
        "%(role)s, %(site)s", role=i18n.words(offer.role.title), site=i18n.words(offer.site.name)
    )
    url = url_for("offers.offer", offer_id=offer.id)
    return Need("file-earmark-text", title, where, due, url, label)


def _panels(viewer: Account) -> Iterator[Source]:
    if viewer.has_role("hr"):
        yield Source(
            _undecided,
            Interview.id,
            by_moment(viewer, PATIENCE),
            _panel,
            moment=Interview.revealed_at,
        )


def _undecided(_asker: Account) -> sa.Select[Interview]:
    return interviews.awaiting_decision()


def _of_round(text: str, interview: Interview) -> str:
    """The text with the name of the round, where an application has several."""
    if interview.round_name is None:
        return text
    return _("%(text)s (%(round)s)", text=text, round=i18n.words(interview.round_name))


def _panel(interview: Interview, due: date) -> Need:
    return Need(
        "columns-gap",
        _(
            "%(who)s: panel is complete",
            who=_of_round(interview.application.display_name, interview),
        ),
        _("Every scorecard is in. Look at them side by side and decide."),
        due,
        url_for("interviews.panel", interview_id=interview.id),
        _("Decide"),
    )


def _applications(viewer: Account) -> Iterator[Source]:
    if viewer.has_role("hr"):
        tomorrow = clock.today(viewer.time_zone) + timedelta(days=1)
        yield Source(_unscreened, Posting.id, lambda *_: tomorrow, _to_screen)


def _unscreened(_asker: Account) -> sa.Select[Any]:
    return hiring.postings_to_screen()


def _to_screen(posting_id: int, role: Words, site: Words, waiting: int, due: date) -> Need:
    return Need(
        "inbox",
        ngettext("One application to screen", "%(num)s applications to screen", waiting),
        _("%(role)s, %(site)s", role=i18n.words(role), site=i18n.words(site)),
        due,
        url_for("hiring.board", posting_id=posting_id),
        _("Screen"),
    )


SOURCES: tuple[Callable[[Account], Iterator[Source | Waiting]], ...] = (
    _scorecards,
    _requisitions,
    _offers,
    _panels,
    _applications,
    *newcomers.SOURCES,
    *learning.SOURCES,
    *certificates.SOURCES,
    *coverage.SOURCES,
    *careers.SOURCES,
    *conduct.SOURCES,
    *bonuses.SOURCES,
    *promotions.SOURCES,
    *mentoring.SOURCES,
    *surveys.SOURCES,
    *reviews.SOURCES,
    *development.SOURCES,
    *goals.SOURCES,
    *meetings.SOURCES,
    *succession.SOURCES,
)
