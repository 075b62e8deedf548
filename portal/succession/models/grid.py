"""The talent grid: its size and labels, dated placements, calibration sessions."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Id, Json, Model, Versioned, Words, enum_column
from portal.people.models import Person, Team
from portal.succession.states import SessionState


class TalentGrid(Versioned, Model):
    """Size (2 to 5 a side) and words of the grid; there is one in use, older ones keep history.

    ``columns`` and ``rows`` are labels from low to high; ``boxes`` maps ``"column-row"`` (from 0)
    to a name. ``x_title`` and ``y_title`` name what the sides measure.
    """

    __tablename__ = "talent_grid"
    __table_args__ = (sa.CheckConstraint("size BETWEEN 2 AND 5", name="size"),)

    id: Mapped[Id]
    size: Mapped[int]
    x_title: Mapped[Words]
    y_title: Mapped[Words]
    columns: Mapped[list[Json]]
    rows: Mapped[list[Json]]
    boxes: Mapped[Json]
    in_use: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))


class GridSession(Versioned, Model):
    """A meeting in which placements of a group are compared."""

    __tablename__ = "grid_session"

    id: Mapped[Id]
    grid_id: Mapped[int] = mapped_column(sa.ForeignKey("talent_grid.id"))
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"))
    name: Mapped[str] = mapped_column(sa.String(120))
    held_on: Mapped[date]
    state: Mapped[SessionState] = mapped_column(
        enum_column(SessionState), default=SessionState.OPEN
    )
    opened_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    closed_at: Mapped[datetime | None]

    grid: Mapped[TalentGrid] = relationship()
    team: Mapped[Team] = relationship()
    opened_by: Mapped[Account] = relationship()


class GridPlacement(Model):
    """Where somebody stood in a grid from a day on, and why; the newest counts (a trigger).

    Column ``x`` and row ``y`` count from 0. ``placed_person_id`` so that no trail names them.
    """

    __tablename__ = "grid_placement"
    __private__ = frozenset({"placed_person_id", "x", "y", "evidence"})
    __table_args__ = (
        sa.Index("ix_grid_placement_person", "placed_person_id", "grid_id", "id"),
        sa.CheckConstraint("x BETWEEN 0 AND 4 AND y BETWEEN 0 AND 4", name="box"),
        sa.CheckConstraint("evidence <> ''", name="evidence"),
    )

    id: Mapped[Id]
    grid_id: Mapped[int] = mapped_column(sa.ForeignKey("talent_grid.id"))
    placed_person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    x: Mapped[int]
    y: Mapped[int]
    evidence: Mapped[str] = mapped_column(sa.Text)
    placed_on: Mapped[date]
    session_id: Mapped[int | None] = mapped_column(sa.ForeignKey("grid_session.id"), index=True)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    grid: Mapped[TalentGrid] = relationship()
    session: Mapped[GridSession | None] = relationship()
    placed_person: Mapped[Person] = relationship()
    recorded_by: Mapped[Account] = relationship()
