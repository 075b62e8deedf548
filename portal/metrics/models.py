"""Metrics with the versions of their definition, targets, and the figures of people."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Id, Model, Words, enum_column
from portal.core.imports import SheetImport
from portal.metrics.states import Combining, Direction, MetricState, Unit
from portal.people.models import Person, Role, Team

PLACES = 4
"""Decimals a figure is kept with."""


class Exact(sa.TypeDecorator[Decimal]):
    """A decimal of four places kept as a whole number: exact on every database.

    SQL may add and multiply such columns as whole numbers of ten-thousandths.
    """

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> int | None:  # noqa: ARG002
        """Count the ten-thousandths."""
        return None if value is None else int(Decimal(value).scaleb(PLACES).to_integral_value())

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> Decimal | None:  # noqa: ARG002
        """Back to a decimal."""
        return None if value is None else Decimal(value).scaleb(-PLACES)


class Metric(Model):
    """Something measured for each person and month; what it means is in its versions."""

    __tablename__ = "metric"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(sa.String(60), unique=True)
    state: Mapped[MetricState] = mapped_column(enum_column(MetricState), default=MetricState.IN_USE)
    current_version_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("metric_version.id", use_alter=True)
    )

    current: Mapped[MetricVersion | None] = relationship(
        foreign_keys=[current_version_id], post_update=True
    )

    @property
    def definition(self) -> MetricVersion:
        """The version in force; a metric is published from the start."""
        assert self.current is not None
        return self.current

    @property
    def version(self) -> int:
        """The number of the definition in force, by which a form knows that it is stale."""
        return self.definition.number


class MetricVersion(Model):
    """One published definition, named by its content hash, and never changed.

    A per cent figure of 87 means 87 %. ``lowest`` and ``highest`` bound what can be true, so that
    an import notices other units. Fewer cases than ``minimum_sample`` are not judged. ``currency``
    (ISO 4217) belongs to the unit money.
    """

    __tablename__ = "metric_version"
    __table_args__ = (
        sa.UniqueConstraint("metric_id", "number"),
        sa.CheckConstraint("decimals BETWEEN 0 AND 4", name="decimals"),
        sa.CheckConstraint("minimum_sample > 0", name="minimum_sample"),
        sa.CheckConstraint("lowest < highest", name="range"),
        sa.CheckConstraint("(unit = 'money') = (currency <> '')", name="currency"),
    )

    id: Mapped[Id]
    metric_id: Mapped[int] = mapped_column(sa.ForeignKey("metric.id"))
    number: Mapped[int]
    name: Mapped[Words]
    formula: Mapped[Words]
    unit: Mapped[Unit] = mapped_column(enum_column(Unit))
    currency: Mapped[str] = mapped_column(sa.String(3), default="")
    direction: Mapped[Direction] = mapped_column(enum_column(Direction))
    combining: Mapped[Combining] = mapped_column(enum_column(Combining))
    decimals: Mapped[int]
    minimum_sample: Mapped[int]
    lowest: Mapped[Decimal] = mapped_column(Exact)
    highest: Mapped[Decimal] = mapped_column(Exact)
    source: Mapped[Words]
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    metric: Mapped[Metric] = relationship(foreign_keys=[metric_id])


class MetricTarget(Model):
    """What a figure should be, for a role, a team and all below it, both, or everyone.

    ``threshold`` is where a figure begins to count as close, ``maximum`` where it exceeds; ``None``
    asks for neither. Where lower is better, they run the other way. Which of several targets
    applies, ``targets.target_for`` says. ``example`` marks figures of the starter pack.
    """

    __tablename__ = "metric_target"
    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ordered"),
    )

    id: Mapped[Id]
    metric_id: Mapped[int] = mapped_column(sa.ForeignKey("metric.id"), index=True)
    role_id: Mapped[int | None] = mapped_column(sa.ForeignKey("role.id"))
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"))
    threshold: Mapped[Decimal | None] = mapped_column(Exact)
    target: Mapped[Decimal] = mapped_column(Exact)
    maximum: Mapped[Decimal | None] = mapped_column(Exact)
    example: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    metric: Mapped[Metric] = relationship()
    role: Mapped[Role | None] = relationship()
    team: Mapped[Team | None] = relationship()


class MetricValue(Model):
    """The figure of a person for a month (its first day), from ``sample`` cases; never changed.

    A correction is another row that ``replaces`` this one and says why; without a value it takes
    the figure back. What nothing replaces is current.
    """

    __tablename__ = "metric_value"
    __table_args__ = (
        sa.Index("ix_metric_value_person_metric_period", "person_id", "metric_id", "period"),
        sa.Index("ix_metric_value_metric_period", "metric_id", "period"),
        sa.Index(
            "uq_metric_value_first",
            "person_id",
            "metric_id",
            "period",
            unique=True,
            sqlite_where=sa.text("replaces_id IS NULL"),
            postgresql_where=sa.text("replaces_id IS NULL"),
        ),
        sa.CheckConstraint("(value IS NULL) = (sample IS NULL)", name="whole"),
        sa.CheckConstraint("sample > 0", name="sample"),
        sa.CheckConstraint("value IS NOT NULL OR replaces_id IS NOT NULL", name="taken_back"),
        sa.CheckConstraint("replaces_id IS NULL OR reason <> ''", name="reason"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    metric_id: Mapped[int] = mapped_column(sa.ForeignKey("metric.id"))
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("metric_version.id"))
    period: Mapped[date]
    value: Mapped[Decimal | None] = mapped_column(Exact)
    sample: Mapped[int | None]
    replaces_id: Mapped[int | None] = mapped_column(sa.ForeignKey("metric_value.id"), unique=True)
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    import_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sheet_import.id"), index=True)
    undone_import_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("sheet_import.id"), index=True
    )
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    person: Mapped[Person] = relationship()
    metric: Mapped[Metric] = relationship()
    measured_under: Mapped[MetricVersion] = relationship(foreign_keys=[version_id])
    sheet_import: Mapped[SheetImport | None] = relationship(foreign_keys=[import_id])
    recorded_by: Mapped[Account | None] = relationship()
