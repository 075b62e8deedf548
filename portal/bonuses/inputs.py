"""What is known of people over a period, for a plan: six statements for any number of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import sqlalchemy as sa

from portal.bonuses import queries
from portal.bonuses.curve import Curve, Figure, Gate, Inputs, Measure, Plan, Result, statement
from portal.bonuses.models import BonusPlanVersion
from portal.bonuses.states import GateKind
from portal.certification.queries.seen import shown_as
from portal.certification.queries.standings import standings
from portal.conduct import queries as conduct
from portal.conduct.models import CorrectiveAction
from portal.core.db import Words, db
from portal.core.documents import codec
from portal.core.fingerprints import fingerprint
from portal.metrics import periods
from portal.metrics import queries as metrics
from portal.metrics.states import Direction

AT_ONCE = 1_000
"""People whose figures are asked for together."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """All a statement rests on, kept with it: plan, inputs, steps, and the metrics' definitions.

    ``versions`` are ids of metric versions, which never change, by metric.
    """

    name: Words
    starts_on: date
    ends_on: date
    plan: Plan
    inputs: Inputs
    result: Result
    versions: dict[str, int] = field(default_factory=dict)

    def packed(self) -> tuple[dict[str, object], str]:
        """As it is stored, and the hash that names it."""
        content = codec.encode(self)
        return content, fingerprint(content)


def plan_of(version: BonusPlanVersion) -> Plan:
    """A stored version as the curve takes it, with the least cases of today's definitions."""
    return Plan(
        base=version.base,
        months=version.period.months,
        measures=tuple(
            Measure(
                row.metric_id,
                row.weight,
                Curve(row.threshold, row.target, row.maximum, row.at_threshold, row.at_target,
                      row.at_maximum),
                row.metric.definition.minimum_sample,
            )
            for row in version.measures
        ),
        currency=version.currency,
        percent=version.percent or Decimal(0),
        amount=version.amount or 0,
        cap=version.cap,
        small_sample=version.small_sample,
        failed_gate=version.failed_gate,
    )  # fmt: skip


def days_in(version: BonusPlanVersion, first: date, last: date) -> dict[int, int]:
    """How many days of the period each person of the plan's audience belonged to it."""
    found: dict[int, int] = {}
    for row in db.session.execute(queries.audience(version, first, last)):
        until = min(row.ends_on or last, last)
        days = (until - max(row.starts_on, first)).days + 1
        found[row.person_id] = found.get(row.person_id, 0) + max(days, 0)
    return found


def inputs_of(
    version: BonusPlanVersion,
    people: Collection[int],
    span: tuple[date, date],
    pays: Mapping[int, int | None],
    day: date | None = None,
) -> dict[int, Inputs]:
    """The inputs of people from the first to the last day of ``span``.

    Conditions are looked at on the last day, or on ``day``.
    """
    first, last = span
    days = days_in(version, first, last)
    figures = _figures(version, people, last)
    gates = _gates(version, people, day or last, figures)
    return {
        key: Inputs(
            pays.get(key),
            {name: one for name, one in figures.get(key, {}).items() if name in _keys(version)},
            gates[key],
            days.get(key, 0),
            (last - first).days + 1,
        )
        for key in people
    }


def frozen(version: BonusPlanVersion, inputs: Inputs, first: date, last: date) -> Frozen:
    """Everything about one person's bonus, worked out."""
    plan = plan_of(version)
    versions = {str(row.metric_id): row.metric.definition.id for row in version.measures}
    if version.attendance is not None:
        versions[str(version.attendance_id)] = version.attendance.definition.id
    return Frozen(version.name, first, last, plan, inputs, statement(plan, inputs), versions)


def _keys(version: BonusPlanVersion) -> set[str]:
    return {str(row.metric_id) for row in version.measures}


def _figures(
    version: BonusPlanVersion, people: Collection[int], last: date
) -> dict[int, dict[str, Figure]]:
    """The period's months as one figure for each person and metric."""
    wanted = [row.metric_id for row in version.measures]
    if version.attendance_id is not None:
        wanted.append(version.attendance_id)
    select = metrics.summaries(people, wanted, version.period.months, periods.month_of(last))
    found: dict[int, dict[str, Figure]] = {}
    places = _places(version)
    for row in db.session.execute(select):
        value = row.value.quantize(places[row.metric_id], ROUND_HALF_UP)
        figure = Figure(value, int(row.sample))
        found.setdefault(row.person_id, {})[str(row.metric_id)] = figure
    return found


def _places(version: BonusPlanVersion) -> dict[int, Decimal]:
    """The last place a metric is shown with: a figure counts as it is shown."""
    known = [row.metric for row in version.measures]
    if version.attendance is not None:
        known.append(version.attendance)
    return {one.id: Decimal(1).scaleb(-one.definition.decimals) for one in known}


def _gates(
    version: BonusPlanVersion,
    people: Collection[int],
    day: date,
    figures: Mapping[int, Mapping[str, Figure]],
) -> dict[int, tuple[Gate, ...]]:
    warned, lacking = _warned(version, people, day), _lacking(version, people, day)
    found: dict[int, tuple[Gate, ...]] = {}
    for key in people:
        gates = []
        if version.needs_conduct:
            gates.append(Gate(GateKind.CONDUCT, key not in warned))
        if version.needs_certificates:
            gates.append(Gate(GateKind.CERTIFICATES, key not in lacking))
        if version.attendance_id is not None:
            gates.append(_attendance(version, figures.get(key, {})))
        found[key] = tuple(gates)
    return found


def _attendance(version: BonusPlanVersion, figures: Mapping[str, Figure]) -> Gate:
    """Without a figure nobody can be said to have missed the least one."""
    assert version.attendance is not None
    figure, least = figures.get(str(version.attendance_id)), version.attendance_least
    kept = True
    if figure is not None and least is not None:
        lower = version.attendance.definition.direction is Direction.LOWER
        kept = figure.value <= least if lower else figure.value >= least
    value = figure.value if figure else None
    return Gate(GateKind.ATTENDANCE, kept, version.attendance_id or 0, least, value)


def _warned(version: BonusPlanVersion, people: Collection[int], day: date) -> set[int]:
    if not version.needs_conduct:
        return set()
    rows = conduct.open_on(people, day).with_only_columns(CorrectiveAction.person_id)
    return set(db.session.scalars(rows))


def _lacking(version: BonusPlanVersion, people: Collection[int], day: date) -> set[int]:
    """Who lacks a mandatory certificate that was due by the day."""
    if not version.needs_certificates:
        return set()
    pairs = standings(day, among=people)
    lacks = sa.select(pairs.c.person_id).where(
        shown_as(pairs, "lacking", day), pairs.c.overdue == 1
    )
    return set(db.session.scalars(lacks.distinct()))
