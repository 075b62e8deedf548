"""A bar on the terminal that counts rows."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

CHUNK = 10_000
WIDTH = 24


class Progress:
    """Draws one line for each table; on anything but a terminal only the finished line."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self.live = sys.stderr.isatty() and not quiet
        self.began = time.perf_counter()

    def draw(self, name: str, done: int, total: int) -> None:
        """Show how far a table has come."""
        if self.live:
            share = min(done / total, 1.0) if total else 1.0
            bar = ("#" * int(share * WIDTH)).ljust(WIDTH, ".")
            sys.stderr.write(f"\r{name:<22} [{bar}] {done:>9,}")
            sys.stderr.flush()

    def close(self, name: str, done: int, seconds: float) -> None:
        """Leave the finished line standing."""
        if self.quiet:
            return
        start = "\r" if self.live else ""
        passed = time.perf_counter() - self.began
        line = f"{name:<22} {done:>9,} rows  {seconds:6.1f} s  (at {passed:.0f} s)"
        sys.stderr.write(f"{start}{line.ljust(WIDTH + 44)}\n")


def chunks(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The rows in lists of at most ``CHUNK``."""
    line = iter(rows)
    while chunk := list(islice(line, CHUNK)):
        yield chunk
