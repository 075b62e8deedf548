"""A bonus step by step, in words and numbers, for page, paper and what-if."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.bonuses.curve import Gate, Line, Plan
from portal.bonuses.inputs import Frozen
from portal.bonuses.states import BaseKind, FailedGate, GateKind, LineState
from portal.core import i18n
from portal.core.db import db
from portal.metrics import wording as metrics
from portal.metrics.models import MetricVersion

Versions = Mapping[str, MetricVersion]
"""Definitions of metrics by the text of the metric's id."""


@dataclass(frozen=True)
class Row:
    """One measure as a table shows it."""

    key: int
    name: str
    figure: str
    cases: str
    marks: tuple[str, str, str]
    pays: str
    weight: str
    share: str
    adds: str
    state: LineState
    remark: str


@dataclass(frozen=True)
class Step:
    """One step: what it is, how it is worked out, what comes of it."""

    title: str
    how: str
    value: str


@dataclass(frozen=True)
class Condition:
    """A condition beside the measures."""

    label: str
    kept: bool
    text: str


@dataclass(frozen=True)
class Shown:
    """Everything in words; ``amount`` is a dash as long as yearly pay is not known."""

    rows: tuple[Row, ...]
    conditions: tuple[Condition, ...]
    steps: tuple[Step, ...]
    amount: str
    percent: str


def versions_by(ids: Collection[int]) -> dict[str, MetricVersion]:
    """Definitions by metric: one statement."""
    if not ids:
        return {}
    found = db.session.scalars(sa.select(MetricVersion).where(MetricVersion.id.in_(set(ids))))
    return {str(row.metric_id): row for row in found}


def per_cent(value: Decimal) -> str:
    """``96.25 %``: as many decimals as it takes, two at most."""
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    digits = next(n for n in (0, 1, 2) if rounded == round(rounded, n))
    return i18n.percent(rounded / 100, digits)


def money(amount: Decimal | int | None, currency: str) -> str:
    """An amount in minor units, rounded half up; unknown is a dash."""
    if amount is None:
        return "–"
    whole = int(Decimal(amount).quantize(Decimal(1), ROUND_HALF_UP))
    return i18n.money(whole, currency)


def shown(kept: Frozen, versions: Versions) -> Shown:
    """A statement in the reader's language."""
    plan, result = kept.plan, kept.result
    return Shown(
        tuple(_row(line, versions) for line in result.lines),
        tuple(_condition(gate, versions) for gate in result.gates),
        tuple(_steps(kept)),
        money(result.amount, plan.currency),
        per_cent(result.percent),
    )


def _row(line: Line, versions: Versions) -> Row:
    measure, curve = line.measure, line.measure.curve
    version = versions.get(str(measure.key))

    def figure(value: Decimal | None) -> str:
        if version is None:
            return i18n.number(value)
        return metrics.figure(value, version)

    return Row(
        measure.key,
        i18n.words(version.name) if version else "–",
        figure(line.figure.value if line.figure else None),
        i18n.number(line.figure.cases) if line.figure else "–",
        (figure(curve.threshold), figure(curve.target), figure(curve.maximum)),
        per_cent(line.pays) if line.state is not LineState.LEFT_OUT else "–",
        per_cent(measure.weight),
        per_cent(line.share),
        per_cent(line.adds),
        line.state,
        _remark(line),
    )


def _remark(line: Line) -> str:
    few = line.figure is not None
    if line.state is LineState.LEFT_OUT:
        if few:
            return _("Too few cases: it is left out, and the others weigh more.")
        return _("No figure: it is left out, and the others weigh more.")
    if line.state is LineState.AS_TARGET:
        if few:
            return _("Too few cases: it counts as if the target was reached.")
        return _("No figure: it counts as if the target was reached.")
    return _("Below the threshold: it pays nothing.") if line.state is LineState.BELOW else ""


def _condition(gate: Gate, versions: Versions) -> Condition:
    texts = {
        GateKind.CONDUCT: (
            _("No action was open on the last day."),
            _("One was open on the last day."),
        ),
        GateKind.CERTIFICATES: (
            _("All were in force on the last day."),
            _("At least one was not in force on the last day."),
        ),
    }
    if gate.kind in texts:
        return Condition(str(gate.kind.label), gate.kept, texts[gate.kind][not gate.kept])
    version = versions.get(str(gate.key))
    if version is None or gate.least is None:
        return Condition(str(gate.kind.label), gate.kept, "")
    least = metrics.figure(gate.least, version)
    if gate.value is None:
        text = _("No figure, so it is not held against anybody. At least %(least)s was asked.",
                 least=least)  # fmt: skip
    else:
        figure = metrics.figure(gate.value, version)
        text = _("%(figure)s, at least %(least)s was asked.", figure=figure, least=least)
    return Condition(str(gate.kind.label), gate.kept, text)


def _steps(kept: Frozen) -> list[Step]:
    plan, result = kept.plan, kept.result
    steps = [
        Step(_("Bonus at target"), _base(plan, kept.inputs.pay), money(result.base, plan.currency)),
        Step(_("Payout of the measures"), _sum_of(result.lines), per_cent(result.together)),
        Step(
            _("After the cap"),
            _("The payout is at most %(cap)s.", cap=per_cent(plan.cap)),
            per_cent(result.capped),
        ),
    ]
    if result.gates:
        steps.append(Step(_("After the conditions"), _kept(kept), per_cent(result.percent)))
    days = ngettext(
        "%(days)s of %(num)s day of the period belonged to the plan.",
        "%(days)s of %(num)s days of the period belonged to the plan.",
        result.all_days,
        days=i18n.number(result.days),
    )
    part = Decimal(result.days) * 100 / result.all_days
    steps.append(Step(_("Share of days"), days, per_cent(part)))
    if result.base is None:
        how = _("Bonus at target × payout × share of days.")
    else:
        how = _(
            "%(base)s × %(percent)s × %(days)s of %(all)s days.",
            base=money(result.base, plan.currency),
            percent=per_cent(result.percent),
            days=i18n.number(result.days),
            all=i18n.number(result.all_days),
        )
    steps.append(Step(_("Bonus"), how, money(result.amount, plan.currency)))
    return steps


def _base(plan: Plan, pay: int | None) -> str:
    if plan.base is BaseKind.FIXED:
        return _("A fixed amount for the period.")
    if pay is None:
        return _("Yearly pay × %(percent)s × %(months)s of 12 months.",
                 percent=per_cent(plan.percent), months=i18n.number(plan.months))  # fmt: skip
    return _(
        "Yearly pay %(pay)s × %(percent)s × %(months)s of 12 months.",
        pay=money(pay, plan.currency),
        percent=per_cent(plan.percent),
        months=i18n.number(plan.months),
    )


def _sum_of(lines: tuple[Line, ...]) -> str:
    added = " + ".join(per_cent(line.adds) for line in lines if line.share)
    return added or _("No measure counts, so nothing is paid.")


def _kept(kept: Frozen) -> str:
    if not kept.result.failed:
        return _("All conditions were kept.")
    if kept.plan.failed_gate is FailedGate.ZERO:
        return _("A condition was not kept: nothing is paid.")
    return _("A condition was not kept: half is paid.")
