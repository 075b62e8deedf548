"""Beginning a cycle: a review with its parts for each person, thousands in a few statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock, i18n
from portal.core.db import Json, db
from portal.core.errors import Refused
from portal.core.jobs import enqueue
from portal.core.states import require_move
from portal.people.models import Person, Team
from portal.reviews import queries
from portal.reviews.models import Review, ReviewCycle, ReviewPart
from portal.reviews.operations.cycle import CALENDAR
from portal.reviews.states import (
    CYCLE_MOVES,
    CycleState,
    PartKind,
    PartState,
    ReviewsFact,
    ReviewState,
)

TOLD = 200
"""People a job tells at once."""


class Managers:
    """Who answers for whom today: the manager of the employment, else the nearest lead above."""

    def __init__(self) -> None:
        rows = db.session.execute(queries.present_managers(clock.today())).all()
        self._employed = {row.person_id: (row.manager_id, row.team_id) for row in rows}
        found = db.session.execute(sa.select(Team.id, Team.parent_id, Team.lead_id))
        self._teams = {row.id: (row.parent_id, row.lead_id) for row in found}
        self.reports: dict[int, list[int]] = {}
        for person_id in self._employed:
            if manager_id := self.of(person_id):
                self.reports.setdefault(manager_id, []).append(person_id)

    def of(self, person_id: int) -> int | None:
        """The person id of who answers for somebody; nobody answers for themself."""
        manager_id, team_id = self._employed.get(person_id, (None, None))
        if manager_id is not None and manager_id in self._employed and manager_id != person_id:
            return int(manager_id)
        while team_id is not None:
            team_id, lead_id = self._teams[team_id]
            if lead_id in self._employed and lead_id != person_id:
                return int(lead_id)
        return None

    def works_here(self, person_id: int) -> bool:
        """Whether somebody is employed today."""
        return person_id in self._employed


@dataclass(frozen=True)
class Preview:
    """What a launch would do: who takes part, nobody answers for, or is busy in another cycle."""

    rows: Sequence[Any]
    without_manager: Sequence[Any]
    elsewhere: Sequence[Any]

    @property
    def taken(self) -> list[Any]:
        """Who would be reviewed."""
        busy = {row.id for row in self.elsewhere}
        return [row for row in self.rows if row.id not in busy]


def preview(cycle: ReviewCycle) -> Preview:
    """Look at the population as of today."""
    return _preview(cycle, Managers())


def _preview(cycle: ReviewCycle, managers: Managers) -> Preview:
    rows = db.session.execute(queries.people_in_population(cycle.population, clock.today())).all()
    busy = set(_busy([row.id for row in rows], cycle.id))
    return Preview(
        rows,
        [row for row in rows if managers.of(row.id) is None],
        [row for row in rows if row.id in busy],
    )


def _busy(person_ids: Sequence[int], cycle_id: int) -> Iterator[int]:
    for some in _chunks(person_ids):
        yield from db.session.scalars(queries.in_another_cycle(some, cycle_id))


def _chunks(keys: Sequence[int], size: int = 5000) -> Iterator[Sequence[int]]:
    """SQLite takes 32,766 values in a statement."""
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def launch_cycle(cycle: ReviewCycle, *, by: Account | None) -> int:
    """Begin a cycle: everybody in its population is told and can write; returns how many.

    Who is in another running cycle is left out.

    Raises:
        Refused: if it does not wait for its launch, the days to write are over, or it is about
            nobody.

    """
    # The lock keeps two people from both launching it.
    db.session.refresh(cycle, ["state", "version"], with_for_update=True)
    require_move(CYCLE_MOVES, cycle.state, CycleState.RUNNING)
    for name in CALENDAR[2:]:
        if getattr(cycle, name) < clock.today():
            raise Refused(
                _(
                    "%(day)s is over already. Change the calendar first.",
                    day=i18n.date(getattr(cycle, name)),
                )
            )
    managers = Managers()
    people = _preview(cycle, managers).taken
    if not people:
        raise Refused(_("Nobody fits the population. Change it first."))
    made = _insert(cycle, people, managers, by=by)
    cycle.state, cycle.launched_at = CycleState.RUNNING, clock.now()
    audit.record(ReviewsFact.CYCLE_LAUNCHED, cycle, by=by, people=len(made))
    for some in _chunks(made, TOLD):
        enqueue("reviews.tell_of_launch", review_ids=list(some))
    return len(made)


def add_person(cycle: ReviewCycle, person: Person, *, by: Account) -> Review:
    """Add somebody to a running cycle; who was called off in it is taken up again.

    Raises:
        Refused: if the cycle does not run, or the person is in it or another, or not employed.

    """
    if cycle.state is not CycleState.RUNNING:
        raise Refused(_("People can be added while the cycle runs."))
    who = person.display_name
    managers = Managers()
    if not managers.works_here(person.id):
        raise Refused(_("%(who)s does not work here today.", who=who), field="person")
    if db.session.scalar(queries.in_another_cycle([person.id], cycle.id)) is not None:
        raise Refused(_("%(who)s is in another running cycle.", who=who), field="person")
    known = sa.select(Review).where(Review.cycle_id == cycle.id, Review.person_id == person.id)
    review: Review | None = db.session.scalar(known)
    if review is not None:
        if review.state is not ReviewState.CANCELLED:
            raise Refused(_("%(who)s is in this cycle already.", who=who), field="person")
        review.state, review.note, review.ending = ReviewState.WRITING, "", None
        audit.record(ReviewsFact.REVIEW_ADDED, review, by=by)
        return review
    everyone = queries.people_in_population({}, clock.today())
    row = db.session.execute(everyone.where(Person.id == person.id)).one()
    made = _insert(cycle, [row], managers, by=by)
    enqueue("reviews.tell_of_launch", review_ids=made)
    return db.session.get_one(Review, made[0])


def cancel_review(review: Review, *, note: str, by: Account | None) -> None:
    """Take one person out of a running cycle.

    Raises:
        Refused: if the review is signed or over, or the reason is missing.

    """
    if review.state not in queries.UNFINISHED:
        raise Refused(_("This review is over and stays as it is."))
    if not note.strip():
        raise Refused(_("Say why."), field="note")
    review.state, review.note = ReviewState.CANCELLED, note.strip()
    audit.record(ReviewsFact.REVIEW_CANCELLED, review, by=by)


def _insert(
    cycle: ReviewCycle, people: Sequence[Any], managers: Managers, *, by: Account | None
) -> list[int]:
    """The reviews and parts of rows of ``people_in_population``; ids of the new reviews."""
    now = clock.now()
    asked = _demands({row.role_id for row in people})
    reviews = [
        {
            "cycle_id": cycle.id,
            "person_id": row.id,
            "role_id": row.role_id,
            "team_id": row.team_id,
            "manager_id": managers.of(row.id),
            "state": ReviewState.WRITING,
            "competencies": asked.get(row.role_id, []),
            "created_at": now,
        }
        for row in people
    ]
    written = sa.insert(Review).returning(Review.id, Review.person_id, Review.manager_id)
    made = db.session.execute(written, reviews).all()
    parts = [part for row in made for part in _parts(cycle, row, managers, now)]
    db.session.execute(sa.insert(ReviewPart), parts)
    audit.record_many(
        ReviewsFact.REVIEW_ADDED,
        (
            {"subject_type": "review", "subject_id": row.id, "about_person_id": row.person_id}
            for row in made
        ),
        by=by,
    )
    return [row.id for row in made]


def _parts(
    cycle: ReviewCycle,
    review: Any,  # noqa: ANN401 - a row
    managers: Managers,
    now: datetime,
) -> Iterator[Json]:
    """Self and manager; direct reports only if there are enough to stay nameless."""
    authors: list[tuple[PartKind, int]] = []
    if cycle.weight(PartKind.SELF):
        authors.append((PartKind.SELF, review.person_id))
    if cycle.weight(PartKind.MANAGER) and review.manager_id is not None:
        authors.append((PartKind.MANAGER, review.manager_id))
    reports = managers.reports.get(review.person_id, [])
    if cycle.weight(PartKind.UPWARD) and len(reports) >= cycle.least_raters:
        authors += [(PartKind.UPWARD, key) for key in reports]
    for kind, author_id in authors:
        yield {
            "review_id": review.id,
            "kind": kind,
            "author_id": author_id,
            "state": PartState.OPEN,
            "created_at": now,
        }


def _demands(role_ids: Collection[int]) -> dict[int, list[Json]]:
    """What each role asks for, pinned to today's wording."""
    found: dict[int, list[Json]] = {}
    rows: Iterable[Any] = db.session.execute(queries.demands_of(role_ids))
    for row in rows:
        found.setdefault(row.role_id, []).append(
            {
                "competency_id": row.competency_id,
                "version_id": row.current_version_id,
                "level": row.level,
                "weight": row.weight,
            }
        )
    return found
