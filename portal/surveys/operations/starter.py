"""What a new survey can begin with: surveys written before, and those of the starter pack."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.core.db import Json, Words, db
from portal.surveys import queries
from portal.surveys.models import Survey
from portal.surveys.operations.question import Wording
from portal.surveys.states import SurveyQuestionKind

STARTER = Path(__file__).resolve().parents[1] / "starter" / "surveys.toml"


@dataclass(frozen=True)
class Start:
    """Words and questions to begin with; surveys of one series can be compared."""

    key: str
    series: str
    title: Words
    intro: Words
    questions: Sequence[tuple[str, Wording]]


def starts() -> list[Start]:
    """The starter pack, then the newest of each series written here."""
    newest: dict[str, Survey] = {}
    for survey in db.session.scalars(queries.to_copy()):
        newest.setdefault(survey.series, survey)
    return [*_packed(), *map(_written, newest.values())]


@cache
def _packed() -> tuple[Start, ...]:
    rows = tomllib.loads(STARTER.read_text("utf-8"))["survey"]
    return tuple(
        Start(
            key=row["key"],
            series=row["key"],
            title=row["title"],
            intro=row["intro"],
            questions=[(one["key"], _wording(one)) for one in row["question"]],
        )
        for row in rows
    )


def _wording(row: Json) -> Wording:
    return Wording(SurveyQuestionKind(row["kind"]), row["text"], row.get("choices", []))


def _written(survey: Survey) -> Start:
    return Start(
        key=f"survey-{survey.id}",
        series=survey.series,
        title=survey.title,
        intro=survey.intro,
        questions=[(one.key, Wording(one.kind, one.text, one.choices)) for one in survey.questions],
    )
