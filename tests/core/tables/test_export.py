"""Exports open in a spreadsheet as what they are."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import NotFound

from portal.core.states import Labelled
from portal.core.tables import Column, export
from portal.core.tables.export import neutral


class Stage(Labelled):
    NEW = "new", _l("New")


COLUMNS = [
    Column(_l("Name"), "name"),
    Column("Stage", lambda row: row.stage),
    Column("Born", "born"),
    Column("At", "at"),
    Column("Pay", "pay"),
    Column("Skills", lambda _row: ["a", "b"]),
]
ROW = SimpleNamespace(
    name='Şule, "the 山"\nline',
    stage=Stage.NEW,
    born=date(1990, 2, 3),
    at=datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
    pay=Decimal("-1.50"),
)


def sent(app: Flask, rows: list[Any], kind: str, name: str = "export") -> tuple[bytes, Any]:
    with app.test_request_context("/"):
        response = export(iter(rows), COLUMNS, kind, name)
        response.direct_passthrough = False
        body = response.get_data()
        response.close()
        return body, response.headers


def test_csv_is_utf8_with_a_mark_and_iso_dates(app: Flask) -> None:
    body, headers = sent(app, [ROW], "csv")
    assert body.startswith(b"\xef\xbb\xbfName,Stage,")
    [_head, row] = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert row == [ROW.name, "New", "1990-02-03", "2026-03-01T09:30:00Z", "-1.50", "a, b"]
    assert headers["Content-Type"] == "text/csv; charset=utf-8"
    assert int(headers["Content-Length"]) == len(body)


def test_xlsx_has_real_dates_and_numbers(app: Flask) -> None:
    body, _headers = sent(app, [ROW], "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    assert sheet is not None
    head, row = sheet.iter_rows(values_only=True)
    assert head[:2] == ("Name", "Stage")
    assert row[1:5] == ("New", datetime(1990, 2, 3), datetime(2026, 3, 1, 9, 30), -1.5)  # noqa: DTZ001
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "＝1", "-"],
)
def test_text_that_begins_like_a_formula_is_neutralised(app: Flask, text: str) -> None:
    assert neutral(text) == f"'{text}"
    row = SimpleNamespace(**{**vars(ROW), "name": text})
    body, _headers = sent(app, [row], "csv")
    [_head, line] = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert line[0] == f"'{text}"


@pytest.mark.parametrize("text", ["a=1", "Ada", "", "1-2", "ａ＝"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert neutral(text) == text


def test_characters_a_sheet_has_no_place_for_are_left_out(app: Flask) -> None:
    row = SimpleNamespace(**{**vars(ROW), "name": "a\x00b\x1bc" + "x" * 40_000})
    body, _headers = sent(app, [row], "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    assert sheet is not None
    assert str(sheet["A2"].value).startswith("abcx")
    assert len(str(sheet["A2"].value)) < 32_768


def test_the_file_is_named_for_old_and_new_browsers(app: Flask) -> None:
    _body, headers = sent(app, [], "csv", 'Kişiler "2026"/..\r\nX')
    value = headers["Content-Disposition"]
    assert value.startswith('attachment; filename="kisiler-2026-..-x.csv"; filename*=UTF-8')
    assert "\n" not in value
    _body, headers = sent(app, [], "xlsx", "人")
    assert 'filename="export.xlsx"' in headers["Content-Disposition"]


def test_another_kind_is_not_found(app: Flask) -> None:
    with pytest.raises(NotFound):
        sent(app, [], "pdf")


def test_many_rows_are_read_one_by_one(app: Flask) -> None:
    body, _headers = sent(app, [ROW] * 2_000, "csv")
    assert body.count(b"1990-02-03") == 2_000
