"""What holds for every rule and every day, tried out at random."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from portal.certification.expiry import Rule, add_months, expires_on, lapses_on
from portal.certification.standing import Absence, Facts, standing_of, standing_of_award
from portal.certification.states import IN_FORCE, ExpiryMode, Standing
from portal.core import clock

DAY = timedelta(days=1)
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
months = st.integers(1, 120)
ENDING = [mode for mode in ExpiryMode if mode not in {ExpiryMode.NONE, ExpiryMode.SEPARATION}]


@st.composite
def rules(draw: st.DrawFn, modes: list[ExpiryMode] = ENDING) -> Rule:
    mode = draw(st.sampled_from(modes))
    period = draw(months)
    if mode is ExpiryMode.YEAR_END:
        period = 12 * draw(st.integers(1, 10))
    if mode is ExpiryMode.FIXED:
        return Rule(mode, period, draw(days), draw(st.integers(0, 24)))
    return Rule(mode, period)


@st.composite
def awards(draw: st.DrawFn) -> Facts:
    issued = draw(days)
    last = draw(st.none() | st.integers(0, 1500).map(lambda n: issued + n * DAY))
    spans = st.integers(0, 400)
    return Facts(
        1, issued, last, window_days=draw(spans), expiring_days=draw(spans), grace_days=draw(spans)
    )


def is_month_end(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


@given(days, st.integers(0, 600))
@example(date(2028, 2, 29), 12)
@example(date(2026, 1, 31), 1)
def test_months_are_added_without_leaving_the_month(day: date, count: int) -> None:
    found = add_months(day, count)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == count
    assert found.day == day.day or (found.day < day.day and is_month_end(found))
    assert add_months(found, 0) == found


@given(days, days, st.integers(0, 600))
def test_adding_months_keeps_the_order_of_days(one: date, other: date, count: int) -> None:
    early, late = sorted((one, other))
    assert add_months(early, count) <= add_months(late, count)


@given(rules(), days, st.none() | days, st.none() | days)
def test_no_award_ends_before_its_completion(
    rule: Rule, completed: date, previous: date | None, due: date | None
) -> None:
    last = expires_on(rule, completed_on=completed, previous=previous, due_on=due)
    assert last is not None
    assert last >= completed
    if rule.mode is not ExpiryMode.YEAR_END:
        assert last > completed


@given(rules(), days, days, st.none() | days)
def test_who_completes_later_never_ends_earlier(
    rule: Rule, one: date, other: date, due: date | None
) -> None:
    early, late = sorted((one, other))
    first = expires_on(rule, completed_on=early, due_on=due)
    second = expires_on(rule, completed_on=late, due_on=due)
    assert first is not None
    assert second is not None
    assert first <= second


@given(rules(), days, st.integers(-400, 400))
def test_waiting_with_a_renewal_never_gains_an_earlier_end(
    rule: Rule, completed: date, lag: int
) -> None:
    previous = expires_on(rule, completed_on=completed)
    assert previous is not None
    assume(previous + lag * DAY > completed)
    renewed = previous + lag * DAY
    sooner = expires_on(rule, completed_on=renewed, previous=previous)
    later = expires_on(rule, completed_on=renewed + DAY, previous=previous)
    assert sooner is not None
    assert later is not None
    assert sooner <= later


@given(rules(), days, st.integers(0, 90))
def test_a_renewal_in_time_lasts_longer_than_what_it_renews(
    rule: Rule, completed: date, early: int
) -> None:
    previous = expires_on(rule, completed_on=completed)
    assert previous is not None
    renewed = max(previous - early * DAY, completed + DAY)
    assume(renewed <= previous)
    last = expires_on(rule, completed_on=renewed, previous=previous)
    assert last is not None
    carries = {ExpiryMode.PREVIOUS_EXPIRY, ExpiryMode.FIXED, ExpiryMode.YEAR_END}
    assert last > previous if rule.mode in carries else last >= previous


@given(days, months, st.lists(st.integers(0, 60), min_size=1, max_size=6))
def test_renewing_early_from_the_previous_expiry_loses_no_day(
    completed: date, period: int, lead: list[int]
) -> None:
    rule = Rule(ExpiryMode.PREVIOUS_EXPIRY, period)
    last = expires_on(rule, completed_on=completed)
    for early in lead:
        assert last is not None
        renewed = expires_on(rule, completed_on=last - early * DAY, previous=last)
        assert renewed == add_months(last, period)
        last = renewed


@given(months, days)
def test_month_ends_end_months_and_year_ends_years(period: int, completed: date) -> None:
    last = expires_on(Rule(ExpiryMode.MONTH_END, period), completed_on=completed)
    assert last is not None
    assert is_month_end(last)
    assert last >= add_months(completed, period)
    yearly = expires_on(Rule(ExpiryMode.YEAR_END, 12), completed_on=completed)
    assert yearly == date(completed.year, 12, 31)


@given(days, months, days, st.integers(0, 24))
def test_fixed_days_are_of_the_series_and_the_first_late_enough(
    base: date, period: int, completed: date, least: int
) -> None:
    rule = Rule(ExpiryMode.FIXED, period, base, least)
    last = expires_on(rule, completed_on=completed)
    assert last is not None
    steps, rest = divmod((last.year - base.year) * 12 + last.month - base.month, period)
    assert rest == 0
    assert steps >= 0
    assert last == add_months(base, steps * period)
    earliest = max(completed + DAY, add_months(completed, least))
    assert last >= earliest
    assert steps == 0 or add_months(base, (steps - 1) * period) < earliest
    if is_month_end(base) and base.day == 31:
        assert is_month_end(last)


@given(days, st.integers(0, 120))
def test_leaving_later_never_lapses_earlier(left: date, count: int) -> None:
    rule = Rule(ExpiryMode.SEPARATION, lapse_months=count)
    first, second = lapses_on(rule, left), lapses_on(rule, left + DAY)
    assert first is not None
    assert second is not None
    assert left <= first <= second
    assert expires_on(rule, completed_on=left) is None
    assert lapses_on(Rule(ExpiryMode.NONE), left) is None


@pytest.mark.parametrize("mode", ENDING)
def test_a_rule_without_its_period_is_a_mistake(mode: ExpiryMode) -> None:
    with pytest.raises(ValueError, match=r"period|base"):
        expires_on(Rule(mode), completed_on=date(2026, 1, 1))


ORDER = [
    Standing.NOT_STARTED, Standing.VALID, Standing.WINDOW, Standing.EXPIRING, Standing.GRACE,
    Standing.EXPIRED,
]  # fmt: skip


@given(awards(), st.integers(0, 2500))
def test_standings_follow_one_another_as_days_go_by(facts: Facts, ahead: int) -> None:
    day = facts.issued_on - 10 * DAY + ahead * DAY
    today = standing_of([facts], day=day).standing
    tomorrow = standing_of([facts], day=day + DAY).standing
    assert ORDER.index(today) <= ORDER.index(tomorrow)


@given(awards(), st.integers(0, 2500))
def test_an_award_is_in_force_from_issue_to_the_end_of_grace(facts: Facts, ahead: int) -> None:
    day = facts.issued_on + ahead * DAY
    ends = facts.expires_on + facts.grace_days * DAY if facts.expires_on else date.max
    assert (standing_of_award(facts, day) in IN_FORCE) == (day <= ends)


@given(awards())
def test_the_window_opens_no_later_than_the_last_day(facts: Facts) -> None:
    assume(facts.expires_on is not None and facts.window_days)
    facts = replace(facts, expiring_days=0)
    assert facts.expires_on is not None
    assert standing_of_award(facts, facts.expires_on) is Standing.WINDOW


@given(awards(), st.integers(0, 800), st.integers(0, 24), st.integers(0, 900))
def test_who_returns_in_time_stands_as_if_they_had_never_left(
    facts: Facts, stayed: int, lapse: int, ahead: int
) -> None:
    left = facts.issued_on + stayed * DAY
    lapses = add_months(left, lapse)
    back = replace(facts, absences=(Absence(left, lapses, lapses + DAY),))
    gone = replace(facts, absences=(Absence(left, lapses),))
    day = left + ahead * DAY
    assert standing_of_award(back, day) is standing_of_award(facts, day)
    if day > lapses and day > left:
        assert standing_of_award(gone, day) not in IN_FORCE or (
            facts.expires_on is not None and facts.expires_on <= lapses
        )


@given(awards(), awards(), st.integers(0, 2500))
def test_another_award_never_makes_somebody_stand_worse(
    one: Facts, other: Facts, ahead: int
) -> None:
    day = one.issued_on + ahead * DAY
    alone = standing_of([one], day=day).standing
    both = standing_of([one, replace(other, award_id=2)], day=day).standing
    assert alone not in IN_FORCE or both in IN_FORCE
    assert standing_of([one, one], day=day) == standing_of([one], day=day)


def test_the_day_turns_in_osaka_before_it_does_in_madrid() -> None:
    clock.use(lambda: datetime(2026, 12, 31, 20, 0, tzinfo=UTC))
    try:
        osaka, madrid = clock.today("Asia/Tokyo"), clock.today("Europe/Madrid")
    finally:
        clock.use(None)
    assert (osaka, madrid) == (date(2027, 1, 1), date(2026, 12, 31))
    facts = Facts(1, date(2026, 1, 1), date(2026, 12, 31))
    assert standing_of_award(facts, osaka) is Standing.EXPIRED
    assert standing_of_award(facts, madrid) is Standing.VALID
