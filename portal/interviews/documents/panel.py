"""The part of the decision record that the panel wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from portal.core.i18n import words
from portal.interviews.documents import record as parts
from portal.interviews.models import Amendment, Interview, ScorecardAnswer
from portal.interviews.sidebyside import CompetencyBlock, PanelView, QuestionRow, RoundView
from portal.interviews.states import SkipReason


def rounds_of(view: PanelView) -> tuple[parts.Round, ...]:
    """The rounds the decision rests on, each with what its panel wrote."""
    return tuple(_round(each) for each in view.rounds)


def _round(view: RoundView) -> parts.Round:
    interview = view.interview
    return parts.Round(
        number=interview.round.order,
        name=words(interview.round_name) if interview.round_name else "",
        interview_at=interview.starts_at,
        minutes=interview.minutes,
        place=interview.place,
        revealed_at=interview.revealed_at,
        cards=tuple(
            parts.Card(name, card.submitted_at)
            for name, card in zip(view.names, view.cards, strict=True)
            if card.submitted_at is not None
        ),
        scores=tuple(_score(block, view.names) for block in view.blocks),
        changes=_changes_of(view),
        score=view.score,
        decision=decision_of(interview),
    )


def decision_of(interview: Interview) -> parts.Decision | None:
    """What was decided after a round, if it was."""
    made = interview.decision
    if made is None:
        return None
    return parts.Decision(
        made.score,
        made.cut,
        made.mechanical,
        made.outcome,
        made.override_reason,
        made.note,
        made.decided_by.display_name,
        made.decided_at,
    )


def shares_of(view: PanelView) -> tuple[parts.Share, ...]:
    """Each competency as the formula takes it, beside what every round saw alone."""
    return tuple(
        parts.Share(
            words(score.plan_competency.competency_version.name),
            score.plan_competency.required_level,
            score.plan_competency.weight,
            tuple(view.mean_in(each, score) for each in view.rounds),
            score.mean,
        )
        for score in view.scores
    )


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


def _changes_of(view: RoundView) -> tuple[parts.Change, ...]:
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
