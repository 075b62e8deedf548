"""What is agreed on with a goal: its terms, as they stand in a form, a row and the history."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Self

from portal.core.db import Json
from portal.goals.models import Goal
from portal.goals.states import Measure


@dataclass(frozen=True)
class Terms:
    """What both sides agree on; ``start`` and ``target`` as in ``Goal``."""

    title: str
    starts_on: date
    ends_on: date
    measure: Measure
    target: Decimal
    start: Decimal | None = None
    unit: str = ""
    metric_id: int | None = None
    weight: int = 0
    parent_id: int | None = None
    why: str = ""
    description: str = ""

    @classmethod
    def of(cls, goal: Goal) -> Self:
        """The terms a goal has now."""
        return cls(**{one.name: getattr(goal, one.name) for one in fields(cls)})

    def put(self, goal: Goal) -> None:
        """Give them to a goal."""
        for one in fields(self):
            setattr(goal, one.name, getattr(self, one.name))

    def to_json(self) -> Json:
        """The form kept in the history."""
        return {
            key: str(value) if isinstance(value, (date, Decimal, Measure)) else value
            for key, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, kept: Json) -> Self:
        """Back from the history."""
        start = kept["start"]
        return cls(
            **{
                **kept,
                "starts_on": date.fromisoformat(kept["starts_on"]),
                "ends_on": date.fromisoformat(kept["ends_on"]),
                "measure": Measure(kept["measure"]),
                "target": Decimal(kept["target"]),
                "start": None if start is None else Decimal(start),
            }
        )
