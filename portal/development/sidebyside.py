"""What both sides of an assessment say of each line, held against each other."""

from __future__ import annotations

from dataclasses import dataclass

from portal.development.models import Assessment, AssessmentLine
from portal.development.operations import Entry, entries_of
from portal.development.states import DIFFERENT, Side


@dataclass(frozen=True)
class Compared:
    """One line with both answers."""

    line: AssessmentLine
    own: Entry
    manager: Entry

    @property
    def difference(self) -> int:
        """Levels between the two; 0 where one of them cannot say."""
        if self.own.level is None or self.manager.level is None:
            return 0
        return abs(self.own.level - self.manager.level)

    @property
    def is_far(self) -> bool:
        """Whether the two see it so differently that it is worth a talk."""
        return self.difference >= DIFFERENT


def compared(row: Assessment) -> list[Compared]:
    """Every line with what both sides say; only for an assessment both sides of which are in.

    Raises:
        ValueError: if one side is still open.
    """
    if row.is_blind:
        message = "one side is still open"
        raise ValueError(message)
    own, manager = (entries_of(row.sheet(side)) for side in (Side.SELF, Side.MANAGER))
    return [
        Compared(line, own.get(line.id, Entry()), manager.get(line.id, Entry()))
        for line in row.lines
    ]
