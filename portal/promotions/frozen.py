"""How far somebody was on the day of a proposal, kept as text, and what is different today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.careers import queries as careers
from portal.careers import wording
from portal.careers.readiness import Line, readiness
from portal.careers.states import LineState
from portal.core.db import Json, Words
from portal.core.i18n import in_each_language
from portal.people.models import Person, Role


def freeze(person: Person, role: Role, day: date) -> Json:
    """The lines of a role as they stand on a day, with their texts in every language.

    ``{"day": iso, "lines": [{"key", "state", "title": Words, "has": Words, "why": Words,
    "proofs": [{"kind", "id", "day"}]}]}``
    """
    needs = careers.needs_of(role.id, day)
    lines = readiness(careers.facts_of([person.id], needs, day)[person.id], needs, day)
    names = wording.names_for(needs)
    return {"day": day.isoformat(), "lines": [_line(one, names) for one in lines]}


def _line(line: Line, names: wording.Names) -> Json:
    texts: dict[str, Words] = {
        "title": in_each_language(lambda: wording.title(line.need, names)),
        "has": in_each_language(lambda: wording.has(line, names)),
        "why": in_each_language(lambda: wording.why_unknown(line)),
    }
    proofs = [
        {"kind": str(one.kind), "id": one.record_id, "day": one.day.isoformat()}
        for one in line.proofs
    ]
    return {"key": line.need.key, "state": str(line.state), **texts, "proofs": proofs}


@dataclass(frozen=True)
class FrozenLine:
    """One kept line as a page shows it."""

    key: str
    state: LineState
    title: Words
    has: Words
    why: Words
    days: tuple[date, ...]


@dataclass(frozen=True)
class Change:
    """A line that stands otherwise today; ``None`` where it is new or no longer asked for."""

    title: Words
    before: LineState | None
    now: LineState | None
    has: Words


def lines_of(kept: Json) -> list[FrozenLine]:
    """The lines of a frozen readiness."""
    return [
        FrozenLine(
            one["key"], LineState(one["state"]), one["title"], one["has"], one["why"],
            tuple(date.fromisoformat(proof["day"]) for proof in one["proofs"]),
        )
        for one in kept["lines"]
    ]  # fmt: skip


def open_lines(lines: Sequence[FrozenLine]) -> list[FrozenLine]:
    """Those that are not met."""
    return [one for one in lines if one.state is not LineState.MET]


def changes(before: Json, now: Json) -> list[Change]:
    """What stands otherwise; more months of the same work are no change."""
    old = {one.key: one for one in lines_of(before)}
    new = {one.key: one for one in lines_of(now)}
    found = [
        Change(one.title, old[key].state if key in old else None, one.state, one.has)
        for key, one in new.items()
        if key not in old or old[key].state is not one.state
    ]
    gone = [Change(one.title, one.state, None, {}) for key, one in old.items() if key not in new]
    return found + gone
