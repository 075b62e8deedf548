"""Lists as CSV and XLSX, row by row, with nothing in them a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, BinaryIO, Final
from urllib.parse import quote

from flask import Response, abort

from portal.core import i18n
from portal.core.forms.box import Text

_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FORMULA: Final = re.compile("[\t\r]|\\s*[=+@\uff1d\uff0b\uff0d\uff20-]")
# XML has no place for these, and openpyxl raises on them.
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CHUNK: Final = 64 * 1024
_LONGEST_CELL: Final = 32_767


@dataclass(frozen=True)
class Column:
    """One column: its heading, and the value of a row (an attribute's name or a function)."""

    heading: Text
    value: str | Callable[[Any], Any]

    def of(self, row: Any) -> Any:  # noqa: ANN401 - any row, any value
        """The value of ``row``."""
        return self.value(row) if callable(self.value) else getattr(row, self.value)


def export(
    rows: Iterable[Any], columns: Iterable[Column], kind: str, name: str = "export"
) -> Response:
    """A download of ``rows`` as ``csv`` or ``xlsx`` named ``name``; other kinds are not found.

    Rows are read one by one into a file on disk before the answer begins: inside the request's
    transaction, in its language, and an error on the way is an error page, not half a file.
    """
    columns = list(columns)
    if kind not in _TYPES:
        abort(404)
    headings = [neutral(str(column.heading)) for column in columns]
    table = ([cell(column.of(row)) for column in columns] for row in rows)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the response
    (_write_csv if kind == "csv" else _write_xlsx)(file, headings, table)
    length = file.tell()
    file.seek(0)
    response = Response(iter(lambda: file.read(_CHUNK), b""), content_type=_TYPES[kind])
    response.call_on_close(file.close)
    response.content_length = length
    response.headers["Content-Disposition"] = _disposition(name, kind)
    return response


def _disposition(name: str, kind: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "-", i18n.fold(name)).strip("-.") or "export"
    full = quote(f"{name}.{kind}", safe="")
    return f"attachment; filename=\"{plain}.{kind}\"; filename*=UTF-8''{full}"


def cell(value: Any) -> str | int | float | Decimal | date | None:  # noqa: ANN401
    """A value a spreadsheet shows as it is, and never runs."""
    if isinstance(value, Enum):
        return neutral(str(getattr(value, "label", value.value)))
    if value is None or isinstance(value, bool):
        return None if value is None else int(value)
    if isinstance(value, (int, float, Decimal, date)):
        return value
    if isinstance(value, dict):
        return neutral(i18n.words(value))
    if isinstance(value, (list, tuple, set)):
        return neutral(", ".join(str(item) for item in value))
    return neutral(str(value))


def neutral(text: str) -> str:
    """Text that begins like a formula gets an apostrophe in front."""
    text = _UNPRINTABLE.sub("", text)[: _LONGEST_CELL - 1]
    return f"'{text}" if _FORMULA.match(text) else text


def _write_csv(file: BinaryIO, headings: list[str], table: Iterable[list[Any]]) -> None:
    # The mark of "utf-8-sig" tells Excel which encoding this is.
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(headings)
    for row in table:
        writer.writerow([i18n.iso(item) if isinstance(item, date) else item for item in row])
    text.flush()
    text.detach()


def _write_xlsx(file: BinaryIO, headings: list[str], table: Iterable[list[Any]]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append(headings)
    for row in table:
        sheet.append([_without_zone(item) for item in row])
    book.save(file)
    file.seek(0, io.SEEK_END)


def _without_zone(value: Any) -> Any:  # noqa: ANN401
    """Sheets know no time zones: moments are UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None)
    return value
