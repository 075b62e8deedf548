"""The starter pack: templates by role, a task for each competency, and one about probation."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def pack() -> dict[str, Any]:
    """``template``: a list of templates; ``gap_tasks``: a task by the key of its competency."""
    return _read("templates.toml")


@cache
def probation_pack() -> dict[str, Any]:
    """``check_in``: words of the task before an extended probation ends."""
    return _read("probation.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
