"""The part of the decision record that the panel wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from portal.core.i18n import words
from portal.interviews.documents import record as parts
from portal.interviews.models import Amendment, ScorecardAnswer
from portal.interviews.sidebyside import CompetencyBlock, PanelView, QuestionRow
from portal.interviews.states import SkipReason


def scores_of(view: PanelView) -> tuple[parts.Score, ...]:
    """Each competency with its questions and everybody's answers."""
    return tuple(_score(block, view.names) for block in view.blocks)


def _score(block: CompetencyBlock, names: tuple[str, ...]) -> parts.Score:
    part = block.score.plan_competency
    version = part.competency_version
    return parts.Score(
        name=words(version.name),
        version_hash=version.content_hash,
        required_level=part.required_level,
        weight=part.weight,
        mean=block.score.mean,
        far_apart=block.score.far_apart,
        questions=tuple(_asked(row, names, version.anchors) for row in block.rows),
    )


def _asked(row: QuestionRow, names: tuple[str, ...], anchors: Mapping[str, Any]) -> parts.Asked:
    return parts.Asked(
        row.number,
        words(row.question.text),
        row.question.kind,
        row.far_apart,
        tuple(
            _answer(name, answer, anchors)
            for name, answer in zip(names, row.answers, strict=True)
            if answer is not None
        ),
    )


def _answer(name: str, answer: ScorecardAnswer, anchors: Mapping[str, Any]) -> parts.Answer:
    anchor = words(anchors.get(str(answer.rating))) if answer.rating else ""
    return parts.Answer(
        name, answer.rating, anchor, answer.not_observed, answer.skip_reason, answer.note
    )


def changes_of(view: PanelView) -> tuple[parts.Change, ...]:
    """Every amendment, question by question, in the order they were made."""
    numbers = {str(row.question.id): row.number for block in view.blocks for row in block.rows}
    found = [
        change
        for name, card in zip(view.names, view.cards, strict=True)
        for amendment in card.amendments
        for change in _changes(name, amendment, numbers)
    ]
    return tuple(sorted(found, key=lambda change: change.at))


def _changes(who: str, amendment: Amendment, numbers: Mapping[str, int]) -> Iterator[parts.Change]:
    for key, after in amendment.after.items():
        before = amendment.before.get(key) or {}
        yield parts.Change(
            who,
            amendment.made_at,
            amendment.reason,
            numbers.get(key, 0),
            rating_text(before),
            before.get("note", ""),
            rating_text(after),
            after.get("note", ""),
        )


def rating_text(entry: Mapping[str, Any]) -> str:
    """The rating of a stored entry, or why there is none."""
    if entry.get("rating"):
        return str(entry["rating"])
    if entry.get("skip_reason"):
        return str(SkipReason(entry["skip_reason"]).label)
    return str(_("Not observed")) if entry.get("not_observed") else "–"
