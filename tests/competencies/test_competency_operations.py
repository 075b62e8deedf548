"""Each way out of publishing, requiring and recording evidence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from portal.competencies import operations, queries
from portal.competencies.models import Competency, CompetencyVersion, Evidence, RoleRequirement
from portal.competencies.operations import Wanted
from portal.competencies.operations.library import content_hash
from portal.competencies.states import CompetencyFamily, EvidenceSource
from portal.core.audit import AuditEvent
from portal.core.errors import Refused
from portal.people.models import Role
from portal.people.operations import load_roles
from tests.factories import competencies as make
from tests.factories import people


def wording(**changes: Any) -> Any:
    words = {
        "name": {"en": "Empathy", "tr": "Empati"},
        "description": {"en": "Feels with customers."},
        "anchors": {str(level): {"en": f"Level {level}"} for level in range(1, 6)},
    }
    return words | changes


@pytest.fixture
def by(db_session: Any, clock: Any) -> Any:
    return people.account(roles=["hr"])


@pytest.fixture
def empathy(by: Any) -> Any:
    return operations.add_competency(
        key="empathy", family=CompetencyFamily.CORE, **wording(), by=by
    )


def count(session: Any, model: Any) -> Any:
    return session.scalar(sa.select(sa.func.count()).select_from(model))


def test_a_new_competency_has_its_first_version(empathy: Any, by: Any) -> None:
    version = empathy.current
    assert (version.number, version.name["tr"], version.published_by_id) == (1, "Empati", by.id)
    assert len(version.content_hash) == 64


def test_the_same_content_makes_no_new_version(empathy: Any, by: Any, db_session: Any) -> None:
    anchors = {str(level): {"en": f" Level {level} ", "ja": ""} for level in (5, 4, 3, 2, 1)}
    name = {"tr": "Empati", "en": "Empathy"}
    again = operations.publish_version(empathy, **wording(anchors=anchors, name=name), by=by)
    assert again is empathy.current
    assert count(db_session, CompetencyVersion) == 1
    events = db_session.scalars(sa.select(AuditEvent.action)).all()
    assert events == ["competency.published"]


def test_a_changed_sentence_makes_the_next_version_and_keeps_the_first(
    empathy: Any, by: Any
) -> None:
    first = empathy.current
    second = operations.publish_version(empathy, **wording(description={"en": "New."}), by=by)
    assert (second.number, empathy.current, first.description["en"]) == (
        2,
        second,
        "Feels with customers.",
    )


def test_going_back_to_an_earlier_wording_takes_up_its_version(
    empathy: Any, by: Any, db_session: Any
) -> None:
    first = empathy.current
    operations.publish_version(empathy, **wording(name={"en": "Other"}), by=by)
    back = operations.publish_version(empathy, **wording(), by=by)
    assert back is first is empathy.current
    assert count(db_session, CompetencyVersion) == 2


def test_a_level_without_an_anchor_is_refused_at_it(empathy: Any, by: Any) -> None:
    anchors = wording()["anchors"] | {"4": {"en": "  "}}
    with pytest.raises(Refused) as refused:
        operations.publish_version(empathy, **wording(anchors=anchors), by=by)
    assert refused.value.field == "anchor_4"


def test_a_key_that_is_taken_is_refused(empathy: Any, by: Any) -> None:
    with pytest.raises(Refused) as refused:
        operations.add_competency(key="empathy", family=CompetencyFamily.CRAFT, **wording(), by=by)
    assert refused.value.field == "key"


def test_the_hash_depends_on_the_content_only() -> None:
    one = content_hash({"en": "A", "tr": "B"}, {"en": "C"}, {"1": {"en": "D"}, "2": {"en": "E"}})
    two = content_hash({"tr": "B", "en": "A"}, {"en": "C"}, {"2": {"en": "E"}, "1": {"en": "D"}})
    assert one == two
    assert one != content_hash({"en": "A", "tr": "b"}, {"en": "C"}, {"1": {"en": "D"}})


def test_a_requirement_is_set_and_replaced(empathy: Any, by: Any, db_session: Any) -> None:
    role = people.role()
    first = operations.set_requirement(role, empathy, level=3, weight=40, by=by)
    again = operations.set_requirement(role, empathy, level=4, weight=100, by=by)
    assert again is first
    assert (again.level, again.weight, count(db_session, RoleRequirement)) == (4, 100, 1)


@pytest.mark.parametrize(("level", "weight"), [(0, 50), (6, 50), (3, -1), (3, 101)])
def test_levels_and_weights_out_of_bounds_are_refused(
    empathy: Any, by: Any, level: Any, weight: Any
) -> None:
    with pytest.raises(Refused):
        operations.set_requirement(people.role(), empathy, level=level, weight=weight, by=by)


def test_all_requirements_are_replaced_in_their_order(
    empathy: Any, by: Any, db_session: Any
) -> None:
    role, other, third = people.role(), make.competency("listening"), make.competency("writing")
    operations.set_requirement(role, third, level=2, weight=100, by=by)
    operations.set_requirements(role, [Wanted(other, 3, 30), Wanted(empathy, 4, 70)], by=by)
    rows = db_session.scalars(queries.requirements_of(role.id)).all()
    assert [(row.competency.key, row.level, row.weight) for row in rows] == [
        ("listening", 3, 30),
        ("empathy", 4, 70),
    ]
    actions = db_session.scalars(sa.select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert "competency.requirement_removed" in actions


@pytest.mark.parametrize("weights", [(), (50, 49), (60, 41)])
def test_weights_that_do_not_sum_to_one_hundred_are_refused(
    empathy: Any, by: Any, weights: Any
) -> None:
    lines = [Wanted(make.competency(), 3, weight) for weight in weights]
    with pytest.raises(Refused) as refused:
        operations.set_requirements(people.role(), lines, by=by)
    assert refused.value.field == "weights"


def test_a_competency_named_twice_is_refused(empathy: Any, by: Any) -> None:
    with pytest.raises(Refused, match="twice"):
        operations.set_requirements(
            people.role(), [Wanted(empathy, 3, 50), Wanted(empathy, 4, 50)], by=by
        )


def add_evidence(version: Any, **values: Any) -> Any:
    defaults = {
        "person_id": values.pop("person_id", None) or people.person().id,
        "level": 3.5,
        "source": EvidenceSource.INTERVIEW,
        "source_id": 7,
        "observed_on": date(2026, 11, 20),
        "note": "",
        "by": None,
    }
    return operations.add_evidence(version=version, **(defaults | values))


def test_evidence_is_added_with_the_wording_of_its_day(
    empathy: Any, by: Any, db_session: Any
) -> None:
    row = add_evidence(empathy.current, by=by)
    operations.publish_version(empathy, **wording(name={"en": "Other"}), by=by)
    assert (row.level, row.competency_version.name["en"]) == (3.5, "Empathy")
    event = db_session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).all()[1]
    assert (event.action, event.about_person_id) == ("evidence.added", row.person_id)


def test_the_same_observation_is_recorded_once(empathy: Any, db_session: Any) -> None:
    first = add_evidence(empathy.current)
    assert add_evidence(empathy.current, level=1) is first
    assert (first.level, count(db_session, Evidence)) == (3.5, 1)


@pytest.mark.parametrize("level", [0, 0.9, 5.1, 6])
def test_a_level_out_of_bounds_is_refused(empathy: Any, level: Any) -> None:
    with pytest.raises(Refused):
        add_evidence(empathy.current, level=level)


def test_the_latest_level_of_each_competency_is_shown(empathy: Any, db_session: Any) -> None:
    person = people.person()
    other = make.competency("listening", order=9)
    make.evidence(person, empathy, 2, observed_on=date(2026, 1, 1))
    make.evidence(person, empathy, 4, observed_on=date(2026, 6, 1))
    make.evidence(person, other, 3, observed_on=date(2026, 3, 1))
    make.evidence(people.person(), other, 5)
    rows = db_session.execute(queries.levels_shown(person.id)).all()
    assert [(row.competency_id, row.level, row.seen) for row in rows] == [
        (empathy.id, 4, 2),
        (other.id, 3, 1),
    ]


def test_the_starter_library_and_requirements_are_loaded_once(by: Any, db_session: Any) -> None:
    loaded = operations.load_competencies(by)
    assert loaded >= 10
    assert operations.load_competencies(by) == 0
    assert load_roles(by) == 5
    assert operations.load_requirements(by) >= 20
    assert operations.load_requirements(by) == 0
    assert count(db_session, Competency) == count(db_session, CompetencyVersion) == loaded
    for role in db_session.scalars(sa.select(Role)):
        weights = [row.weight for row in db_session.scalars(queries.requirements_of(role.id))]
        assert sum(weights) == 100


def test_what_was_edited_after_loading_stays(by: Any, db_session: Any) -> None:
    operations.load_competencies(by)
    competency = db_session.scalar(queries.competency_with_key("communication"))
    edited = operations.publish_version(competency, **wording(), by=by)
    operations.load_competencies(by)
    assert competency.current is edited
