"""Pages by cursor: every row once, in order, forwards and back."""

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.core import tables
from portal.core.db import UtcDateTime, db

META = sa.MetaData()
ROW = sa.Table(
    "paged_row",
    META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(20), nullable=False),
    sa.Column("rank", sa.Integer),
    sa.Column("at", UtcDateTime()),
)
ORDERS = {
    "name": [(ROW.c.name, False), (ROW.c.id, False)],
    "name down": [(ROW.c.name, True), (ROW.c.id, False)],
    "rank": [(ROW.c.rank, False), (ROW.c.id, True)],
    "rank down": [(ROW.c.rank, True), (ROW.c.id, True)],
    "moment": [(ROW.c.at, True), (ROW.c.name, False), (ROW.c.id, False)],
    "id": [(ROW.c.id, True)],
}


@pytest.fixture
def rows(app: Flask, db_session: Any) -> None:
    META.create_all(db_session.connection())


def fill(values: list[tuple[str, int | None]]) -> None:
    db.session.execute(sa.delete(ROW))
    moments = [datetime(2026, 1, 1 + (rank or 0), tzinfo=UTC) for _name, rank in values]
    for at, (name, rank) in enumerate(values):
        moment = None if rank is None else moments[at]
        db.session.execute(ROW.insert().values(id=at + 1, name=name, rank=rank, at=moment))


def walk(order: Any, size: int) -> tuple[list[int], list[int]]:
    """The ids met going forwards to the end, and coming back."""
    page = tables.page(sa.select(ROW.c.id, ROW.c.name), order=order, size=size)
    assert page.previous_cursor is None
    there, back = [row.id for row in page.rows], []
    while page.next_cursor:
        page = tables.page(
            sa.select(ROW.c.id, ROW.c.name), order=order, size=size, cursor=page.next_cursor
        )
        there += [row.id for row in page.rows]
    while page.previous_cursor:
        back = [row.id for row in page.rows] + back
        page = tables.page(
            sa.select(ROW.c.id, ROW.c.name), order=order, size=size, cursor=page.previous_cursor
        )
    return there, [row.id for row in page.rows] + back


@pytest.mark.usefixtures("rows")
@given(
    values=st.lists(st.tuples(st.sampled_from("aábBz"), st.none() | st.integers(0, 3)), max_size=9),
    order=st.sampled_from(list(ORDERS)),
    size=st.integers(1, 4),
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_walking_there_and_back_meets_every_row_once(
    values: list[tuple[str, int | None]], order: str, size: int
) -> None:
    fill(values)
    wanted = [
        sa.nulls_last(column.desc()) if down else sa.nulls_first(column.asc())
        for column, down in ORDERS[order]
    ]
    expected = list(db.session.scalars(sa.select(ROW.c.id).order_by(*wanted)))
    there, back = walk(ORDERS[order], size)
    assert there == expected
    assert back == expected


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("cursor", ["", "x", "WzAsMV0.forged", "é", "x" * 5_000, "\x00"])
def test_a_bad_cursor_gives_the_first_page(cursor: str) -> None:
    fill([("a", 1), ("b", 2)])
    page = tables.page(sa.select(ROW.c.id), order=ORDERS["name"], size=1, cursor=cursor)
    assert [row.id for row in page.rows] == [1]


@pytest.mark.usefixtures("rows")
def test_a_cursor_of_another_order_gives_the_first_page() -> None:
    fill([("a", 2), ("b", 1)])
    other = tables.page(sa.select(ROW.c.id), order=ORDERS["name"], size=1).next_cursor
    page = tables.page(sa.select(ROW.c.id), order=ORDERS["rank"], size=1, cursor=other)
    assert [row.id for row in page.rows] == [2]


@pytest.mark.usefixtures("rows")
def test_a_page_that_emptied_meanwhile_gives_the_first_one() -> None:
    fill([("a", 1), ("b", 2)])
    cursor = tables.page(sa.select(ROW.c.id), order=ORDERS["name"], size=1).next_cursor
    db.session.execute(sa.delete(ROW).where(ROW.c.id == 2))
    page = tables.page(sa.select(ROW.c.id), order=ORDERS["name"], size=1, cursor=cursor)
    assert [row.id for row in page.rows] == [1]


@pytest.mark.usefixtures("rows")
def test_an_empty_list_is_an_empty_page() -> None:
    page = tables.page(sa.select(ROW.c.id), order=ORDERS["name"])
    assert not page
    assert (page.next_cursor, page.previous_cursor, page.next_url) == (None, None, None)


@pytest.mark.usefixtures("rows")
def test_the_addresses_of_pages_keep_the_filters(app: Flask) -> None:
    fill([("a", 1), ("b", 2)])
    with app.test_request_context("/people?site=1&site=2&cursor=old"):
        page = tables.page(sa.select(ROW.c.id), order=ORDERS["name"], size=1)
        assert page.next_url == f"/people?site=1&site=2&cursor={page.next_cursor}"
        assert page.previous_url is None


@pytest.mark.usefixtures("rows")
def test_the_addresses_of_pages_keep_the_folder_the_portal_is_served_below(app: Flask) -> None:
    fill([("a", 1), ("b", 2)])
    with app.test_request_context("/people", environ_overrides={"SCRIPT_NAME": "/portal"}):
        page = tables.page(sa.select(ROW.c.id), order=ORDERS["name"], size=1)
        assert page.next_url == f"/portal/people?cursor={page.next_cursor}"


@pytest.mark.usefixtures("rows")
def test_counting_stops_where_the_number_helps_nobody() -> None:
    fill([("a", 1)] * 5)
    assert str(tables.count(sa.select(ROW.c.id))) == "5"
    capped = tables.count(sa.select(ROW.c.id).order_by(ROW.c.id), most=3)
    assert (capped.number, capped.more, str(capped)) == (3, True, "3+")
    assert str(tables.Count(1_000, more=True)) == "1,000+"
