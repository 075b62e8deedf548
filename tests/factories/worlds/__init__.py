"""What each feature adds to the world of the walks, one module a feature."""

from __future__ import annotations

from collections.abc import Callable

from tests.factories.worlds import (
    bonuses,
    closed_reviews,
    conduct,
    development,
    goals,
    meetings,
    mentoring,
    promotions,
    recognition,
    reviews,
    succession,
    surveys,
)
from tests.factories.worlds.who import Params, People

SIDES: tuple[Callable[[People], Params], ...] = (
    bonuses.side,
    closed_reviews.side,
    conduct.side,
    development.side,
    goals.side,
    meetings.side,
    mentoring.side,
    promotions.side,
    recognition.side,
    reviews.side,
    succession.side,
    surveys.side,
)
