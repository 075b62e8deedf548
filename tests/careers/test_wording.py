"""What somebody has, as it is read."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.careers import wording
from portal.careers.readiness import Line, Need
from portal.careers.states import LineState, RequirementKind
from portal.careers.wording import Names


@pytest.mark.parametrize(
    ("level", "words"),
    [(4.0, "Level 4"), (3.96, "Level 3.9"), (3.94, "Level 3.9"), (3.3, "Level 3.3")],
)
def test_a_level_just_short_of_a_whole_one_does_not_read_like_it(
    app: Flask, level: float, words: str
) -> None:
    need = Need("competency-1", RequirementKind.COMPETENCY, 1, level=4)
    with app.test_request_context():
        assert wording.has(Line(need, LineState.MISSING, level=level), Names()) == words
