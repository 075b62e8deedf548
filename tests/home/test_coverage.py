"""Who reads on the home page that too few people will be able to serve."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from portal.certification.models import CoverageWarning
from portal.home.needs import needs_of
from tests.factories import certification as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session", "clock")


@pytest.fixture(autouse=True)
def in_a_request(app: Flask, db_session: Any) -> Any:
    with app.test_request_context():
        yield


def warn(key: str, starts_on: date = date(2027, 1, 1), ended_at: datetime | None = None) -> None:
    told_at = datetime(2026, 11, 23, tzinfo=UTC)
    people.added(CoverageWarning(key=key, starts_on=starts_on, told_at=told_at, ended_at=ended_at))


def said(account: Any) -> list[tuple[date, str]]:
    return [(need.due, need.why) for need in needs_of(account)]


ONE = [(date(2027, 1, 1), "One warning, if nobody renews anything.")]


def test_hr_and_directors_read_of_all_warnings_in_one_row() -> None:
    warn("queue:4711")
    warn("team:4711:1", date(2026, 12, 20))
    warn("queue:4712", date(2027, 6, 1))
    warn("queue:4713", ended_at=datetime(2026, 11, 24, tzinfo=UTC))
    for role in ("hr", "executive"):
        assert said(people.account(roles=[role])) == [
            (date(2026, 12, 20), "2 warnings, if nobody renews anything.")
        ]
    assert said(people.account()) == said(people.account(roles=["manager"])) == []


def test_a_lead_reads_of_the_own_teams_only() -> None:
    branch = people.team()
    ours, theirs = people.team(parent=branch), people.team(parent=branch)
    warn(f"team:{ours.id}:1")
    lead, other = people.account(leads=ours), people.account(leads=theirs)
    assert said(lead) == said(people.account(leads=branch)) == ONE
    assert said(other) == []


def test_a_queue_concerns_whoever_leads_all_who_serve_it() -> None:
    branch = people.team()
    ours, theirs = people.team(parent=branch), people.team(parent=branch)
    queue = make.queue(ours, theirs)
    make.queue(ours)
    warn(f"queue:{queue.id}")
    assert said(people.account(leads=branch)) == ONE
    assert said(people.account(leads=ours)) == []
