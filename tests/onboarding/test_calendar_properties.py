"""What holds for every day, offset and site: month ends, leap days, holidays, years."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.onboarding.calendar import due_day, is_working_day, shifted, working_day_from
from portal.onboarding.operations.plan import months_after
from portal.people.models import Site

DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2045, 12, 31))
MONTH_ENDS = DAYS.map(lambda day: (day.replace(day=28) + timedelta(days=4)).replace(day=1)
                      - timedelta(days=1))  # fmt: skip
STARTS = DAYS | MONTH_ENDS | st.sampled_from([date(2028, 2, 29), date(2027, 12, 31)])
SITES = st.sampled_from(
    [("TR", ""), ("ES", ""), ("ES", "MD"), ("ES", "nowhere"), ("JP", ""), ("IE", ""), ("XX", "")]
)
OFFSETS = st.integers(min_value=-60, max_value=60)


def working_days_between(first: date, last: date, country: str, region: str) -> int:
    """Working days after ``first`` up to ``last``."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(is_working_day(day, country, region) for day in days)


@settings(max_examples=120, deadline=None)
@given(start=STARTS, offset=OFFSETS.filter(bool), site=SITES)
def test_the_day_is_a_working_day_so_many_of_them_away(
    start: date, offset: int, site: tuple[str, str]
) -> None:
    day = shifted(start, offset, *site)
    assert is_working_day(day, *site)
    if offset > 0:
        assert working_days_between(start, day, *site) == offset
    else:
        before = working_days_between(day - timedelta(days=1), start - timedelta(days=1), *site)
        assert before == -offset


@settings(max_examples=80, deadline=None)
@given(start=STARTS, one=OFFSETS, other=OFFSETS, site=SITES)
def test_a_later_offset_never_comes_earlier(
    start: date, one: int, other: int, site: tuple[str, str]
) -> None:
    less, more = sorted((one, other))
    if 0 not in {less, more} or is_working_day(start, *site):
        assert shifted(start, less, *site) <= shifted(start, more, *site)


@settings(max_examples=80, deadline=None)
@given(start=STARTS, milestone=st.integers(min_value=1, max_value=365), site=SITES)
def test_a_check_in_falls_on_the_first_working_day_from_its_calendar_day_on(
    start: date, milestone: int, site: tuple[str, str]
) -> None:
    where = Site(country=site[0], region=site[1])
    day = due_day({"milestone": milestone, "offset_days": 0}, start, where)
    asked = start + timedelta(days=milestone)
    assert day >= asked
    assert is_working_day(day, *site)
    skipped = (asked + timedelta(days=n) for n in range((day - asked).days))
    assert not any(is_working_day(one, *site) for one in skipped)
    assert working_day_from(day, *site) == day


@settings(max_examples=200, deadline=None)
@given(day=STARTS, months=st.integers(min_value=0, max_value=48))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(
    day: date, months: int
) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    if later.day != day.day:
        assert later.day < day.day
        assert (later + timedelta(days=1)).day == 1
