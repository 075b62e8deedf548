"""A chain of steps from the top down: each box says what happens there and leads to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from portal.core.charts.drawing import TEXT, Canvas, Ink, fitted

BOX, GAP, PAD, TIP = 50.0, 30.0, 14.0, 5.0


@dataclass(frozen=True)
class Step:
    """One box: what it is about, what happens, and whether it ends badly there."""

    label: str
    note: str
    bad: bool = False


@dataclass(frozen=True)
class StepChain:
    """Chains of steps beneath each other; ``chains`` each run from the first step to the last."""

    title: str
    chains: tuple[tuple[Step, ...], ...]
    description: str = ""

    def rows(self) -> list[tuple[str, ...]]:
        """The table beneath: step, place and what happens there."""
        head = (_("Step"), _("Where"), _("What happens"))
        steps = [
            (f"{number}.{at}", step.label, step.note)
            for number, chain in enumerate(self.chains, 1)
            for at, step in enumerate(chain, 1)
        ]
        return [head, *steps]

    def svg(self, width: int = 560) -> Markup:
        """The drawing, ``width`` units wide."""
        columns = 1 if len(self.chains) == 1 or width < 2 * BOX * 5 else 2
        room = (width - GAP * (columns - 1)) / columns
        rows = [self.chains[at : at + columns] for at in range(0, len(self.chains), columns)]
        heights = [max(len(chain) for chain in row) * (BOX + GAP) for row in rows]
        canvas = Canvas(width, max(sum(heights), BOX))
        top = 0.0
        for row, height in zip(rows, heights, strict=True):
            for at, chain in enumerate(row):
                _draw(canvas, chain, at * (room + GAP), top, room)
            top += height
        told = "; ".join(f"{step.label}: {step.note}" for chain in self.chains for step in chain)
        return canvas.svg(self.title, self.description or told)


def _draw(canvas: Canvas, chain: Sequence[Step], x: float, top: float, width: float) -> None:
    for at, step in enumerate(chain):
        y = top + at * (BOX + GAP)
        if at:
            middle = x + width / 2
            canvas.line(middle, y, middle, y - GAP + 2, Ink.QUIET, 1.6)
            ends = [(middle - TIP, y - GAP + 2 + TIP * 1.6), (middle, y - GAP + 2)]
            canvas.polyline([*ends, (middle + TIP, y - GAP + 2 + TIP * 1.6)], Ink.QUIET, 1.6)
        canvas.rect(x, y, width, BOX, Ink.BAD if step.bad else Ink.MUTED, 6)
        ground = Ink.BAD_SOFT if step.bad else Ink.ACCENT_SOFT
        canvas.rect(x + 1, y + 1, width - 2, BOX - 2, ground, 5)
        room = width - 2 * PAD
        canvas.text(x + PAD, y + 21, fitted(step.label, room / 1.08), bold=True)
        fill = Ink.BAD if step.bad else Ink.QUIET
        canvas.text(x + PAD, y + 21 + TEXT * 1.4, fitted(step.note, room), fill=fill)
