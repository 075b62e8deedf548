"""Round axis marks, and values as words in the reader's language."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from portal.core import i18n


def shown(value: float | None, *, percent: bool = False) -> str:
    """A value as the reader writes it; a missing one is a dash, never a zero."""
    if value is None:
        return "–"
    if percent:
        return i18n.percent(value, digits=0 if math.isclose(value * 100, round(value * 100)) else 1)
    return i18n.number(round(value, 2))


@dataclass(frozen=True)
class Axis:
    """A straight mapping of values between ``low`` and ``high`` to positions on the drawing."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The position of a value."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def round_marks(values: Sequence[float], *, zero: bool, count: int = 4) -> tuple[float, ...]:
    """About ``count`` round numbers that enclose the values, from zero if ``zero``.

    Between whole values, such as counts, they are whole too.
    """
    whole = all(float(value).is_integer() for value in values)
    low, high = min(values), max(values)
    low = min(low, 0.0) if zero else low
    span = (high - low) or abs(high) or 1.0
    rough = span / count
    power = 10.0 ** max(math.floor(math.log10(rough)), 0 if whole else -math.inf)
    steps = (power * nice for nice in (1, 2, 2.5, 5, 10))
    step = next(s for s in steps if s >= rough * 0.999 and (s.is_integer() or not whole))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    last = max(last, first + 1)
    return tuple(round(step * index, 10) for index in range(first, last + 1))
