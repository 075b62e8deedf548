"""The last figure of a person in each metric, for their record page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from portal.core.db import db
from portal.metrics import queries
from portal.metrics.models import Metric
from portal.metrics.report import Board, Cell, cell_then
from portal.people.models import Person


class Held(NamedTuple):
    """An employment as a target asks for it, like a row of ``queries.employments_in``."""

    role_id: int
    team_path: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Latest:
    """The last figure of a person in one metric."""

    metric: Metric
    period: date
    cell: Cell


def latest_of(person: Person) -> list[Latest]:
    """The last figures of a person in the metrics in use, each against its target."""
    rows = {
        row.metric_id: row
        for row in db.session.execute(
            queries.latest_values(
                [person.id], queries.metrics_in_use().with_only_columns(Metric.id)
            )
        )
    }
    if not rows:
        return []
    in_use = queries.metrics_in_use().where(Metric.id.in_(rows))
    board = Board(db.session.scalars(in_use).all())
    held = [
        Held(one.role_id, one.team.path, one.starts_on, one.ends_on)
        for one in reversed(person.employments)
    ]
    return [
        Latest(metric, rows[key].period, cell_then(board, rows[key], held))
        for key, metric in board.metrics.items()
    ]
