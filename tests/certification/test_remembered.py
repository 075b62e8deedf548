"""Figures over many people are kept, never past a change, and never for another viewer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal.certification import operations, remembered
from portal.certification.models import Certification
from portal.core.db import db
from portal.people.models import Person
from tests.factories import certification as make
from tests.factories import people
from tests.page import Page, PageClient

ADDRESS = "/certification/matrix"


@pytest.fixture
def ids(
    app: Flask, client: PageClient, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, int]]:
    """Three people in two teams, as many as count as a large organisation."""
    monkeypatch.setattr(remembered, "LARGE", 1)
    with app.app_context():
        role, ccss = people.role(), make.certification("CCSS")
        north, south = people.team("North"), people.team("South")
        make.mandate(ccss, role=role)
        person = people.employment(people.person("Ada"), team=north, role=role).person
        for team in (north, south):
            other = people.employment(team=team, role=role).person
            make.award(other, ccss, date(2026, 1, 1), date(2028, 1, 1))
        found = {
            "hr": people.account(roles=["hr"]).id, "lead": people.account(leads=south).id,
            "person": person.id, "ccss": ccss.id,
        }  # fmt: skip
        db.session.commit()
    yield found
    app.extensions.pop("certification_figures", None)


def sums(page: Page) -> str:
    return " ".join(page.tree.xpath("string(//tbody[@class='sum']/tr/td[2])").split())


def test_the_second_look_costs_fewer_statements(
    client: PageClient, ids: dict[str, int], count_queries: Callable[[], int]
) -> None:
    hr = client.as_(ids["hr"])
    count_queries()
    hr.get(f"{ADDRESS}?show=lacking")
    first = count_queries()
    hr.get(f"{ADDRESS}?show=lacking")
    assert (first, count_queries()) == (15, 12)


def test_a_recorded_change_is_seen_at_once(
    client: PageClient, app: Flask, ids: dict[str, int]
) -> None:
    hr = client.as_(ids["hr"])
    assert sums(hr.get(ADDRESS)) == "2 of 3 1 lacks it"
    with app.app_context():
        operations.waive_certification(
            db.session.get_one(Person, ids["person"]),
            db.session.get_one(Certification, ids["ccss"]),
            starts_on=date(2026, 11, 24), ends_on=None, reason="On leave.",
            by=people.account(roles=["hr"]),
        )  # fmt: skip
        db.session.commit()
    assert sums(hr.get(ADDRESS)) == "2 of 3"


def test_another_viewer_and_another_day_have_their_own(
    client: PageClient, ids: dict[str, int]
) -> None:
    hr, lead = client.as_(ids["hr"]), client.as_(ids["lead"])
    assert sums(hr.get(ADDRESS)) == "2 of 3 1 lacks it"
    assert sums(lead.get(ADDRESS)) == "1 of 1"
    assert sums(hr.get(f"{ADDRESS}?on=2028-06-01")) == "0 of 3 3 lack it"


def test_old_figures_make_room(app: Flask, db_session: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(remembered, "LARGE", 1)
    monkeypatch.setattr(remembered, "MOST", 2)
    for number in (1, 2, 3):
        remembered.remembered(number, lambda: 9, lambda: "counted")
    assert list(app.extensions.pop("certification_figures")) == [2, 3]
