"""A complete panel laid out for reading: every question with every interviewer's answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.core.charts import PanelChart, Rating
from portal.core.i18n import words
from portal.interviews.models import Interview, PlanQuestion, Scorecard, ScorecardAnswer
from portal.interviews.scoring import (
    FAR_APART,
    CompetencyScore,
    competency_scores,
    mechanical_outcome,
    mechanical_score,
)
from portal.interviews.states import Outcome


@dataclass(frozen=True)
class QuestionRow:
    """One question with the answer of each interviewer, in the order of the panel."""

    number: int
    question: PlanQuestion
    answers: tuple[ScorecardAnswer | None, ...]

    @property
    def far_apart(self) -> bool:
        """Whether two interviewers differ by two levels or more."""
        ratings = [each.rating for each in self.answers if each and each.rating is not None]
        return bool(ratings) and max(ratings) - min(ratings) >= FAR_APART


@dataclass(frozen=True)
class CompetencyBlock:
    """One competency with its score and its questions."""

    score: CompetencyScore
    rows: tuple[QuestionRow, ...]

    @property
    def weighted(self) -> float | None:
        """What it adds to the sum: weight (percent) times mean rating."""
        mean = self.score.mean
        return None if mean is None else self.score.plan_competency.weight * mean


@dataclass(frozen=True)
class PanelView:
    """What the panel page and the decision record show; ``score`` and ``cut`` are in hundredths."""

    cards: tuple[Scorecard, ...]
    names: tuple[str, ...]
    blocks: tuple[CompetencyBlock, ...]
    score: int | None
    cut: int
    mechanical: Outcome

    @property
    def observed(self) -> list[CompetencyBlock]:
        """The competencies that count: those somebody observed."""
        return [block for block in self.blocks if block.score.mean is not None]

    @property
    def weight(self) -> int:
        """The weights that count, together."""
        return sum(block.score.plan_competency.weight for block in self.observed)

    @property
    def total(self) -> float:
        """The sum of weight times mean."""
        return sum(block.weighted or 0 for block in self.observed)

    @property
    def far_apart(self) -> list[QuestionRow]:
        """The questions on which the panel should talk."""
        return [row for block in self.blocks for row in block.rows if row.far_apart]

    def chart(self) -> PanelChart:
        """What each interviewer gave for each question."""
        ratings = [
            Rating(_label(block, row), name, answer.rating if answer else None)
            for block in self.blocks
            for row in block.rows
            for name, answer in zip(self.names, row.answers, strict=True)
        ]
        return PanelChart(_("Ratings of the panel"), tuple(ratings), far=FAR_APART)


def side_by_side(interview: Interview) -> PanelView:
    """Lay out a complete panel; call it only behind ``policy.see_ratings``."""
    cards = tuple(interview.scorecards)
    answers = {
        (card.id, answer.plan_question_id): answer for card in cards for answer in card.answers
    }
    scores = competency_scores(interview)
    rows = [
        QuestionRow(number, question, tuple(answers.get((card.id, question.id)) for card in cards))
        for number, question in enumerate(interview.plan.questions, 1)
    ]
    blocks = tuple(
        CompetencyBlock(
            score,
            tuple(r for r in rows if r.question.plan_competency_id == score.plan_competency.id),
        )
        for score in scores
    )
    score, cut = mechanical_score(scores), interview.plan.cut
    names = _distinct([card.account.display_name for card in cards])
    return PanelView(cards, names, blocks, score, cut, mechanical_outcome(score, cut))


def _label(block: CompetencyBlock, row: QuestionRow) -> str:
    name = words(block.score.plan_competency.competency_version.name)
    return _("%(number)s. %(competency)s", number=row.number, competency=name)


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Two interviewers of the same name get a number, so that nobody's ratings are mixed up."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return tuple(found)
