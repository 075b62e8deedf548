"""Which target applies to somebody, and how a figure stands against it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from portal.metrics.states import Direction, Standing


class Scope(Protocol):
    """What a target says of whom it is for; ``team_path`` is ``None`` for every team."""

    @property
    def role_id(self) -> int | None:
        """The role, ``None`` for every role."""

    @property
    def team_path(self) -> str | None:
        """The path of the team, everything below it included."""

    @property
    def starts_on(self) -> date:
        """The first day."""

    @property
    def ends_on(self) -> date | None:
        """The last day, if there is one."""


class Figures(Protocol):
    """The numbers of a target."""

    @property
    def threshold(self) -> Decimal | None:
        """From where a figure is close."""

    @property
    def target(self) -> Decimal:
        """What should be reached."""

    @property
    def maximum(self) -> Decimal | None:
        """From where it is exceeded."""


Target = TypeVar("Target", bound=Scope)


def target_for(
    targets: Iterable[Target], *, role_id: int | None, team_path: str | None, period: date
) -> Target | None:
    """The target of a month for a role in a team: the most specific of those in force.

    In force are those that cover the first day of the month. A target of the nearest team up the
    tree comes before one of a team further up, any team before a role alone, a role before
    everyone; of two for the same team the one that names the role, too.
    """
    fitting = [
        one
        for one in targets
        if one.starts_on <= period
        and (one.ends_on is None or period <= one.ends_on)
        and one.role_id in (None, role_id)
        and (one.team_path is None or (team_path or "").startswith(one.team_path))
    ]
    return max(fitting, key=_narrowness, default=None)


def _narrowness(one: Scope) -> tuple[int, bool, date]:
    # A path names a team by the way to it, so the longer of two fitting ones is the nearer.
    return (one.team_path or "").count("/"), one.role_id is not None, one.starts_on


def standing_of(
    value: Decimal, sample: int, target: Figures | None, *, direction: Direction, minimum: int
) -> Standing:
    """How a figure from ``sample`` cases stands; fewer than ``minimum`` are not judged."""
    if target is None:
        return Standing.NO_TARGET
    if sample < minimum:
        return Standing.TOO_FEW
    if target.maximum is not None and _reaches(value, target.maximum, direction):
        return Standing.EXCEEDED
    if _reaches(value, target.target, direction):
        return Standing.REACHED
    if target.threshold is not None and _reaches(value, target.threshold, direction):
        return Standing.CLOSE
    return Standing.MISSED


def _reaches(value: Decimal, mark: Decimal, direction: Direction) -> bool:
    return value >= mark if direction is Direction.HIGHER else value <= mark
