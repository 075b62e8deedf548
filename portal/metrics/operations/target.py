"""Targets: set from a day on, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.metrics.models import Metric, MetricTarget, MetricVersion
from portal.metrics.states import Direction, MetricFact
from portal.people.models import Role, Team


@dataclass(frozen=True)
class Aim:
    """The numbers of a target; from ``threshold`` on a figure is close, from ``maximum`` better."""

    target: Decimal
    threshold: Decimal | None = None
    maximum: Decimal | None = None


def set_target(
    metric: Metric, aim: Aim, *, starts_on: date, by: Account | None,
    role: Role | None = None, team: Team | None = None, example: bool = False,
) -> MetricTarget:  # fmt: skip
    """Aim at this from a day on; the present target of the same role and team ends before it.

    Raises:
        Refused: if the numbers are out of order, or a target of the same role and team begins on
            that day or later.
    """
    _check(aim, metric.definition)
    # Two who set one at once must not both find none: the metric's row lets one in at a time.
    db.session.execute(sa.select(Metric.id).where(Metric.id == metric.id).with_for_update())
    same = sa.select(MetricTarget).where(
        MetricTarget.metric_id == metric.id,
        _is(MetricTarget.role_id, role),
        _is(MetricTarget.team_id, team),
    )
    for other in db.session.scalars(same).all():
        if other.starts_on >= starts_on:
            text = _("There is a target from %(day)s on already.", day=i18n.date(other.starts_on))
            raise Refused(text, "starts_on")
        if other.ends_on is None or other.ends_on >= starts_on:
            other.ends_on = starts_on - timedelta(days=1)
            audit.record(MetricFact.TARGET_ENDED, other, by=by)
    row = MetricTarget(
        metric=metric, role=role, team=team, starts_on=starts_on, example=example, **vars(aim)
    )
    db.session.add(row)
    audit.record(MetricFact.TARGET_SET, row, by=by)
    return row


def end_target(target: MetricTarget, *, last_day: date, by: Account | None) -> None:
    """Aim at it no longer; a target that has not begun by then is ended on its first day.

    Raises:
        Refused: if it has ended by then.
    """
    if target.ends_on is not None and target.ends_on <= last_day:
        raise Refused(_("This target has ended already."))
    target.ends_on = max(last_day, target.starts_on)
    audit.record(MetricFact.TARGET_ENDED, target, by=by)


def _is(
    column: sa.orm.InstrumentedAttribute[int | None], row: Role | Team | None
) -> sa.ColumnElement[bool]:  # fmt: skip
    return column.is_(None) if row is None else column == row.id


def _check(aim: Aim, version: MetricVersion) -> None:
    up = version.direction is Direction.HIGHER
    for field, value in vars(aim).items():
        if value is not None and not version.lowest <= value <= version.highest:
            text = _(
                "This lies outside of what can be: %(lowest)s to %(highest)s.",
                lowest=i18n.number(version.lowest), highest=i18n.number(version.highest),
            )  # fmt: skip
            raise Refused(text, field)
    for field, low, high in (
        ("threshold", aim.threshold, aim.target),
        ("maximum", aim.target, aim.maximum),
    ):
        if low is not None and high is not None and (low >= high if up else low <= high):
            raise Refused(_("Threshold, target and maximum must go from worse to better."), field)
