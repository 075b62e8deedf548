"""The index of a database that has nothing else: made twice, filled, asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core import search
from portal.core.search import entries
from tests.databases import NewDatabase


@pytest.fixture(scope="module")
def engine(new_database: NewDatabase) -> Iterator[sa.Engine]:
    engine = sa.create_engine(new_database())
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    with engine.connect() as connection:
        search.create(connection)
        search.create(connection)
        with Session(connection) as session:
            monkeypatch.setattr(entries.db, "session", session)
            yield session


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("OZT ayse", [1]),
        ("zturk", []),
        ("o'brien", [2]),
        ("ayse.o@ex", [1]),
        ("田太", [3]),
        ("郎", [3]),
        ("'; --", []),
        ("", []),
    ],
)
def test_a_query_finds(session: Session, query: str, ids: list[int]) -> None:
    search.reindex(
        "person",
        [
            (1, ["Ayşe Öztürk", "ayse.o@example.org"]),
            (2, ["Mehmet O'Brien", None]),
            (3, ["山田太郎"]),
            (4, ["…"]),
        ],
    )
    search.index("person", 1, "Ayşe Öztürk", "ayse.o@example.org")
    search.index("posting", 1, "Ayşe Öztürk")
    assert sorted(session.scalars(search.matches("person", query))) == ids
    search.remove("person", 1)
    assert 1 not in session.scalars(search.matches("person", "ayse")).all()
