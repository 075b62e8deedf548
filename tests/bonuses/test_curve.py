"""The payout curve and the steps of a statement: exact at the marks, never falling, bounded."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.bonuses.curve import Curve, Figure, Gate, Inputs, Measure, Plan, payout, statement
from portal.bonuses.states import BaseKind, FailedGate, GateKind, LineState, SmallSample

UP = Curve(*map(Decimal, (80, 85, 95, 50, 100, 150)))
DOWN = Curve(*map(Decimal, (480, 400, 330, 50, 100, 150)))
FIGURES = st.decimals(min_value=-1000, max_value=1000, places=4)
MARKS = st.lists(FIGURES, min_size=3, max_size=3, unique=True).map(sorted)
PAYS = st.lists(st.decimals(min_value=0, max_value=300, places=2), min_size=3, max_size=3)


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    marks, pays = draw(MARKS), sorted(draw(PAYS))
    if draw(st.booleans()):
        marks = marks[::-1]
    return Curve(*marks, *pays)


@pytest.mark.parametrize(
    ("curve", "value", "pays"),
    [
        (UP, "79.9999", 0), (UP, 80, 50), (UP, "82.5", 75), (UP, 85, 100), (UP, 90, 125),
        (UP, 95, 150), (UP, 100, 150),
        (DOWN, 481, 0), (DOWN, 480, 50), (DOWN, 440, 75), (DOWN, 400, 100), (DOWN, 365, 125),
        (DOWN, 330, 150), (DOWN, 100, 150),
    ],
)  # fmt: skip
def test_what_a_figure_pays(curve: Curve, value: object, pays: int) -> None:
    assert payout(curve, Decimal(str(value))) == pays


@given(curves())
def test_at_the_marks_it_pays_what_the_plan_says(curve: Curve) -> None:
    assert payout(curve, curve.threshold) == curve.at_threshold
    assert payout(curve, curve.target) == curve.at_target
    assert payout(curve, curve.maximum) == curve.at_maximum


@given(curves(), FIGURES, FIGURES)
def test_a_better_figure_never_pays_less(curve: Curve, one: Decimal, other: Decimal) -> None:
    worse, better = sorted((one, other), reverse=curve.lower_is_better)
    assert payout(curve, worse) <= payout(curve, better)


@given(curves(), FIGURES)
def test_it_lies_between_nothing_and_the_maximum(curve: Curve, value: Decimal) -> None:
    assert 0 <= payout(curve, value) <= curve.at_maximum


def plan(*weights: int, **values: object) -> Plan:
    measures = tuple(
        Measure(key, Decimal(weight), UP, 10) for key, weight in enumerate(weights or (60, 40))
    )
    base = Plan(BaseKind.FIXED, 3, measures, "EUR", amount=100_000)
    return replace(base, **values)  # type: ignore[arg-type]


def inputs(*figures: int | None, cases: int = 50, **values: object) -> Inputs:
    known = {
        str(key): Figure(Decimal(value), cases)
        for key, value in enumerate(figures)
        if value is not None
    }
    return replace(Inputs(None, known), **values)  # type: ignore[arg-type]


@given(st.lists(st.integers(0, 120), min_size=2, max_size=2), st.integers(0, 92))
def test_a_statement_never_pays_more_than_its_cap(figures: list[int], days: int) -> None:
    found = statement(plan(cap=Decimal(120)), inputs(*figures, days=days, all_days=92))
    assert found.amount is not None
    assert 0 <= found.amount <= 120_000 * days / 92 + 1


@given(st.lists(st.one_of(st.none(), st.integers(60, 110)), min_size=3, max_size=3))
def test_shares_of_what_counts_make_a_hundred(figures: list[int | None]) -> None:
    found = statement(plan(50, 30, 20), inputs(*figures))
    total = sum(line.share for line in found.lines)
    assert round(total, 12) == (100 if any(one is not None for one in figures) else 0)


def test_a_measure_without_enough_cases_leaves_the_others_its_weight() -> None:
    found = statement(plan(), replace(inputs(85), figures={
        "0": Figure(Decimal(95), 10), "1": Figure(Decimal(70), 9),
    }))  # fmt: skip
    assert [line.state for line in found.lines] == [LineState.PAID, LineState.LEFT_OUT]
    assert (found.lines[0].share, found.amount) == (100, 150_000)


def test_or_counts_as_if_the_target_was_reached() -> None:
    found = statement(plan(small_sample=SmallSample.AS_TARGET), inputs(95, None))
    assert [line.state for line in found.lines] == [LineState.PAID, LineState.AS_TARGET]
    assert found.amount == 130_000


def test_without_any_figure_nothing_is_paid() -> None:
    assert statement(plan(), inputs()).amount == 0


@pytest.mark.parametrize(("gate", "amount"), [(FailedGate.ZERO, 0), (FailedGate.HALVE, 50_000)])
def test_one_failed_condition_takes_all_or_half(gate: FailedGate, amount: int) -> None:
    gates = (Gate(GateKind.CONDUCT, kept=True), Gate(GateKind.CERTIFICATES, kept=False))
    found = statement(plan(failed_gate=gate), inputs(85, 85, gates=gates))
    assert found.amount == amount
    assert found.failed == gates[1:]


def test_yearly_pay_is_shared_by_months_and_unknown_pay_gives_no_amount() -> None:
    share = plan(base=BaseKind.PERCENT, amount=0, percent=Decimal(10), months=6)
    assert statement(share, inputs(85, 85, pay=4_000_001)).amount == 200_000
    assert statement(share, inputs(85, 85)).amount is None


def test_an_amount_is_rounded_half_up() -> None:
    half = plan(amount=1)
    assert statement(half, inputs(85, 85, days=1, all_days=2)).amount == 1
    assert statement(half, inputs(85, 85, days=1, all_days=3)).amount == 0


def test_three_equal_measures_at_target_pay_exactly_all() -> None:
    found = statement(plan(25, 25, 25, 25), inputs(85, 85, 85, None))
    assert (found.together, found.amount) == (100, 100_000)


@given(st.lists(st.integers(60, 110), min_size=2, max_size=2), st.integers(1, 10**9))
def test_what_is_shown_makes_the_amount(figures: list[int], pay: int) -> None:
    share = plan(base=BaseKind.PERCENT, amount=0, percent=Decimal("7.5"))
    found = statement(share, inputs(*figures, pay=pay, days=61, all_days=92))
    assert found.base is not None
    assert found.amount is not None
    shown = found.base * round(found.percent, 2) * 61 / 9200
    assert abs(found.amount - shown) <= Decimal("0.5")
