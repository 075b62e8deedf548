"""Steps between places as a drawing: ways up in layers on the left, side paths on the right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from portal.core.charts.drawing import TEXT, Canvas, Ink, fitted, text_width

BOX, GAP, HEAD, TIP = 44.0, 34.0, 30.0, 5.0
LEFT, BETWEEN = 0.46, 0.16
PLAIN, DASHED, DOTTED = "", "6 4", "1.5 4"
NEVER_FIRST = "ーァィゥェォッャュョぁぃぅぇぉっゃゅょ、。・)」"
"""What a line of Japanese does not begin with."""


@dataclass(frozen=True)
class GraphNode:
    """A place; ``key`` names it in the edges."""

    key: int
    label: str


@dataclass(frozen=True)
class GraphEdge:
    """A way from one place to another; ``up`` ones make the layers."""

    start: int
    end: int
    kind: str
    up: bool = False


@dataclass(frozen=True)
class Graph:
    """Places and ways; kinds of ways are told apart by their line, in the order they come."""

    title: str
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    description: str = ""

    def rows(self) -> list[tuple[str, ...]]:
        """The table beneath: from where, kind and where to."""
        names = {one.key: one.label for one in self.nodes}
        return [
            (_("From role"), _("Kind"), _("To role")),
            *((names[one.start], one.kind, names[one.end]) for one in self.edges),
        ]

    def svg(self, width: int = 560) -> Markup:
        """The drawing, ``width`` units wide."""
        layers, aside = self._layers(), self._aside()
        height = HEAD + max(len(layers), len(aside), 1) * (BOX + GAP)
        canvas = Canvas(width, height)
        places = self._places(layers, aside, width, height)
        lines = self._lines()
        self._legend(canvas, lines)
        for edge in self.edges:
            _draw_edge(canvas, places[edge.start], places[edge.end], lines[edge.kind])
        for node in self.nodes:
            if node.key in places:
                _draw_box(canvas, places[node.key], node.label)
        return canvas.svg(self.title, self.description or self._summary())

    def _summary(self) -> str:
        return "; ".join(" – ".join(row) for row in self.rows()[1:])

    def _lines(self) -> dict[str, str]:
        kinds = dict.fromkeys(one.kind for one in sorted(self.edges, key=lambda one: not one.up))
        return {kind: (PLAIN, DASHED, DOTTED)[min(at, 2)] for at, kind in enumerate(kinds)}

    def _on_the_way(self) -> list[int]:
        """Places that ways up begin or end at; without any, all places."""
        used = {key for one in self.edges if one.up for key in (one.start, one.end)}
        return [one.key for one in self.nodes if one.key in used or not used]

    def _aside(self) -> list[int]:
        """Side paths from the top down, each near the place it begins from."""
        level = {key: at for at, layer in enumerate(self._layers()) for key in layer}
        main = set(level)
        rest = [one.key for one in self.nodes if one.key not in main]

        def start(key: int) -> float:
            near = [level[one.start] for one in self.edges if one.end == key and one.start in level]
            near += [level[one.end] for one in self.edges if one.start == key and one.end in level]
            return max(near, default=-1)

        return sorted(rest, key=start, reverse=True)

    def _layers(self) -> list[list[int]]:
        """Places by the length of the longest way up to them, the lowest first.

        Raises:
            ValueError: if ways up lead round in a circle.
        """
        left = self._on_the_way()
        ups = [(one.start, one.end) for one in self.edges if one.up]
        layers: list[list[int]] = []
        while left:
            waiting = {end for start, end in ups if start in left}
            lowest = [key for key in left if key not in waiting]
            if not lowest:
                message = "ways up lead round in a circle"
                raise ValueError(message)
            layers.append(lowest)
            left = [key for key in left if key in waiting]
        return layers

    @staticmethod
    def _places(
        layers: Sequence[Sequence[int]], aside: Sequence[int], width: float, height: float
    ) -> dict[int, Box]:
        found: dict[int, Box] = {}
        room = width * (LEFT if aside else 1)
        step = (height - HEAD) / max(len(layers), 1)
        for level, layer in enumerate(layers):
            each = (room - GAP / 2 * (len(layer) - 1)) / len(layer)
            wide = min(each, width * LEFT)
            top = height - (level + 0.5) * step - BOX / 2
            for at, key in enumerate(layer):
                found[key] = Box(at * (each + GAP / 2) + (each - wide) / 2, top, wide)
        start = width * (LEFT + BETWEEN)
        step = (height - HEAD) / max(len(aside), 1)
        for at, key in enumerate(aside):
            found[key] = Box(start, HEAD + (at + 0.5) * step - BOX / 2, width - start)
        return found

    @staticmethod
    def _legend(canvas: Canvas, lines: dict[str, str]) -> None:
        x = 0.0
        for kind, dashes in lines.items():
            canvas.line(x + 1, TEXT - 4, x + 27, TEXT - 4, Ink.QUIET, 2, dashes)
            canvas.text(x + 33, TEXT, kind, fill=Ink.QUIET)
            x += 33 + text_width(kind) + 18


@dataclass(frozen=True)
class Box:
    """Where a place is drawn: left edge, top edge and width."""

    x: float
    y: float
    width: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the box."""
        return self.x + self.width / 2, self.y + BOX / 2


