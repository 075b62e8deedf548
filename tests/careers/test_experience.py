"""Months of experience: whole ones, overlaps once, claims only when confirmed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.careers.experience import Demand, Spell, counted, months_of, reached_on
from portal.careers.states import ExperienceKind

DAY = date(2026, 11, 24)
days = st.dates(date(2015, 1, 1), date(2026, 11, 24))


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), 12),
        (date(2025, 1, 1), date(2025, 12, 30), 11),
        (date(2025, 1, 31), date(2025, 2, 26), 0),
        (date(2025, 1, 31), date(2025, 2, 27), 1),
        (date(2024, 2, 29), date(2025, 2, 26), 11),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (DAY, None, 0),
    ],
)
def test_a_stretch_counts_whole_months(first: date, last: date | None, months: int) -> None:
    assert months_of([Spell(first, last)], DAY) == months


def test_time_that_overlaps_counts_once() -> None:
    spells = [
        Spell(date(2024, 1, 1), date(2024, 12, 31)),
        Spell(date(2024, 7, 1), date(2025, 6, 30)),
        Spell(date(2025, 7, 1), date(2025, 12, 31)),
    ]
    assert months_of(spells, DAY) == 24


def test_left_over_days_of_several_stretches_make_months() -> None:
    spells = [Spell(date(2024, month, 1), date(2024, month, 20)) for month in (1, 3, 5)]
    assert months_of(spells, DAY) == 1


def test_nothing_after_the_day_counts() -> None:
    assert months_of([Spell(date(2026, 10, 24), date(2030, 1, 1))], DAY) == 1


def test_a_claim_counts_from_the_day_of_its_confirmation() -> None:
    demand = Demand(ExperienceKind.FAMILY, 12, family="support")
    claim = Spell(
        date(2020, 1, 1), date(2020, 12, 31), None, "support", False, 7,
        claimed_on=date(2026, 3, 1), confirmed_on=date(2026, 4, 1),
    )  # fmt: skip
    before, after = date(2026, 3, 31), date(2026, 4, 1)
    assert counted([claim], demand, before) == []
    assert counted([claim], demand, before, waiting=True) == [claim]
    assert counted([claim], demand, after) == [claim]
    assert counted([claim], demand, date(2026, 2, 28), waiting=True) == []


def test_a_claim_that_was_turned_down_never_counts() -> None:
    demand = Demand(ExperienceKind.LEADING, 12)
    claim = Spell(
        date(2020, 1, 1), date(2020, 12, 31), None, "", True, 7,
        claimed_on=date(2026, 3, 1), refused_on=date(2026, 4, 1),
    )  # fmt: skip
    assert counted([claim], demand, date(2026, 3, 15), waiting=True) == [claim]
    assert counted([claim], demand, DAY, waiting=True) == []


@pytest.mark.parametrize(
    ("demand", "fits"),
    [
        (Demand(ExperienceKind.ROLE, 1, role_id=3), True),
        (Demand(ExperienceKind.ROLE, 1, role_id=4), False),
        (Demand(ExperienceKind.FAMILY, 1, family="support"), True),
        (Demand(ExperienceKind.FAMILY, 1, family=""), False),
        (Demand(ExperienceKind.LEADING, 1), False),
    ],
)
def test_a_spell_fits_its_role_and_family(demand: Demand, *, fits: bool) -> None:
    assert Spell(date(2020, 1, 1), None, 3, "support").is_of(demand) is fits


@given(st.lists(st.tuples(days, st.integers(0, 2000)), max_size=6), days)
def test_more_time_never_makes_fewer_months(stretches: list[tuple[date, int]], first: date) -> None:
    spells = [Spell(start, start + timedelta(days=long)) for start, long in stretches]
    months = months_of(spells, DAY)
    assert months_of([*spells, Spell(first)], DAY) >= months_of([Spell(first)], DAY)
    assert months <= months_of([Spell(date(2015, 1, 1))], DAY)


@given(st.lists(st.tuples(days, st.integers(0, 400)), max_size=4), days, st.integers(1, 200))
def test_who_goes_on_meets_a_demand_on_the_day_that_is_told(
    stretches: list[tuple[date, int]], first: date, months: int
) -> None:
    spells = [Spell(start, start + timedelta(days=long)) for start, long in stretches]
    spells.append(Spell(first))
    day = reached_on(spells, Demand(ExperienceKind.LEADING, months), DAY)
    assert day is not None
    assert months_of(spells, day) >= months


def test_nobody_gets_there_by_work_that_is_over() -> None:
    over = [Spell(date(2024, 1, 1), date(2024, 12, 31))]
    assert reached_on(over, Demand(ExperienceKind.LEADING, 13), DAY) is None
