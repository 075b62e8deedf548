"""Tables are read by their headings; what is wrong is said with its row and column."""

from __future__ import annotations

import time
from datetime import date, datetime

import pytest
from flask import Flask
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from portal.core.errors import Refused
from portal.core.imports import MOST_ROWS, Column, Kind, read
from tests.core.imports.sheets import SHEET, cell, sheet_xml, with_part, workbook

COLUMNS = (
    Column("email", _l("E-mail"), aliases=("e-posta", "correo electrónico", "メールアドレス")),
    Column("day", "Day", Kind.DATE),
    Column("score", "Score", Kind.NUMBER, needed=False, most=100),
)


@pytest.fixture(autouse=True)
def in_english(app: Flask):
    with app.test_request_context(), force_locale("en"):
        yield


def text(*lines: str, sign: str = ",", encoding: str = "utf-8") -> bytes:
    return "\n".join(line.replace("|", sign) for line in lines).encode(encoding)


def values(data: bytes) -> list[dict[str, object]]:
    table = read(data, COLUMNS)
    assert table.problems == []
    return [row.values for row in table.rows]


def problems(data: bytes) -> list[tuple[int, str, str]]:
    return [
        (one.row, one.column, one.message)
        for row in read(data, COLUMNS).rows
        for one in row.problems
    ]


ADA = {"email": "ada@example.com", "day": date(2026, 3, 31), "score": 85}


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv_of_every_making_reads_the_same(sign: str, encoding: str) -> None:
    lines = ("Score|E-mail|Day|Remark", "85|ada@example.com|2026-03-31|fine")
    assert values(text(*lines, sign=sign, encoding=encoding)) == [ADA]


@pytest.mark.parametrize(
    "heading", ["E-MAIL", "email *", "e-posta", "Correo Electronico", "メールアドレス"]
)
def test_headings_are_known_in_every_language(heading: str) -> None:
    assert values(text(f"{heading}|Day|score", "ada@example.com|2026-03-31|85")) == [ADA]


def test_a_workbook_reads_like_a_csv() -> None:
    data = workbook(
        ["E-mail", "Day", "Score"],
        ["ada@example.com", datetime(2026, 3, 31), 85.0],  # noqa: DTZ001 - as sheets have it
        [None, None, None],
        ["ada@example.com", "2026-03-31", "85 %"],
    )
    table = read(data, COLUMNS)
    assert [row.values for row in table.rows] == [ADA, ADA]
    assert [row.number for row in table.rows] == [2, 4]


def test_quotes_keep_signs_and_line_ends_together() -> None:
    lines = b'E-mail,Day,"Score, in per cent"\r\n"a@example.com\r\n",2026-03-31,85\r\n'
    table = read(lines, COLUMNS)
    assert table.rows[0].values["email"] == "a@example.com"
    assert table.unknown == ["Score, in per cent"]


def test_headings_that_are_missing_or_twice_are_named() -> None:
    table = read(text("Name|Datum", "x|y"), COLUMNS)
    assert table.problems == [
        "These columns are missing: E-mail, Day. The first row names: Name, Datum."
    ]
    table = read(text("E-mail|email|Day", "x|y|z"), COLUMNS)
    assert table.problems == ["The column “E-mail” is there twice. Keep one."]
    assert read(text("E-mail|Day"), COLUMNS).problems == ["There is no row below the headings."]


def test_what_is_wrong_names_its_row_and_column() -> None:
    data = text(
        "E-mail|Day|Score",
        "|2026-03-31|85",
        "a@example.com|yesterday|101",
        "b@example.com|2026-02-30|1.5",
        f"{'x' * 300}|1926-01-01|",
    )
    assert problems(data) == [
        (2, "E-mail", "This is missing."),
        (3, "Day", "“yesterday” is no day. Write it as 2026-03-31."),
        (3, "Score", "Write a number from 0 to 100."),
        (4, "Day", "“2026-02-30” is no day. Write it as 2026-03-31."),
        (4, "Score", "Write a whole number."),
        (5, "E-mail", "This is too long: at most 250 letters."),
        (5, "Day", "The year 1926 can't be right."),
    ]


def test_formulas_in_a_workbook_are_refused_and_not_run() -> None:
    data = workbook(["E-mail", "Day", "Score"], ['=HYPERLINK("http://x")', "=TODAY()", "=1+1"])
    assert {message for _row, _column, message in problems(data)} == {
        "This is a formula. Paste its value instead."
    }


def test_a_csv_that_looks_like_a_formula_is_only_text() -> None:
    assert values(text("E-mail|Day", "=cmd()|2026-03-31"))[0]["email"] == "=cmd()"


