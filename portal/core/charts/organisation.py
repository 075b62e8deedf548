"""Units beneath each other with their seats: who holds each, and who could take it over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from portal.core import i18n
from portal.core.charts.drawing import TEXT, Canvas, Ink, fitted

STEP, LINE, PAD, GAP, HEAD = 20.0, 17.0, 10.0, 10.0, 30.0
WIDE = 380.0
"""From this width on a box shows successors beside the holder, below it beneath."""


@dataclass(frozen=True)
class Successor:
    """Somebody named for a seat; only who is ready counts."""

    text: str
    ready: bool


@dataclass(frozen=True)
class Seat:
    """A box: what the seat is, who holds it, who is named for it."""

    label: str
    holder: str
    successors: tuple[Successor, ...]

    @property
    def is_bare(self) -> bool:
        """Whether nobody is ready for it."""
        return not any(one.ready for one in self.successors)


@dataclass(frozen=True)
class Unit:
    """A unit ``depth`` steps below the first one, with its seats.

    ``name`` is what the table calls it, where nothing shows what it belongs to.
    """

    label: str
    depth: int
    seats: tuple[Seat, ...]
    name: str = ""


@dataclass(frozen=True)
class Organisation:
    """Units in the order of their tree, each beneath the one it belongs to."""

    title: str
    units: tuple[Unit, ...]
    description: str = ""

    def rows(self) -> list[tuple[str, ...]]:
        """The table beneath: unit, seat, holder and successors."""
        return [
            (_("Team"), _("Position"), _("Holder"), _("Successors")),
            *(
                (unit.name or unit.label, seat.label, seat.holder, _named(seat))
                for unit in self.units
                for seat in unit.seats
            ),
        ]

    def split(self, width: int, most: float) -> list[Organisation]:
        """The same in drawings at most so high, for sheets; a single unit is never torn."""
        parts: list[list[Unit]] = [[]]
        left = most
        for unit in self.units:
            height = _height(unit, width)
            if height > left and parts[-1]:
                parts.append([])
                left = most
            parts[-1].append(unit)
            left -= height
        return [Organisation(self.title, tuple(part), self.description) for part in parts]

    def svg(self, width: int = 560) -> Markup:
        """The drawing, ``width`` units wide."""
        heights = [_height(unit, width) for unit in self.units]
        canvas = Canvas(width, max(sum(heights), HEAD))
        tops = [sum(heights[:at]) for at in range(len(heights))]
        for x, start, end in self._stems(tops):
            canvas.line(x, start, x, end, Ink.MUTED)
        for unit, top in zip(self.units, tops, strict=True):
            _draw(canvas, unit, top)
        told = "; ".join(": ".join(row[1:]) for row in self.rows()[1:])
        return canvas.svg(self.title, self.description or told)

    def _stems(self, tops: list[float]) -> Iterator[tuple[float, float, float]]:
        """From each unit down to the last one that belongs to it, also from a sheet before."""
        for depth in range(self.units[0].depth if self.units else 0):
            last = self._last_below(0, depth)
            if last is not None:
                yield depth * STEP + 4, 0, tops[last] + HEAD / 2
        for at, unit in enumerate(self.units):
            last = self._last_below(at + 1, unit.depth)
            if last is not None:
                yield unit.depth * STEP + 4, tops[at] + HEAD - 6, tops[last] + HEAD / 2

    def _last_below(self, start: int, depth: int) -> int | None:
        """The last unit from a place on that belongs to one of a depth above."""
        last = None
        for at in range(start, len(self.units)):
            if self.units[at].depth <= depth:
                break
            if self.units[at].depth == depth + 1:
                last = at
        return last


def _named(seat: Seat) -> str:
    return i18n.listed(one.text for one in seat.successors) or "–"


def _room(unit: Unit, width: float) -> float:
    return width - (unit.depth + 1) * STEP


def _box(seat: Seat, room: float) -> float:
    named = max(len(seat.successors), 1)
    lines = max(2, named) if room >= WIDE else 2 + named
    return 2 * PAD + lines * LINE - 4


def _height(unit: Unit, width: float) -> float:
    room = _room(unit, width)
    return HEAD + sum(_box(seat, room) + GAP for seat in unit.seats)


def _draw(canvas: Canvas, unit: Unit, top: float) -> None:
    x = unit.depth * STEP
    if unit.depth:
        canvas.line(x - STEP + 4, top + HEAD / 2, x - 4, top + HEAD / 2, Ink.MUTED)
    canvas.text(x, top + HEAD / 2 + 4, fitted(unit.label, canvas.width - x), bold=True)
    room, y = _room(unit, canvas.width), top + HEAD
    for seat in unit.seats:
        _draw_seat(canvas, seat, x + STEP, y, room)
        y += _box(seat, room) + GAP


def _draw_seat(canvas: Canvas, seat: Seat, x: float, y: float, room: float) -> None:
    height = _box(seat, room)
    canvas.rect(x, y, room, height, Ink.BAD if seat.is_bare else Ink.MUTED, 6)
    canvas.rect(x + 1, y + 1, room - 2, height - 2, Ink.GROUND, 5)
    beside = room >= WIDE
    half = room / 2 - PAD if beside else room - 2 * PAD
    canvas.text(x + PAD, y + PAD + TEXT - 1, fitted(seat.label, half / 1.08), bold=True)
    canvas.text(x + PAD, y + PAD + TEXT - 1 + LINE, fitted(seat.holder, half), fill=Ink.QUIET)
    left = x + room / 2 + PAD if beside else x + PAD
    line = y + PAD + TEXT - 1 + (0 if beside else 2 * LINE)
    if not seat.successors:
        canvas.text(left, line, fitted(_("Nobody is named"), half), fill=Ink.BAD)
    for one in seat.successors:
        fill, ring = (Ink.ACCENT, None) if one.ready else (Ink.GROUND, Ink.QUIET)
        canvas.circle(left + 4, line - 4, 4, fill, ring)
        canvas.text(left + 14, line, fitted(one.text, half - 14))
        line += LINE
