"""Calendar entries of 1:1s, mentoring, reviews, surveys, assessments and feedback.

No title names the other person or says what is to be talked about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.core.i18n import words
from portal.development import queries as development
from portal.development.models import Assessment
from portal.home.entry import AHEAD, BEHIND, Entry
from portal.meetings import queries as meetings
from portal.meetings.models import Meeting
from portal.mentoring import queries as mentoring
from portal.reviews import queries as reviews
from portal.reviews.states import PartKind
from portal.surveys import queries as surveys


def _meetings(account: Account) -> Iterator[Entry]:
    """1:1s that are planned."""
    now = clock.now()
    coming = meetings.coming_meetings(account.person_id, now + AHEAD)
    for row in db.session.scalars(coming.where(Meeting.starts_at > now - BEHIND)):
        starts, ends = row.starts_at.astimezone(UTC), row.ends_at.astimezone(UTC)
        path = f"/meetings/{row.id}"
        yield Entry(f"meeting-{row.id}", _("1:1"), starts, ends, path, row.place)


def _mentoring(account: Account) -> Iterator[Entry]:
    """Sessions of one's pairs that are planned."""
    now = clock.now()
    for row in db.session.scalars(
        mentoring.sessions_soon(account.person_id, now - BEHIND, now + AHEAD)
    ):
        starts, ends = row.starts_at.astimezone(UTC), row.ends_at.astimezone(UTC)
        path, title = f"/mentoring/sessions/{row.id}", _("Mentoring session")
        yield Entry(f"mentoring-{row.id}", title, starts, ends, path, row.place)


def _reviews(account: Account) -> Iterator[Entry]:
    """Parts to write, and reviews to talk about and sign."""
    parts = reviews.open_parts_of(account.person_id).add_columns(reviews.due_day())
    for part, due in db.session.execute(parts):
        cycle = words(part.review.cycle.name)
        if part.kind is PartKind.SELF:
            title = _("%(cycle)s: your self-review is due", cycle=cycle)
        else:
            title = _("%(cycle)s: your part of a review is due", cycle=cycle)
        yield Entry(f"review-part-{part.id}", title, due, None, f"/reviews/parts/{part.id}")
    for review in db.session.scalars(reviews.reviews_to_sign(account.person_id)):
        title = _("%(cycle)s: a review to sign", cycle=words(review.cycle.name))
        due, path = review.cycle.signing_due_on, f"/reviews/{review.id}"
        yield Entry(f"review-signature-{review.id}", title, due, None, path)


def _surveys(account: Account) -> Iterator[Entry]:
    """The last day of surveys that ask one."""
    for row in db.session.scalars(surveys.asking(account)):
        title = _("%(survey)s: last day to answer", survey=words(row.title))
        yield Entry(f"survey-{row.id}", title, row.closes_on, None, f"/surveys/{row.id}/answer")


def _growth(account: Account) -> Iterator[Entry]:
    """Sides of assessments to fill in, and feedback to give."""
    sheets = development.sheets_to_fill(account).add_columns(Assessment.due_on)
    for sheet, due in db.session.execute(sheets):
        title, path = _("An assessment to fill in"), f"/development/sheets/{sheet.id}"
        yield Entry(f"sheet-{sheet.id}", title, due, None, path)
    for reply in db.session.scalars(development.replies_to_give(account)):
        title, path = _("Feedback you were asked for"), f"/development/replies/{reply.id}"
        yield Entry(f"reply-{reply.id}", title, reply.request.closes_on, None, path)


SOURCES: tuple[Callable[[Account], Iterator[Entry]], ...] = (
    _meetings,
    _mentoring,
    _reviews,
    _surveys,
    _growth,
)
