"""Figures from a table: what is wrong where, all or nothing, once, and undone."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from portal.accounts.models import Account
from portal.core import imports
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.imports import SheetImport
from portal.metrics import queries
from portal.metrics.models import Metric, MetricValue
from portal.metrics.operations import (
    correct_value,
    import_values,
    preview_values,
    retire_metric,
    undo_import,
)
from portal.metrics.policy import IMPORT_KIND
from portal.people.models import Person
from tests.factories import metrics as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session")

HEAD = "person,metric,month,value,sample\n"


@pytest.fixture
def hr() -> Account:
    return people.account(roles=["hr"])


@pytest.fixture
def ada() -> Person:
    return people.employment(people.person("Ada", email="ada@example.com")).person


@pytest.fixture
def csat() -> Metric:
    return make.metric("csat", lowest=Decimal(10))


def sent(text: str, by: Account) -> SheetImport:
    upload = FileStorage(io.BytesIO((HEAD + text).encode()), filename="figures.csv")
    return imports.keep(upload, IMPORT_KIND, by=by)


def wrong(text: str, by: Account) -> list[tuple[int, str, str]]:
    found = preview_values(sent(text, by), by=by)
    return [
        (problem.row, problem.column, problem.message)
        for one in found.wrong
        for problem in one.row.problems
    ]


def values() -> list[tuple[date, Decimal | None, int | None]]:
    rows = db.session.scalars(sa.select(MetricValue).order_by(MetricValue.id))
    return [(row.period, row.value, row.sample) for row in rows]


def test_a_table_is_imported_with_the_version_it_was_measured_under(
    hr: Account, ada: Person, csat: Metric
) -> None:
    row = sent(f"ADA@example.com,CSAT,2026-10,87 %,120\n{ada.id},csat,2026-09,88.5,90\n", hr)
    assert import_values(row, by=hr) == 2
    assert sorted(values()) == [
        (date(2026, 9, 1), Decimal("88.5"), 90),
        (date(2026, 10, 1), Decimal(87), 120),
    ]
    stored = db.session.scalars(sa.select(MetricValue)).first()
    assert stored is not None
    assert (stored.version_id, stored.import_id) == (csat.definition.id, row.id)


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        ("bo@example.com,csat,2026-10,87,120", "E-mail or number", "Nobody who works here"),
        ("99999,csat,2026-10,87,120", "E-mail or number", "Nobody who works here"),
        ("ada@example.com,csat,2025-12,87,120", "E-mail or number", "did not work here"),
        ("ada@example.com,nps,2026-10,87,120", "Metric", "no metric “nps”"),
        ("ada@example.com,csat,October,87,120", "Month", "is no month"),
        ("ada@example.com,csat,2026-10-15,87,120", "Month", "is no month"),
        ("ada@example.com,csat,2026-12,87,120", "Month", "lies ahead"),
        ("ada@example.com,csat,1999-12,87,120", "Month", "can't be right"),
        ("ada@example.com,csat,2026-10,good,120", "Value", "in digits"),
        ("ada@example.com,csat,2026-10,0.87,120", "Value", "Is 87 meant?"),
        ("ada@example.com,csat,2026-10,870,120", "Value", "can't be"),
        ("ada@example.com,csat,2026-10,87,0", "Cases", "from 1 to"),
        ("ada@example.com,csat,2026-10,87,", "Cases", "missing"),
    ],
)
def test_each_mistake_is_named_by_row_and_column(
    hr: Account, ada: Person, csat: Metric, line: str, column: str, says: str
) -> None:
    [(row, where, message)] = wrong(f"{line}\n", hr)
    assert (row, where) == (2, column)
    assert says in message


def test_candidates_one_s_own_figures_and_retired_metrics_are_refused(
    hr: Account, ada: Person, csat: Metric
) -> None:
    people.person("Candidate", email="new@example.com")
    assert wrong("new@example.com,csat,2026-10,87,120\n", hr)
    people.employment(db.session.get_one(Person, hr.person_id))
    assert "your own" in wrong(f"{hr.person_id},csat,2026-10,87,120\n", hr)[0][2]
    retire_metric(csat, by=hr)
    assert "retired" in wrong(f"{ada.id},csat,2026-10,87,120\n", hr)[0][2]


def test_the_same_figure_twice_counts_once_and_two_different_ones_are_wrong(
    hr: Account, ada: Person, csat: Metric
) -> None:
    line = "ada@example.com,csat,2026-10,87,120\n"
    found = preview_values(sent(line + line, hr), by=hr)
    assert (len(found.fresh), len(found.there), len(found.wrong)) == (1, 1, 0)
    [(row, _column, message)] = wrong(line + line.replace("87", "88"), hr)
    assert (row, message) == (3, "Row 2 gives another figure for the same.")


def test_all_is_imported_or_nothing(hr: Account, ada: Person, csat: Metric) -> None:
    text = "ada@example.com,csat,2026-10,87,120\nada@example.com,csat,2026-09,870,1\n"
    with pytest.raises(Refused):
        import_values(sent(text, hr), by=hr)
    assert values() == []


def test_the_same_file_and_the_same_figures_are_imported_once(
    hr: Account, ada: Person, csat: Metric
) -> None:
    line = "ada@example.com,csat,2026-10,87,120\n"
    import_values(sent(line, hr), by=hr)
    with pytest.raises(Refused):
        import_values(sent(line, hr), by=hr)
    again = sent(line + "ada@example.com,csat,2026-09,80,50\n", hr)
    assert import_values(again, by=hr) == 1
    assert len(values()) == 2


def test_another_figure_is_a_correction_and_asks_why(
    hr: Account, ada: Person, csat: Metric
) -> None:
    make.value(ada, csat, 80)
    line = "ada@example.com,csat,2026-10,87,120\n"
    row = sent(line, hr)
    assert len(preview_values(row, by=hr).changed) == 1
    with pytest.raises(Refused) as refused, db.session.begin_nested():
        import_values(row, by=hr)
    assert refused.value.field == "reason"
    assert import_values(row, reason="Late answers", by=hr) == 1
    assert [value for _period, value, _sample in values()] == [80, 87]


def test_undoing_puts_back_what_stood_there_and_leaves_later_corrections(
    hr: Account, ada: Person, csat: Metric
) -> None:
    make.value(ada, csat, 80)
    text = "".join(f"ada@example.com,csat,2026-{month},87,120\n" for month in ("08", "09", "10"))
    row = sent(text, hr)
    import_values(row, reason="Anew", by=hr)
    august = db.session.scalars(queries.current_of(ada.id, csat.id, date(2026, 8, 1))).one()
    correct_value(august, value=Decimal(70), sample=60, reason="Counted by hand", by=hr)
    with pytest.raises(Refused):
        undo_import(row, reason="", by=hr)
    assert undo_import(row, reason="Wrong file", by=hr) == 2
    now: Any = queries.figures_of_person(ada.id, date(2026, 1, 1))
    assert [(one.period.month, one.value) for one in db.session.execute(now)] == [
        (8, Decimal(70)),
        (10, Decimal(80)),
    ]
    with pytest.raises(Refused):
        undo_import(row, reason="Again", by=hr)
    assert [key for key, _at in db.session.execute(queries.imports_undone([row.id]))] == [row.id]
