"""The question bank: the starter pack and later edits."""

from __future__ import annotations

import secrets
import tomllib
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.competencies.models import Competency
from portal.core import audit
from portal.core.db import Json, Words, db
from portal.interviews.models import Question
from portal.interviews.states import InterviewFact, QuestionKind, QuestionLevel

STARTER = Path(__file__).parents[1] / "starter"


def load_questions(*, by: Account | None) -> int:
    """Add the starter questions that are not there yet; returns how many were added."""
    present = set(db.session.scalars(sa.select(Question.key)))
    competencies = {each.key: each for each in db.session.scalars(sa.select(Competency))}
    fresh = [entry for entry in starter_questions() if entry["key"] not in present]
    for entry in fresh:
        question = Question(
            key=entry["key"],
            competency=competencies[entry["competency"]],
            kind=QuestionKind(entry["kind"]),
            level=QuestionLevel(entry["level"]),
            text=entry["text"],
            probes=entry["probes"],
            listen_for=entry["listen_for"],
        )
        db.session.add(question)
        audit.record(InterviewFact.QUESTION_CHANGED, question, by=by)
    return len(fresh)


def starter_questions() -> list[dict[str, Any]]:
    """The questions shipped with the portal, in the order of their files."""
    files = ("questions_core.toml", "questions_craft.toml")
    read = [tomllib.loads((STARTER / name).read_text())["question"] for name in files]
    return [entry for entries in read for entry in entries]


def add_to_bank(
    *,
    competency: Competency,
    kind: QuestionKind,
    level: QuestionLevel,
    text: Words,
    probes: list[Json],
    listen_for: list[Json],
    by: Account,
) -> Question:
    """Write a question of one's own; plans made from now on can ask it."""
    question = Question(
        key=f"own_{secrets.token_hex(6)}",
        competency=competency,
        kind=kind,
        level=level,
        text=text,
        probes=probes,
        listen_for=listen_for,
    )
    db.session.add(question)
    audit.record(InterviewFact.QUESTION_CHANGED, question, by=by)
    return question


def change_question(
    question: Question,
    *,
    text: Words,
    probes: list[Json],
    listen_for: list[Json],
    is_active: bool,
    by: Account,
) -> None:
    """Reword a question or retire it; plans that are already pinned keep their wording."""
    question.text, question.probes, question.listen_for = text, probes, listen_for
    question.is_active = is_active
    audit.record(InterviewFact.QUESTION_CHANGED, question, by=by)
