"""Tables of figures that were imported, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from portal.accounts.models import Account
from portal.core.imports import SheetImport, imports_of
from portal.metrics.models import MetricValue
from portal.metrics.policy import IMPORT_KIND


def imports_listed() -> sa.Select[*tuple[Any, ...]]:
    """What was imported, newest first: the import, and who sent it."""
    return imports_of(IMPORT_KIND).join(
        Account, Account.id == SheetImport.created_by_id
    ).add_columns(Account.display_name)  # fmt: skip


def imports_undone(ids: Sequence[int]) -> sa.Select[*tuple[Any, ...]]:
    """Which of these imports were undone, and when."""
    return (
        sa.select(MetricValue.undone_import_id, sa.func.min(MetricValue.recorded_at))
        .where(MetricValue.undone_import_id.in_(ids))
        .group_by(MetricValue.undone_import_id)
    )


def written_by_import(import_id: int) -> sa.Select[*tuple[Any, ...]]:
    """The rows an import wrote, whether each is still the newest, and what stood there before."""
    later, before = aliased(MetricValue), aliased(MetricValue)
    return (
        sa.select(
            MetricValue,
            sa.exists().where(later.replaces_id == MetricValue.id).label("replaced"),
            before,
        )
        .outerjoin(before, before.id == MetricValue.replaces_id)
        .where(MetricValue.import_id == import_id)
        .order_by(MetricValue.id)
    )


def newest_of(import_id: int) -> sa.Select[MetricValue]:
    """What an import wrote, as it stands in its own list, with person and metric."""
    return (
        sa.select(MetricValue)
        .where(MetricValue.import_id == import_id)
        .options(
            joinedload(MetricValue.person, innerjoin=True),
            joinedload(MetricValue.measured_under, innerjoin=True),
        )
        .order_by(MetricValue.id)
    )
