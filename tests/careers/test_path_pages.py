"""The page of a path: what it shows, one click to begin, and who may open it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.careers.operations import Asked
from portal.careers.states import EdgeKind, EducationLevel, RequirementKind
from portal.certification.models import Pursuit
from portal.core.db import db
from portal.training.models import Enrolment
from tests.factories import careers as make
from tests.factories import certification, competencies, people, training
from tests.page import PageClient


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    """Deniz, an associate with six lines to team lead of which two are met, and people around."""
    with app.app_context():
        former, manager = people.person("Former"), people.person("Mana", "Ger")
        team = people.team("Support")
        associate = people.role("Associate")
        lead, trainer = people.role("Team lead", level=3), people.role("Trainer", level=2)
        person = people.person("Deniz", "Kaya")
        people.employment(
            person,
            role=associate,
            manager=former,
            starts_on=date(2024, 1, 1),
            ends_on=date(2025, 12, 31),
        )
        people.employment(person, role=associate, team=team, manager=manager)
        skills = [competencies.competency(key) for key in ("leading", "listening", "writing")]
        for skill in skills:
            competencies.requirement(lead, skill, 3)
        competencies.evidence(person, skills[0], 4, observed_on=date(2026, 5, 4))
        competencies.evidence(person, skills[1], 2)
        course = training.course("Listening well")
        training.teaches(course, skills[1], 3)
        paper = certification.certification("Complaints")
        make.ladder((associate, trainer, EdgeKind.SPECIALIST), (associate, lead))
        make.requirements(
            lead,
            make.experience(make.option(24)),
            Asked(RequirementKind.EDUCATION, education=EducationLevel.BACHELOR),
            Asked(RequirementKind.CERTIFICATION, certification_id=paper.id),
        )
        peer = people.employment(people.person("Bora", "Peer"), team=team).person
        found = {
            "person": person.id, "lead_role": lead.id, "course": course.id, "paper": paper.id,
            "self": people.account(person=person).id,
            "manager": people.account(person=manager).id,
            "lead": people.account(leads=team).id,
            "hr": people.account(roles=["hr"]).id,
            "peer": people.account(person=peer).id,
            "executive": people.account(roles=["executive"]).id,
            "admin": people.account(roles=["admin"]).id,
            "other": people.account(leads=people.team("Sales"), roles=["manager"]).id,
            "former": people.account(person=former).id,
        }  # fmt: skip
        db.session.commit()
        return found


def test_my_path_shows_the_next_role_up_line_by_line(
    client: PageClient, ids: dict[str, int]
) -> None:
    page = client.as_(ids["self"]).get("/my/path")
    assert page.h1 == "My path"
    for text in (
        "Team lead: 2 of 6 met", "Leading: level 3", "Observed on May 4, 2026", "Level 4",
        "Experience: 2 years in Customer service", "34 months",
        "Nobody has observed it yet", "Education: Bachelor or higher", "Nothing confirmed",
        "Take the course “Listening well”", "Get the certificate “Complaints”",
        "Ask Mana Ger to look at it with you", "Add what you bring from elsewhere",
    ):  # fmt: skip
        assert text in page.text, text


def test_the_page_costs_the_same_however_much_there_is(
    client: PageClient, ids: dict[str, int], count_queries: Callable[[], int]
) -> None:
    client = client.as_(ids["self"])
    client.get("/my/path")
    count_queries()
    client.get("/my/path")
    assert count_queries() == COST


COST = 26
"""Statements of the page of a path, session and account included."""


def test_another_role_can_be_chosen(client: PageClient, ids: dict[str, int]) -> None:
    client = client.as_(ids["self"])
    page = client.get(f"/my/path?role={ids['lead_role']}")
    assert "2 of 6 met" in page.text
    assert "2 of 6 met" in client.get("/my/path?role=999999").text
    assert "2 of 6 met" in client.get("/my/path?role=x").text


@pytest.mark.parametrize("who", ["manager", "lead", "hr"])
def test_those_who_answer_for_somebody_see_the_same(
    client: PageClient, ids: dict[str, int], who: str
) -> None:
    page = client.as_(ids[who]).get(f"/paths/people/{ids['person']}")
    assert page.h1 == "Path of Deniz Kaya"
    assert "Team lead: 2 of 6 met" in page.text


@pytest.mark.parametrize("who", ["peer", "other", "former", "executive", "admin"])
def test_nobody_else_sees_it(client: PageClient, ids: dict[str, int], who: str) -> None:
    client = client.as_(ids[who])
    for address in ("", "/experience", "/education"):
        page = client.get(f"/paths/people/{ids['person']}{address}")
        assert (page.status, "Team lead" in page.text) == (403, False)


def begin(client: PageClient, ids: dict[str, int], kind: str, subject: int) -> Any:
    data = {"kind": kind, "subject": subject, "role": ids["lead_role"]}
    return client.post(f"/paths/people/{ids['person']}/begin", data=data)


def test_a_course_is_begun_with_one_click(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    client = client.as_(ids["self"])
    assert begin(client, ids, "course", ids["course"]).status == 303
    with app.app_context():
        row = db.session.scalars(sa.select(Enrolment)).one()
        assert (row.person_id, str(row.origin)) == (ids["person"], "self")
    assert "Continue" in client.get("/my/path").text


def test_what_a_manager_begins_says_why(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    assert begin(client.as_(ids["manager"]), ids, "course", ids["course"]).status == 303
    with app.app_context():
        row = db.session.scalars(sa.select(Enrolment)).one()
        assert (str(row.origin), row.reason["en"]) == ("manager", "On the way to Team lead")


def test_a_certificate_is_begun_with_one_click(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    assert begin(client.as_(ids["self"]), ids, "certification", ids["paper"]).status == 303
    with app.app_context():
        assert db.session.scalars(sa.select(Pursuit.person_id)).one() == ids["person"]


@pytest.mark.parametrize(("kind", "subject"), [("course", 999), ("nothing", 1), ("programme", 9)])
def test_what_does_not_exist_cannot_be_begun(
    client: PageClient, ids: dict[str, int], kind: str, subject: int
) -> None:
    assert begin(client.as_(ids["self"]), ids, kind, subject).status == 404


def test_a_peer_begins_nothing(app: Flask, client: PageClient, ids: dict[str, int]) -> None:
    assert begin(client.as_(ids["peer"]), ids, "course", ids["course"]).status == 403
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Enrolment.id))) == 0


def test_education_is_added_confirmed_and_then_counts(
    client: PageClient, ids: dict[str, int]
) -> None:
    client, manager = client.as_(ids["self"]), client.as_(ids["manager"])
    added = client.post(
        f"/paths/people/{ids['person']}/education",
        data={"education": "bachelor", "title": "Business", "ends_on": "2020-06-30"},
    )
    assert added.status == 303
    assert "What was added waits for a second person" in client.get("/my/path").text
    decision = f"{added.location}/decide"
    assert client.post(decision, data={"decision": "confirm"}).status == 403
    assert manager.get(added.location).status == 200
    assert manager.post(decision, data={"decision": "refuse"}).status == 422
    assert manager.post(decision, data={"decision": "confirm"}).status == 303
    assert "Team lead: 3 of 6 met" in client.get("/my/path").text


def test_a_wrong_form_keeps_what_was_typed(client: PageClient, ids: dict[str, int]) -> None:
    page = client.as_(ids["self"]).post(
        f"/paths/people/{ids['person']}/experience",
        data={"title": "Agent", "starts_on": "2023-01-01", "ends_on": "2022-01-01"},
    )
    assert page.status == 422
    assert "The last day comes before the first." in page.text
    assert page.fields()["title"] == "Agent"


@pytest.mark.parametrize("who", ["peer", "other", "former", "executive", "admin"])
def test_a_claim_and_its_file_stay_shut_to_others(
    app: Flask, client: PageClient, ids: dict[str, int], who: str
) -> None:
    with app.app_context():
        from portal.people.models import Person

        claim = make.claim(db.session.get_one(Person, ids["person"])).id
        db.session.commit()
    client = client.as_(ids[who])
    assert [client.get(f"/paths/claims/{claim}{part}").status for part in ("", "/file")] == [
        403, 403,
    ]  # fmt: skip
