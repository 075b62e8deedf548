"""Tasks for what the interview showed to lie below the role's requirement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.core.db import Words, db
from portal.onboarding import queries
from portal.onboarding.calendar import shifted
from portal.onboarding.models import OnboardingTask
from portal.onboarding.starter import pack
from portal.onboarding.states import TaskOwner
from portal.people.models import Employment

DECIMAL_COMMA = ("tr", "es")


def tasks_for_gaps(employment: Employment) -> Iterator[OnboardingTask]:
    """A task of the hire for every competency whose latest evidence lies below the requirement.

    Competencies the starter pack knows no exercise for are left to the manager.
    """
    for requirement, competency, level in db.session.execute(queries.gaps(employment)):
        exercise: dict[str, Any] | None = pack()["gap_tasks"].get(competency.key)
        if exercise is None:
            continue
        country = employment.site.country
        yield OnboardingTask(
            key=f"gap-{competency.key}",
            title=exercise["title"],
            help=competency.current.description if competency.current else {},
            reason=_reason(exercise["reason"], level, requirement.level),
            competency_id=competency.id,
            owner_kind=TaskOwner.HIRE,
            owner_id=employment.person_id,
            due_on=shifted(employment.starts_on, exercise["offset_days"], country),
        )


def _reason(sentence: Words, level: float, required: int) -> Words:
    """The sentence in each language with both levels, a mean as 2.5 or 2,5."""
    shown = f"{level:.1f}".removesuffix(".0")
    return {
        language: text.format(
            level=shown.replace(".", ",") if language in DECIMAL_COMMA else shown,
            required=required,
        )
        for language, text in sentence.items()
    }
