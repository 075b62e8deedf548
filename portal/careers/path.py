"""One person's way to a role as a page shows it: lines, what to do, and how it grew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from portal.careers import queries
from portal.careers.actions import Action, ActionKind, shortest
from portal.careers.experience import later
from portal.careers.facts import PersonFacts
from portal.careers.readiness import Line, Need, met, readiness
from portal.careers.states import EdgeKind, RequirementKind
from portal.careers.wording import Names, month, names_for
from portal.certification import queries as certification
from portal.core.charts import Point, Trend
from portal.core.db import db
from portal.people.models import Person, Role
from portal.people.queries import roles as all_roles

PERIODS = 12
"""Months the trend looks back."""


@dataclass(frozen=True)
class Path:
    """What the page of a path shows; ``role`` is ``None`` where no step leads on.

    ``begun`` names what the person has begun already: kind and subject.
    """

    person: Person
    present: Role | None
    role: Role | None
    steps: list[tuple[Role, EdgeKind]]
    others: list[Role]
    lines: tuple[Line, ...]
    actions: list[Action]
    begun: dict[tuple[ActionKind, int], int]
    names: Names
    trend: Trend | None
    day: date

    @property
    def met(self) -> int:
        """How many lines are met."""
        return met(self.lines)


def path_of(person: Person, day: date, wanted: Role | None = None) -> Path:
    """The way of a person to a role, or to the next one up if none is named."""
    job = person.employment_on(day)
    present = job.role if job else None
    steps = _steps(present, day)
    others = list(db.session.scalars(all_roles()))
    role = wanted or (steps[0][0] if steps else None)
    needs = queries.needs_of(role.id, day) if role else []
    facts = queries.facts_of([person.id], needs, day)[person.id]
    lines = readiness(facts, needs, day)
    gaps = {
        line.need.subject for line in lines
        if not line.is_met and line.need.kind is RequirementKind.COMPETENCY
    }  # fmt: skip
    actions = shortest(lines, queries.teachings(gaps)) if gaps else shortest(lines, ())
    taught = {one.subject for one in actions if one.kind is ActionKind.COURSE}
    return Path(
        person, present, role, steps, others, lines, actions, _begun(person.id),
        names_for(needs, taught), _trend(facts, needs, day) if needs else None, day,
    )  # fmt: skip


def _steps(present: Role | None, day: date) -> list[tuple[Role, EdgeKind]]:
    if present is None:
        return []
    return [(row[0], row[1]) for row in db.session.execute(queries.steps_from(present.id, day))]


def _begun(person_id: int) -> dict[tuple[ActionKind, int], int]:
    """What is under way, with the id of the page that continues it."""
    begun = {
        (ActionKind.COURSE, key): key for key in db.session.scalars(queries.live_courses(person_id))
    }
    for key in db.session.scalars(queries.live_programmes(person_id)):
        begun[ActionKind.PROGRAMME, key] = key
    for row in db.session.scalars(certification.open_pursuits_of(person_id)):
        begun[ActionKind.CERTIFICATION, row.certification_id] = row.id
    return begun


def _trend(facts: PersonFacts, needs: Sequence[Need], day: date) -> Trend:
    """Lines met at the end of each month, held against what the role asks for today."""
    first = day.replace(day=1)
    ends = [later(first, -back) - timedelta(days=1) for back in range(PERIODS - 1, -1, -1)]
    points = [Point(month(end), met(readiness(facts, needs, end))) for end in (*ends, day)]
    return Trend(_("Requirements met"), _("Met"), tuple(points), target=len(needs))
