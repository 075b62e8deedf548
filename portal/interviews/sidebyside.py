"""A complete panel laid out for reading: every question with every interviewer's answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.core.charts import PanelChart, Rating
from portal.core.i18n import words
from portal.interviews.models import Interview, PlanQuestion, Scorecard, ScorecardAnswer
from portal.interviews.rounds import decided_together
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


@dataclass(frozen=True)
class RoundView:
    """One complete panel: who sat on it, what they gave, and its own score in hundredths."""

    interview: Interview
    cards: tuple[Scorecard, ...]
    names: tuple[str, ...]
    blocks: tuple[CompetencyBlock, ...]
    score: int | None

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


@dataclass(frozen=True)
class PanelView:
    """What the panel page and the decision record show; ``score`` and ``cut`` are in hundredths.

    ``rounds`` are those the decision rests on, its own as the last; ``scores`` are what the formula
    makes of all their ratings together.
    """

    rounds: tuple[RoundView, ...]
    scores: tuple[CompetencyScore, ...]
    score: int | None
    cut: int
    mechanical: Outcome

    @property
    def own(self) -> RoundView:
        """The round that is decided."""
        return self.rounds[-1]

    @property
    def observed(self) -> list[CompetencyScore]:
        """The competencies that count: those somebody observed."""
        return [score for score in self.scores if score.mean is not None]

    @property
    def weight(self) -> int:
        """The weights that count, together."""
        return sum(score.plan_competency.weight for score in self.observed)

    @property
    def total(self) -> float:
        """The sum of weight times mean."""
        return sum(score.weighted or 0 for score in self.observed)

    def mean_in(self, view: RoundView, score: CompetencyScore) -> float | None:
        """What one round alone saw of a competency."""
        key = score.plan_competency.id
        found = (b.score.mean for b in view.blocks if b.score.plan_competency.id == key)
        return next(found, None)


def side_by_side(interview: Interview) -> PanelView:
    """Lay out a complete panel, in the last round beside those before it.

    Call it only behind ``policy.see_ratings``.
    """
    interviews = decided_together(interview)
    scores = competency_scores(*interviews)
    score, cut = mechanical_score(scores), interview.plan.cut
    rounds = tuple(_round(each) for each in interviews)
    return PanelView(rounds, tuple(scores), score, cut, mechanical_outcome(score, cut))


def _round(interview: Interview) -> RoundView:
    cards = tuple(interview.scorecards)
    answers = {
        (card.id, answer.plan_question_id): answer for card in cards for answer in card.answers
    }
    scores = competency_scores(interview)
    rows = [
        QuestionRow(number, question, tuple(answers.get((card.id, question.id)) for card in cards))
        for number, question in enumerate(interview.round.questions, 1)
    ]
    blocks = tuple(
        CompetencyBlock(
            score,
            tuple(r for r in rows if r.question.plan_competency_id == score.plan_competency.id),
        )
        for score in scores
    )
    names = _distinct([card.account.display_name for card in cards])
    return RoundView(interview, cards, names, blocks, mechanical_score(scores))


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
