"""Places on a page where other features add what they know."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.core.parts import Place


@pytest.fixture
def place() -> Place[[int], str]:
    return Place("numbers")


def test_what_was_added_is_shown_in_its_order_without_what_has_nothing_to_show(
    place: Place[[int], str],
) -> None:
    app = Flask(__name__)
    place.add(app, str)
    place.add(app, lambda _number: None)
    place.add(app, lambda number: "even" if number % 2 == 0 else None)
    with app.app_context():
        assert (place.shown(3), place.shown(4)) == (["3"], ["4", "even"])


def test_the_first_answer_ends_the_asking(place: Place[[int], str]) -> None:
    app = Flask(__name__)
    asked: list[int] = []
    place.add(app, lambda _number: None)
    place.add(app, lambda _number: "first")
    place.add(app, asked.append)
    with app.app_context():
        assert place.first(3) == "first"
    assert asked == []


def test_each_application_knows_only_what_was_added_to_it(place: Place[[int], str]) -> None:
    one, other = Flask("one"), Flask("other")
    place.add(one, str)
    with other.app_context():
        assert (place.shown(3), place.first(3)) == ([], None)
