"""From figures to a payout, step by step; no database, no clock, no language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from portal.bonuses.states import BaseKind, FailedGate, GateKind, LineState, SmallSample

HUNDRED = Decimal(100)
COIN = Decimal(1)
SHOWN = Decimal("0.01")
"""Per cent are shown, and counted on, with two decimals."""
YEAR = 12


@dataclass(frozen=True, slots=True)
class Curve:
    """What a figure pays, in per cent of the target payout.

    ``threshold``, ``target`` and ``maximum`` are figures, the others what each of them pays. Where
    lower is better the marks run downwards.
    """

    threshold: Decimal
    target: Decimal
    maximum: Decimal
    at_threshold: Decimal
    at_target: Decimal
    at_maximum: Decimal

    @property
    def lower_is_better(self) -> bool:
        """Whether the marks run downwards."""
        return self.maximum < self.threshold


def payout(curve: Curve, value: Decimal) -> Decimal:
    """What a figure pays, in per cent.

    With marks T (threshold), G (target), M (maximum) that pay t, g, m, for a figure x::

        x worse than T            0
        T to G                    t + (x - T) / (G - T) * (g - t)
        G to M                    g + (x - G) / (M - G) * (m - g)
        x better than M           m

    This is the piecewise linear incentive curve with threshold, target and cap described by
    K. J. Murphy, "Performance standards in incentive contracts", Journal of Accounting and
    Economics 30 (2000), 245-278. It never falls as figures get better.
    """
    sign = -1 if curve.lower_is_better else 1
    x, low, middle, high = (
        sign * one for one in (value, curve.threshold, curve.target, curve.maximum)
    )
    if x < low:
        return Decimal(0)
    if x >= high:
        return curve.at_maximum
    if x >= middle:
        return _between(x, middle, high, curve.at_target, curve.at_maximum)
    return _between(x, low, middle, curve.at_threshold, curve.at_target)


def _between(x: Decimal, low: Decimal, high: Decimal, first: Decimal, last: Decimal) -> Decimal:
    """The height of a straight line at ``x``, kept between its ends in spite of rounding."""
    found = first + (x - low) * (last - first) / (high - low)
    return min(max(found, first), last)


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is measured; ``key`` is the id of the metric, ``weight`` in per cent."""

    key: int
    weight: Decimal
    curve: Curve
    least_cases: int = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """How a bonus is worked out; ``cap`` bounds the whole payout, in per cent.

    ``percent`` of yearly pay is what a whole year pays at target; ``amount`` is what one period
    pays, in minor units of ``currency``.
    """

    base: BaseKind
    months: int
    measures: tuple[Measure, ...]
    currency: str
    percent: Decimal = Decimal(0)
    amount: int = 0
    cap: Decimal = Decimal(150)
    small_sample: SmallSample = SmallSample.LEAVE_OUT
    failed_gate: FailedGate = FailedGate.ZERO


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured over the period, and from how many cases."""

    value: Decimal
    cases: int


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition and whether it was kept; for attendance also the least and the real figure."""

    kind: GateKind
    kept: bool
    key: int = 0
    least: Decimal | None = None
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that is known of one person; ``pay`` is yearly pay in minor units.

    ``days`` of ``all_days`` of the period belonged to the plan.
    """

    pay: int | None
    figures: Mapping[str, Figure]
    gates: tuple[Gate, ...] = ()
    days: int = 1
    all_days: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """What one measure did: its payout, its share of the whole, and what it adds, in per cent."""

    measure: Measure
    figure: Figure | None
    state: LineState
    pays: Decimal
    share: Decimal
    adds: Decimal


@dataclass(frozen=True, slots=True)
class Result:
    """The steps in their order, money in minor units.

    ``base`` is what the whole period pays at target. ``amount`` is ``None`` without yearly pay.
    """

    base: int | None
    lines: tuple[Line, ...]
    together: Decimal
    capped: Decimal
    gates: tuple[Gate, ...]
    kept_share: Decimal
    days: int
    all_days: int
    amount: int | None

    @property
    def failed(self) -> tuple[Gate, ...]:
        """The conditions that were not kept."""
        return tuple(gate for gate in self.gates if not gate.kept)

    @property
    def percent(self) -> Decimal:
        """What the conditions leave of the payout, before days are counted."""
        return _rounded(self.capped * self.kept_share, SHOWN)


def statement(plan: Plan, inputs: Inputs) -> Result:
    """Work a bonus out.

    ``amount = base * min(sum of weight * payout, cap) * conditions * days / all days``. Base and
    amount are rounded to the smallest coin, per cent to two decimals, all half up: whoever works
    with what is shown comes to the same amount. The weights of measures that are left out are
    spread over the others in proportion; if none is left nothing is paid.
    """
    lines = _lines(plan, inputs.figures)
    together = _rounded(sum((line.adds for line in lines), Decimal(0)), SHOWN)
    capped = min(together, plan.cap)
    failed = any(not gate.kept for gate in inputs.gates)
    kept = Decimal(1)
    if failed:
        kept = Decimal(0) if plan.failed_gate is FailedGate.ZERO else Decimal("0.5")
    base = base_of(plan, inputs.pay)
    found = Result(
        base, lines, together, capped, inputs.gates, kept, inputs.days, inputs.all_days, None
    )
    if base is None:
        return found
    exact = base * found.percent * inputs.days / (HUNDRED * inputs.all_days)
    return replace(found, amount=int(_rounded(exact, COIN)))


def _rounded(value: Decimal, to: Decimal) -> Decimal:
    return value.quantize(to, ROUND_HALF_UP)


def base_of(plan: Plan, pay: int | None) -> int | None:
    """What one whole period pays at target, in minor units; ``None`` if pay is not known."""
    if plan.base is BaseKind.FIXED:
        return plan.amount
    if pay is None:
        return None
    return int(_rounded(Decimal(pay) * plan.percent * plan.months / (HUNDRED * YEAR), COIN))


def _lines(plan: Plan, figures: Mapping[str, Figure]) -> tuple[Line, ...]:
    judged = [(one, _judged(plan, one, figures.get(str(one.key)))) for one in plan.measures]
    counted = sum((one.weight for one, (state, _pays) in judged if _counts(state)), Decimal(0))
    return tuple(
        _line(one, figures.get(str(one.key)), state, pays, counted)
        for one, (state, pays) in judged
    )  # fmt: skip


def _judged(plan: Plan, measure: Measure, figure: Figure | None) -> tuple[LineState, Decimal]:
    if figure is None or figure.cases < measure.least_cases:
        if plan.small_sample is SmallSample.AS_TARGET:
            return LineState.AS_TARGET, measure.curve.at_target
        return LineState.LEFT_OUT, Decimal(0)
    pays = payout(measure.curve, figure.value)
    reached = _reaches(measure.curve, figure.value)
    return (LineState.PAID if reached else LineState.BELOW), pays


def _reaches(curve: Curve, value: Decimal) -> bool:
    """Whether a figure is at the threshold or better."""
    return value <= curve.threshold if curve.lower_is_better else value >= curve.threshold


def _counts(state: LineState) -> bool:
    return state is not LineState.LEFT_OUT


def _line(
    measure: Measure, figure: Figure | None, state: LineState, pays: Decimal, counted: Decimal
) -> Line:
    share = measure.weight * HUNDRED / counted if _counts(state) and counted else Decimal(0)
    return Line(measure, figure, state, pays, share, share * pays / HUNDRED)
