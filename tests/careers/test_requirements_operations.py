"""Publishing what a role asks for: versions by day, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.careers import queries
from portal.careers.operations import Asked, load_paths, publish_requirements
from portal.careers.states import EducationLevel, RequirementKind
from portal.competencies import operations as competencies
from portal.core.db import db
from portal.core.errors import Refused
from portal.people import operations as organisation
from portal.people.models import Role
from tests.factories import careers as make
from tests.factories import certification, people
from tests.factories import competencies as library

DAY = date(2026, 11, 24)
REVIEW = Asked(RequirementKind.REVIEW, rating=3)


@pytest.fixture
def role(db_session: Any, clock: Any) -> Role:
    return people.role("Team lead")


def test_a_version_holds_from_its_day(role: Role) -> None:
    make.requirements(role, REVIEW, since=date(2026, 1, 1))
    make.requirements(role, make.experience(make.option(24)), since=date(2027, 1, 1))
    kinds = [
        [str(need.kind) for need in queries.needs_of(role.id, day)]
        for day in (date(2025, 1, 1), DAY, date(2027, 1, 1))
    ]
    assert kinds == [[], ["review"], ["experience"]]


def test_the_same_lines_from_the_same_day_make_no_second_version(role: Role) -> None:
    first = make.requirements(role, REVIEW)
    assert make.requirements(role, REVIEW) is first
    assert make.requirements(role, REVIEW, since=DAY).number == 2


def test_competencies_come_from_the_role_itself_and_first(role: Role) -> None:
    skill = library.competency()
    library.requirement(role, skill, level=4)
    make.requirements(role, REVIEW)
    needs = queries.needs_of(role.id, DAY)
    assert [(str(need.kind), need.subject, need.level) for need in needs] == [
        ("competency", skill.id, 4), ("review", 0, 3),
    ]  # fmt: skip


def test_rows_of_one_alternative_belong_together(role: Role) -> None:
    other = people.role()
    options = [
        make.option(60, alternative=2), make.option(24, "leading", alternative=2, family=""),
        make.option(36, "role", role_id=other.id, family=""),
    ]  # fmt: skip
    make.requirements(role, make.experience(*options))
    need = queries.needs_of(role.id, DAY)[0]
    assert [[one.months for one in some] for some in need.alternatives] == [[36], [60, 24]]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ([REVIEW, REVIEW], "asked for twice"),
        ([make.experience()], "how many months of which"),
        ([make.experience(make.option(0))], "how many months are needed"),
        ([make.experience(make.option(3, "role"))], "Choose the role"),
        ([make.experience(make.option(3, family=""))], "Choose the job family"),
    ],
)
def test_what_makes_no_sense_is_refused(role: Role, asked: list[Asked], words: str) -> None:
    with pytest.raises(Refused, match=words):
        publish_requirements(role, asked, effective_from=DAY, by=None)


def test_a_version_that_would_never_be_in_force_is_refused(role: Role) -> None:
    publish_requirements(role, [REVIEW], effective_from=date(2026, 5, 1), by=None)
    with pytest.raises(Refused, match="applies from May 1, 2026") as refused:
        publish_requirements(role, [], effective_from=date(2026, 4, 30), by=None)
    assert refused.value.field == "effective_from"


def test_two_certificates_are_two_lines_and_one_twice_is_refused(role: Role) -> None:
    one, two = (certification.certification() for _number in range(2))
    asked = [Asked(RequirementKind.CERTIFICATION, certification_id=row.id) for row in (one, two)]
    assert len(make.requirements(role, *asked).lines) == 2
    with pytest.raises(Refused, match="twice"):
        make.requirements(role, asked[0], asked[0])


def test_competencies_cannot_be_published_here(role: Role) -> None:
    with pytest.raises(ValueError, match="own requirements"):
        make.requirements(role, Asked(RequirementKind.COMPETENCY))


def test_the_starter_pack_gives_ladder_and_requirements_once(db_session: Any, clock: Any) -> None:
    organisation.load_roles(None)
    competencies.load_competencies(None)
    competencies.load_requirements(None)
    certification.certification("Complaints", key="complaints_licence")
    assert load_paths(None) == 4
    db.session.flush()
    assert load_paths(None) == 0
    lead = db.session.query(Role).filter_by(key="team_lead").one()
    needs = queries.needs_of(lead.id, DAY)
    assert [str(need.kind) for need in needs] == [
        *["competency"] * 6, "experience", "certification", "review", "conduct",
    ]  # fmt: skip
    ladder = db.session.scalar(queries.ladder_on(DAY))
    assert ladder is not None
    assert len(ladder.edges) == 9
    manager = db.session.query(Role).filter_by(key="customer_service_manager").one()
    degree = next(need for need in queries.needs_of(manager.id, DAY) if need.education)
    assert degree.education is EducationLevel.BACHELOR
    assert set(degree.text) == {"en", "tr", "es", "ja"}
