"""The index: every word of a query must begin a word of the record."""

from typing import Any

import pytest

from portal.core import search
from portal.core.db import db
from portal.core.search import schema
from portal.core.search.schema import first_row


def found(query: str, kind: str = "person") -> list[int]:
    return sorted(db.session.scalars(search.matches(kind, query)))


@pytest.fixture
def people(db_session: Any) -> None:
    search.index("person", 1, "Ayşe Öztürk", "ayse.o@example.org", None)
    search.index("person", 2, "Mehmet O'Brien", "mobrien@acme.com.tr")
    search.index("person", 3, "山田太郎", "やまだ たろう", "taro@example.jp")
    search.index("person", 4, "Işık Şahin-Kaya")
    search.index("posting", 1, "Ayşe's Team Lead")


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("ayse", [1]),
        ("AYŞE OZT", [1]),
        ("öztürk ayşe", [1]),
        ("zturk", []),
        ("ayse brien", []),
        ("o'brien", [2]),
        ("obrien", [2]),
        ("brien", [2]),
        ("ayse.o@example.org", [1]),
        ("ayse.o@ex", [1]),
        ("example", [1, 3]),
        ("acme", [2]),
        ("山", [3]),
        ("田太", [3]),
        ("郎", [3]),
        ("田郎", []),
        ("ヤマダ", [3]),
        ("isik", [4]),
        ("IŞIK kaya", [4]),
        ("şahinkaya", [4]),
        ("", []),
        ("  ?!", []),
        ('" OR mehmet', []),
        ("ayse' OR '1'='1", []),
        ("NEAR(ayse)", []),
    ],
)
def test_a_query_finds(query: str, ids: list[int]) -> None:
    assert found(query) == ids


@pytest.mark.usefixtures("people")
def test_kinds_are_kept_apart() -> None:
    assert found("ayse", "posting") == [1]
    assert found("ayse", "unknown") == []


@pytest.mark.usefixtures("people")
def test_indexing_again_replaces_and_removing_forgets() -> None:
    search.index("person", 1, "Zeynep")
    assert found("ayse") == []
    assert found("zeynep") == [1]
    search.remove("person", 1)
    search.remove("person", 999)
    assert found("zeynep") == []


@pytest.mark.usefixtures("people")
def test_reindexing_replaces_one_kind_only() -> None:
    count = search.reindex("person", ((at, [f"Person {at}"]) for at in range(1, 1_203)))
    assert count == 1_202
    assert found("ayse") == []
    assert found("ayse", "posting") == [1]
    assert found("person 1202") == [1202]


@pytest.mark.usefixtures("db_session")
def test_a_record_without_words_is_found_by_nothing() -> None:
    search.index("person", 9, None, "", "…")
    assert found("a") == []


@pytest.mark.usefixtures("people")
def test_matches_narrows_a_larger_query() -> None:
    numbers = db.select(db.column("n")).select_from(
        db.select(db.literal(1).label("n")).union_all(db.select(db.literal(2))).subquery()
    )
    wanted = numbers.where(db.column("n").in_(search.matches("person", "example")))
    assert list(db.session.scalars(wanted)) == [1]


def test_the_kinds_in_use_have_rows_of_their_own() -> None:
    kinds = ["person", "candidate", "application", "posting", "requisition", "account", "team"]
    assert len({first_row(kind) for kind in kinds}) == len(kinds)
    assert all(0 <= first_row(kind) < 2**56 for kind in kinds)


def test_both_schemas_make_the_same_table() -> None:
    for statements in (schema.SQLITE, schema.POSTGRESQL):
        assert "search_entry" in statements[0]
        assert "text" in statements[0]
