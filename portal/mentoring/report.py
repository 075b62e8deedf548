"""The figures of a programme; what concerns too small a group is not shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from portal.core.db import Words, db
from portal.mentoring import queries
from portal.mentoring.models import MentoringEntry, MentoringPair, MentoringProgramme, PairGoal
from portal.mentoring.states import KNOWN, FeedbackPart, PairState, QuestionKind, Side
from portal.people.discretion import smallest_group


@dataclass(frozen=True)
class Answered:
    """How a question of a scale was answered; ``None`` by too few."""

    part: FeedbackPart
    text: Words
    number: int | None
    mean: float | None
    spread: tuple[int, ...]


@dataclass(frozen=True)
class Progress:
    """What the ledger says of a goal: people with it, of whom how many rose, and mean levels."""

    competency_id: int
    people: int
    rose: int
    before: float
    after: float


@dataclass(frozen=True)
class Report:
    """All figures of a programme; ``hidden`` counts goals of too few people, not who they are."""

    mentors: int
    mentees: int
    pairs: int
    by_state: dict[PairState, int]
    held: int
    met: int
    reached: int
    answers: tuple[Answered, ...]
    progress: tuple[Progress, ...]
    hidden: int
    names: dict[int, Words]


def report_of(programme: MentoringProgramme, day: date) -> Report:
    """The figures of a programme up to a day."""
    signed = dict(
        db.session.execute(
            sa.select(MentoringEntry.side, sa.func.count())
            .where(MentoringEntry.programme_id == programme.id, MentoringEntry.left_at.is_(None))
            .group_by(MentoringEntry.side)
        ).all()
    )
    pairs = db.session.scalars(
        queries.with_goals(queries.pairs_in(programme.id, *KNOWN))
    ).unique().all()  # fmt: skip
    held = {row.pair_id: row.held for row in db.session.execute(queries.held_by_pair(programme.id))}
    states: dict[PairState, int] = defaultdict(int)
    for pair in pairs:
        states[pair.state] += 1
    progress, hidden = _progress(pairs, day)
    return Report(
        mentors=signed.get(Side.MENTOR, 0) or len({pair.mentor_id for pair in pairs}),
        mentees=signed.get(Side.MENTEE, 0) or len({pair.mentee_id for pair in pairs}),
        pairs=len(pairs),
        by_state=dict(states),
        held=sum(held.values()),
        met=len(held),
        reached=sum(number >= programme.sessions_asked for number in held.values()),
        answers=tuple(_answers(programme)),
        progress=progress,
        hidden=hidden,
        names=names_of(pairs),
    )


def _answers(programme: MentoringProgramme) -> list[Answered]:
    """Answers on a scale; words are between their author and nobody."""
    by_question: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in db.session.scalars(queries.feedback_in(programme.id)):
        for key, answer in row.answers.items():
            if isinstance(answer, int):
                by_question[str(row.part), key].append(answer)
    found = []
    for one in programme.questions:
        if one["kind"] != str(QuestionKind.SCALE):
            continue
        part = FeedbackPart(one["part"])
        given = by_question.get((one["part"], one["key"]), [])
        found.append(_answered(part, one["text"], given))
    return found


def _answered(part: FeedbackPart, text: Words, given: list[int]) -> Answered:
    if len(given) < smallest_group():
        return Answered(part, text, None, None, ())
    spread = tuple(given.count(level) for level in range(1, 6))
    return Answered(part, text, len(given), sum(given) / len(given), spread)


def _progress(pairs: Any, day: date) -> tuple[tuple[Progress, ...], int]:  # noqa: ANN401 - rows
    """Each competency by the newest level before the pair began, and the newest now."""
    people = {pair.mentee_id for pair in pairs}
    skills = {goal.competency_id for pair in pairs for goal in pair.goals}
    ledger = queries.ledger_of(people, skills, day)
    levels: dict[int, dict[int, tuple[float, float]]] = defaultdict(dict)
    for pair in pairs:
        for goal in pair.goals:
            before, after = progress_of(pair, goal, ledger, day)
            if before is not None and after is not None:
                levels[goal.competency_id][pair.mentee_id] = (before, after)
    shown, hidden = [], 0
    for key, known in sorted(levels.items()):
        if len(known) < smallest_group():
            hidden += 1
            continue
        both = list(known.values())
        shown.append(Progress(
            key, len(both), sum(after > before for before, after in both),
            sum(before for before, _after in both) / len(both),
            sum(after for _before, after in both) / len(both),
        ))  # fmt: skip
    return tuple(shown), hidden


def progress_of(
    pair: MentoringPair, goal: PairGoal, ledger: queries.Ledger, day: date
) -> tuple[float | None, float | None]:
    """The level when the pair began, and the newest until it ended."""
    first = pair.starts_on or day
    last = min(day, pair.ended_on or day)
    before = queries.level_on(ledger, pair.mentee_id, goal.competency_id, first)
    return before, queries.level_on(ledger, pair.mentee_id, goal.competency_id, last)


def names_of(pairs: Any) -> dict[int, Words]:  # noqa: ANN401 - rows
    """What the goals of pairs are called."""
    return {
        goal.competency_id: goal.competency.current.name
        for pair in pairs for goal in pair.goals if goal.competency.current is not None
    }  # fmt: skip
