"""The matrix: who is in it for whom, what cells say, filters, figures, days, downloads, queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal.core.db import db
from tests.factories import certification as make
from tests.factories import people
from tests.page import Page, PageClient

ADDRESS = "/certification/matrix"


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    """Two teams below a branch, and one elsewhere; what each person stands for is their name."""
    with app.app_context():
        branch = people.team("Branch")
        north, south = people.team("North", parent=branch), people.team("South", parent=branch)
        far = people.team("Far")
        ccss = make.certification("CCSS", short="CCSS", grace_days=10)
        extra = make.certification("Extra", short="XTRA")
        role = people.role("Associate")
        make.mandate(ccss, role=role, within_days=30)

        def worker(name: str, team: Any, **more: Any) -> Any:
            return people.employment(people.person(name, "P"), team=team, role=role, **more).person

        valid, grace = worker("Valid", north), worker("Grace", north)
        expired, missing = worker("Expired", south), worker("Missing", south)
        new = worker("New", south, starts_on=date(2026, 11, 10))
        soon, away = worker("Soon", far), worker("Away", far)
        make.award(valid, ccss, date(2026, 1, 1), date(2028, 1, 1))
        make.award(valid, extra, date(2026, 1, 1))
        make.award(grace, ccss, date(2024, 1, 1), date(2026, 11, 20))
        make.award(expired, ccss, date(2023, 1, 1), date(2025, 1, 1))
        make.award(soon, ccss, date(2025, 1, 1), date(2027, 1, 15))
        make.waiver(away, ccss, date(2026, 1, 1))
        found = {
            "north": north.id, "south": south.id, "far": far.id, "branch": branch.id,
            "ccss": ccss.id, "extra": extra.id, "valid": valid.id, "missing": missing.id,
            "new": new.id,
            "hr": people.account(roles=["hr"]).id,
            "executive": people.account(roles=["executive"]).id,
            "branch lead": people.account(leads=branch).id,
            "far lead": people.account(leads=far).id,
            "associate": people.account(person=missing).id,
        }  # fmt: skip
        db.session.commit()
    return found


def names(page: Page) -> list[str]:
    """The people of the rows."""
    return [
        "".join(row.xpath(".//td[1]//a/text() | .//td[1]//b/text()")).split()[0]
        for row in page.tree.xpath("//table/tbody[last()]/tr")
    ]


def sums(page: Page) -> str:
    return " ".join(page.tree.xpath("string(//tbody[@class='sum'])").split())


def test_everybody_stands_in_the_matrix_of_hr(client: PageClient, ids: dict[str, int]) -> None:
    page = client.as_(ids["hr"]).get(ADDRESS)
    assert names(page) == ["Away", "Expired", "Grace", "Missing", "New", "Soon", "Valid"]
    assert "3 of 7" in sums(page)
    assert "3 lack it" in sums(page)
    assert "due" in page.text


def test_columns_are_the_mandatory_ones_unless_chosen(
    client: PageClient, ids: dict[str, int]
) -> None:
    hr = client.as_(ids["hr"])
    assert hr.get(ADDRESS).tree.xpath("//th/abbr/text()") == ["CCSS"]
    page = hr.get(f"{ADDRESS}?certification={ids['ccss']}&certification={ids['extra']}")
    assert page.tree.xpath("//th/abbr/text()") == ["CCSS", "XTRA"]
    assert "1 holds it" in sums(page)


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ("show=in_force", ["Grace", "Soon", "Valid"]),
        ("show=soon", ["Grace", "Soon"]),
        ("show=grace", ["Grace"]),
        ("show=lapsed", ["Expired"]),
        ("show=lacking", ["Expired", "Missing", "New"]),
        ("show=missing", ["Missing"]),
        ("show=not_due", ["New"]),
        ("show=waived", ["Away"]),
        ("show=not_started", ["Missing", "New"]),
        ("show=not_started&mandatory=1", ["Missing", "New"]),
        ("mandatory=1", ["Away", "Expired", "Grace", "Missing", "New", "Soon", "Valid"]),
        ("show=valid", ["Valid"]),
        ("show=expired&on=2024-12-31", []),
        ("show=lacking&on=2026-12-15", ["Expired", "Grace", "Missing", "New"]),
        ("show=nonsense", ["Away", "Expired", "Grace", "Missing", "New", "Soon", "Valid"]),
    ],
)
def test_filters_leave_those_who_fit(
    client: PageClient, ids: dict[str, int], narrowed: str, expected: list[str]
) -> None:
    page = client.as_(ids["hr"]).get(f"{ADDRESS}?{narrowed}")
    assert names(page) == expected


def test_a_team_comes_with_those_below_it(client: PageClient, ids: dict[str, int]) -> None:
    page = client.as_(ids["hr"]).get(f"{ADDRESS}?team={ids['branch']}")
    assert names(page) == ["Expired", "Grace", "Missing", "New", "Valid"]
    assert "2 of 5" in sums(page)


def test_a_lead_sees_nobody_else_s_people(client: PageClient, ids: dict[str, int]) -> None:
    lead = client.as_(ids["far lead"])
    assert names(lead.get(ADDRESS)) == ["Soon", "Away"][::-1]
    assert "1 of 2" in sums(lead.get(ADDRESS))
    for narrowed in (f"team={ids['north']}", f"team={ids['branch']}&show=lacking"):
        page = lead.get(f"{ADDRESS}?{narrowed}")
        assert names(page) == []
        assert "P" not in page.tree.xpath("string(//table)")
    text = lead.http.get(f"{ADDRESS}/export/csv?team={ids['branch']}", buffered=True).get_data(
        as_text=True
    )
    assert text.count("\n") == 1


def test_a_director_sees_figures_and_rows_but_opens_nobody(
    client: PageClient, ids: dict[str, int]
) -> None:
    page = client.as_(ids["executive"]).get(ADDRESS)
    assert len(names(page)) == 7
    assert not page.tree.xpath("//tbody[last()]//td[1]/a")


def test_an_associate_has_no_matrix(client: PageClient, ids: dict[str, int]) -> None:
    assert client.as_(ids["associate"]).get(ADDRESS).status == 403


def test_a_bad_day_is_said_and_today_is_shown(client: PageClient, ids: dict[str, int]) -> None:
    page = client.as_(ids["hr"]).get(f"{ADDRESS}?on=2026-02-30")
    assert "“2026-02-30” is not a day" in page.text
    assert len(names(page)) == 7


def test_the_download_has_everybody_with_their_days(
    client: PageClient, ids: dict[str, int]
) -> None:
    text = (
        client.as_(ids["hr"])
        .http.get(f"{ADDRESS}/export/csv?on=2026-11-24", buffered=True)
        .get_data(as_text=True)
    )
    lines = text.splitlines()
    assert "CCSS, last day" in lines[0]
    assert len(lines) == 8
    assert any("Grace" in line and "2026-11-20" in line and "In grace" in line for line in lines)
    assert (
        client.as_(ids["hr"]).http.get(f"{ADDRESS}/export/xlsx", buffered=True).status_code == 200
    )


@pytest.mark.parametrize("more", [1, 3, 300])
def test_the_matrix_costs_the_same_for_one_and_for_many(
    app: Flask, client: PageClient, clock: Any, count_queries: Callable[[], int], more: int
) -> None:
    with app.app_context():
        team, role = people.team("North"), people.role()
        ccss = make.certification("CCSS")
        make.mandate(ccss, role=role)
        for _number in range(more):
            person = people.employment(team=team, role=role).person
            make.award(person, ccss, date(2026, 1, 1), date(2027, 1, 1))
        hr = people.account(roles=["hr"]).id
        db.session.commit()
    signed_in = client.as_(hr)
    signed_in.get(ADDRESS)
    count_queries()
    signed_in.get(ADDRESS)
    assert count_queries() == 14
