"""The mechanical score: worked examples, and what must hold for any panel."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.interviews.models import (
    Interview,
    InterviewPlan,
    PlanCompetency,
    PlanQuestion,
    PlanRound,
    Scorecard,
    ScorecardAnswer,
)
from portal.interviews.scoring import (
    competency_scores,
    mechanical_outcome,
    mechanical_score,
)
from portal.interviews.states import Outcome

Ratings = list[list[int | None]]


def panel(weights: list[int], ratings: Ratings, *, questions_each: int = 1) -> Interview:
    """An interview as the database would load it: one list of ratings for each interviewer."""
    plan = InterviewPlan(
        competencies=[
            PlanCompetency(id=place, weight=weight, order=place)
            for place, weight in enumerate(weights)
        ]
    )
    asked = [
        PlanQuestion(id=10 * place + n, plan_competency_id=place)
        for place in range(len(weights))
        for n in range(questions_each)
    ]
    cards = [
        Scorecard(
            account_id=number,
            answers=[
                ScorecardAnswer(plan_question=question, rating=rating)
                for question, rating in zip(asked, own, strict=True)
            ],
        )
        for number, own in enumerate(ratings)
    ]
    return Interview(plan=plan, round=PlanRound(questions=asked), scorecards=cards)


def score(interview: Interview) -> int | None:
    return mechanical_score(competency_scores(interview))


@pytest.mark.parametrize(
    ("weights", "ratings", "expected"),
    [
        ([60, 40], [[4, 3], [4, 3]], 360),
        ([60, 40], [[5, 1], [3, 2]], 300),
        ([40, 35, 25], [[4, 5, 3], [3, 4, 2]], 360),
        # Nobody observed the second competency: its weight leaves the denominator.
        ([60, 40], [[4, None], [3, None]], 350),
        # One of two observed it: their rating alone is its mean.
        ([50, 50], [[4, 2], [4, None]], 300),
        ([100], [[None], [None]], None),
        ([33, 33, 34], [[3, 3, 4], [3, 3, 4]], 334),
        # 3.125 is rounded half up.
        ([100], [[3], [3], [3], [3], [3], [3], [3], [4]], 313),
    ],
)
def test_worked_examples(weights: list[int], ratings: Ratings, expected: int | None) -> None:
    assert score(panel(weights, ratings)) == expected


def test_two_questions_about_a_competency_are_averaged_for_each_interviewer_first() -> None:
    interview = panel([100], [[5, 3], [2, None]], questions_each=2)
    assert competency_scores(interview)[0].by_account == {0: 4.0, 1: 2.0}
    assert score(interview) == 300


def test_ratings_two_levels_apart_are_flagged() -> None:
    near, far = competency_scores(panel([50, 50], [[4, 5], [3, 3]]))
    assert not near.far_apart
    assert far.far_apart


@pytest.mark.parametrize(
    ("value", "outcome"),
    [(339, Outcome.REJECT), (340, Outcome.ADVANCE), (500, Outcome.ADVANCE), (None, Outcome.REJECT)],
)
def test_the_cut_itself_advances(value: int | None, outcome: Outcome) -> None:
    assert mechanical_outcome(value, 340) is outcome


@st.composite
def panels(draw: st.DrawFn) -> tuple[list[int], Ratings]:
    count = draw(st.integers(1, 5))
    weights = draw(st.lists(st.integers(1, 100), min_size=count, max_size=count))
    rating = st.none() | st.integers(1, 5)
    one = st.lists(rating, min_size=count, max_size=count)
    return weights, draw(st.lists(one, min_size=1, max_size=5))


@given(panels(), st.randoms(use_true_random=False))
def test_the_order_of_interviewers_does_not_matter(made: tuple[list[int], Ratings], random) -> None:
    weights, ratings = made
    shuffled = list(ratings)
    random.shuffle(shuffled)
    assert score(panel(weights, ratings)) == score(panel(weights, shuffled))


@given(panels())
def test_the_score_lies_between_the_lowest_and_highest_rating(
    made: tuple[list[int], Ratings],
) -> None:
    weights, ratings = made
    given_ratings = [each for own in ratings for each in own if each is not None]
    found = score(panel(weights, ratings))
    if not given_ratings:
        assert found is None
    else:
        assert found is not None
        assert min(given_ratings) * 100 <= found <= max(given_ratings) * 100


@given(panels(), st.integers(2, 9))
def test_only_the_proportions_of_weights_count(made: tuple[list[int], Ratings], times: int) -> None:
    weights, ratings = made
    found = score(panel(weights, ratings))
    scaled = score(panel([weight * times for weight in weights], ratings))
    assert (found is None) == (scaled is None)
    if found is not None and scaled is not None:
        assert abs(Decimal(found) - Decimal(scaled)) <= 1


@given(panels())
def test_raising_a_rating_never_lowers_the_score(made: tuple[list[int], Ratings]) -> None:
    weights, ratings = made
    raised = [[each if each is None else min(each + 1, 5) for each in own] for own in ratings]
    before, after = score(panel(weights, ratings)), score(panel(weights, raised))
    if before is not None and after is not None:
        assert after >= before
