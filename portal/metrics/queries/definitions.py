"""Metrics, the versions of their definitions, and their targets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Account
from portal.metrics.models import Metric, MetricTarget, MetricValue, MetricVersion
from portal.metrics.states import MetricState
from portal.people.models import Role, Team


def metrics() -> sa.Select[Metric]:
    """All metrics with their present definition, in the order they were added."""
    return (
        sa.select(Metric)
        .join(MetricVersion, MetricVersion.id == Metric.current_version_id)
        .options(joinedload(Metric.current, innerjoin=True))
        .order_by(Metric.id)
    )


def metrics_in_use() -> sa.Select[Metric]:
    """Those figures are collected for."""
    return metrics().where(Metric.state == MetricState.IN_USE)


def metric_with_key(key: str) -> sa.Select[Metric]:
    """The metric of this key."""
    return sa.select(Metric).where(Metric.key == key)


def versions_of(metric_id: int) -> sa.Select[*tuple[Any, ...]]:
    """The versions of a metric, newest first, each with the name of who published it."""
    return (
        sa.select(MetricVersion, Account.display_name)
        .outerjoin(Account, Account.id == MetricVersion.published_by_id)
        .where(MetricVersion.metric_id == metric_id)
        .order_by(MetricVersion.number.desc())
    )


def has_figures(metric_id: int) -> sa.Select[bool]:
    """Whether anything was measured or aimed at with a metric."""
    measured = sa.exists().where(MetricValue.metric_id == metric_id)
    aimed = sa.exists().where(MetricTarget.metric_id == metric_id)
    return sa.select(sa.or_(measured, aimed))


def targets_of(metric_ids: Sequence[int]) -> sa.Select[*tuple[Any, ...]]:
    """The targets of metrics as ``targets.target_for`` reads them."""
    return (
        sa.select(
            MetricTarget.metric_id,
            MetricTarget.role_id,
            Team.path.label("team_path"),
            MetricTarget.threshold,
            MetricTarget.target,
            MetricTarget.maximum,
            MetricTarget.starts_on,
            MetricTarget.ends_on,
        )
        .outerjoin(Team, Team.id == MetricTarget.team_id)
        .where(MetricTarget.metric_id.in_(metric_ids))
    )


def targets_listed(metric_id: int) -> sa.Select[*tuple[Any, ...]]:
    """The targets of a metric with role and team by name: wide ones first, newest first."""
    return (
        sa.select(MetricTarget, Role.title.label("role"), Team.name.label("team"))
        .outerjoin(Role, Role.id == MetricTarget.role_id)
        .outerjoin(Team, Team.id == MetricTarget.team_id)
        .where(MetricTarget.metric_id == metric_id)
        .order_by(
            sa.func.coalesce(MetricTarget.team_id, 0),
            sa.func.coalesce(MetricTarget.role_id, 0),
            MetricTarget.starts_on.desc(),
            MetricTarget.id.desc(),
        )
    )
