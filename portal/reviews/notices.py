"""Who is told what about reviews while they are written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload

from portal.accounts.models import Account
from portal.accounts.readers import account_in_use, write_to
from portal.accounts.states import AccountState
from portal.core import clock, i18n, inbox
from portal.core.db import Words, db
from portal.core.mail.models import OutgoingMail
from portal.reviews.models import Review, ReviewPart


class ReviewsNotice(inbox.NoticeKind):
    """Notices of reviews that are being written."""

    LAUNCHED = "reviews.launched", _l("%(cycle)s: your review has begun. Write until %(day)s")
    PEER_ASKED = (
        "reviews.peer_asked",
        _l("You are asked as a peer in the review of %(who)s, until %(day)s"),
    )
    PEER_REFUSED = (
        "reviews.peer_refused",
        _l("%(who)s is not asked as a peer in your review: %(reason)s"),
    )
    PEER_DECLINED = "reviews.peer_declined", _l("A peer in the review of %(who)s has declined")
    RETURNED = (
        "reviews.returned",
        _l("Your part in the review of %(who)s came back to you for a change"),
    )
    HANDED_OVER = (
        "reviews.handed_over_to",
        _l("You answer for the review of %(who)s now, until %(day)s"),
    )
    CANCELLED = "reviews.cancelled", _l("%(cycle)s: your review was called off")
    REMINDER = "reviews.reminder", _l("Parts of reviews wait for you until %(day)s")


@dataclass(frozen=True)
class Line:
    """One thing a reminder speaks of: whose review, what is to be done, until when."""

    who: str
    own: bool
    peers: bool
    due: date
    late: bool
    part_id: int | None = None


def launched(review_ids: Collection[int]) -> None:
    """Tell people that their review has begun."""
    found = (
        sa.select(Review)
        .where(Review.id.in_(review_ids))
        .options(joinedload(Review.cycle, innerjoin=True))
    )
    reviews = db.session.scalars(found).all()
    accounts = _accounts({review.person_id for review in reviews})
    for review in reviews:
        account = accounts.get(review.person_id)
        if account is None:
            continue
        cycle = review.cycle
        inbox.tell(
            account.id,
            ReviewsNotice.LAUNCHED,
            "/my/reviews",
            cycle=cycle.name,
            day=in_words(cycle.parts_due_on),
        )
        _mail(account, "reviews/launched", f"review:{review.id}:launched", cycle=cycle)


def peer_asked(part: ReviewPart) -> None:
    """Ask a peer who was agreed to."""
    account = account_in_use(part.author_id)
    if account is None:
        return
    review = part.review
    inbox.tell(
        account.id,
        ReviewsNotice.PEER_ASKED,
        f"/reviews/parts/{part.id}",
        who=review.person.display_name,
        day=in_words(review.cycle.parts_due_on),
    )
    _mail(account, "reviews/peer_asked", f"review-part:{part.id}:asked", part=part, review=review)


def peer_refused(part: ReviewPart) -> None:
    """Tell the person whom they may replace, and why."""
    account = account_in_use(part.review.person_id)
    if account is not None:
        inbox.tell(
            account.id,
            ReviewsNotice.PEER_REFUSED,
            f"/reviews/{part.review_id}/peers",
            who=part.author.display_name,
            reason=part.reason,
        )


def peer_declined(part: ReviewPart) -> None:
    """Tell person and manager that somebody else could be asked; the page says who."""
    review = part.review
    for person_id in (review.person_id, review.manager_id):
        account = account_in_use(person_id)
        if account is not None:
            inbox.tell(
                account.id,
                ReviewsNotice.PEER_DECLINED,
                f"/reviews/{review.id}/peers",
                who=review.person.display_name,
            )


def part_returned(part: ReviewPart) -> None:
    """Tell the author; the reason stands on the page."""
    account = account_in_use(part.author_id)
    if account is None:
        return
    review = part.review
    who = review.person.display_name
    url = f"/reviews/parts/{part.id}"
    inbox.tell(account.id, ReviewsNotice.RETURNED, url, who=who)
    # The moment is in the key: it may come back more than once.
    key = f"review-part:{part.id}:returned:{clock.now().isoformat()}"
    _mail(account, "reviews/returned", key, part=part, review=review)


def handed_over(review: Review) -> None:
    """Tell the new manager what came to them."""
    account = account_in_use(review.manager_id)
    if account is None:
        return
    inbox.tell(
        account.id,
        ReviewsNotice.HANDED_OVER,
        f"/reviews/{review.id}",
        who=review.person.display_name,
        day=in_words(review.cycle.manager_due_on),
    )
    key = f"review:{review.id}:manager:{review.manager_id}"
    _mail(account, "reviews/handed_over", key, review=review)


def cancelled(review: Review) -> None:
    """Tell the person."""
    account = account_in_use(review.person_id)
    if account is not None:
        inbox.tell(account.id, ReviewsNotice.CANCELLED, "/my/reviews", cycle=review.cycle.name)


def remind(person_id: int, lines: Sequence[Line], *, key: str) -> bool:
    """Send one mail and one notice with everything that waits for a person; once for a key."""
    account = account_in_use(person_id)
    if account is None or not lines:
        return False
    sent = sa.select(OutgoingMail.id).where(OutgoingMail.key == f"{key}:{account.id}")
    if db.session.scalar(sent) is not None:
        return False
    inbox.tell(
        account.id,
        ReviewsNotice.REMINDER,
        "/my/reviews",
        day=in_words(min(line.due for line in lines)),
    )
    _mail(account, "reviews/reminder", key, lines=lines)
    return True


def _accounts(person_ids: Collection[int]) -> dict[int, Account]:
    found = sa.select(Account).where(
        Account.person_id.in_(person_ids), Account.state == AccountState.ACTIVE
    )
    return {account.person_id: account for account in db.session.scalars(found)}


def _mail(account: Account, kind: str, key: str, **context: Any) -> None:  # noqa: ANN401
    write_to(account, kind, key=f"{key}:{account.id}", **context)


def in_words(day: date) -> Words:
    """The day as each language writes it: the notice is read later, in the reader's."""
    return i18n.in_each_language(lambda: i18n.date(day, "long"))
