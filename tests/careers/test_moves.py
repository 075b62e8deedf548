"""Moves people made: what counts as one, and that no small group can be seen or reckoned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from flask import Flask

from portal.careers import queries
from portal.careers.moves import Move, branches, moves
from portal.core.db import db
from portal.people.models import Role
from tests.factories import people
from tests.page import PageClient

TODAY = date(2026, 11, 24)
FEWEST = 5


def found() -> list[tuple[int, int, int]]:
    rows = db.session.execute(queries.role_changes(TODAY))
    return [(one.start, one.end, one.months) for one in moves(rows)]


def worked(*stretches: tuple[Role, str, str | None]) -> None:
    person = people.person()
    for role, first, last in stretches:
        people.employment(
            person, role=role, starts_on=date.fromisoformat(first),
            ends_on=date.fromisoformat(last) if last else None,
        )  # fmt: skip


@pytest.fixture
def roles(db_session: Any, clock: Any) -> tuple[Role, Role]:
    return people.role("Associate"), people.role("Lead", level=3)


def test_a_move_counts_the_months_before_it(roles: tuple[Role, Role]) -> None:
    low, high = roles
    worked((low, "2024-01-01", "2025-03-31"), (high, "2025-04-01", None))
    assert found() == [(low.id, high.id, 15)]


def test_another_team_in_the_same_role_is_no_move(roles: tuple[Role, Role]) -> None:
    low, high = roles
    worked((low, "2023-01-01", "2023-12-31"), (low, "2024-01-01", "2024-12-31"),
           (high, "2025-01-01", None))  # fmt: skip
    assert found() == [(low.id, high.id, 24)]


def test_whoever_comes_back_after_a_long_time_begins_anew(roles: tuple[Role, Role]) -> None:
    low, high = roles
    worked((low, "2020-01-01", "2020-12-31"), (high, "2024-01-01", None))
    worked((low, "2020-01-01", "2020-12-31"), (high, "2021-01-20", None))
    assert found() == [(low.id, high.id, 12)]


def test_what_is_planned_is_not_made_yet(roles: tuple[Role, Role]) -> None:
    low, high = roles
    worked((low, "2024-01-01", "2026-12-31"), (high, "2027-01-01", None))
    assert found() == []


def test_whoever_goes_there_and_back_made_two_moves(roles: tuple[Role, Role]) -> None:
    low, high = roles
    worked((low, "2023-01-01", "2023-12-31"), (high, "2024-01-01", "2024-06-30"),
           (low, "2024-07-01", None))  # fmt: skip
    assert found() == [(low.id, high.id, 12), (high.id, low.id, 6)]


def some(start: int, end: int, number: int, first: int = 0, months: int = 12) -> list[Move]:
    return [Move(first + at, start, end, months + at) for at in range(number)]


def test_groups_of_four_are_left_out_and_of_five_shown_with_their_median() -> None:
    shown = branches([*some(1, 2, FEWEST - 1), *some(1, 3, FEWEST, 100)], FEWEST)
    assert [(one.start, one.end, one.people, one.months) for one in shown] == [(1, 3, 5, 14)]


def test_people_are_counted_not_moves() -> None:
    assert branches([Move(at % 4, 1, 2, 12) for at in range(8)], FEWEST) == []


def test_the_order_of_rows_changes_nothing() -> None:
    groups = (some(1, 2, 5), some(1, 3, 6, 50), some(2, 1, 4, 90))
    results = [
        branches([one for part in order for one in part], FEWEST) for order in permutations(groups)
    ]
    assert all(one == results[0] for one in results)


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    """Six went from associate to lead, four to expert."""
    with app.app_context():
        low, high = people.role("Associate"), people.role("Lead", level=3)
        rare = people.role("Expert", level=2)
        for number, role in ((6, high), (4, rare)):
            for _number in range(number):
                worked((low, "2024-01-01", "2024-12-31"), (role, "2025-01-01", None))
        db.session.commit()
        return {"me": people_account(), "low": low.id, "high": high.id, "rare": rare.id}


def people_account() -> int:
    account = people.account()
    db.session.commit()
    return account.id


def cells(page: Any) -> list[list[str]]:
    return [[cell.text_content() for cell in row.iter("td")] for row in page.tree.iter("tr")][1:]


def test_a_small_group_shows_nowhere_and_no_total_gives_it_away(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    mine = client.as_(ids["me"])
    for address in ("", f"?role={ids['low']}", f"?way=to&role={ids['high']}"):
        page = mine.get(f"/paths/explorer{address}")
        assert cells(page) == [["Associate", "Lead", "6", "1 year"]]
        figures = [int(text) for text in page.tree.find(".//main").text_content().split()
                   if text.isdecimal()]  # fmt: skip
        assert 10 not in figures
        assert 4 not in figures
    hidden = mine.get(f"/paths/explorer?way=to&role={ids['rare']}")
    assert "No move to show" in hidden.text
    with app.app_context():
        people.organisation(smallest_group=7)
        db.session.commit()
    assert cells(mine.get("/paths/explorer")) == []


def test_only_the_shown_moves_are_downloaded(client: PageClient, ids: dict[str, int]) -> None:
    mine = client.as_(ids["me"])
    with mine.http.get("/paths/explorer/export/csv") as answer:
        lines = answer.get_data().decode("utf-8-sig").splitlines()
    assert lines[1:] == ["Associate,Lead,6,12"]
    with mine.http.get(f"/paths/explorer/export/csv?way=to&role={ids['rare']}") as answer:
        assert len(answer.get_data().decode().splitlines()) == 1


def test_the_same_words_stand_there_whether_something_is_hidden_or_not(
    client: PageClient, ids: dict[str, int]
) -> None:
    mine = client.as_(ids["me"])
    texts = [mine.get(f"/paths/explorer?way=to&role={ids[key]}").text for key in ("high", "low")]
    assert all("Rarer ones are left out" in one for one in texts)


@pytest.mark.parametrize("number", [1, 3])
def test_the_explorer_reads_everybody_in_one_statement(
    app: Flask, client: PageClient, ids: dict[str, int], count_queries: Callable[[], int],
    number: int,
) -> None:  # fmt: skip
    with app.app_context():
        for _number in range(number * 5):
            worked((people.role(), "2024-01-01", "2024-12-31"), (people.role(), "2025-01-01", None))
        db.session.commit()
    mine = client.as_(ids["me"])
    mine.get("/paths/explorer")
    count_queries()
    mine.get("/paths/explorer")
    assert count_queries() == 4
