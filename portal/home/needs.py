"""Everything that waits for one person, from all features: what, why, when, one button."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.models import Account
from portal.core import clock, i18n
from portal.core.db import db
from portal.hiring import queries as hiring
from portal.hiring.models import Requisition
from portal.home import certificates, learning, newcomers
from portal.home.need import HORIZON, MOST, Need, Waiting
from portal.interviews import queries as interviews
from portal.interviews.models import Interview, Scorecard
from portal.interviews.states import ScorecardState
from portal.offers import queries as offers
from portal.offers.models import Offer
from portal.offers.states import OfferState

PATIENCE = timedelta(days=2)
"""How long a colleague waits for an answer before it counts as late."""


def needs_of(viewer: Account) -> list[Need]:
    """What waits for this person, the most urgent first."""
    waiting = [one for source in SOURCES for one in source(viewer)]
    # Written out last: each source may find as many as the page shows altogether.
    return [write(due) for due, write in sorted(waiting, key=itemgetter(0))[:MOST]]


def _day(moment: datetime, viewer: Account) -> date:
    """The day of a moment where the viewer is: the page compares it with their today."""
    return moment.astimezone(ZoneInfo(viewer.time_zone)).date()


def _scorecards(viewer: Account) -> Iterator[Waiting]:
    cards = interviews.cards_of(viewer, since=clock.now()).limit(MOST)
    for card in db.session.scalars(cards):
        starts_at = card.interview.starts_at
        if card.state is not ScorecardState.SUBMITTED and starts_at <= clock.now() + HORIZON:
            yield _day(starts_at, viewer), partial(_scorecard, card)


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


def _requisitions(viewer: Account) -> Iterator[Waiting]:
    for step in db.session.scalars(hiring.steps_waiting_for(viewer).limit(MOST)):
        if not any(decision.account_id == viewer.id for decision in step.decisions):
            asked = step.requisition
            yield _day(asked.created_at, viewer) + PATIENCE, partial(_requisition, asked)


def _requisition(asked: Requisition, due: date) -> Need:
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


def _offers(viewer: Account) -> Iterator[Waiting]:
    if not viewer.has_role("hr", "executive", "manager"):
        return
    for offer in db.session.scalars(offers.offers_to_approve(viewer).limit(MOST)):
        yield _day(offer.created_at, viewer) + PATIENCE, partial(_offer_to_approve, offer)
    if viewer.has_role("hr"):
        ready = offers.offers_visible_to(viewer).where(Offer.state == OfferState.APPROVED)
        for offer in db.session.scalars(ready.limit(MOST)):
            yield _day(offer.created_at, viewer) + PATIENCE, partial(_offer_to_send, offer)


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


def _panels(viewer: Account) -> Iterator[Waiting]:
    if not viewer.has_role("hr"):
        return
    for interview in db.session.scalars(interviews.awaiting_decision().limit(MOST)):
        assert interview.revealed_at is not None
        yield _day(interview.revealed_at, viewer) + PATIENCE, partial(_panel, interview)


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


def _applications(viewer: Account) -> Iterator[Waiting]:
    if not viewer.has_role("hr"):
        return
    due = clock.today(viewer.time_zone) + timedelta(days=1)
    for row in db.session.execute(hiring.postings_to_screen().limit(MOST)):
        yield due, partial(_to_screen, row)


def _to_screen(row: Any, due: date) -> Need:  # noqa: ANN401 - a row of ``postings_to_screen``
    return Need(
        "inbox",
        ngettext("One application to screen", "%(num)s applications to screen", row.waiting),
        _("%(role)s, %(site)s", role=i18n.words(row.title), site=i18n.words(row.name)),
        due,
        url_for("hiring.board", posting_id=row.id),
        _("Screen"),
    )


SOURCES: tuple[Callable[[Account], Iterator[Waiting]], ...] = (
    _scorecards,
    _requisitions,
    _offers,
    _panels,
    _applications,
    *newcomers.SOURCES,
    *learning.SOURCES,
    *certificates.SOURCES,
)
