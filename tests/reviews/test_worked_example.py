"""The worked example of docs/reviews.md, read from it and held against the functions."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.reviews import scoring
from portal.reviews.scoring import Subjects, Unused
from portal.reviews.states import PartKind

TEXT = (Path(__file__).parents[2] / "docs" / "reviews.md").read_text(encoding="utf-8")


def table(first: str) -> list[list[str]]:
    """The rows of the table whose head begins with this cell."""
    lines = TEXT[TEXT.index(f"| {first} |") :].splitlines()
    rows = [line for line in lines[: lines.index("")] if not line.startswith("|---")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[1:]]


def managers_part() -> scoring.PartSteps:
    weights: dict[str, dict[str, float]] = {"competencies": {}, "goals": {}}
    levels: dict[str, int | None] = {}
    for section, subject, weight, level in table("Section"):
        weights[section][subject] = float(weight)
        levels[subject] = int(level) if level.isdecimal() else None
    sections = [
        {"key": "competencies", "kind": "competencies", "weight": 60},
        {"key": "goals", "kind": "goals", "weight": 40},
    ]
    return scoring.score_part(sections, levels, Subjects(weights["competencies"], weights["goals"]))


def test_the_part_comes_out_as_the_text_says() -> None:
    part = managers_part()
    assert [round(step.score, 3) for step in part.sections] == [3.571, 4.3]
    assert part.score == pytest.approx(3.863, abs=0.0005)
    assert "÷ 100 = 3.863" in TEXT


def test_the_review_comes_out_as_the_text_says() -> None:
    rows = table("Kind")
    weights = {PartKind(kind): float(weight) for kind, weight, *_rest in rows}
    scores = {
        PartKind(kind): [] if given == "none" else [float(one) for one in given.split(",")]
        for kind, _weight, given, _score in rows
    }
    found = scoring.score_review(weights, scores, 3)
    for step, row in zip(found.kinds, rows, strict=True):
        assert row[3] == ("not used" if step.score is None else f"{step.score:.3f}")
    assert found.kinds[3].unused is Unused.MISSING
    assert f"÷ {found.weight:.0f} = {found.score:.3f}" in TEXT
    assert f"so the result starts at {scoring.first_rating(found.score):.0f}" in TEXT
    scores[PartKind.PEER] = scores[PartKind.PEER][:2]
    fewer = scoring.score_review(weights, scores, 3)
    assert f"÷ {fewer.weight:.0f} = {fewer.score:.3f}" in TEXT