def _draw_box(canvas: Canvas, box: Box, label: str) -> None:
    canvas.rect(box.x, box.y, box.width, BOX, Ink.MUTED, 6)
    canvas.rect(box.x + 1, box.y + 1, box.width - 2, BOX - 2, Ink.ACCENT_SOFT, 5)
    lines = list(_wrapped(label, box.width - 14))
    top = box.y + BOX / 2 + TEXT * 0.36 - (len(lines) - 1) * TEXT * 0.6
    for at, words in enumerate(lines):
        x = box.x + box.width / 2
        canvas.text(x, top + at * TEXT * 1.2, words, anchor="middle", bold=True)


def _wrapped(label: str, width: float) -> Iterable[str]:
    """The label in one line or two; what is still too long is cut."""
    if text_width(label) * 1.08 <= width:
        return [label]
    words = label.split(" ")
    first = words[0]
    rest = words[1:]
    while rest and text_width(f"{first} {rest[0]}") * 1.08 <= width:
        first, rest = f"{first} {rest[0]}", rest[1:]
    if not rest and text_width(first) > width:
        half = -(-len(first) // 2)
        while half < len(first) and first[half] in NEVER_FIRST:
            half += 1
        return [fitted(first[:half], width), fitted(first[half:], width)]
    return [fitted(first, width), *([fitted(" ".join(rest), width)] if rest else [])]


def _draw_edge(canvas: Canvas, start: Box, end: Box, dashes: str) -> None:
    """From side to side, or from top to bottom where the boxes stand over each other."""
    if start.x + start.width <= end.x or end.x + end.width <= start.x:
        forward = start.x < end.x
        x1, y1 = start.x + (start.width if forward else 0), start.middle[1]
        x2, y2 = end.x + (0 if forward else end.width), end.middle[1]
        tip = [(x2 - TIP * (2 if forward else -2), y2 - TIP), (x2, y2),
               (x2 - TIP * (2 if forward else -2), y2 + TIP)]  # fmt: skip
    else:
        upward = start.y > end.y
        x1, y1 = start.middle[0], start.y + (0 if upward else BOX)
        x2, y2 = end.middle[0], end.y + (BOX if upward else 0)
        tip = [(x2 - TIP, y2 + TIP * (2 if upward else -2)), (x2, y2),
               (x2 + TIP, y2 + TIP * (2 if upward else -2))]  # fmt: skip
    canvas.line(x1, y1, x2, y2, Ink.QUIET, 1.6, dashes)
    canvas.polyline(tip, Ink.QUIET, 1.6)
