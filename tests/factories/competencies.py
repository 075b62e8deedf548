"""Rows of the competency library with sensible defaults; flushed, never committed."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from portal.competencies.models import (
    LEVELS,
    Competency,
    CompetencyVersion,
    Evidence,
    RoleRequirement,
)
from portal.competencies.operations.library import content_hash
from portal.competencies.states import CompetencyFamily, EvidenceSource
from portal.core import clock
from portal.core.db import db
from portal.people.models import Person, Role
from tests.factories.people import added, in_words

_number = count(1)


def competency(key: str = "", **values: Any) -> Competency:
    """A competency with its first version published."""
    key = key or f"competency_{next(_number)}"
    row = added(Competency(**({"key": key, "family": CompetencyFamily.CORE} | values)))
    version(row)
    return row


def version(competency: Competency, **values: Any) -> CompetencyVersion:
    """The next version of a competency, made its current one."""
    name = competency.key.replace("_", " ").capitalize()
    wording: dict[str, Any] = {
        "name": in_words(name),
        "description": in_words(f"What {name.lower()} means."),
        "anchors": {str(level): in_words(f"{name} at level {level}.") for level in LEVELS},
    }
    number = competency.current.number + 1 if competency.current else 1
    if number > 1:
        wording["description"] = in_words(f"What {name.lower()} means, version {number}.")
    wording |= {key: values.pop(key) for key in wording.keys() & values.keys()}
    defaults = {
        "competency": competency,
        "number": number,
        "content_hash": content_hash(**wording),
        "published_at": clock.now(),
    }
    row = added(CompetencyVersion(**(wording | defaults | values)))
    competency.current = row
    db.session.flush()
    return row


def requirement(
    role: Role, competency: Competency, level: int = 3, weight: int = 100, **values: Any
) -> RoleRequirement:
    return added(
        RoleRequirement(
            role_id=role.id, competency=competency, level=level, weight=weight, **values
        )
    )


def evidence(person: Person, competency: Competency, level: float = 3, **values: Any) -> Evidence:
    """An observed level against the current version."""
    defaults: dict[str, Any] = {
        "person_id": person.id,
        "competency": competency,
        "competency_version": competency.current,
        "level": level,
        "source": EvidenceSource.INTERVIEW,
        "source_id": next(_number),
        "observed_on": date(2026, 11, 1),
        "recorded_at": clock.now(),
    }
    return added(Evidence(**(defaults | values)))
