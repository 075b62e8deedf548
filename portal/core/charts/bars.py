"""Bars: amounts side by side, or a funnel in which each stage is a part of the one before."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from portal.core.charts.drawing import TEXT, Canvas, Ink, fitted, text_width
from portal.core.charts.scale import shown

ROW, BAR = 42.0, 14.0


@dataclass(frozen=True)
class Bar:
    """One amount; ``stressed`` draws it as the one the text speaks of."""

    label: str
    value: float
    stressed: bool = False


@dataclass(frozen=True)
class BarChart:
    """Amounts to compare, longest bar = largest value.

    ``unit`` says what is counted (“applications”, “days”); with ``percent`` a value of 0.25 reads
    25 %, and bars then measure against 100 % unless a value is larger.
    """

    title: str
    unit: str
    bars: tuple[Bar, ...]
    description: str = ""
    percent: bool = False

    def rows(self) -> list[tuple[str, ...]]:
        """The table beneath: label and value."""
        body = [(bar.label, shown(bar.value, percent=self.percent)) for bar in self.bars]
        return [(_("What"), self.unit), *body]

    def svg(self, width: int = 400) -> Markup:
        """The drawing, ``width`` units wide."""
        return _draw(
            self.title,
            self.description or _("Bars: %(unit)s", unit=self.unit),
            [(bar, shown(bar.value, percent=self.percent)) for bar in self.bars],
            width,
            most=max([*(bar.value for bar in self.bars), 1.0 if self.percent else 0.0]),
        )


@dataclass(frozen=True)
class Funnel:
    """How many reached each stage, with the share of the stage before."""

    title: str
    unit: str
    stages: tuple[Bar, ...]
    description: str = ""

    def rows(self) -> list[tuple[str, ...]]:
        """The table beneath: stage, count, share of the stage before, share of the first."""
        first = self.stages[0].value if self.stages else 0
        return [
            (_("Stage"), self.unit, _("Of the stage before"), _("Of all")),
            *(
                (stage.label, shown(stage.value), step, _share(stage.value, first))
                for stage, step in zip(self.stages, self._steps(), strict=True)
            ),
        ]

    def svg(self, width: int = 400) -> Markup:
        """The drawing, ``width`` units wide."""
        texts = [
            (stage, shown(stage.value) if step == "–" else f"{shown(stage.value)} · {step}")
            for stage, step in zip(self.stages, self._steps(), strict=True)
        ]
        description = self.description or _(
            "Funnel: %(unit)s by stage, each with its share of the stage before.", unit=self.unit
        )
        most = max([stage.value for stage in self.stages], default=0)
        return _draw(self.title, description, texts, width, most=most)

    def _steps(self) -> list[str]:
        before = [None, *(stage.value for stage in self.stages)]
        return [
            _share(stage.value, previous)
            for stage, previous in zip(self.stages, before, strict=False)
        ]


def _share(part: float, whole: float | None) -> str:
    return shown(round(part / whole, 3), percent=True) if whole else "–"


def _draw(
    title: str, description: str, bars: list[tuple[Bar, str]], width: int, *, most: float
) -> Markup:
    any_stressed = any(bar.stressed for bar, _text in bars)
    canvas = Canvas(width, max(len(bars), 1) * ROW)
    for index, (bar, text) in enumerate(bars):
        top = index * ROW
        room = width - text_width(text) - 12
        canvas.text(0, top + TEXT + 1, fitted(bar.label, room), bold=bar.stressed)
        canvas.text(width, top + TEXT + 1, text, anchor="end", fill=Ink.QUIET, bold=bar.stressed)
        y = top + TEXT + 8
        canvas.rect(0, y, width, BAR, Ink.ACCENT_SOFT, 3)
        if bar.value > 0 and most > 0:
            quiet = any_stressed and not bar.stressed
            canvas.rect(0, y, width * bar.value / most, BAR, Ink.MUTED if quiet else Ink.ACCENT, 3)
    return canvas.svg(title, description)
