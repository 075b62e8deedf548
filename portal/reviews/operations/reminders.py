"""Reminders: a week and a day before the last day, and once when it is over; one mail a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Person, full_name
from portal.reviews import notices, queries
from portal.reviews.models import Review, ReviewCycle, ReviewPart, ReviewReminder
from portal.reviews.states import PartKind, ReminderStage

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Duty:
    """Something one person has to do until a day."""

    person_id: int
    subject: str
    line: notices.Line


def stage_of(due: date, today: date) -> ReminderStage | None:
    """Which reminder is in place; ``None`` as long as there is time."""
    if today > due:
        return ReminderStage.LATE
    if today >= due - DAY:
        return ReminderStage.DAY
    return ReminderStage.WEEK if today >= due - WEEK else None


def remind_all() -> int:
    """Send what is in place today and has not been sent; returns to how many people."""
    today = clock.today()
    by_person: dict[int, list[notices.Line]] = {}
    fresh: list[dict[str, Any]] = []
    known = sa.select(ReviewReminder.person_id, ReviewReminder.subject, ReviewReminder.stage)
    sent = {tuple(row) for row in db.session.execute(known)}
    for duty in _duties(today):
        stage = stage_of(duty.line.due, today)
        if stage is None or (duty.person_id, duty.subject, stage) in sent:
            continue
        by_person.setdefault(duty.person_id, []).append(duty.line)
        fresh.append(
            {
                "person_id": duty.person_id,
                "subject": duty.subject,
                "stage": stage,
                "sent_at": clock.now(),
            }
        )
    if fresh:
        db.session.execute(sa.insert(ReviewReminder), fresh)
    told = 0
    for person_id, lines in by_person.items():
        told += notices.remind(person_id, lines, key=f"reviews:{today.isoformat()}")
    return told


def _duties(today: date) -> Iterator[Duty]:
    soon = queries.open_parts().where(queries.due_day() <= today + WEEK)
    yield from _parts_due(soon, today)
    yield from _peers_missing(today)


def _parts_due(parts: sa.Select[Any], today: date) -> Iterator[Duty]:
    due = queries.due_day()
    rows = db.session.execute(
        parts.join(Person, Person.id == Review.person_id)
        .with_only_columns(
            ReviewPart.id,
            ReviewPart.author_id,
            ReviewPart.kind,
            due.label("due"),
            Person.given_name,
            Person.family_name,
            Person.language,
        )
        .order_by(due, ReviewPart.id)
    )
    for row in rows:
        yield Duty(
            row.author_id,
            f"part {row.id}",
            notices.Line(
                who=full_name(row.given_name, row.family_name, row.language),
                own=row.kind is PartKind.SELF,
                peers=False,
                due=row.due,
                late=today > row.due,
                part_id=row.id,
            ),
        )


def _peers_missing(today: date) -> Iterator[Duty]:
    """Who has named fewer peers than the cycle wants."""
    found = queries.peers_missing().where(ReviewCycle.peers_due_on <= today + WEEK)
    for review in db.session.scalars(found):
        due = review.cycle.peers_due_on
        line = notices.Line("", own=True, peers=True, due=due, late=today > due)
        yield Duty(review.person_id, f"peers {review.id}", line)


def nudge(reviews: Iterable[Review], *, by: Account) -> int:
    """Remind everybody who has an open part in these reviews; returns how many were written to.

    Who is written to is not said: peers and direct reports stay nameless. Once a day and person.

    Raises:
        Refused: if nothing is open.

    """
    today = clock.today()
    keys = [review.id for review in reviews]
    parts = queries.open_parts().where(ReviewPart.review_id.in_(keys))
    by_person: dict[int, list[notices.Line]] = {}
    for duty in _parts_due(parts, today):
        by_person.setdefault(duty.person_id, []).append(duty.line)
    by_person.pop(by.person_id, None)
    if not by_person:
        raise Refused(_("Nobody else has an open part here."))
    told = 0
    for person_id, lines in by_person.items():
        told += notices.remind(person_id, lines, key=f"reviews:nudge:{today.isoformat()}")
    return told
