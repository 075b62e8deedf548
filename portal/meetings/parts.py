"""Where features above suggest what the two could talk about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portal.accounts.models import Account
from portal.core.parts import Place
from portal.meetings.models import Meeting


@dataclass(frozen=True)
class TalkingPoints:
    """A drawn part: its template, and what it finds there as ``part``."""

    template: str
    data: dict[str, Any]


talking_points: Place[[Account, Meeting], TalkingPoints] = Place("meetings.talking_points")
"""Asked with who looks: what is shown must be for both of the two to see."""
