"""How often each value or band occurs."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from portal.core.charts.bars import Bar
from portal.core.charts.drawing import TEXT, Canvas, Ink, fitted
from portal.core.charts.scale import Axis, shown

HEIGHT, TOP, BOTTOM = 190.0, 22.0, 26.0


@dataclass(frozen=True)
class Distribution:
    """Bands in order with counts; ``unit`` says what is counted, ``of`` what the bands are."""

    title: str
    unit: str
    of: str
    bands: tuple[Bar, ...]
    description: str = ""

    def rows(self) -> list[tuple[str, ...]]:
        """The table beneath: band and count."""
        return [(self.of, self.unit), *((band.label, shown(band.value)) for band in self.bands)]

    def svg(self, width: int = 400) -> Markup:
        """The drawing, ``width`` units wide."""
        canvas = Canvas(width, HEIGHT)
        most = max([band.value for band in self.bands], default=0) or 1
        up = Axis(0, most, HEIGHT - BOTTOM, TOP + 16)
        step = width / max(len(self.bands), 1)
        gap = min(step * 0.2, 8)
        any_stressed = any(band.stressed for band in self.bands)
        canvas.text(0, TEXT, self.unit, fill=Ink.QUIET)
        for index, band in enumerate(self.bands):
            x, top = index * step, up.at(band.value)
            middle = x + step / 2
            quiet = any_stressed and not band.stressed
            if band.value:
                fill = Ink.MUTED if quiet else Ink.ACCENT
                canvas.rect(x + gap / 2, top, step - gap, up.start - top, fill, 2)
            canvas.text(middle, top - 5, shown(band.value), anchor="middle", bold=band.stressed)
            label = fitted(band.label, step - 2)
            canvas.text(middle, HEIGHT - 8, label, anchor="middle", fill=Ink.QUIET)
        canvas.line(0, up.start, width, up.start, Ink.QUIET)
        return canvas.svg(self.title, self.description or self._summary())

    def _summary(self) -> str:
        if not self.bands:
            return _("No values yet.")
        most = max(self.bands, key=lambda band: band.value)
        return _("Most often: %(band)s (%(count)s).", band=most.label, count=shown(most.value))
