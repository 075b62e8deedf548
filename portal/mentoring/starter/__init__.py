"""What a new programme begins with: points of each kind of fit, and questions."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "programme.toml"


@cache
def pack() -> dict[str, Any]:
    """``sessions``, ``weights`` by kind of term, and ``questions``."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
