"""Metrics and the versions of their definitions."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import Words, db
from portal.core.errors import Refused
from portal.core.fingerprints import fingerprint
from portal.metrics import queries
from portal.metrics.models import Metric, MetricVersion
from portal.metrics.states import Combining, Direction, MetricFact, MetricState, Unit


@dataclass(frozen=True)
class Terms:
    """What a metric is; ``lowest`` and ``highest`` bound what a figure can truly be."""

    name: Words
    formula: Words
    unit: Unit
    direction: Direction
    lowest: Decimal
    highest: Decimal
    combining: Combining = Combining.MEAN
    decimals: int = 0
    minimum_sample: int = 30
    currency: str = ""
    source: Words = field(default_factory=dict)

    @property
    def content_hash(self) -> str:
        """The fingerprint that names this definition."""
        amounts = {"lowest", "highest"}
        # 0 and 0.0000 are the same bound.
        return fingerprint(
            {
                name: f"{value:.4f}"
                if name in amounts
                else str(value)
                if not isinstance(value, dict)
                else value
                for name, value in vars(self).items()
            }
        )


def publish_metric(metric: Metric | str, terms: Terms, *, by: Account | None) -> MetricVersion:
    """Make this the definition of a metric, or of a new one that the key given names for ever.

    A definition that says what the present one says is no new version. Figures keep the version
    they were measured under.

    Raises:
        Refused: at the field, if the key is taken, the definition makes no sense, or figures of
            another unit or direction are there already.
    """
    _check(terms)
    if isinstance(metric, str):
        metric = _new(metric)
    else:
        _check_same_measure(metric, terms)
    present = metric.current
    if present is not None and present.content_hash == terms.content_hash:
        return present
    last = sa.select(sa.func.max(MetricVersion.number)).where(MetricVersion.metric_id == metric.id)
    version = MetricVersion(
        **vars(terms),
        metric_id=metric.id,
        number=(db.session.scalar(last) or 0) + 1,
        content_hash=terms.content_hash,
        published_at=clock.now(),
        published_by_id=by.id if by else None,
    )
    db.session.add(version)
    db.session.flush()
    metric.current = version
    audit.record(MetricFact.PUBLISHED, metric, by=by, version=version.number)
    return version


def retire_metric(metric: Metric, *, by: Account | None) -> None:
    """Collect no more figures; those there are stay.

    Raises:
        Refused: if it is retired.
    """
    _move(metric, MetricState.RETIRED, MetricFact.RETIRED, by)


def resume_metric(metric: Metric, *, by: Account | None) -> None:
    """Collect figures again.

    Raises:
        Refused: if it is in use.
    """
    _move(metric, MetricState.IN_USE, MetricFact.RESUMED, by)


def _move(metric: Metric, state: MetricState, fact: MetricFact, by: Account | None) -> None:
    if metric.state is state:
        raise Refused(_("This is %(state)s already.", state=f"“{state.label}”"))
    metric.state = state
    audit.record(fact, metric, by=by)


def _new(key: str) -> Metric:
    if db.session.scalar(queries.metric_with_key(key)) is not None:
        raise Refused(_("There is a metric with this key already. Choose another."), "key")
    metric = Metric(key=key)
    db.session.add(metric)
    db.session.flush()
    return metric


def _check(terms: Terms) -> None:
    if not terms.lowest < terms.highest:
        raise Refused(_("The highest figure must be above the lowest."), "highest")
    if (terms.unit is Unit.MONEY) != bool(terms.currency):
        raise Refused(_("Choose a currency for money, and for money only."), "currency")


def _check_same_measure(metric: Metric, terms: Terms) -> None:
    present = metric.current
    if present is None:
        return
    kept = (present.unit, present.currency, present.direction)
    if kept == (terms.unit, terms.currency, terms.direction):
        return
    if db.session.scalar(queries.has_figures(metric.id)):
        field = "direction" if terms.unit is present.unit else "unit"
        message = _(
            "There are figures or targets in this unit and direction. Add another metric instead."
        )
        raise Refused(message, field)
