"""A figure over time, against its target."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from portal.core.charts.drawing import TEXT, Canvas, Ink, text_width
from portal.core.charts.scale import Axis, round_marks, shown

HEIGHT, TOP, BOTTOM = 210.0, 24.0, 26.0


@dataclass(frozen=True)
class Point:
    """The value of one period; ``None`` leaves a gap, since unknown is not zero."""

    label: str
    value: float | None


@dataclass(frozen=True)
class Trend:
    """Periods in order, oldest first; ``percent`` reads 0.25 as 25 %."""

    title: str
    unit: str
    points: tuple[Point, ...]
    target: float | None = None
    description: str = ""
    percent: bool = False

    def rows(self) -> list[tuple[str, ...]]:
        """The table beneath: period, value, and the target if there is one."""
        targets = () if self.target is None else (self._shown(self.target),)
        head = () if self.target is None else (_("Target"),)
        return [
            (_("Period"), self.unit, *head),
            *((point.label, self._shown(point.value), *targets) for point in self.points),
        ]

    def svg(self, width: int = 400) -> Markup:
        """The drawing, ``width`` units wide."""
        canvas = Canvas(width, HEIGHT)
        values = [point.value for point in self.points if point.value is not None]
        marks = round_marks(
            [*values, *([] if self.target is None else [self.target])] or [0, 1], zero=False
        )
        left = max(text_width(self._shown(mark)) for mark in marks) + 14
        up = Axis(marks[0], marks[-1], HEIGHT - BOTTOM, TOP)
        along = Axis(0, max(len(self.points) - 1, 1), left + 8, width - 20)
        canvas.text(0, TEXT, self.unit, fill=Ink.QUIET)
        for mark in marks:
            canvas.line(left, up.at(mark), width, up.at(mark))
            canvas.text(left - 8, up.at(mark) + 4, self._shown(mark), anchor="end", fill=Ink.QUIET)
        self._draw_periods(canvas, along)
        self._draw_target(canvas, up, left)
        self._draw_line(canvas, along, up)
        return canvas.svg(self.title, self.description or self._summary())

    def _shown(self, value: float | None) -> str:
        return shown(value, percent=self.percent)

    def _summary(self) -> str:
        known = [point for point in self.points if point.value is not None]
        if not known:
            return _("No values yet.")
        return _(
            "From %(first)s in %(start)s to %(last)s in %(end)s.",
            first=self._shown(known[0].value),
            start=known[0].label,
            last=self._shown(known[-1].value),
            end=known[-1].label,
        )

    def _draw_periods(self, canvas: Canvas, along: Axis) -> None:
        widest = max((text_width(point.label) for point in self.points), default=0) + 14
        room = max(int((along.end - along.start) // widest), 1)
        every = -(-len(self.points) // room) if self.points else 1
        last = len(self.points) - 1
        for index, point in enumerate(self.points):
            if (last - index) % every == 0:
                half = text_width(point.label) / 2
                x = min(max(along.at(index), half), canvas.width - half)
                canvas.text(x, HEIGHT - 6, point.label, anchor="middle", fill=Ink.QUIET)

    def _draw_target(self, canvas: Canvas, up: Axis, left: float) -> None:
        if self.target is None:
            return
        y = up.at(self.target)
        canvas.line(left, y, canvas.width, y, Ink.TEXT, 1.2, "5 4")
        words = _("Target %(value)s", value=self._shown(self.target))
        canvas.text(canvas.width, TEXT, f"– – {words}", anchor="end", fill=Ink.QUIET)

    def _draw_line(self, canvas: Canvas, along: Axis, up: Axis) -> None:
        run: list[tuple[float, float]] = []
        dots: list[tuple[float, float]] = []
        for index, point in enumerate((*self.points, Point("", None))):
            if point.value is not None:
                run.append((along.at(index), up.at(point.value)))
                continue
            if len(run) > 1:
                canvas.polyline(run, Ink.ACCENT)
            dots += run
            run = []
        for x, y in dots:
            canvas.circle(x, y, 3.5, Ink.ACCENT, Ink.GROUND)
        if dots:
            last = next(p.value for p in reversed(self.points) if p.value is not None)
            words, (x, y) = self._shown(last), dots[-1]
            x = min(x + text_width(words) / 2, canvas.width)
            # Above the dot, unless that is where unit and target stand.
            y = y - 9 if y - 9 > TOP + 4 else y + TEXT + 8
            canvas.text(x, y, words, anchor="end", bold=True)
