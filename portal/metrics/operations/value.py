"""Figures: recorded, corrected, taken back; what was recorded stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Account
from portal.core import audit, clock, i18n
from portal.core.db import Json, db
from portal.core.errors import Refused, Stale
from portal.metrics import queries
from portal.metrics.models import MetricValue, MetricVersion
from portal.metrics.states import MetricFact, Unit

SOME = 500
"""Rows of one statement: SQLite takes 32,766 values."""

Item = TypeVar("Item")


@dataclass(frozen=True)
class Figure:
    """A figure of a person for a month, from so many cases."""

    person_id: int
    version: MetricVersion
    period: date
    value: Decimal
    sample: int

    @property
    def key(self) -> tuple[int, int, date]:
        """What there is one figure of."""
        return self.person_id, self.version.metric_id, self.period


@dataclass(frozen=True)
class Known:
    """What stands there now; ``value`` is ``None`` where it was taken back."""

    id: int
    value: Decimal | None
    sample: int | None

    def says(self, figure: Figure) -> bool:
        """Whether it is the same figure."""
        return (self.value, self.sample) == (figure.value, figure.sample)


def batches(items: Sequence[Item], size: int = SOME) -> Iterator[Sequence[Item]]:
    """So many at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def known_of(keys: Sequence[tuple[int, int, date]]) -> dict[tuple[int, int, date], Known]:
    """What there is of these figures."""
    people = sorted({person_id for person_id, _metric_id, _period in keys})
    metric_ids = {metric_id for _person_id, metric_id, _period in keys}
    months = [period for _person_id, _metric_id, period in keys]
    found: dict[tuple[int, int, date], Known] = {}
    for some in batches(people):
        rows = db.session.execute(queries.values_known(some, metric_ids, min(months), max(months)))
        found |= {
            (row.person_id, row.metric_id, row.period): Known(row.id, row.value, row.sample)
            for row in rows
        }
    return found


def record_values(
    figures: Sequence[Figure], *, by: Account | None, reason: str = "", import_id: int | None = None
) -> int:
    """Record figures, and how many rows that made; what is there already is left as it is.

    One that differs from what is there replaces it for the ``reason`` given.

    Raises:
        Refused: if a figure replaces another and no reason is given, or cannot be true.
        Stale: if somebody recorded one of them at the same moment.
    """
    for figure in figures:
        check_figure(figure.version, figure.value, figure.sample)
    known = known_of([one.key for one in figures]) if figures else {}
    rows: list[Json] = []
    for figure in {one.key: one for one in figures}.values():
        there = known.get(figure.key)
        if there is not None and there.says(figure):
            continue
        if there is not None and not reason.strip():
            raise Refused(_("Say why figures are corrected."), "reason")
        rows.append(_row(figure, there, reason, by) | {"import_id": import_id})
    insert_values(rows)
    return len(rows)


def insert_values(rows: Sequence[Json]) -> None:
    """Add rows of figures.

    Raises:
        Stale: if one of them is there by now.
    """
    try:
        with db.session.begin_nested():
            for some in batches(rows):
                db.session.execute(sa.insert(MetricValue), list(some))
    except IntegrityError as error:
        raise Stale(
            _("Someone recorded one of these figures at the same moment. Look at them again.")
        ) from error


def _row(figure: Figure, there: Known | None, reason: str, by: Account | None) -> Json:
    return {
        "person_id": figure.person_id,
        "metric_id": figure.version.metric_id,
        "version_id": figure.version.id,
        "period": figure.period,
        "value": figure.value,
        "sample": figure.sample,
        "replaces_id": there.id if there else None,
        "reason": reason.strip() if there else "",
        "recorded_at": clock.now(),
        "recorded_by_id": by.id if by else None,
    }


def correct_value(
    row: MetricValue, *, value: Decimal, sample: int, reason: str, by: Account
) -> MetricValue:
    """Put another figure in the place of one, and say why; the old one stays in its history.

    Raises:
        Refused: if it cannot be true or says the same.
        Stale: if somebody corrected it meanwhile.
    """
    check_figure(row.measured_under, value, sample)
    if (row.value, row.sample) == (value, sample):
        raise Refused(_("The figure is the same."), "value")
    return _replace(row, value=value, sample=sample, reason=reason, by=by)


def take_back_value(row: MetricValue, *, reason: str, by: Account) -> MetricValue:
    """Let there be no figure for that month, and say why; its history stays.

    Raises:
        Refused: if it was taken back.
        Stale: if somebody corrected it meanwhile.
    """
    if row.value is None:
        raise Refused(_("This figure was taken back already."))
    return _replace(row, value=None, sample=None, reason=reason, by=by)


def _replace(
    row: MetricValue, *, value: Decimal | None, sample: int | None, reason: str, by: Account
) -> MetricValue:
    if not reason.strip():
        raise Refused(_("Say why figures are corrected."), "reason")
    content: dict[str, Any] = {"value": value, "sample": sample, "reason": reason.strip()}
    now = queries.current_of(row.person_id, row.metric_id, row.period)
    if db.session.scalar(now.with_only_columns(MetricValue.id)) != row.id:
        raise Stale(_("Someone corrected this figure meanwhile. Look at it again."))
    fresh = MetricValue(
        person_id=row.person_id,
        metric_id=row.metric_id,
        version_id=row.version_id,
        period=row.period,
        replaces_id=row.id,
        recorded_at=clock.now(),
        recorded_by_id=by.id,
        **content,
    )
    try:
        with db.session.begin_nested():
            db.session.add(fresh)
    except IntegrityError as error:
        raise Stale(_("Someone corrected this figure meanwhile. Look at it again.")) from error
    audit.record(MetricFact.CORRECTED, fresh, by=by, replaces=row.id)
    return fresh


def check_figure(version: MetricVersion, value: Decimal, sample: int) -> None:
    """Hold a figure against what can be true.

    Raises:
        Refused: at the field, if it cannot.
    """
    if not version.lowest <= value <= version.highest:
        raise Refused(out_of_range(value, version), "value")
    if sample < 1:
        raise Refused(_("A figure needs at least one case."), "sample")


def out_of_range(value: Decimal, version: MetricVersion) -> str:
    """What is wrong with a figure outside the range, and what was probably meant."""
    bounds = {
        "value": i18n.number(value),
        "lowest": i18n.number(version.lowest),
        "highest": i18n.number(version.highest),
    }
    for unit, factor in ((Unit.PERCENT, 100), (Unit.SECONDS, 60), (Unit.MINUTES, Decimal(1) / 60)):
        meant = round(value * factor, 2)
        if version.unit is unit and version.lowest <= meant <= version.highest:
            text: str = _(
                "%(value)s is in another unit, it seems: figures lie between %(lowest)s and "
                "%(highest)s. Is %(meant)s meant?",
                meant=i18n.number(meant),
                **bounds,
            )
            return text
    text = _("%(value)s can't be: figures lie between %(lowest)s and %(highest)s.", **bounds)
    return str(text)
