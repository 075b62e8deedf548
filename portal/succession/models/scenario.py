"""What-if scenarios that somebody asked to keep."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Id, Model
from portal.people.models import Team


class Scenario(Model):
    """Who leaves on a day; the outcome is worked out anew whenever it is opened.

    Only who saved it, and HR and directors, may open it.
    """

    __tablename__ = "succession_scenario"
    __private__ = frozenset({"leaver_ids", "note"})

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(sa.String(120))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"))
    leaver_ids: Mapped[list[int]]
    leaves_on: Mapped[date]
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)

    team: Mapped[Team] = relationship()
    saved_by: Mapped[Account] = relationship()
