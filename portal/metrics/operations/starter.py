"""The metrics a contact centre starts from, with example targets."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import Json, Words, db
from portal.metrics import periods
from portal.metrics.models import Metric
from portal.metrics.operations.definition import Terms, publish_metric
from portal.metrics.operations.target import Aim, set_target
from portal.metrics.states import Combining, Direction, Unit
from portal.people.models import Role

STARTER = Path(__file__).resolve().parents[1] / "starter" / "metrics.toml"


def load_metrics(by: Account | None) -> int:
    """Add the starter metrics that are missing, and say how many; others stay as they are.

    Their targets are examples, and begin with the present year. A target for a role there is none
    of is left out.
    """
    starter = tomllib.loads(STARTER.read_text("utf-8"))
    present = set(db.session.scalars(sa.select(Metric.key)))
    roles = {role.key: role for role in db.session.scalars(sa.select(Role))}
    fresh = [row for row in starter["metric"] if row["key"] not in present]
    for row in fresh:
        metric = publish_metric(row["key"], _terms(row, starter["source"]), by=by).metric
        for aim in row.get("target", ()):
            if aim.get("role", "") in roles or "role" not in aim:
                set_target(
                    metric, _aim(aim), role=roles.get(aim.get("role", "")), example=True, by=by,
                    starts_on=periods.month_of(clock.today()).replace(month=1),
                )  # fmt: skip
    return len(fresh)


def _terms(row: Json, source: Words) -> Terms:
    return Terms(
        name=row["name"],
        formula=row["formula"],
        unit=Unit(row["unit"]),
        direction=Direction(row["direction"]),
        combining=Combining(row.get("combining", "mean")),
        decimals=row.get("decimals", 0),
        minimum_sample=row["minimum_sample"],
        lowest=Decimal(str(row["lowest"])),
        highest=Decimal(str(row["highest"])),
        source=row.get("source", source),
    )


def _aim(row: Json) -> Aim:
    numbers = {name: Decimal(str(row[name])) for name in ("threshold", "maximum") if name in row}
    return Aim(Decimal(str(row["target"])), **numbers)
