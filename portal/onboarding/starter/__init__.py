"""The starter pack: templates by role, and a task for each competency that may need practice."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).parent / "templates.toml"


@cache
def pack() -> dict[str, Any]:
    """``template``: a list of templates; ``gap_tasks``: a task by the key of its competency."""
    return tomllib.loads(TEMPLATES.read_text(encoding="utf-8"))
