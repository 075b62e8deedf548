"""What each interviewer gave for each competency, with ratings far apart made plain."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from portal.core.charts.drawing import TEXT, Canvas, Ink, fitted, text_width
from portal.core.charts.scale import Axis, shown

ROW, HEAD, DOT = 58.0, 22.0, 9.5


@dataclass(frozen=True)
class Rating:
    """One interviewer's level for one competency; ``None`` is *not observed*, which is no level."""

    competency: str
    rater: str
    level: int | None


@dataclass(frozen=True)
class PanelChart:
    """Levels from ``low`` to ``high``; a spread of ``far`` levels or more is called far apart."""

    title: str
    ratings: tuple[Rating, ...]
    low: int = 1
    high: int = 5
    far: int = 2
    description: str = ""

    def rows(self) -> list[tuple[str, ...]]:
        """The table beneath: competency, one column for each interviewer, and the spread."""
        raters = self._raters()
        body = []
        for competency, levels in self._levels().items():
            spread = self._spread(levels)
            cells = (shown(levels.get(rater)) for rater in raters)
            body.append((competency, *cells, shown(spread)))
        return [(_("Competency"), *raters, _("Levels apart")), *body]

    def svg(self, width: int = 400) -> Markup:
        """The drawing, ``width`` units wide."""
        levels = self._levels()
        canvas = Canvas(width, HEAD + max(len(levels), 1) * ROW)
        along = Axis(self.low, self.high, 24, width - 24)
        for level in range(self.low, self.high + 1):
            x = along.at(level)
            canvas.text(x, TEXT, shown(level), anchor="middle", fill=Ink.QUIET)
            canvas.line(x, HEAD - 4, x, canvas.height, Ink.LINE)
        for index, (competency, given) in enumerate(levels.items()):
            self._draw_row(canvas, along, HEAD + index * ROW, competency, given)
        return canvas.svg(self.title, self.description or self._summary(levels))

    def _raters(self) -> list[str]:
        return list(dict.fromkeys(rating.rater for rating in self.ratings))

    def _levels(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for rating in self.ratings:
            given = found.setdefault(rating.competency, {})
            if rating.level is not None:
                given[rating.rater] = rating.level
        return found

    @staticmethod
    def _spread(given: dict[str, int]) -> int | None:
        return max(given.values()) - min(given.values()) if len(given) > 1 else None

    def _is_far(self, given: dict[str, int]) -> bool:
        spread = self._spread(given)
        return spread is not None and spread >= self.far

    def _summary(self, levels: dict[str, dict[str, int]]) -> str:
        far = [competency for competency, given in levels.items() if self._is_far(given)]
        if not far:
            return _("No ratings are far apart.")
        return _("Far apart: %(competencies)s.", competencies=", ".join(far))

    def _draw_row(
        self, canvas: Canvas, along: Axis, top: float, competency: str, given: dict[str, int]
    ) -> None:
        far, spread = self._is_far(given), self._spread(given)
        note = ngettext("%(num)s level apart", "%(num)s levels apart", spread or 0) if far else ""
        room = canvas.width - text_width(note) - 12
        label = fitted(competency, room)
        canvas.rect(0, top, text_width(label) + 6, TEXT + 6, Ink.GROUND)
        canvas.text(0, top + TEXT + 1, label, bold=far)
        if far:
            canvas.rect(
                canvas.width - text_width(note) - 6, top, text_width(note) + 6, TEXT + 6, Ink.GROUND
            )
            canvas.text(canvas.width, top + TEXT + 1, note, anchor="end", fill=Ink.BAD, bold=True)
        y = top + 36
        if given:
            ends = along.at(min(given.values())), along.at(max(given.values()))
            if ends[0] != ends[1]:
                canvas.line(ends[0], y, ends[1], y, Ink.BAD if far else Ink.QUIET, 3)
        self._draw_dots(canvas, along, y, given, Ink.BAD if far else Ink.ACCENT)

    def _draw_dots(
        self, canvas: Canvas, along: Axis, y: float, given: dict[str, int], fill: Ink
    ) -> None:
        together: dict[int, list[str]] = defaultdict(list)
        for rater, level in given.items():
            together[level].append(rater)
        for level, raters in together.items():
            for place, rater in enumerate(raters):
                x = along.at(level) + (place - (len(raters) - 1) / 2) * (DOT * 2 + 1)
                canvas.circle(x, y, DOT, fill, Ink.GROUND)
                canvas.text(
                    x,
                    y + 3.2,
                    _initials(rater),
                    anchor="middle",
                    size=9,
                    fill=Ink.ON_ACCENT if fill is Ink.ACCENT else Ink.GROUND,
                    bold=True,
                )


def _initials(name: str) -> str:
    """Two letters at most, as written: Turkish capitals must not pass through ``upper``."""
    parts = name.split()
    return "".join(part[0] for part in (parts[0], parts[-1])) if len(parts) > 1 else name[:2]
