"""The terms of the search index and of a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.i18n import query_terms, search_terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Ada Öztürk", "ada ozturk"),
        ("O'Brien", "o brien obrien"),
        ("Jean-Luc", "jean luc jeanluc"),
        ("山田太郎", "山田 田太 太郎 郎"),
        ("林", "林"),
        ("カナ kana", "かな な kana"),
        ("ada.l@example.org", "ada l example org ada_l_example_org"),
        ("+90 532 123", "90 532 123"),
        ("Ada ada ADA", "ada"),
        ("김민수 사원", "김민수 사원"),
        ("!!! --- …", ""),
        ("", ""),
    ],
)
def test_a_text_gives_these_terms(text: str, terms: str) -> None:
    assert search_terms(text) == terms


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("o'br", ["obr"]),
        ("jean-l", ["jean", "l"]),
        ("山田太", ["山田", "田太"]),
        ("郎", ["郎"]),
        ("ada.l@exam", ["ada_l_exam"]),
        ("@example", ["example"]),
        ('"; DROP TABLE', ["drop", "table"]),
        ("a b c d e f g h i j", list("abcdefgh")),
        ("* ' \" ()", []),
    ],
)
def test_a_query_asks_for_these_terms(query: str, terms: list[str]) -> None:
    assert query_terms(query) == terms


@given(st.text())
def test_every_text_is_found_by_itself(text: str) -> None:
    indexed = search_terms(text).split(" ")
    for term in query_terms(text):
        assert any(one.startswith(term) for one in indexed)


@given(st.text(), st.text())
def test_terms_are_safe_to_quote(text: str, query: str) -> None:
    for term in [*search_terms(text).split(), *query_terms(query)]:
        assert not set(term) & set("'\"\\*:&|!() \x00")
