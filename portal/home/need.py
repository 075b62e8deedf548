"""One row of the home page, and how far ahead it looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

HORIZON = timedelta(days=7)
MOST = 30


@dataclass(frozen=True)
class Need:
    """One row of the home page; ``due`` is the day it should be done by."""

    icon: str
    title: str
    why: str
    due: date
    url: str
    label: str


Waiting = tuple[date, Callable[[date], Need]]
"""The day something should be done by, and how it reads."""
