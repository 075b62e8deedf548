"""Shapes and text with presentation attributes alone, in colours that follow the page's tokens."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from markupsafe import Markup, escape

TEXT = 12
"""Text size in drawing units; a drawing unit is a CSS pixel where nothing scales the chart."""

_WIDE, _BROAD, _NARROW = 1.0, 0.86, 0.57
_BROAD_LETTERS = frozenset("%@MWmwŞĞÇİÖÜ…—")


class Ink(StrEnum):
    """A colour: the page's token, and what to use where there are no tokens."""

    ACCENT = "var(--accent-fill, #0f5c6e)"
    ACCENT_SOFT = "var(--accent-soft, #e9f0f2)"
    ON_ACCENT = "var(--on-accent, #ffffff)"
    TEXT = "var(--ink, #1d1e20)"
    QUIET = "var(--ink-2, #4f5055)"
    LINE = "var(--line, #dddcd6)"
    MUTED = "var(--line-2, #a5a49d)"
    BAD = "var(--bad, #a52822)"
    BAD_SOFT = "var(--bad-soft, #fbe9e6)"
    GROUND = "var(--surface, #ffffff)"


class Canvas:
    """Collects shapes from top left to bottom right and closes them into one SVG."""

    def __init__(self, width: int, height: float) -> None:
        self.width = width
        self.height = height
        self._parts: list[str] = []

    def rect(  # noqa: PLR0917 - place and size read best in SVG's own order
        self, x: float, y: float, width: float, height: float, fill: Ink, radius: float = 0
    ) -> None:
        """A filled rectangle; a bar of value nothing still shows as a hairline."""
        round_ = f' rx="{radius:g}"' if radius else ""
        self._parts.append(
            f'<rect x="{x:.4g}" y="{y:.4g}" width="{max(width, 1):.4g}" height="{height:.4g}"'
            f'{round_} fill="{fill}"/>'
        )

    def line(  # noqa: PLR0917 - as above
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        stroke: Ink = Ink.LINE,
        width: float = 1,
        dashes: str = "",
    ) -> None:
        """A straight line."""
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self._parts.append(
            f'<line x1="{x1:.4g}" y1="{y1:.4g}" x2="{x2:.4g}" y2="{y2:.4g}" stroke="{stroke}"'
            f' stroke-width="{width:g}"{dashed} stroke-linecap="round"/>'
        )

    def polyline(self, points: list[tuple[float, float]], stroke: Ink, width: float = 2) -> None:
        """A line through points."""
        at = " ".join(f"{x:.4g},{y:.4g}" for x, y in points)
        self._parts.append(
            f'<polyline points="{at}" fill="none" stroke="{stroke}" stroke-width="{width:g}"'
            ' stroke-linejoin="round" stroke-linecap="round"/>'
        )

    def circle(
        self, x: float, y: float, radius: float, fill: Ink, stroke: Ink | None = None
    ) -> None:
        """A dot, with a ring around it if a stroke is given."""
        ring = f' stroke="{stroke}" stroke-width="1.5"' if stroke else ""
        self._parts.append(
            f'<circle cx="{x:.4g}" cy="{y:.4g}" r="{radius:g}" fill="{fill}"{ring}/>'
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        fill: Ink = Ink.TEXT,
        anchor: str = "start",
        bold: bool = False,
        size: float = TEXT,
    ) -> None:
        """Real text whose baseline is at ``y``; ``anchor`` is start, middle or end."""
        weight = ' font-weight="700"' if bold else ""
        self._parts.append(
            f'<text x="{x:.4g}" y="{y:.4g}" font-size="{size:g}" fill="{fill}"'
            f' text-anchor="{anchor}"{weight}>{escape(words)}</text>'
        )

    def svg(self, title: str, description: str) -> Markup:
        """The finished drawing, named for those who don't see it."""
        return Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {} {:.4g}" '
            'width="{}" height="{:.4g}" role="img"><title>{}</title><desc>{}</desc>{}</svg>'
        ).format(
            self.width,
            self.height,
            self.width,
            self.height,
            title,
            description,
            Markup("".join(self._parts)),  # noqa: S704 - every text in it went through escape
        )


def text_width(words: str, size: float = TEXT) -> float:
    """About how wide a text will be: East Asian characters are one size wide, others half."""
    return size * sum(_share_of(character) for character in words)


def _share_of(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    return _BROAD if character in _BROAD_LETTERS else _NARROW


def fitted(words: str, width: float, size: float = TEXT) -> str:
    """The text, cut with an ellipsis if it would be wider than ``width``."""
    if text_width(words, size) <= width:
        return words
    kept = words
    while kept and text_width(kept + "…", size) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"
