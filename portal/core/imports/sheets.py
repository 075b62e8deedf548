"""The lines of a CSV or Excel file, with their numbers as a spreadsheet counts them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from flask_babel import gettext as _

from portal.core import i18n
from portal.core.errors import Refused

MOST_ROWS: Final = 10_000
LARGEST: Final = 5 * 1024 * 1024
"""Bytes of a file that is taken."""

_MOST_COLUMNS: Final = 60
_MOST_LINES: Final = 100_000
"""Empty lines count too: sheets often have thousands below their last row."""

_MOST_UNPACKED: Final = 60 * 1024 * 1024
_DELIMITERS: Final = ",;\t"
_DECLARATION: Final = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)

Cell = str | int | float | date | None


class Formula(str):
    """The text of a cell that would be computed; nobody knows here what comes out."""

    __slots__ = ()


@dataclass(frozen=True)
class Line:
    """One line of a file: its number, counted from 1, and its cells."""

    number: int
    cells: Sequence[Cell]


def lines(data: bytes) -> list[Line]:
    """Every line that is not empty, the headings first.

    Raises:
        Refused: if the file can't be read, or has too many lines.
    """
    found = _of_workbook(data) if data.startswith(b"PK") else _of_text(data)
    kept: list[Line] = []
    for line in found:
        if line.number > _MOST_LINES or len(kept) > MOST_ROWS:
            raise Refused(
                _(
                    "The file has more than %(most)s rows. Split it and send the parts one by one.",
                    most=i18n.number(MOST_ROWS),
                ),
                "file",
            )
        if any(cell not in {None, ""} for cell in line.cells):
            kept.append(line)
    if not kept:
        raise Refused(_("The file is empty."), "file")
    return kept


def _of_text(data: bytes) -> Iterator[Line]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(_("Save the file as CSV in UTF-8 and send it again."), "file") from error
    # Every kind of line end, inside quotes too, counts as a spreadsheet counts it.
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=_delimiter(text))
    try:
        for number, cells in enumerate(reader, start=1):
            yield Line(number, [cell.strip() for cell in cells[:_MOST_COLUMNS]])
    except csv.Error as error:
        raise Refused(_("The file can't be read as CSV. Save it again."), "file") from error


def _delimiter(text: str) -> str:
    """The sign that stands most often in the headings, outside of quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(_DELIMITERS, key=bare.count)


def _of_workbook(data: bytes) -> Iterator[Line]:
    import openpyxl

    try:
        _require_small(data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # A sheet may claim to be as large as a sheet can be.
        sheet.reset_dimensions()
        yield from _rows(sheet.iter_rows(max_col=_MOST_COLUMNS))
    except Refused:
        raise
    # openpyxl raises whatever a broken part makes it stumble over.
    except Exception as error:
        raise Refused(_("The workbook is damaged. Save it again and send it."), "file") from error


def _require_small(data: bytes) -> None:
    """Look into the parts before anything is unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
            raise Refused(_("The workbook unpacks to far too much. Save its table as CSV."), "file")
        for entry in entries:
            with archive.open(entry) as part:
                # No workbook declares entities; those that grow without end begin so.
                if _DECLARATION.search(part.read(2048)):
                    raise Refused(_("The workbook is damaged. Save it again and send it."), "file")


def _rows(rows: Iterable[Sequence[Any]]) -> Iterator[Line]:
    for number, row in enumerate(rows, start=1):
        yield Line(number, [_value(cell) for cell in row])


def _value(cell: Any) -> Cell:  # noqa: ANN401 - a cell of openpyxl
    value = cell.value
    if cell.data_type == "f":
        return Formula(value)
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, (int, float, date)):
        return value
    return str(value).strip()
