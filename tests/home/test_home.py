"""The home page: what waits for someone, and the open postings beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from portal.core.db import db
from portal.hiring.states import PostingState, Stage
from portal.home.need import MOST, by_moment
from portal.home.needs import needs_of
from tests.factories import hiring, people
from tests.page import PageClient


@pytest.fixture
def someone(app: Flask) -> dict[str, int]:
    """An open and a draft posting, and two people who look."""
    with app.app_context():
        hiring.posting(state=PostingState.OPEN)
        hiring.posting(state=PostingState.DRAFT)
        ids = {"hr": people.account(roles=["hr"]).id, "associate": people.account().id}
        db.session.commit()
    return ids


@pytest.mark.parametrize(("who", "shown"), [("hr", 1), ("associate", 0)])
def test_open_postings_stand_beside_what_waits_for_those_who_hire(
    client: PageClient, someone: dict[str, int], who: str, shown: int
) -> None:
    page = client.as_(someone[who]).get("/")
    assert len(page.tree.xpath("//aside//section[@aria-labelledby='postings']//li")) == shown


@pytest.mark.usefixtures("db_session", "clock")
def test_hr_is_told_where_applications_wait_to_be_screened_most_first(app: Flask) -> None:
    few, many = (hiring.posting(state=PostingState.OPEN) for _each in range(2))
    for posting in (few, many, many, hiring.posting(state=PostingState.CLOSED)):
        hiring.application(posting)
    hiring.application(few, stage=Stage.SCREENED)
    hr, associate = people.account(roles=["hr"]), people.account()
    with app.test_request_context():
        found = [(need.title, need.url.split("/")[-2]) for need in needs_of(hr)]
        assert needs_of(associate) == []
    assert found == [
        ("2 applications to screen", str(many.id)), ("One application to screen", str(few.id)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("roles", "statements"),
    [([], 5), (["interviewer"], 5), (["manager"], 6), (["executive"], 6), (["hr"], 6)],
)
def test_a_page_on_which_nothing_waits_costs_so_many_statements(
    app: Flask, client: PageClient, count_queries: Any, roles: list[str], statements: int
) -> None:
    with app.app_context():
        key = people.account(roles=roles).id
        db.session.commit()
    visitor = client.as_(key)
    visitor.get("/")
    count_queries()
    visitor.get("/")
    assert count_queries() == statements


def test_what_is_due_counts_by_the_day_where_the_reader_is(db_session: object) -> None:
    early_in_osaka = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    accounts = [people.account(time_zone=zone) for zone in ("Asia/Tokyo", "UTC")]
    days = [by_moment(account)(None, early_in_osaka) for account in accounts]
    assert days == [date(2026, 11, 24), date(2026, 11, 23)]


def test_what_waits_beyond_the_first_page_is_one_click_away(app: Flask, client: PageClient) -> None:
    with app.app_context():
        hr = people.account(roles=["hr"]).id
        for _each in range(MOST + 2):
            hiring.application(hiring.posting(state=PostingState.OPEN))
        db.session.commit()
    page = client.as_(hr).get("/")
    assert f"More than {MOST} things need you." in page.text
    assert "Show everything that waits" in page.text
    everything = client.as_(hr).get("/?all=1")
    assert f"{MOST + 2} things need you." in everything.text
