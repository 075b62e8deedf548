"""Bonus plans and their versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.bonuses.models import BonusMeasure, BonusPlan, BonusPlanVersion
from portal.bonuses.states import (
    BaseKind,
    BonusFact,
    FailedGate,
    Period,
    PlanState,
    SmallSample,
)
from portal.core import audit, clock, i18n
from portal.core.db import Words, db
from portal.core.errors import Refused
from portal.core.fingerprints import fingerprint
from portal.metrics.models import Metric
from portal.metrics.states import Direction

WHOLE = Decimal(100)


@dataclass(frozen=True)
class Weighed:
    """A measure of a plan; fields as in ``BonusMeasure``."""

    metric_id: int
    weight: Decimal
    threshold: Decimal
    target: Decimal
    maximum: Decimal
    at_threshold: Decimal = Decimal(50)
    at_target: Decimal = Decimal(100)
    at_maximum: Decimal = Decimal(150)


@dataclass(frozen=True)
class PlanTerms:
    """What a plan says; fields as in ``BonusPlanVersion``."""

    name: Words
    period: Period
    currency: str
    base: BaseKind
    measures: tuple[Weighed, ...]
    roles: tuple[int, ...]
    percent: Decimal | None = None
    amount: int | None = None
    cap: Decimal = Decimal(150)
    small_sample: SmallSample = SmallSample.LEAVE_OUT
    failed_gate: FailedGate = FailedGate.ZERO
    needs_conduct: bool = False
    needs_certificates: bool = False
    attendance_id: int | None = None
    attendance_least: Decimal | None = None
    managers_see: bool = False
    team_id: int | None = None
    site_id: int | None = None

    @property
    def content_hash(self) -> str:
        """The fingerprint that names this plan."""
        return fingerprint(_plain(vars(self)))


def _plain(value: object) -> object:
    """JSON's types; 100 and 100.0 are the same number."""
    if isinstance(value, Decimal):
        return f"{value:.4f}"
    if isinstance(value, Weighed):
        return _plain(vars(value))
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int) else str(value)


def publish_plan(
    plan: BonusPlan | None, terms: PlanTerms, *, by: Account | None
) -> BonusPlanVersion:
    """Make these the terms of a plan, or of a new one; the same terms make no new version.

    Runs that have begun keep the version they began with.

    Raises:
        Refused: at the field, if the weights do not make a hundred, marks run the wrong way, or
            something that belongs together is missing.
    """
    _check(terms)
    if plan is None:
        plan = BonusPlan()
        db.session.add(plan)
        db.session.flush()
    elif plan.terms.content_hash == terms.content_hash:
        return plan.terms
    version = BonusPlanVersion(
        **{name: value for name, value in vars(terms).items() if name not in {"measures", "roles"}},
        roles=sorted(terms.roles),
        plan=plan,
        number=plan.terms.number + 1 if plan.current else 1,
        content_hash=terms.content_hash,
        published_at=clock.now(),
        published_by_id=by.id if by else None,
        measures=[
            BonusMeasure(order=order, **vars(one))
            for order, one in enumerate(terms.measures, start=1)
        ],
    )
    db.session.add(version)
    db.session.flush()
    plan.current = version
    audit.record(BonusFact.PLAN_PUBLISHED, plan, by=by, version=version.number)
    return version


def retire_plan(plan: BonusPlan, *, by: Account) -> None:
    """Start no more runs of it.

    Raises:
        Refused: if it is retired.
    """
    _move(plan, PlanState.RETIRED, BonusFact.PLAN_RETIRED, by)


def resume_plan(plan: BonusPlan, *, by: Account) -> None:
    """Take it into use again.

    Raises:
        Refused: if it is in use.
    """
    _move(plan, PlanState.IN_USE, BonusFact.PLAN_RESUMED, by)


def _move(plan: BonusPlan, state: PlanState, fact: BonusFact, by: Account) -> None:
    if plan.state is state:
        raise Refused(_("This is %(state)s already.", state=f"“{state.label}”"))
    plan.state = state
    audit.record(fact, plan, by=by)


def _check(terms: PlanTerms) -> None:
    if not terms.roles:
        raise Refused(_("Choose at least one role."), "roles")
    if terms.base is BaseKind.PERCENT and (terms.percent is None or terms.amount is not None):
        raise Refused(_("Say which share of yearly pay a year pays at target."), "percent")
    if terms.base is BaseKind.FIXED and (not terms.amount or terms.percent is not None):
        raise Refused(_("Say what one period pays at target."), "amount")
    if terms.cap < WHOLE:
        raise Refused(_("The cap must let the full target payout through: 100 or more."), "cap")
    if (terms.attendance_id is None) != (terms.attendance_least is None):
        raise Refused(
            _("Choose both the metric of attendance and its least figure, or neither."),
            "attendance_least",
        )
    _check_measures(terms.measures)


def _check_measures(measures: Sequence[Weighed]) -> None:
    if not measures:
        raise Refused(_("Add at least one measure."), "measures")
    if len({one.metric_id for one in measures}) < len(measures):
        raise Refused(_("A metric stands in the plan twice."), "measures")
    total = sum((one.weight for one in measures), Decimal(0))
    if total != WHOLE or any(one.weight <= 0 for one in measures):
        raise Refused(
            _(
                "The weights add up to %(sum)s %%. They have to make exactly 100 %%, each above 0.",
                sum=i18n.number(total),
            ),
            "measures",
        )
    wanted = sa.select(Metric).where(Metric.id.in_([one.metric_id for one in measures]))
    known = {metric.id: metric for metric in db.session.scalars(wanted)}
    for one in measures:
        _check_curve(one, known[one.metric_id])


def _check_curve(one: Weighed, metric: Metric) -> None:
    name = i18n.words(metric.definition.name)
    marks = (one.threshold, one.target, one.maximum)
    down = metric.definition.direction is Direction.LOWER
    first, second, third = reversed(marks) if down else marks
    if not first < second < third:
        message = (
            _("%(metric)s: lower is better, so the threshold lies above the target and the "
              "maximum below it.", metric=name)
            if down
            else _("%(metric)s: the target lies above the threshold and below the maximum.",
                   metric=name)
        )  # fmt: skip
        raise Refused(message, "measures")
    if not 0 <= one.at_threshold <= one.at_target <= one.at_maximum:
        raise Refused(
            _("%(metric)s: a better figure must not pay less than a worse one.", metric=name),
            "measures",
        )
