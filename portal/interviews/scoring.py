"""The mechanical score of a panel: the same formula for everyone, before anyone decides.

A panel scores the competencies its round asks about. With m(i, c) the mean of what interviewer i
gave for the questions about competency c, m(c) the mean of m(i, c) over the interviewers who
observed c, and w(c) the weight of c in the plan:

    score = sum of w(c) * m(c) over the observed c / sum of w(c) over the observed c

So the weights count by their proportions among what was covered and observed. The decision of the
last round takes the ratings of all rounds together through the same formula: an interviewer of
several rounds has one mean for each competency.

Combining ratings by formula predicts better than combining them by impression
(Kuncel, Klieger, Connelly and Ones 2013).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from portal.interviews.models import Interview, PlanCompetency
from portal.interviews.states import Outcome

FAR_APART = 2


@dataclass(frozen=True)
class CompetencyScore:
    """What a panel saw of one competency: each interviewer's mean rating (1–5) and the panel's."""

    plan_competency: PlanCompetency
    by_account: Mapping[int, float]

    @property
    def mean(self) -> float | None:
        """The mean of the interviewers' means; ``None`` if nobody observed the competency."""
        values = list(self.by_account.values())
        return sum(values) / len(values) if values else None

    @property
    def weighted(self) -> float | None:
        """What it adds to the sum: weight (percent) times mean rating."""
        return None if self.mean is None else self.plan_competency.weight * self.mean

    @property
    def far_apart(self) -> bool:
        """Whether two interviewers differ by two levels or more."""
        values = self.by_account.values()
        return bool(values) and max(values) - min(values) >= FAR_APART


def competency_scores(*interviews: Interview) -> list[CompetencyScore]:
    """The competencies these rounds ask about, in the plan's order, with what the panels said.

    Only scorecards of complete panels may come here; the rounds are of one plan.
    """
    covered = {
        question.plan_competency_id for each in interviews for question in each.round.questions
    }
    ratings: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for card in (card for each in interviews for card in each.scorecards):
        for answer in card.answers:
            if answer.rating is not None:
                part = answer.plan_question.plan_competency_id
                ratings[part][card.account_id].append(answer.rating)
    return [
        CompetencyScore(each, {who: sum(own) / len(own) for who, own in ratings[each.id].items()})
        for each in interviews[0].plan.competencies
        if each.id in covered
    ]


def mechanical_score(scores: Iterable[CompetencyScore]) -> int | None:
    """Weighted mean rating in hundredths (100–500) over the observed competencies.

    The weights of competencies nobody observed leave the denominator; ``None`` if none was.
    """
    observed = [
        (each.plan_competency.weight, each.mean) for each in scores if each.mean is not None
    ]
    weight = sum(share for share, _mean in observed)
    if not weight:
        return None
    total = sum((Decimal(share) * Decimal(str(mean)) for share, mean in observed), Decimal(0))
    return int((total * 100 / weight).quantize(Decimal(1), ROUND_HALF_UP))


def mechanical_outcome(score: int | None, cut: int) -> Outcome:
    """Advance at or above the cut; a panel that observed nothing can't advance anyone."""
    return Outcome.ADVANCE if score is not None and score >= cut else Outcome.REJECT
