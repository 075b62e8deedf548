"""Composing a posting, editing it, and showing it to the world."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock, i18n
from portal.core.db import Json, db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.hiring import notices, queries
from portal.hiring.models import Posting, Requisition
from portal.hiring.operations.checklist import checklist
from portal.hiring.operations.closing import end_posting
from portal.hiring.operations.composition import compose_text
from portal.hiring.states import (
    POSTING_MOVES,
    EmploymentType,
    HiringFact,
    PostingState,
    Tonality,
)
from portal.people.models import Role, Site

SLUG_LENGTH = 100


def compose_posting(
    requisition: Requisition, *, tone: Tonality, languages: Sequence[str], by: Account
) -> Posting:
    """Draft a posting in each language from the role profile.

    Raises:
        Refused: if no language is chosen, or the requisition is over.
    """
    if requisition.is_over:
        raise Refused(_("This requisition is over, so there is nothing to post."))
    chosen = _known(languages)
    role, site = requisition.role, requisition.site
    posting = Posting(
        requisition=requisition, slug=_free_slug(role, site), tone=tone, languages=chosen,
        content={tag: compose_text(role, site, tone=tone, language=tag) for tag in chosen},
        created_at=clock.now(), changed_at=clock.now(),
    )  # fmt: skip
    db.session.add(posting)
    audit.record(HiringFact.POSTING_COMPOSED, posting, by=by)
    return posting


def change_posting(
    posting: Posting,
    *,
    languages: Sequence[str],
    employment_type: EmploymentType,
    remote: bool,
    opens_on: date | None,
    closes_on: date | None,
    answer_days: int,
    by: Account,
) -> None:
    """Change its facts; a language that is new is composed from the role profile.

    Raises:
        Refused: if the dates are the wrong way round, or an open posting would miss something.
    """
    chosen = _known(languages)
    if opens_on and closes_on and closes_on < opens_on:
        raise Refused(_("The last day is before the first."), field="closes_on")
    role, site = posting.requisition.role, posting.requisition.site
    fresh = {
        tag: compose_text(role, site, tone=posting.tone, language=tag)
        for tag in chosen
        if tag not in posting.content
    }
    posting.content = posting.content | fresh
    posting.languages, posting.employment_type, posting.remote = chosen, employment_type, remote
    posting.opens_on, posting.closes_on, posting.answer_days = opens_on, closes_on, answer_days
    _keep_change(posting, by=by)


def change_posting_text(posting: Posting, language: str, *, text: Json, by: Account) -> None:
    """Replace the text of one language.

    Raises:
        Refused: if the posting has no such language, or is open and would miss something.
    """
    if language not in posting.languages:
        raise Refused(_("The posting has no text in this language."))
    posting.content = posting.content | {language: text}
    _keep_change(posting, by=by)


def recompose_posting(posting: Posting, language: str, *, tone: Tonality, by: Account) -> None:
    """Throw one language's text away and compose it afresh, friendly or formal.

    Raises:
        Refused: as ``change_posting_text``.
    """
    requisition = posting.requisition
    posting.tone = tone
    text = compose_text(requisition.role, requisition.site, tone=tone, language=language)
    change_posting_text(posting, language, text=text, by=by)


def publish_posting(posting: Posting, *, by: Account) -> None:
    """Show a draft on the careers site, from its first day on.

    Raises:
        Refused: if the checklist is not complete, or its last day is over.
    """
    require_move(POSTING_MOVES, posting.state, PostingState.OPEN)
    _show(posting)
    audit.record(HiringFact.POSTING_PUBLISHED, posting, by=by)


def close_posting(posting: Posting, *, by: Account | None) -> None:
    """Take an open posting off the careers site.

    Raises:
        Refused: if it is not open.
    """
    end_posting(posting, by=by)


def reopen_posting(posting: Posting, *, closes_on: date | None, by: Account) -> None:
    """Show a closed posting again, until a new last day or for an open time.

    Raises:
        Refused: if it is not closed, the day is over, or the checklist is not complete.
    """
    if posting.state is not PostingState.CLOSED:
        raise Refused(_("Only a closed posting can be opened again."))
    posting.closes_on = closes_on
    _show(posting)
    audit.record(HiringFact.POSTING_REOPENED, posting, by=by)


def close_postings_over() -> int:
    """Close every posting whose last day is over where its site is; returns how many."""
    closed = 0
    for posting in db.session.scalars(queries.postings_with_a_last_day()):
        today = clock.today(posting.requisition.site.time_zone)
        if posting.closes_on is not None and posting.closes_on < today:
            end_posting(posting, by=None)
            notices.posting_closed(posting)
            closed += 1
    return closed


def _show(posting: Posting) -> None:
    today = clock.today(posting.requisition.site.time_zone)
    if posting.closes_on is not None and posting.closes_on < today:
        raise Refused(_("The last day is over. Choose a later one."), field="closes_on")
    _check_complete(posting)
    posting.opens_on = posting.opens_on or today
    posting.state = PostingState.OPEN
    posting.published_at = posting.published_at or clock.now()
    posting.closed_at = None
    posting.changed_at = clock.now()


def _keep_change(posting: Posting, *, by: Account) -> None:
    posting.changed_at = clock.now()
    if posting.state is PostingState.OPEN:
        _check_complete(posting)
    audit.record(HiringFact.POSTING_CHANGED, posting, by=by)


def _check_complete(posting: Posting) -> None:
    missing = next((check.missing for check in checklist(posting) if not check.done), None)
    if missing:
        raise Refused(missing)


def _known(languages: Sequence[str]) -> list[str]:
    chosen = [tag for tag in i18n.LOCALES if tag in languages]
    if not chosen:
        raise Refused(_("Choose at least one language."), field="languages")
    return chosen


def _free_slug(role: Role, site: Site) -> str:
    """``customer-service-associate-istanbul``, with a number if that is taken."""
    wanted = _latin(f"{i18n.words(role.title, 'en')} {site.city}") or _latin(role.key) or "posting"
    taken = set(db.session.scalars(
        sa.select(Posting.slug).where(Posting.slug.startswith(wanted, autoescape=True))
    ))  # fmt: skip
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def _latin(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", i18n.fold(text))[:SLUG_LENGTH].strip("-")
