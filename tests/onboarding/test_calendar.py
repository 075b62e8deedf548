"""Working days of a country, on days that really are holidays there."""

from __future__ import annotations

from datetime import date

import pytest

from portal.onboarding.calendar import is_working_day, shifted


@pytest.mark.parametrize(
    ("country", "holiday"),
    [
        ("TR", date(2026, 10, 29)),  # Republic Day
        ("TR", date(2027, 4, 23)),  # National Sovereignty and Children's Day
        ("ES", date(2026, 10, 12)),  # National Day
        ("ES", date(2026, 12, 8)),  # Immaculate Conception
        ("JP", date(2026, 11, 23)),  # Labour Thanksgiving Day
        ("JP", date(2026, 9, 22)),  # between two holidays, and so one itself
        ("IE", date(2026, 10, 26)),  # October bank holiday
        ("IE", date(2027, 2, 1)),  # Saint Brigid's Day
    ],
)
def test_a_public_holiday_is_no_working_day(country: str, holiday: date) -> None:
    assert holiday.weekday() < 5
    assert not is_working_day(holiday, country)
    assert is_working_day(holiday, "XX"), "a country nobody knows has weekends only"


@pytest.mark.parametrize(
    ("country", "start", "days", "expected"),
    [
        ("TR", date(2026, 10, 28), 1, date(2026, 10, 30)),  # over Republic Day
        ("TR", date(2026, 11, 2), -2, date(2026, 10, 28)),  # back over it and a weekend
        ("ES", date(2026, 12, 4), 2, date(2026, 12, 9)),  # over two holidays
        ("JP", date(2026, 9, 18), 1, date(2026, 9, 24)),  # over the silver week
        ("IE", date(2026, 12, 24), 1, date(2026, 12, 28)),  # over Christmas
        ("TR", date(2026, 12, 1), 0, date(2026, 12, 1)),
        ("TR", date(2026, 11, 29), 0, date(2026, 11, 29)),  # the first day is what it is
        ("XX", date(2026, 11, 27), 1, date(2026, 11, 30)),
    ],
)
def test_days_are_counted_in_working_days(
    country: str, start: date, days: int, expected: date
) -> None:
    assert shifted(start, days, country) == expected


def test_turning_the_year_looks_at_both_years() -> None:
    assert shifted(date(2026, 12, 31), 1, "JP") == date(2027, 1, 4)


def test_a_region_has_holidays_of_its_own() -> None:
    patron = date(2026, 5, 15)  # San Isidro, in the city of Madrid only; 2 May is the region's
    assert is_working_day(patron, "ES")
    assert not is_working_day(date(2025, 5, 2), "ES", "MD")
    assert is_working_day(date(2025, 5, 2), "ES")
    assert is_working_day(date(2025, 5, 2), "ES", "a region nobody knows")
