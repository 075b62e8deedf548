"""The starter pack: a yearly review and a short check at half-time, in four languages."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def pack() -> dict[str, Any]:
    """``template``: a list of templates with their sections and weights."""
    return tomllib.loads((FOLDER / "templates.toml").read_text(encoding="utf-8"))
