"""Who is told what about results: no notice says what the result is."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.accounts.readers import account_in_use, write_to
from portal.core import i18n, inbox
from portal.core.db import Words
from portal.reviews.models import Review
from portal.reviews.states import Signer


class ResultNotice(inbox.NoticeKind):
    """Notices from the result of a review to its signatures."""

    RELEASED = "reviews.released", _l("Your review “%(cycle)s” can be read now: talk about it")
    TO_TALK = "reviews.to_talk", _l("%(who)s can read the review “%(cycle)s” now: talk about it")
    OTHER_SIGNED = (
        "reviews.other_signed",
        _l("%(who)s has signed the review “%(cycle)s”: your signature is next"),
    )
    SIGNED = "reviews.all_signed", _l("The review “%(cycle)s” of %(who)s is signed by both")
    REOPENED = "reviews.reopened", _l("The review “%(cycle)s” of %(who)s was reopened")


def released(review: Review) -> None:
    """Tell the person, by mail too, and whoever talks with them."""
    cycle = review.cycle
    account = account_in_use(review.person_id)
    if account is not None:
        inbox.tell(account.id, ResultNotice.RELEASED, _url(review), cycle=cycle.name)
        _mail(review, account, "reviews/released", "released")
    _tell(review, review.manager_id, ResultNotice.TO_TALK, who=review.person.display_name)


def signed_by_one(review: Review, signer: Signer) -> None:
    """Tell the other one that their signature is missing."""
    if signer is Signer.PERSON:
        name, other = review.person.display_name, review.manager_id
    else:
        name = review.manager.display_name if review.manager else "–"
        other = review.person_id
    _tell(review, other, ResultNotice.OTHER_SIGNED, who=name)


def signed(review: Review) -> None:
    """Tell both."""
    for person_id in (review.person_id, review.manager_id):
        _tell(review, person_id, ResultNotice.SIGNED, who=review.person.display_name)


def reopened(review: Review) -> None:
    """Tell both; the person by mail too."""
    for person_id in (review.person_id, review.manager_id):
        _tell(review, person_id, ResultNotice.REOPENED, who=review.person.display_name)
    account = account_in_use(review.person_id)
    if account is not None:
        _mail(review, account, "reviews/reopened", "reopened")


def _tell(review: Review, person_id: int | None, kind: ResultNotice, **params: str | Words) -> None:
    account = account_in_use(person_id)
    if account is not None:
        inbox.tell(account.id, kind, _url(review), cycle=review.cycle.name, **params)


def _mail(review: Review, account: Account, kind: str, what: str) -> None:
    write_to(
        account,
        kind,
        key=f"review:{review.id}:{review.edition}:{what}",
        name=review.person.display_name,
        cycle=i18n.words(review.cycle.name, account.language),
        review_id=review.id,
        due_on=review.cycle.signing_due_on,
    )


def _url(review: Review) -> str:
    return f"/reviews/{review.id}"
