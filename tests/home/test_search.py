"""Search finds colleagues one may open, and candidates for HR only."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.core.search import index
from portal.home import search
from portal.people.models import Person, Team
from portal.training.states import CourseState
from tests.factories import certification, hiring, training
from tests.factories import people as make

pytestmark = pytest.mark.usefixtures("clock")


def findable(person: Person) -> Person:
    index("person", person.id, person.given_name, person.family_name, person.email)
    return person


@pytest.fixture
def team(db_session: object) -> Team:
    return make.team("Ours")


@pytest.fixture
def found(app: Flask, team: Team) -> Callable[[Account], dict[str, list[str]]]:
    """An Aylin in the lead's team, one in another, and one who applies."""
    make.employment(findable(make.person("Aylin", "Ours")), team=team)
    make.employment(findable(make.person("Aylin", "Theirs")))
    hiring.application(person=findable(make.person("Aylin", "Candidate")))

    def ask(viewer: Account) -> dict[str, list[str]]:
        with app.test_request_context():
            groups = search.search("aylin", viewer)
        return {heading: [hit.title for hit in hits] for heading, hits in groups}

    return ask


def test_hr_finds_colleagues_and_candidates(found) -> None:
    assert found(make.account(roles=["hr"])) == {
        "People": ["Aylin Ours", "Aylin Theirs"],
        "Candidates": ["Aylin Candidate"],
    }


def test_a_director_finds_colleagues(found) -> None:
    assert found(make.account(roles=["executive"])) == {"People": ["Aylin Ours", "Aylin Theirs"]}


def test_a_lead_finds_the_own_team(found, team: Team) -> None:
    assert found(make.account(leads=team)) == {"People": ["Aylin Ours"]}


@pytest.mark.parametrize("role", ["manager", "interviewer", "admin"])
def test_others_find_nobody(found, role: str) -> None:
    assert found(make.account(roles=[role])) == {}


def test_everybody_finds_courses_and_certifications_and_hr_opens_their_rule(
    app: Flask, db_session: object
) -> None:
    course = training.course("Calm calls")
    index("course", course.id, "Calm calls")
    training.course("Calm letters", state=CourseState.DRAFT)
    licence = certification.certification("Calm under fire", short="CUF")
    with app.test_request_context():
        found = {
            role: dict(search.search("calm", make.account(roles=[role])))
            for role in ("hr", "interviewer")
        }
        short = dict(search.search("cuf", make.account()))
    for groups in found.values():
        assert [hit.title for hit in groups["Courses"]] == ["Calm calls"]
        assert [hit.title for hit in groups["Certifications"]] == ["Calm under fire"]
    assert found["hr"]["Certifications"][0].url == f"/settings/certifications/{licence.id}"
    assert found["interviewer"]["Certifications"][0].url == "/my/certificates"
    assert [hit.title for hit in short["Certifications"]] == ["Calm under fire"]
