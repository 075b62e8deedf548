"""The mechanical score of a panel: the same formula for everyone, before anyone decides.

Combining ratings by formula predicts better than combining them by impression
(Kuncel, Klieger, Connelly and Ones 2013).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from portal.interviews.models import Interview, PlanCompetency, Scorecard
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
    def far_apart(self) -> bool:
        """Whether two interviewers differ by two levels or more."""
        values = self.by_account.values()
        return bool(values) and max(values) - min(values) >= FAR_APART


def competency_scores(interview: Interview) -> list[CompetencyScore]:
    """Every competency of the plan, in its order, with what the submitted scorecards say."""
    seen: dict[int, dict[int, float]] = defaultdict(dict)
    for card in interview.scorecards:
        for competency_id, mean in means_of(card).items():
            seen[competency_id][card.account_id] = mean
    return [CompetencyScore(each, seen[each.id]) for each in interview.plan.competencies]


def means_of(card: Scorecard) -> dict[int, float]:
    """Mean rating for each plan competency one interviewer rated; unobserved ones are left out."""
    ratings: dict[int, list[int]] = defaultdict(list)
    for answer in card.answers:
        if answer.rating is not None:
            ratings[answer.plan_question.plan_competency_id].append(answer.rating)
    return {key: sum(values) / len(values) for key, values in ratings.items()}


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
