"""What a bonus would be with other figures: worked out while one looks, never stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from portal.bonuses import inputs, periods, queries
from portal.bonuses.curve import Curve, Figure, Gate, Inputs
from portal.bonuses.models import BonusMeasure, BonusPlan, BonusPlanVersion
from portal.core import i18n
from portal.core.db import db
from portal.core.forms import read_amount
from portal.metrics.models import MetricVersion
from portal.people.models import Employment, Person

LARGEST = Decimal(10) ** 9


@dataclass(frozen=True)
class Slider:
    """One measure that can be moved; ``value`` is where it stands, all in the metric's unit."""

    key: int
    name: str
    least: Decimal
    most: Decimal
    step: Decimal
    value: Decimal
    marks: tuple[Decimal, Decimal, Decimal]
    version: MetricVersion


@dataclass(frozen=True)
class WhatIf:
    """What somebody tries out; ``pay`` in minor units, ``None`` if they did not say."""

    version: BonusPlanVersion
    starts_on: date
    ends_on: date
    sliders: list[Slider]
    gates: tuple[Gate, ...]
    pay: int | None
    pay_text: str
    kept: inputs.Frozen


def plan_for(job: Employment | None) -> BonusPlan | None:
    """The plan that is for this work today, the newest of several."""
    if job is None:
        return None
    fitting = [
        plan for plan in db.session.scalars(queries.plans(in_use=True)) if is_for(plan.terms, job)
    ]
    return fitting[-1] if fitting else None


def is_for(version: BonusPlanVersion, job: Employment) -> bool:
    """Whether a version is for somebody who works so."""
    site = version.site_id is None or version.site_id == job.site_id
    team = version.team is None or job.team.path.startswith(version.team.path)
    return site and team and job.role_id in version.roles


def tried(person: Person, version: BonusPlanVersion, day: date, sent: Mapping[str, str]) -> WhatIf:
    """The bonus of the present period with what was sent, else with the figures so far."""
    first, last = periods.period_of(version.period, day)
    known = inputs.inputs_of(version, [person.id], (first, last), {}, day)[person.id]
    sliders = [_slider(row, known, sent) for row in version.measures]
    gates = _gates(known.gates, sent)
    text = sent.get("pay", "")
    pay = _pay(text, version.currency)
    figures = {str(one.key): Figure(one.value, one.version.minimum_sample) for one in sliders}
    wanted: Inputs = replace(known, figures=figures, gates=gates, pay=pay)
    kept = inputs.frozen(version, wanted, first, last)
    return WhatIf(version, first, last, sliders, gates, pay, text, kept)


def _slider(row: BonusMeasure, known: Inputs, sent: Mapping[str, str]) -> Slider:
    """Of slider and number the one counts that is not what the page had shown."""
    definition = row.metric.definition
    curve = Curve(row.threshold, row.target, row.maximum, Decimal(0), Decimal(0), Decimal(0))
    least, most = _span(curve, definition)
    so_far = known.figures.get(str(row.metric_id))
    start = round(so_far.value if so_far else row.target, definition.decimals)
    shown, moved, typed = (
        _number(sent.get(f"{name}{row.metric_id}", "")) for name in ("was", "slide", "figure")
    )
    value = moved if moved is not None and moved != shown else typed
    if value is None:
        value = start
    value = min(max(round(value, definition.decimals), least), most)
    return Slider(
        row.metric_id, i18n.words(definition.name), least, most,
        Decimal(1).scaleb(-definition.decimals), value,
        (row.threshold, row.target, row.maximum), definition,
    )  # fmt: skip


def _span(curve: Curve, definition: MetricVersion) -> tuple[Decimal, Decimal]:
    """Some way below the threshold and above the maximum, within what can be."""
    low, high = sorted((curve.threshold, curve.maximum))
    room = (high - low) / 2
    places = definition.decimals
    least = max(definition.lowest, round(low - room, places))
    return least, min(definition.highest, round(high + room, places))


def _gates(gates: tuple[Gate, ...], sent: Mapping[str, str]) -> tuple[Gate, ...]:
    """As they stand today, until the form says otherwise."""
    if "asked" not in sent:
        return gates
    return tuple(replace(gate, kept=f"kept_{gate.kind.value}" in sent) for gate in gates)


def _number(text: str) -> Decimal | None:
    """What a number input sends, or what somebody types in their language."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        try:
            found = read_amount(text.strip())
        except ValueError:
            return None
    return found if found.is_finite() and abs(found) < LARGEST else None


def _pay(text: str, currency: str) -> int | None:
    try:
        minor = read_amount(text).scaleb(i18n.currency_digits(currency))
    except ValueError:
        return None
    return int(minor) if 0 <= minor < LARGEST * 1000 else None
