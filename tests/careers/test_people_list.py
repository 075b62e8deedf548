"""People by their distance from a role: order, pages, filters, export, cost, who sees whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.core.db import db
from tests.factories import careers as make
from tests.factories import competencies, people
from tests.page import PageClient


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    """A team of three associates at three distances from team lead, and one in another team."""
    with app.app_context():
        team, other = people.team("Support"), people.team("Sales")
        associate, lead = people.role("Associate"), people.role("Team lead", level=3)
        skills = [competencies.competency() for _number in range(2)]
        for skill in skills:
            competencies.requirement(lead, skill)
        make.ladder((associate, lead))
        for name, levels in (("Far", ()), ("Near", (3, 3)), ("Half", (3, 1))):
            person = people.person(name, "One")
            people.employment(person, team=team, role=associate)
            for skill, level in zip(skills, levels, strict=False):
                competencies.evidence(person, skill, level)
        people.employment(people.person("Foreign", "One"), team=other, role=associate)
        people.employment(people.person("Cook", "One"), team=team, role=people.role("Chef"))
        found = {
            "role": lead.id, "team": team.id, "associate": associate.id,
            "lead": people.account(leads=team).id,
            "hr": people.account(roles=["hr"]).id,
            "peer": people.account().id,
        }  # fmt: skip
        db.session.commit()
        return found


def names(page: Any) -> list[str]:
    return [
        name for name in page.text.split() if name in {"Far", "Near", "Half", "Foreign", "Cook"}
    ]


def test_the_nearest_come_first(client: PageClient, ids: dict[str, int]) -> None:
    page = client.as_(ids["lead"]).get(f"/paths/people?role={ids['role']}")
    assert names(page) == ["Near", "Half", "Far"]
    assert "2 of 2" in page.text


def test_people_of_every_role_are_there_if_asked(client: PageClient, ids: dict[str, int]) -> None:
    page = client.as_(ids["lead"]).get(f"/paths/people?role={ids['role']}&scope=all")
    assert sorted(names(page)) == ["Cook", "Far", "Half", "Near"]


def test_hr_sees_everybody_and_a_peer_nothing(client: PageClient, ids: dict[str, int]) -> None:
    page = client.as_(ids["hr"]).get(f"/paths/people?role={ids['role']}")
    assert sorted(names(page)) == ["Far", "Foreign", "Half", "Near"]
    client = client.as_(ids["peer"])
    for address in ("/paths/people", "/paths/people/export/csv", "/paths/claims"):
        assert client.get(address).status == 403


def test_a_role_nobody_leads_to_says_so(client: PageClient, ids: dict[str, int]) -> None:
    page = client.as_(ids["lead"]).get(f"/paths/people?role={ids['associate']}")
    assert "Nobody fits" in page.text


def test_the_export_has_the_same_people(client: PageClient, ids: dict[str, int]) -> None:
    address = f"/paths/people/export/csv?role={ids['role']}"
    client = client.as_(ids["lead"])
    with client.http.get(address) as answer:
        lines = answer.get_data(as_text=True).splitlines()
    assert len(lines) == 4
    assert lines[1].startswith("Near One,Associate,Support,2026-01-01,2,0,0")
    with client.http.get(address.replace("csv", "xlsx")) as answer:
        assert answer.status_code == 200


@pytest.mark.parametrize("number", [1, 3, 300])
def test_the_list_costs_the_same_for_one_and_for_many(
    app: Flask, client: PageClient, ids: dict[str, int], count_queries: Callable[[], int],
    number: int,
) -> None:  # fmt: skip
    with app.app_context():
        from portal.people.models import Role, Team

        team, role = (
            db.session.get_one(Team, ids["team"]),
            db.session.get_one(Role, ids["associate"]),
        )
        for _number in range(number):
            people.employment(team=team, role=role)
        db.session.commit()
    client = client.as_(ids["lead"])
    client.get(f"/paths/people?role={ids['role']}")
    count_queries()
    page = client.get(f"/paths/people?role={ids['role']}")
    assert count_queries() == 9
    assert ("Next" in page.text) is (number == 300)


def test_pages_go_on_and_back(app: Flask, client: PageClient, ids: dict[str, int]) -> None:
    with app.app_context():
        from portal.people.models import Role, Team

        team, role = (
            db.session.get_one(Team, ids["team"]),
            db.session.get_one(Role, ids["associate"]),
        )
        for _number in range(60):
            people.employment(team=team, role=role)
        db.session.commit()
    client = client.as_(ids["lead"])
    first = client.get(f"/paths/people?role={ids['role']}")
    second = client.get(first.tree.xpath("//a[contains(@href, 'cursor=after')]/@href")[0])
    assert "Near" not in second.text
    back = client.get(second.tree.xpath("//a[contains(@href, 'cursor=before')]/@href")[0])
    assert "Near" in back.text
    assert "Near" in client.get(f"/paths/people?role={ids['role']}&cursor=after-0").text