def day_problems(*days: str) -> list[str]:
    data = text("E-mail|Day", *(f"a@example.com|{day}" for day in days))
    return [f"{row}: {message}" for row, _column, message in problems(data)]


def days(*sent: str) -> list[object]:
    data = text("E-mail|Day", *(f"a@example.com|{day}" for day in sent))
    return [row["day"] for row in values(data)]


def test_days_are_read_in_one_format_a_column() -> None:
    assert (
        days("2026-03-04", "2026/3/4", "2026年3月4日", "2026-03-04T09:30:00Z")
        == [date(2026, 3, 4)] * 4
    )
    assert days("04.03.2026", "31.03.2026") == [date(2026, 3, 4), date(2026, 3, 31)]
    assert days("04/03/2026", "31/03/2026") == [date(2026, 3, 4), date(2026, 3, 31)]
    assert days("03/04/2026", "03/31/2026") == [date(2026, 3, 4), date(2026, 3, 31)]
    assert days("05/05/2026") == [date(2026, 5, 5)]
    assert days("２０２６-０３-０４") == [date(2026, 3, 4)]


def test_between_day_and_month_nothing_is_guessed() -> None:
    assert day_problems("03/04/2026") == [
        "2: “03/04/2026” can be March 4, 2026 or April 3, 2026. Write it as 2026-03-04."
    ]
    assert day_problems("2026-03-31", "03/04/2026") == [
        "3: “03/04/2026” can be March 4, 2026 or April 3, 2026. Write it as 2026-03-04."
    ]
    # Dots say nothing about strokes.
    assert len(day_problems("31.03.2026", "03/04/2026")) == 1


def test_mixed_formats_are_named_with_their_rows() -> None:
    found = day_problems("31/03/2026", "03/31/2026", "2026-03-31", "03/04/2026")
    mixed = (
        "The days are written in different ways: row 2 like 31/03/2026; row 3 like 03/31/2026; "
        "row 4 like 2026-03-31. Use one way, best 2026-03-31."
    )
    assert found[:3] == [f"2: {mixed}", f"3: {mixed}", f"4: {mixed}"]
    assert found[3].startswith("5: “03/04/2026” can be")


@pytest.mark.parametrize("day", ["31/03/26", "0000-01-01", "9999-99-99", "44651", "31/03-2026"])
def test_what_is_no_day_is_refused(day: str) -> None:
    assert len(day_problems(day)) == 1


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read(data, COLUMNS)
    return refused.value.message


def test_files_that_are_empty_or_of_another_encoding_are_refused() -> None:
    assert refusal(b"") == "The file is empty."
    assert refusal(b"\n,,\n") == "The file is empty."
    assert "UTF-8" in refusal(text("E-mail|Day|Şehir", encoding="iso8859-9"))
    assert "CSV" in refusal(b'E-mail,Day\n"' + b"x" * 200_000)


def test_too_many_rows_are_refused_soon() -> None:
    rows = b"E-mail,Day\n" + b"a@example.com,2026-03-31\n" * 100_000
    started = time.monotonic()
    assert refusal(rows) == (
        f"The file has more than {MOST_ROWS:,} rows. Split it and send the parts one by one."
    )
    assert time.monotonic() - started < 2
    assert "more than" in refusal(b"E-mail,Day\n" + b"\n" * 200_000)


def test_a_cell_far_below_or_far_right_costs_nothing() -> None:
    plain = workbook(["E-mail", "Day"], ["a@example.com", "2026-03-31"])
    head = f'<row r="1">{cell("A1", "E-mail")}{cell("B1", "Day")}</row>'
    good = f'<row r="2">{cell("A2", "a@example.com")}{cell("B2", "2026-03-31")}</row>'
    right = f'<row r="3">{cell("XFD3", "far")}</row>'
    far = f'<row r="1048576">{cell("A1048576", "far")}</row>'
    assert len(values(with_part(plain, SHEET, sheet_xml(head + good + right)))) == 1
    started = time.monotonic()
    assert "more than" in refusal(with_part(plain, SHEET, sheet_xml(head + good + far)))
    assert time.monotonic() - started < 2


def test_broken_workbooks_and_bombs_are_refused() -> None:
    plain = workbook(["E-mail", "Day"], ["a@example.com", "2026-03-31"])
    assert "damaged" in refusal(plain[: len(plain) // 2])
    assert "damaged" in refusal(with_part(plain, SHEET, b"<worksheet"))
    assert "damaged" in refusal(with_part(plain, "xl/workbook.xml", b"no xml at all"))
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    assert "damaged" in refusal(with_part(plain, SHEET, sheet_xml("", laughs)))
    bomb = with_part(plain, "xl/media/image.png", b"\0" * (70 * 1024 * 1024))
    assert "far too much" in refusal(bomb)
