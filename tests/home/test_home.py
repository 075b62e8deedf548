"""The home page: what waits for someone, and the open postings beside it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from portal.core.db import db
from portal.hiring.states import PostingState
from portal.home.needs import _day
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


def test_what_is_due_counts_by_the_day_where_the_reader_is(db_session: object) -> None:
    early_in_osaka = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    days = [
        _day(early_in_osaka, people.account(time_zone=zone)).day for zone in ("Asia/Tokyo", "UTC")
    ]
    assert days == [24, 23]
