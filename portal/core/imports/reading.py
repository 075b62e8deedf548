"""What a file says, row by row: values by column, and what is wrong where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _

from portal.core import i18n
from portal.core.forms.numbers import read_amount
from portal.core.imports.columns import Column, Kind, match
from portal.core.imports.dates import days
from portal.core.imports.sheets import Cell, Formula, Line, lines


@dataclass(frozen=True)
class Problem:
    """What is wrong in one field of one row; ``column`` is empty when no field is to blame."""

    row: int
    column: str
    message: str


@dataclass
class Row:
    """One row: its number in the file, its values by column key, and what is wrong with it.

    A value that is missing or wrong is ``None``; ``text`` is what stood there.
    """

    number: int
    values: dict[str, Any]
    text: dict[str, str]
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, column: Column | None, message: str) -> None:
        """Say what is wrong with a field of the row, or with all of it."""
        heading = str(column.heading) if column else ""
        self.problems.append(Problem(self.number, heading, message))


@dataclass(frozen=True)
class Table:
    """The rows of a file, headings nobody knows, and what is wrong with the file as a whole."""

    rows: list[Row]
    unknown: list[str]
    problems: list[str]

    @property
    def is_clean(self) -> bool:
        """Whether nothing at all is wrong."""
        return not self.problems and not any(row.problems for row in self.rows)


def read(data: bytes, columns: Sequence[Column]) -> Table:
    """Read a CSV or Excel file by the headings in its first line.

    Raises:
        Refused: if it can't be read at all, is empty or too long.
    """
    first, *rest = lines(data)
    found = match([_shown(cell) for cell in first.cells], columns)
    if found.problems:
        return Table([], found.unknown, found.problems)
    if not rest:
        return Table([], found.unknown, [_("There is no row below the headings.")])
    rows = [Row(line.number, {}, {}) for line in rest]
    for column in columns:
        cells = [_cell(line, found.places.get(column.key)) for line in rest]
        for row, cell in zip(rows, cells, strict=True):
            row.text[column.key] = _shown(cell)
        _fill(rows, cells, column)
    return Table(rows, found.unknown, [])


def _cell(line: Line, place: int | None) -> Cell:
    if place is None or place >= len(line.cells):
        return None
    return line.cells[place]


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return i18n.iso(cell) if isinstance(cell, date) else str(cell)


def _fill(rows: Sequence[Row], cells: Sequence[Cell], column: Column) -> None:
    """Read one column into the rows."""
    given: dict[int, Cell] = {}
    for row, cell in zip(rows, cells, strict=True):
        row.values[column.key] = None
        if cell is None or cell == "":
            if column.needed:
                row.refuse(column, _("This is missing."))
        elif isinstance(cell, Formula):
            row.refuse(column, _("This is a formula. Paste its value instead."))
        else:
            given[row.number] = cell
    read_days = days(given) if column.kind is Kind.DATE else {}
    for row in rows:
        if row.number not in given:
            continue
        try:
            row.values[column.key] = _value(given[row.number], read_days.get(row.number), column)
        except ValueError as error:
            row.refuse(column, str(error))


def _value(cell: Cell, day: date | str | None, column: Column) -> str | int | date:
    """The value of a cell.

    Raises:
        ValueError: saying what is wrong with it.
    """
    if column.kind is Kind.DATE:
        if not isinstance(day, date):
            raise ValueError(day)
        return day
    if column.kind is Kind.NUMBER:
        return _number(cell, column)
    text = _shown(cell)
    if len(text) > column.most:
        message = _("This is too long: at most %(most)s letters.", most=column.most)
        raise ValueError(message)
    if any(ord(letter) < ord(" ") and letter not in "\n\t" for letter in text):
        raise ValueError(_("There are letters in it that can't be read."))
    return text


def _number(cell: Cell, column: Column) -> int:
    try:
        number = read_amount(_shown(cell).removesuffix("%").strip())
        whole = int(number)
        if number != whole:
            raise ValueError  # noqa: TRY301 - the same message
    except (ValueError, ArithmeticError) as error:
        raise ValueError(_("Write a whole number.")) from error
    if not column.least <= whole <= column.most:
        message = _(
            "Write a number from %(least)s to %(most)s.",
            least=i18n.number(column.least), most=i18n.number(column.most),
        )  # fmt: skip
        raise ValueError(message)
    return whole
