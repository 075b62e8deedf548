"""How much of everything each set holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """One set: ``evergreen`` open applications stand at one posting, the rest is spread by Zipf."""

    name: str
    employees: int
    applications: int
    evergreen: int
    postings: int

    @property
    def evergreen_total(self) -> int:
        """Open applications of the evergreen posting and those of it that have ended."""
        return self.evergreen * 5 // 4

    @property
    def burst(self) -> int:
        """How many applications reach one posting within one hour."""
        return max(self.applications // 300, 10)


SIZES = {
    "S": Size("S", 1_000, 10_000, 2_000, 60),
    "M": Size("M", 10_000, 300_000, 20_000, 600),
    "L": Size("L", 100_000, 1_000_000, 20_000, 4_000),
}
