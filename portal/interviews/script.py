"""The script of every interview: six steps in order, and what the interviewer says at each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from portal.core.db import Words

QUESTIONS = "questions"
"""The key of the step at which the questions of the plan are asked."""

ROLE_DETAILS = "role_details"
"""The key of the step at which the candidate hears pay, place and start."""


@dataclass(frozen=True)
class Step:
    """One step: its title, what to say, and about how long it takes in minutes."""

    key: str
    title: Words
    say: Words
    minutes: int


def _read() -> tuple[Step, ...]:
    path = Path(__file__).parent / "starter" / "script.toml"
    return tuple(Step(**entry) for entry in tomllib.loads(path.read_text())["step"])


STEPS = _read()
