"""The arithmetic of scores: bounds, order, and what is unused never matters."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from portal.reviews import scoring
from portal.reviews.scoring import Subjects, Unused
from portal.reviews.states import PartKind

LEVELS = st.integers(1, 5)
WEIGHTS = st.integers(0, 100).map(float)
SCORES = st.floats(1, 5, allow_nan=False)
PARTS = st.dictionaries(
    st.sampled_from(list(PartKind)), st.lists(st.none() | SCORES, max_size=6), max_size=4
)
KIND_WEIGHTS = st.fixed_dictionaries(dict.fromkeys(PartKind, WEIGHTS))


def sections(skills: int = 60, goals: int = 40) -> list[dict[str, Any]]:
    return [
        {"key": "skills", "kind": "competencies", "weight": skills},
        {"key": "goals", "kind": "goals", "weight": goals},
        {"key": "words", "kind": "text", "weight": 0},
    ]


def test_a_part_is_the_weighted_mean_of_its_rated_sections() -> None:
    subjects = Subjects({"c1": 75.0, "c2": 25.0}, {"g7": 100.0})
    steps = scoring.score_part(sections(), {"c1": 4, "c2": 2, "g7": 5}, subjects)
    assert [(step.key, step.score) for step in steps.sections] == [("skills", 3.5), ("goals", 5.0)]
    assert steps.score == 4.1


def test_what_nobody_could_tell_leaves_the_denominator() -> None:
    subjects = Subjects({"c1": 75.0, "c2": 25.0}, {"g7": 100.0})
    steps = scoring.score_part(sections(), {"c1": None, "c2": 2}, subjects)
    assert [(step.key, step.rated, step.score) for step in steps.sections] == [("skills", 1, 2.0)]
    assert steps.score == 2.0
    assert scoring.score_part(sections(), {"c1": None}, subjects).score is None


def test_without_any_weight_all_count_alike() -> None:
    subjects = Subjects({"c1": 0.0, "c2": 0.0}, {})
    assert scoring.score_part(sections(), {"c1": 5, "c2": 2}, subjects).score == 3.5


def test_nameless_kinds_count_from_the_least_number_that_rated_on() -> None:
    few = scoring.score_kind(PartKind.PEER, 30, [4.0, 5.0], 3)
    assert (few.score, few.unused) == (None, Unused.TOO_FEW)
    silent = scoring.score_kind(PartKind.PEER, 30, [4.0, 5.0, None], 3)
    assert (silent.handed_in, silent.rated, silent.unused) == (3, 2, Unused.TOO_FEW)
    enough = scoring.score_kind(PartKind.UPWARD, 30, [4.0, 5.0, 3.0], 3)
    assert (enough.score, enough.unused) == (4.0, None)
    assert scoring.score_kind(PartKind.MANAGER, 30, [4.0], 3).score == 4.0
    assert scoring.score_kind(PartKind.SELF, 30, [], 3).unused is Unused.MISSING
    assert scoring.score_kind(PartKind.SELF, 30, [None], 3).unused is Unused.UNRATED


def test_a_result_starts_with_the_nearest_half() -> None:
    assert [scoring.first_rating(score) for score in (1.0, 3.24, 3.25, 3.74, 3.75, 5.0)] == [
        1.0, 3.0, 3.5, 3.5, 4.0, 5.0,
    ]  # fmt: skip
    assert scoring.first_rating(None) is None


@given(KIND_WEIGHTS, PARTS)
def test_a_score_stays_within_what_went_into_it(weights: Any, parts: Any) -> None:
    found = scoring.score_review(weights, parts, 3)
    if found.score is None:
        assert not found.used
    else:
        used = [step.score for step in found.used if step.score is not None]
        assert min(used) - 1e-9 <= found.score <= max(used) + 1e-9
        assert 1 <= found.score <= 5


@given(KIND_WEIGHTS, PARTS)
def test_unused_parts_never_matter(weights: Any, parts: Any) -> None:
    found = scoring.score_review(weights, parts, 3)
    used = {step.kind for step in found.used}
    without = {kind: scores for kind, scores in parts.items() if kind in used}
    fewer = {kind: weight for kind, weight in weights.items() if kind in used}
    assert scoring.score_review(weights, without, 3).score == found.score
    assert scoring.score_review(fewer, without, 3).score == found.score
    silent = {kind: [*scores, None] for kind, scores in without.items()}
    assert scoring.score_review(weights, silent, 3).score == found.score


@given(KIND_WEIGHTS, PARTS, st.randoms())
def test_the_order_of_parts_never_matters(weights: Any, parts: Any, chance: random.Random) -> None:
    mixed = list(parts.items())
    chance.shuffle(mixed)
    other = {kind: chance.sample(scores, len(scores)) for kind, scores in mixed}
    assert scoring.score_review(weights, parts, 3).score == (
        scoring.score_review(weights, other, 3).score
    )


@given(st.dictionaries(st.sampled_from("abcdef"), LEVELS, max_size=6))
def test_subjects_in_any_order_give_the_same_part(levels: dict[str, int]) -> None:
    weights = {key: float(ord(key)) for key in "abcdef"}
    turned = dict(reversed(list(weights.items())))
    one = scoring.score_part(sections(), levels, Subjects(weights, {}))
    other = scoring.score_part(sections(), levels, Subjects(turned, {}))
    assert one.score == other.score


def test_a_competency_is_told_from_used_kinds_with_enough_voices() -> None:
    levels = {PartKind.MANAGER: [4], PartKind.SELF: [5], PartKind.PEER: [1, 1]}
    used = {PartKind.MANAGER: 50.0, PartKind.SELF: 25.0, PartKind.PEER: 25.0}
    told = scoring.score_subject(used, levels, 3)
    assert told is not None
    assert round(told, 3) == round((4 * 50 + 5 * 25) / 75, 3)
    assert scoring.score_subject({PartKind.SELF: 0.0}, levels, 3) is None
