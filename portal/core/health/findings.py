"""What the health page says of each part, put together from its checks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal.core.health.states import HealthState


@dataclass(frozen=True)
class Finding:
    """How one part is: its name, what was found, and what to do about it if something is wrong."""

    part: str
    state: HealthState
    found: str
    advice: str = ""
    url: str = ""


Check = Callable[[], Finding]


def worst(findings: Sequence[Finding]) -> HealthState:
    """The state of the whole: that of its worst part."""
    return max((finding.state for finding in findings), key=list(HealthState).index)
