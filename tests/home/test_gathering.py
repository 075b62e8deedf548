"""Many kinds of things that wait become one list: the most urgent, in a steady order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Account
from portal.core.db import db
from portal.home.gathering import gathered, statements
from portal.home.need import MOST, Need, Source, Waiting, on_the_day
from portal.people.models import Person
from tests.factories import people

DAY, LATER = date(2026, 11, 23), date(2026, 11, 24)
NOBODY = Account(roles=[], led_paths=[])


def need(title: str, due: date) -> Need:
    return Need("house", title, "", due, "/", "")


def source(day: date | None, *, order: Any = Person.id, title: str = "") -> Source:
    return Source(
        lambda _asker: sa.select(Person).order_by(order),
        Person.id,
        on_the_day,
        lambda person, due: need(f"{title}{person.given_name}", due),
        day=sa.literal(day, sa.Date),
    )


def all_of(found: list[Source | Waiting]) -> list[Need]:
    sources = [one for one in found if isinstance(one, Source)]
    return gathered(found, statements(sources, NOBODY), {})


@pytest.mark.usefixtures("db_session")
def test_rows_stand_by_day_then_by_source_then_as_the_source_has_them() -> None:
    for name in ("Ada", "Ben"):
        people.person(given_name=name)
    found = all_of(
        [
            source(LATER, title="later "),
            (DAY, lambda due: need("own", due)),
            source(DAY, order=Person.given_name.desc()),
        ]
    )
    assert [row.title for row in found] == ["own", "Ben", "Ada", "later Ada", "later Ben"]


@pytest.mark.usefixtures("db_session")
def test_what_can_wait_is_left_out_and_nothing_asks_nothing() -> None:
    people.person()
    assert all_of([source(None)]) == []
    assert all_of([]) == []


def test_more_than_the_page_holds_costs_one_statement_for_each_kind_it_shows(
    app: Flask, count_queries: Any
) -> None:
    with app.app_context():
        for _number in range(MOST + 1):
            people.person()
        both: list[Source | Waiting] = [source(LATER), source(DAY)]
        asking = statements([source(LATER), source(DAY)], NOBODY)
        db.session.commit()
        count_queries()
        found = gathered(both, asking, {})
        assert len(found) == MOST
        assert {row.due for row in found} == {DAY}, "the later kind is not read"
        assert count_queries() == 2
