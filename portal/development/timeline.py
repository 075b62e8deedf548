"""Stretches of work on a line of years, as a drawing for papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from markupsafe import Markup

from portal.core import i18n
from portal.core.charts.drawing import TEXT, Canvas, Ink, fitted, text_width

ROW, BAR, AXIS, PAD = 21.0, 9.0, 24.0, 7.0
MOST_TICKS = 8
SMALL = 10


@dataclass(frozen=True)
class Stretch:
    """One stretch of work; ``here`` tells work for this organisation from work elsewhere."""

    label: str
    first: date
    last: date
    here: bool


@dataclass(frozen=True)
class Timeline:
    """Stretches, the earliest first, up to and including ``until``."""

    title: str
    stretches: tuple[Stretch, ...]
    until: date

    def rows(self) -> list[tuple[str, ...]]:
        """The table beneath: what, from and to."""
        return [
            (_("Work"), _("From"), _("To")),
            *((one.label, i18n.date(one.first), i18n.date(one.last)) for one in self.stretches),
        ]

    def svg(self, width: int = 600) -> Markup:
        """The drawing, ``width`` units wide."""
        height = AXIS + ROW * len(self.stretches) + PAD
        canvas = Canvas(width, height)
        start = date(min(one.first for one in self.stretches).year, 1, 1)
        end = date(self.until.year + 1, 1, 1)
        scale = width / max((end - start).days, 1)
        self._axis(canvas, start, end, scale, height)
        for at, one in enumerate(self.stretches):
            top = AXIS + at * ROW
            x = (one.first - start).days * scale
            wide = max(((one.last - one.first).days + 1) * scale, 3)
            canvas.rect(x, top + (ROW - BAR) / 2, wide, BAR, Ink.ACCENT if one.here else Ink.MUTED,
                        2)  # fmt: skip
            _label(canvas, one.label, (x, x + wide), top + ROW / 2 + SMALL * 0.36, width)
        return canvas.svg(self.title, "; ".join(" – ".join(row) for row in self.rows()[1:]))

    @staticmethod
    def _axis(canvas: Canvas, start: date, end: date, scale: float, height: float) -> None:
        years = end.year - start.year
        step = max(1, -(-years // MOST_TICKS))
        for year in range(start.year, end.year, step):
            x = (date(year, 1, 1) - start).days * scale
            canvas.line(x + 0.5, AXIS - 6, x + 0.5, height, Ink.LINE, 0.6)
            canvas.text(x + 3, TEXT, str(year), fill=Ink.QUIET, size=SMALL)


def _label(canvas: Canvas, label: str, bar: tuple[float, float], y: float, width: int) -> None:
    """Behind the bar, or before it where that side has more room."""
    behind, before = width - bar[1] - PAD, bar[0] - PAD
    if text_width(label, SMALL) <= behind or behind >= before:
        canvas.text(bar[1] + PAD, y, fitted(label, behind, SMALL), size=SMALL)
    else:
        canvas.text(bar[0] - PAD, y, fitted(label, before, SMALL), anchor="end", size=SMALL)
