"""The days of a column: one format for all of it, and never a guess between day and month."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Final

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.core import i18n
from portal.core.imports.sheets import Cell

_EARLIEST: Final = date(1950, 1, 1)
_LATEST: Final = date(2100, 12, 31)
_TIME: Final = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?"
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_KANJI: Final = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_YEAR_LAST: Final = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TIME}")
_ROWS_NAMED: Final = 5


class Format(Enum):
    """How a day is written; the value is an example."""

    YEAR_FIRST = "2026-03-31"
    DOTTED = "31.03.2026"
    DAY_FIRST = "31/03/2026"
    MONTH_FIRST = "03/31/2026"


Day = date | str
"""A day, or the message why there is none."""


def days(cells: Mapping[int, Cell]) -> dict[int, Day]:
    """The day in each row of a column, by row number; cells without anything are left out."""
    found: dict[int, Day] = {}
    open_: dict[int, dict[Format, date]] = {}
    for number, cell in cells.items():
        if isinstance(cell, date):
            found[number] = _in_range(cell)
        elif readings := _readings(str(cell)):
            open_[number] = readings
        else:
            found[number] = _not_a_day(str(cell))
    wanted = _formats(open_)
    if len(wanted) > 1:
        message = _mixed(wanted)
        odd = {number for rows in wanted.values() for number in rows}
        return found | {
            number: message if number in odd else _unclear(readings, str(cells[number]))
            for number, readings in open_.items()
        }
    chosen = next(iter(wanted), None)
    for number, readings in open_.items():
        found[number] = _chosen(readings, chosen, str(cells[number]))
    return found


def _readings(text: str) -> dict[Format, date]:
    """Every day a text can mean."""
    text = unicodedata.normalize("NFKC", text).strip()
    if parts := _YEAR_FIRST.fullmatch(text) or _KANJI.fullmatch(text):
        year, month, day = (int(part) for part in parts.groups())
        return _valid({Format.YEAR_FIRST: (year, month, day)})
    if parts := _YEAR_LAST.fullmatch(text):
        one, sign, two, year = int(parts[1]), parts[2], int(parts[3]), int(parts[4])
        if sign == ".":  # wherever days are written with dots, the day stands first
            return _valid({Format.DOTTED: (year, two, one)})
        return _valid({Format.DAY_FIRST: (year, two, one), Format.MONTH_FIRST: (year, one, two)})
    return {}


def _valid(readings: dict[Format, tuple[int, int, int]]) -> dict[Format, date]:
    found = {}
    for kind, (year, month, day) in readings.items():
        try:
            found[kind] = date(year, month, day)
        except ValueError:
            continue
    return found


def _formats(open_: Mapping[int, Mapping[Format, date]]) -> dict[Format, list[int]]:
    """The formats rows leave no doubt about, each with its rows."""
    certain: defaultdict[Format, list[int]] = defaultdict(list)
    for number, readings in open_.items():
        if len(readings) == 1:
            certain[next(iter(readings))].append(number)
    return dict(certain)


def _chosen(readings: Mapping[Format, date], chosen: Format | None, text: str) -> Day:
    if chosen is not None and chosen in readings:
        return _in_range(readings[chosen])
    # 05/05/2026 is the same day either way.
    if len(set(readings.values())) == 1:
        return _in_range(next(iter(readings.values())))
    return _unclear(readings, text)


def _unclear(readings: Mapping[Format, date], text: str) -> str:
    one, *others = sorted(set(readings.values()))
    message: str = _(
        "“%(text)s” can be %(one)s or %(other)s. Write it as %(iso)s.",
        text=text[:40],
        one=i18n.date(one, "long"),
        other=i18n.date(others[0] if others else one, "long"),
        iso=i18n.iso(one),
    )
    return message


def _in_range(day: date) -> Day:
    if _EARLIEST <= day <= _LATEST:
        return day
    message: str = _("The year %(year)s can't be right.", year=day.year)
    return message


def _not_a_day(text: str) -> str:
    message: str = _("“%(text)s” is no day. Write it as 2026-03-31.", text=text[:40])
    return message


def _mixed(formats: Mapping[Format, list[int]]) -> str:
    parts = [
        ngettext(
            "row %(rows)s like %(example)s",
            "rows %(rows)s like %(example)s",
            len(rows),
            rows=_named(rows),
            example=kind.value,
        )
        for kind, rows in formats.items()
    ]
    message: str = _(
        "The days are written in different ways: %(ways)s. Use one way, best 2026-03-31.",
        ways="; ".join(parts),
    )
    return message


def _named(rows: list[int]) -> str:
    named = ", ".join(str(number) for number in rows[:_ROWS_NAMED])
    return named if len(rows) <= _ROWS_NAMED else f"{named} …"
