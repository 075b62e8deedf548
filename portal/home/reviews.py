"""Reviews: parts to write, peers to name and to agree to, results to sign, nobody in charge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import i18n
from portal.home.need import Need, Source, by_moment, on_the_day
from portal.reviews import policy, queries
from portal.reviews.models import Review, ReviewCycle, ReviewPart
from portal.reviews.states import PartKind

ICON = "journal-text"
PATIENCE = timedelta(days=3)
"""How long a proposed peer, or a review without a manager, waits before it counts as late."""

_DUE_DAY = queries.due_day()


def _parts(_viewer: Account) -> Iterator[Source]:
    yield Source(_open_parts, ReviewPart.id, on_the_day, _part, day=_DUE_DAY)


def _open_parts(asker: Account) -> sa.Select[ReviewPart]:
    return queries.open_parts_of(asker.person_id)


def _part(part: ReviewPart, due: date) -> Need:
    who = part.review.person.display_name
    title = {
        PartKind.SELF: _("Your self-review"),
        PartKind.MANAGER: _("%(who)s: your part of the review", who=who),
        PartKind.PEER: _("%(who)s: a few words as a peer", who=who),
        PartKind.UPWARD: _("%(who)s: a few words about your manager", who=who),
    }[part.kind]
    url = url_for("reviews.part", part_id=part.id)
    return Need(ICON, title, i18n.words(part.review.cycle.name), due, url, _("Write"))


def _peers(viewer: Account) -> Iterator[Source]:
    yield Source(_peers_missing, Review.id, on_the_day, _to_name, day=ReviewCycle.peers_due_on)
    if policy.see_team_reviews(viewer):
        rows, due = queries.peers_to_decide, by_moment(viewer, PATIENCE)
        yield Source(rows, ReviewPart.id, due, _to_decide, moment=ReviewPart.created_at)


def _peers_missing(asker: Account) -> sa.Select[Review]:
    return queries.peers_missing().where(Review.person_id == asker.person_id)


def _to_name(review: Review, due: date) -> Need:
    url = url_for("reviews.peers", review_id=review.id)
    why = i18n.words(review.cycle.name)
    return Need(ICON, _("Name your peers"), why, due, url, _("Name peers"))


def _to_decide(part: ReviewPart, due: date) -> Need:
    return Need(
        ICON,
        _("%(who)s has proposed a peer", who=part.review.person.display_name),
        _("Asked would be %(peer)s.", peer=part.author.display_name),
        due,
        url_for("reviews.peers", review_id=part.review_id),
        _("Decide"),
    )


def _to_sign(_viewer: Account) -> Iterator[Source]:
    day = ReviewCycle.signing_due_on
    yield Source(_reviews_to_sign, Review.id, on_the_day, _signature, day=day)


def _reviews_to_sign(asker: Account) -> sa.Select[Review]:
    return queries.reviews_to_sign(asker.person_id)


def _signature(review: Review, due: date) -> Need:
    return Need(
        ICON,
        _("%(who)s: review to talk about and sign", who=review.person.display_name),
        i18n.words(review.cycle.name),
        due,
        url_for("reviews.review", review_id=review.id),
        _("View"),
    )


def _ownerless(viewer: Account) -> Iterator[Source]:
    if viewer.has_role("hr"):
        due = by_moment(viewer, PATIENCE)
        yield Source(_without_manager, Review.id, due, _nobody, moment=Review.created_at)


def _without_manager(asker: Account) -> sa.Select[Review]:
    return queries.reviews_without_manager().where(Review.person_id != asker.person_id)


def _nobody(review: Review, due: date) -> Need:
    return Need(
        ICON,
        _("%(who)s: nobody answers for the review", who=review.person.display_name),
        _("Give the person a manager, or the team a lead: the review follows."),
        due,
        url_for("people.person", person_id=review.person_id),
        _("Find a manager"),
    )


SOURCES: tuple[Callable[[Account], Iterator[Source]], ...] = (_parts, _peers, _to_sign, _ownerless)
