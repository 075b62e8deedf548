"""Months as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from portal.metrics import periods


@pytest.mark.parametrize(
    "text",
    ["2026-03", "2026-3", "2026-03-01", "2026/03", "03/2026", "3.2026", "2026年3月", "２０２６-03"],
)
def test_a_month_is_read_in_each_way_of_writing_it(text: str) -> None:
    assert periods.read_month(text) == date(2026, 3, 1)


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-03-15", "March", "03", "0000-01"])
def test_anything_else_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        periods.read_month(text)


def test_months_are_counted_over_the_turn_of_the_year() -> None:
    assert periods.months_back(date(2026, 1, 1), 1) == date(2025, 12, 1)
    assert periods.months_back(date(2025, 12, 1), -1) == date(2026, 1, 1)
    assert periods.months_until(date(2026, 1, 1), 3)[0] == date(2025, 11, 1)
    assert periods.last_day(date(2024, 2, 1)) == date(2024, 2, 29)
