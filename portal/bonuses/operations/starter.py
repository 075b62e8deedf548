"""The bonus plan an organisation starts from."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.bonuses.models import BonusPlan
from portal.bonuses.operations.plan import PlanTerms, Weighed, publish_plan
from portal.bonuses.states import BaseKind, FailedGate, Period, SmallSample
from portal.core.db import Json, db
from portal.metrics.models import Metric
from portal.people.models import Role, Site

STARTER = Path(__file__).resolve().parents[1] / "starter" / "plans.toml"
WHOLE = Decimal(100)


def load_plans(by: Account | None, *, currency: str, site: Site | None = None) -> int:
    """Publish the starter plans where there is no plan yet, and say how many there are.

    A plan none of whose metrics or roles is there is left out.
    """
    if db.session.scalar(sa.select(BonusPlan.id).limit(1)) is not None:
        return 0
    starter = tomllib.loads(STARTER.read_text("utf-8"))["plan"]
    found = [terms for one in starter if (terms := _terms(one, currency, site)) is not None]
    for terms in found:
        publish_plan(None, terms, by=by)
    return len(found)


def _terms(one: Json, currency: str, site: Site | None) -> PlanTerms | None:
    roles = db.session.scalars(sa.select(Role.id).where(Role.key.in_(one["roles"]))).all()
    metrics: dict[str, int] = {
        row.key: row.id for row in db.session.execute(sa.select(Metric.key, Metric.id))
    }
    measures = _spread([row for row in one["measure"] if row["metric"] in metrics], metrics)
    if not roles or not measures:
        return None
    attendance = metrics.get(one["attendance"])
    return PlanTerms(
        name=one["name"],
        period=Period(one["period"]),
        currency=currency,
        base=BaseKind(one["base"]),
        measures=measures,
        roles=tuple(roles),
        percent=Decimal(one["percent"]),
        cap=Decimal(one["cap"]),
        small_sample=SmallSample(one["small_sample"]),
        failed_gate=FailedGate(one["failed_gate"]),
        needs_conduct=one["needs_conduct"],
        needs_certificates=one["needs_certificates"],
        attendance_id=attendance,
        attendance_least=Decimal(one["attendance_least"]) if attendance else None,
        managers_see=one["managers_see"],
        site_id=site.id if site else None,
    )


def _spread(rows: list[Json], metrics: dict[str, int]) -> tuple[Weighed, ...]:
    """The measures there are, their weights made a hundred; the first takes what rounding left."""
    total = sum((Decimal(row["weight"]) for row in rows), Decimal(0))
    weights = [round(Decimal(row["weight"]) * WHOLE / total, 2) for row in rows]
    rest = WHOLE - sum(weights, Decimal(0))
    return tuple(
        Weighed(
            metrics[row["metric"]],
            weight + (rest if at == 0 else 0),
            *(Decimal(row[name]) for name in ("threshold", "target", "maximum")),
            *map(Decimal, row["pays"]),
        )
        for at, (row, weight) in enumerate(zip(rows, weights, strict=True))
    )
