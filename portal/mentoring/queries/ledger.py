"""Levels people have shown, from the ledger, and what a person's path still asks of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from portal.careers import queries as careers
from portal.careers.facts import Shown
from portal.careers.readiness import Need, readiness
from portal.careers.states import RequirementKind
from portal.core.db import db
from portal.people.models import Person, Role

Ledger = Mapping[int, Mapping[int, list[Shown]]]
"""What was observed, by person and competency."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A competency of a path that is missing: the level shown, if any, and the level asked for."""

    competency_id: int
    level: float | None
    wanted: int


def ledger_of(person_ids: Collection[int], competency_ids: Collection[int], day: date) -> Ledger:
    """All observations of these people in these competencies: one statement."""
    needs = [
        Need(f"competency-{key}", RequirementKind.COMPETENCY, key) for key in set(competency_ids)
    ]
    if not needs or not person_ids:
        return {}
    facts = careers.facts_of(sorted(set(person_ids)), needs, day)
    return {key: found.levels for key, found in facts.items()}


def level_on(ledger: Ledger, person_id: int, competency_id: int, day: date) -> float | None:
    """The newest level shown by the end of a day."""
    known = ledger.get(person_id, {}).get(competency_id, ())
    seen = [one for one in known if one.observed_on <= day]
    return max(seen).level if seen else None


def gaps_of(person: Person, day: date) -> tuple[Role | None, list[Gap]]:
    """The competencies missing on the way to the next role, as *My path* shows them."""
    job = person.employment_on(day)
    step = db.session.execute(careers.steps_from(job.role_id, day)).first() if job else None
    if step is None:
        return None, []
    role: Role = step[0]
    needs = [
        need for need in careers.needs_of(role.id, day)
        if need.kind is RequirementKind.COMPETENCY
    ]  # fmt: skip
    facts = careers.facts_of([person.id], needs, day)[person.id]
    return role, [
        Gap(line.need.subject, line.level, round(line.need.level))
        for line in readiness(facts, needs, day) if not line.is_met
    ]  # fmt: skip
