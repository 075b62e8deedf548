"""Metrics: who keeps and reads them, what is refused, what a list costs."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage

from portal.accounts.models import Account
from portal.core import imports
from portal.core.db import db
from portal.core.errors import Refused, Stale
from portal.core.imports import SheetImport
from portal.metrics import latest, operations, policy
from portal.metrics.models import Metric, MetricTarget, MetricValue
from portal.metrics.operations import import_values, preview_values, undo_import
from portal.metrics.operations.value import insert_values
from portal.metrics.policy import IMPORT_KIND
from portal.metrics.states import Unit
from portal.people.models import Person
from tests.factories import metrics as make
from tests.factories import people
from tests.page import PageClient

HEAD = "person,metric,month,value,sample\n"
LINE = "ada@example.com,csat,2026-10,87,100\n"


@pytest.fixture
def hr(db_session: Any) -> Account:
    return people.account(roles=["hr"])


@pytest.fixture
def ada(hr: Account) -> Person:
    return people.employment(people.person("Ada", email="ada@example.com")).person


@pytest.fixture
def csat(hr: Account) -> Metric:
    return make.metric("csat", lowest=Decimal(10))


def sent(text: str, by: Account) -> SheetImport:
    upload = FileStorage(io.BytesIO((HEAD + text).encode()), filename="figures.csv")
    return imports.keep(upload, IMPORT_KIND, by=by)


TABLE = {
    "see_metric": "hr executive manager lead agent",
    "keep_metric": "hr",
    "end_target": "hr",
    "see_import": "hr",
    "see_team_metrics": "hr executive manager lead",
}


@pytest.mark.parametrize("rule", TABLE)
def test_who_keeps_what_is_measured(hr: Account, ada: Person, csat: Metric, rule: str) -> None:
    accounts = {
        "hr": hr, "executive": people.account(roles=["executive"]),
        "manager": people.account(roles=["manager"]), "lead": people.account(leads=people.team()),
        "agent": people.account(person=ada),
    }  # fmt: skip
    rows: dict[str, tuple[Any, ...]] = {
        "see_metric": (csat,), "keep_metric": (csat,), "end_target": (make.target(csat),),
        "see_import": (sent(LINE, hr),), "see_team_metrics": (),
    }  # fmt: skip
    found = [name for name, one in accounts.items() if getattr(policy, rule)(one, *rows[rule])]
    assert " ".join(found) == TABLE[rule]


def test_an_import_of_something_else_is_not_one_of_figures(hr: Account, ada: Person) -> None:
    other = SheetImport(kind="people.roster")
    assert not policy.see_import(hr, other)


def test_what_was_not_imported_or_was_corrected_since_is_not_undone(
    hr: Account, ada: Person, csat: Metric
) -> None:
    row = sent(LINE, hr)
    with pytest.raises(Refused, match="was not imported"):
        undo_import(row, reason="Wrong file", by=hr)
    import_values(row, reason="", by=hr)
    with pytest.raises(Refused, match="Say why"):
        undo_import(row, reason=" ", by=hr)
    value = db.session.query(MetricValue).one()
    operations.correct_value(value, value=Decimal(88), sample=100, reason="Recount", by=hr)
    db.session.flush()
    with pytest.raises(Refused, match="was corrected since"):
        undo_import(row, reason="Wrong file", by=hr)


def test_a_percent_sign_belongs_to_per_cent(hr: Account, ada: Person, csat: Metric) -> None:
    make.metric("aht", unit=Unit.SECONDS, highest=Decimal(1000))
    text = f"ada@example.com,aht,2026-10,87%,100\n{LINE}"
    found = preview_values(sent(text, hr), by=hr)
    wrong = [problem.message for one in found.wrong for problem in one.row.problems]
    assert wrong == ["This metric is not in per cent."]


def test_digits_a_sheet_made_up_are_rounded_away(hr: Account, ada: Person, csat: Metric) -> None:
    row = sent("ada@example.com,csat,2026-10,30.000000000000004,100\n", hr)
    import_values(row, reason="", by=hr)
    assert db.session.query(MetricValue).one().value == 30


def test_of_two_who_record_the_same_figure_one_was_faster(
    hr: Account, ada: Person, csat: Metric
) -> None:
    value = make.value(ada, csat, 87)
    same = {
        name: getattr(value, name)
        for name in ("person_id", "metric_id", "version_id", "period", "value", "sample")
    }
    with pytest.raises(Stale, match="at the same moment"):
        insert_values([same | {"recorded_at": value.recorded_at, "recorded_by_id": hr.id}])
    operations.correct_value(value, value=Decimal(88), sample=100, reason="Recount", by=hr)
    with pytest.raises(Stale, match="meanwhile"):
        operations.correct_value(value, value=Decimal(89), sample=100, reason="Again", by=hr)


def test_a_figure_is_taken_back_once_and_for_a_reason(
    hr: Account, ada: Person, csat: Metric
) -> None:
    value = make.value(ada, csat, 87)
    with pytest.raises(Refused, match="Say why"):
        operations.take_back_value(value, reason=" ", by=hr)
    gone = operations.take_back_value(value, reason="Not hers", by=hr)
    with pytest.raises(Refused, match="taken back already"):
        operations.take_back_value(gone, reason="Again", by=hr)
    assert latest.latest_of(ada) == []


def test_there_is_nothing_to_show_of_who_has_no_figures(hr: Account, ada: Person) -> None:
    assert latest.latest_of(ada) == []


LISTS = {
    "/settings/metrics": 3,
    "/settings/metrics/{metric}": 3,
    "/metrics": 11,
    "/metrics/people/{person}": 9,
    "/metrics/definitions/{metric}": 8,
    "/metrics/import": 4,
    "/metrics/values/{value}": 6,
}


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("path", LISTS)
def test_the_lists_cost_the_same_with_one_row_and_with_three(
    client: PageClient, hr: Account, ada: Person, csat: Metric, count_queries: Callable[[], int],
    path: str, number: int,
) -> None:  # fmt: skip
    value = make.value(ada, csat, 80, period=date(2026, 1, 1))
    for at in range(number):
        other = make.metric(f"other{at}")
        make.target(csat, role_id=people.role().id)
        make.target(other)
        make.value(ada, other)
        make.value(ada, csat, 80 + at, period=date(2026, 2 + at, 1))
        make.value(people.employment().person, csat)
        value = operations.correct_value(
            value, value=Decimal(81 + at), sample=100, reason="Recount", by=hr
        )
        imported = sent(f"ada@example.com,csat,2026-0{7 + at},{87 + at},100\n", hr)
        import_values(imported, reason="", by=hr)
    assert db.session.query(MetricTarget).count() == 2 * number
    db.session.commit()
    browser = client.as_(hr)
    url = path.format(metric=csat.id, person=ada.id, value=value.id)
    browser.get(url)
    count_queries()
    assert browser.get(url).status == 200
    assert (path, count_queries()) == (path, LISTS[path])
