"""Who may do what in careers: a literal table; signed reviews as evidence; ladders on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from portal.careers import documents, policy, queries
from portal.careers.actions import ActionKind
from portal.careers.operations import Asked, begin_programme
from portal.careers.path import path_of
from portal.careers.readiness import readiness
from portal.careers.states import ClaimState, LineState, RequirementKind
from portal.core.db import db
from portal.people.models import Person
from portal.training.models import ProgrammeEnrolment
from portal.training.states import Origin
from tests.factories import careers as make
from tests.factories import competencies, metrics, people, programmes, reviews, training
from tests.page import PageClient

pytestmark = pytest.mark.usefixtures("db_session", "clock")

EVERYONE = ("self", "manager", "above", "former", "peer", "hr", "executive")
DAY = date(2026, 11, 24)
Who = dict[str, Any]


@pytest.fixture
def person() -> Person:
    head, former = people.person("Lale"), people.person("Former")
    row = people.person("Deniz")
    people.employment(row, manager=former, starts_on=date(2024, 1, 1), ends_on=date(2025, 12, 31))
    people.employment(row, team=people.team(parent=people.team(), lead=head), manager=head)
    return row


@pytest.fixture
def who(person: Person) -> Who:
    before, now = sorted(person.employments, key=lambda job: job.starts_on)
    return {
        "self": people.account(person=person), "manager": people.account(person=now.manager),
        "above": people.account(leads=now.team.parent),
        "former": people.account(person=before.manager, roles=["manager"]),
        "peer": people.account(person=people.employment(team=now.team).person),
        "hr": people.account(roles=["hr"]), "executive": people.account(roles=["executive"]),
    }  # fmt: skip


def names(who: Who, rule: str, *row: object) -> str:
    return " ".join(name for name in EVERYONE if getattr(policy, rule)(who[name], *row))


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("answers_for", "manager above hr"), ("see_path", "self manager above hr"),
        ("take_step", "self manager above hr"), ("add_claim", "self manager above hr"),
    ],
)  # fmt: skip
def test_whose_path_one_sees(who: Who, person: Person, rule: str, found: str) -> None:
    assert names(who, rule, person) == found


def test_hr_does_not_answer_for_itself(who: Who, person: Person) -> None:
    who["self"].roles = ["hr", "manager"]
    assert not policy.answers_for(who["self"], person)
    assert not policy.decide_claim(who["self"], make.claim(person))


@pytest.mark.parametrize(
    ("state", "by", "found"),
    [
        (ClaimState.WAITING, "self", "manager above hr"),
        (ClaimState.WAITING, "manager", "above hr"), (ClaimState.CONFIRMED, "self", ""),
        (ClaimState.REFUSED, "self", ""),
    ],
)  # fmt: skip
def test_a_claim_is_decided_once_by_a_second_person(
    who: Who, person: Person, state: ClaimState, by: str, found: str
) -> None:
    claim = make.claim(person, by=who[by])
    with db.session.no_autoflush:
        claim.state = state
        assert names(who, "decide_claim", claim) == found
        assert names(who, "read_claim", claim) == "self manager above hr"
    db.session.expire(claim)


def test_hr_alone_keeps_the_ladder_and_everybody_reads_it(who: Who, person: Person) -> None:
    role = person.employments[0].role
    version = make.ladder((role, people.role(level=3)))
    asked = make.requirements(role, make.experience(make.option(6)))
    for rule, row in (
        ("keep_ladder", ()), ("see_ladder_version", (version,)), ("keep_requirements", (role,)),
        ("see_requirement_set", (asked,)),
    ):  # fmt: skip
        assert names(who, rule, *row) == "hr"
    assert names(who, "see_ladder") == " ".join(EVERYONE)
    assert names(who, "see_people") == "manager above former hr"


# --- Evidence -------------------------------------------------------------------------------------


def test_the_last_signed_result_of_a_review_is_evidence() -> None:
    scene = reviews.signed()
    record = reviews.record_of(scene)
    other = reviews.released()
    role = people.role()
    make.requirements(role, Asked(RequirementKind.REVIEW, rating=Decimal(record.rating)))
    needs = queries.needs_of(role.id, DAY)
    found = queries.facts_of([scene.review.person_id, other.review.person_id], needs, DAY)
    rated, unsigned = (found[one.review.person_id] for one in (scene, other))
    assert [(one.review_id, one.rating) for one in rated.reviews] == [
        (scene.review.id, float(record.rating))
    ]
    assert unsigned.reviews == []
    states = [readiness(facts, needs, DAY)[0].state for facts in (rated, unsigned)]
    assert states == [LineState.MET, LineState.UNKNOWN]


# --- Steps ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("by", "origin"), [("self", Origin.SELF), ("manager", Origin.MANAGER)])
def test_a_programme_is_begun_from_the_path_by_oneself_or_the_manager(
    who: Who, person: Person, by: str, origin: Origin
) -> None:
    programme = programmes.programme("Leading", training.course())
    role = people.role("Team lead")
    make.requirements(role, Asked(RequirementKind.PROGRAMME, programme_id=programme.id))
    begin_programme(person, programme, role, by=who[by])
    db.session.flush()
    row = db.session.scalars(sa.select(ProgrammeEnrolment)).one()
    assert (row.person_id, row.origin) == (person.id, origin)
    assert (row.reason or {}).get("en") == (
        None if origin is Origin.SELF else "On the way to Team lead"
    )
    begun = path_of(person, DAY, role).begun
    assert begun[ActionKind.PROGRAMME, programme.id] == programme.id


def test_who_does_not_work_here_has_no_next_step() -> None:
    found = path_of(people.person("Gone"), DAY)
    assert (found.present, found.steps, found.lines) == (None, [], ())


# --- The ladder on paper --------------------------------------------------------------------------


def test_the_ladder_on_paper_says_what_each_role_asks_for_and_where_it_leads(who: Who) -> None:
    low, high = people.role("Associate", level=1), people.role("Team lead", level=3)
    competencies.requirement(high, competencies.competency("Listening"))
    version = make.ladder((low, high))
    said = documents.ladder_of(version, "en")
    assert said.version == "Version 1, from January 1, 2020"
    assert [(one.title, len(one.lines), one.onward) for one in said.roles] == [
        ("Associate", 0, (("Team lead", "Step up"),)), ("Team lead", 1, ()),
    ]  # fmt: skip
    printed = {
        locale: documents.issue_ladder(version, locale=locale, by=who["peer"])
        for locale in ("en", "tr")
    }
    assert printed["en"].id != printed["tr"].id
    assert documents.may_read(who["peer"], printed["en"])


# --- Costs ----------------------------------------------------------------------------------------


LISTS = {
    "/paths/claims": ("hr", 3),
    "/paths/roles": ("hr", 3),
    "/paths/roles/{role}": ("hr", 12),
    "/paths/ladder": ("peer", 4),
    "/paths/people/{person}": ("hr", 13),
}


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("path", LISTS)
def test_the_lists_cost_the_same_with_one_row_and_with_three(
    client: PageClient, who: Who, person: Person, count_queries: Callable[[], int], path: str,
    number: int,
) -> None:  # fmt: skip
    role = people.role("Team lead", level=5)
    steps = [(people.role(level=at + 1), role) for at in range(number)]
    make.ladder(*steps, (person.employments[-1].role, role))
    asked = [
        Asked(RequirementKind.METRIC, metric_id=metrics.metric().id, mark=Decimal(80), months=2)
        for _at in range(number)
    ]
    make.requirements(role, make.experience(make.option(24)), *asked)
    for _one in range(number):
        competencies.requirement(role, competencies.competency())
        make.claim(people.employment().person)
        make.claim(person)
    db.session.commit()
    reader, cost = LISTS[path]
    browser, url = client.as_(who[reader]), path.format(role=role.id, person=person.id)
    browser.get(url)
    count_queries()
    assert browser.get(url).status == 200
    assert (path, count_queries()) == (path, cost)
