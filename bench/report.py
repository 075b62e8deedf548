"""The table on the terminal, and the files kept beside it."""

from __future__ import annotations

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.clock import Figure

RESULTS = Path(__file__).parent / "results"
HEAD = (
    "work",
    "median",
    "p95",
    "queries",
    "bytes",
    "packed",
    "ratio",
    "cpu",
    "measured",
    "target",
    "",
)


def line(figure: Figure) -> list[str]:
    """A figure as the cells of a row."""
    verdict = {True: "ok", False: "MISSED", None: ""}[figure.reached]
    return [
        figure.work,
        "" if figure.median is None else f"{figure.median:.1f} ms",
        "" if figure.p95 is None else f"{figure.p95:.1f} ms",
        "" if figure.queries is None else str(figure.queries),
        "" if figure.size is None else f"{figure.size:,}",
        "" if figure.packed is None else f"{figure.packed:,}",
        "" if figure.ratio is None else f"{figure.ratio:.1f}",
        "" if figure.cpu is None else f"{figure.cpu:.1f} ms", figure.value, figure.target, verdict,
    ]  # fmt: skip


def table(figures: list[Figure]) -> str:
    """All figures, aligned."""
    rows = [list(HEAD), *(line(figure) for figure in figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place in {0, 10} else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def keep(name: str, figures: list[Figure], facts: dict[str, Any]) -> Path:
    """Write ``results/<name>.json`` and the same as a table for reading."""
    RESULTS.mkdir(exist_ok=True)
    content = facts | {"figures": [figure.as_dict() for figure in figures]}
    (RESULTS / f"{name}.json").write_text(
        json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    rows = ["| " + " | ".join(line(figure)) + " |" for figure in figures]
    said = [f"- {key}: {value}" for key, value in facts.items()]
    text = [
        f"# {name}", "", *said, "", "| " + " | ".join(HEAD) + " |",
        "|" + "---|" * len(HEAD), *rows, "",
    ]  # fmt: skip
    path = RESULTS / f"{name}.md"
    path.write_text("\n".join(text), encoding="utf-8")
    return path


def machine() -> dict[str, Any]:
    """Where it was measured."""
    return {
        "measured": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "cores": os.cpu_count(),
        "load": f"{os.getloadavg()[0]:.1f} at the start",
        "python": platform.python_version(),
    }
