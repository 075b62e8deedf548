"""Reminding holders and managers of awards that expire soon, each threshold exactly once.

A row for each award, threshold and recipient is written in the transaction that writes the mail.
Whatever runs twice, at once or too late finds those rows and leaves them out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from portal.certification import notices, queries
from portal.certification.models import Award, Reminder
from portal.core import clock
from portal.core.db import db
from portal.people.models import Person

Due = tuple[int, int, int]
"""Award, recipient, and the threshold in days that is the most urgent one passed."""

ROWS = 1000
"""Rows written in one statement; databases limit the number of values."""


def people_to_remind(day: date) -> list[int]:
    """The ids of all who have something to be told."""
    return list(db.session.scalars(queries.recipients(_due(day), day)))


def remind(person_ids: Sequence[int], day: date) -> int:
    """Tell these people what expires soon and they were not told; returns how many were.

    Each gets one mail for what they hold and one for the people they manage. After a pause only
    the most urgent threshold that has passed is told; rows for the others say so.
    """
    due = _due(day)
    own = _claim(_rows(queries.due_for_holders(due, person_ids)))
    team = _claim(_rows(queries.due_for_managers(due, day, person_ids)))
    shown = {award_id for award_id, _person, _days in [*own, *team]}
    awards = {row.id: row for row in db.session.scalars(queries.awards_to_name(shown))}
    people = {
        row.id: row
        for row in db.session.scalars(sa.select(Person).where(Person.id.in_(person_ids)))
    }
    for person_id, person in people.items():
        if mine := _of(person_id, own, awards):
            notices.remind_holder(person, mine, day)
        if theirs := _of(person_id, team, awards):
            notices.remind_manager(person, theirs, day)
    return len({person_id for _award, person_id, _days in [*own, *team]})


def _due(day: date) -> sa.CTE:
    voided = db.session.scalars(queries.versions_voided_soon(day)).all()
    return queries.reminders_due(day, voided)


def _rows(select: sa.Select[*tuple[Any, ...]]) -> list[Due]:
    return [(award, person, days) for award, person, days in db.session.execute(select)]


def _claim(due: Sequence[Due]) -> list[Due]:
    """Write a row for each threshold passed; what was claimed here and not elsewhere is told."""
    now = clock.now()
    rows = [
        {"award_id": award_id, "person_id": person_id, "days": passed, "told_at": now}
        for award_id, person_id, days in due
        for passed in queries.THRESHOLDS
        if passed >= days
    ]
    postgres = db.session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if postgres else sqlite.insert)(Reminder)
    claimed: set[Due] = set()
    for start in range(0, len(rows), ROWS):
        # Another worker may be at it: whose row it is decides who tells.
        written = insert.values(rows[start : start + ROWS]).on_conflict_do_nothing()
        claimed |= {
            (row.award_id, row.person_id, row.days)
            for row in db.session.execute(
                written.returning(Reminder.award_id, Reminder.person_id, Reminder.days)
            )
        }
    return [row for row in due if row in claimed]


def _of(person_id: int, due: Sequence[Due], awards: dict[int, Award]) -> list[Award]:
    return [awards[award_id] for award_id, told, _days in due if told == person_id]
