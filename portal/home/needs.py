"""Everything that waits for one person, from all features: what, why, when, one button."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.models import Account
from portal.core import clock, i18n
from portal.core.db import db
from portal.hiring import queries as hiring
from portal.hiring.models import Posting, Requisition, StageCount
from portal.hiring.states import PostingState, Stage
from portal.interviews import queries as interviews
from portal.interviews.states import ScorecardState
from portal.offers import queries as offers
from portal.offers.models import Offer
from portal.offers.states import OfferState
from portal.onboarding import queries as onboarding
from portal.people.models import Role, Site

HORIZON = timedelta(days=7)
MOST = 30
PATIENCE = timedelta(days=2)
"""How long a colleague waits for an answer before it counts as late."""


@dataclass(frozen=True)
class Need:
    """One row of the home page; ``due`` is the day it should be done by."""

    icon: str
    title: str
    why: str
    due: date
    url: str
    label: str


def needs_of(viewer: Account) -> list[Need]:
    """What waits for this person, the most urgent first."""
    found = [need for source in SOURCES for need in source(viewer)]
    return sorted(found, key=lambda need: need.due)[:MOST]


def _day(moment: datetime, viewer: Account) -> date:
    """The day of a moment where the viewer is: the page compares it with their today."""
    return moment.astimezone(ZoneInfo(viewer.time_zone)).date()


def _scorecards(viewer: Account) -> Iterator[Need]:
    cards = interviews.cards_of(viewer, since=clock.now()).limit(MOST)
    for card in db.session.scalars(cards):
        interview = card.interview
        if card.state is ScorecardState.SUBMITTED or interview.starts_at > clock.now() + HORIZON:
            continue
        yield Need(
            "clipboard-check",
            _("%(who)s: your scorecard", who=interview.application.display_name),
            _(
                "%(role)s, interview %(when)s",
                role=i18n.words(interview.application.posting.requisition.role.title),
                when=i18n.datetime(interview.starts_at, zone=interview.time_zone),
            ),
            _day(interview.starts_at, viewer),
            url_for("interviews.scorecard", scorecard_id=card.id),
            _("Fill in"),
        )


def _requisitions(viewer: Account) -> Iterator[Need]:
    for step in db.session.scalars(hiring.steps_waiting_for(viewer).limit(MOST)):
        if any(decision.account_id == viewer.id for decision in step.decisions):
            continue
        asked = step.requisition
        yield Need(
            "person-plus",
            _("%(role)s: head-count to approve", role=i18n.words(asked.role.title)),
            ngettext(
                "Asked by %(who)s: one opening.",
                "Asked by %(who)s: %(num)s openings.",
                asked.openings,
                who=asked.created_by.display_name,
            ),
            _day(asked.created_at, viewer) + PATIENCE,
            url_for("hiring.requisition", requisition_id=asked.id),
            _("Approve"),
        )


def _offers(viewer: Account) -> Iterator[Need]:
    if not viewer.has_role("hr", "executive", "manager"):
        return
    for offer in db.session.scalars(offers.offers_to_approve(viewer).limit(MOST)):
        yield _offer_need(viewer, offer, _("%(who)s: offer to approve"), _("Approve"))
    if viewer.has_role("hr"):
        ready = offers.offers_visible_to(viewer).where(Offer.state == OfferState.APPROVED)
        for offer in db.session.scalars(ready.limit(MOST)):
            yield _offer_need(viewer, offer, _("%(who)s: offer to send"), _("Send"))


def _offer_need(viewer: Account, offer: Offer, title: str, label: str) -> Need:
    where = _(
        "%(role)s, %(site)s", role=i18n.words(offer.role.title), site=i18n.words(offer.site.name)
    )
    return Need(
        "file-earmark-text",
        title % {"who": offer.application.display_name},
        where,
        _day(offer.created_at, viewer) + PATIENCE,
        url_for("offers.offer", offer_id=offer.id),
        label,
    )


def _panels(viewer: Account) -> Iterator[Need]:
    if not viewer.has_role("hr"):
        return
    for interview in db.session.scalars(interviews.awaiting_decision().limit(MOST)):
        assert interview.revealed_at is not None
        yield Need(
            "columns-gap",
            _("%(who)s: panel is complete", who=interview.application.display_name),
            _("Every scorecard is in. Look at them side by side and decide."),
            _day(interview.revealed_at, viewer) + PATIENCE,
            url_for("interviews.panel", interview_id=interview.id),
            _("Decide"),
        )


def _applications(viewer: Account) -> Iterator[Need]:
    if not viewer.has_role("hr"):
        return
    rows = (
        sa.select(Posting.id, Role.title, Site.name, StageCount.count)
        .join(Posting.requisition)
        .join(Requisition.role)
        .join(Requisition.site)
        .join(StageCount, StageCount.id == Posting.id)
        .where(
            StageCount.stage == Stage.APPLIED,
            StageCount.count > 0,
            Posting.state == PostingState.OPEN,
        )
        .order_by(StageCount.count.desc())
        .limit(MOST)
    )
    for posting_id, title, site, count in db.session.execute(rows):
        yield Need(
            "inbox",
            ngettext("One application to screen", "%(num)s applications to screen", count),
            _("%(role)s, %(site)s", role=i18n.words(title), site=i18n.words(site)),
            clock.today(viewer.time_zone) + timedelta(days=1),
            url_for("hiring.board", posting_id=posting_id),
            _("Screen"),
        )


def _tasks(viewer: Account) -> Iterator[Need]:
    until = clock.today(viewer.time_zone) + HORIZON
    for task in db.session.scalars(onboarding.open_tasks_of(viewer, until=until).limit(MOST)):
        person = task.plan.person
        own = person.id == viewer.person_id
        yield Need(
            "check2-square",
            i18n.words(task.title),
            _("Your onboarding") if own else _("Onboarding of %(who)s", who=person.display_name),
            task.due_on,
            url_for("onboarding.plan", plan_id=task.plan_id),
            _("View"),
        )


SOURCES: tuple[Callable[[Account], Iterator[Need]], ...] = (
    _scorecards,
    _requisitions,
    _offers,
    _panels,
    _applications,
    _tasks,
)
