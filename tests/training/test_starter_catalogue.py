"""The catalogue of the starter pack."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from portal.competencies.operations import load_competencies
from portal.people.operations import load_roles
from portal.training import operations, queries
from portal.training.models import Course, EnrolmentRule, Programme
from tests.starter_words import assert_complete, competency_keys, load


@pytest.fixture
def starter() -> dict[str, Any]:
    return load("training", "catalogue.toml")


def test_every_text_speaks_four_languages(starter: dict[str, Any]) -> None:
    names = {"regulatory_element"}  # A name in every language, which has no Japanese of its own.
    assert_complete(starter | {"course": [
        row for row in starter["course"] if row["key"] not in names
    ]})  # fmt: skip


def test_outcomes_have_the_same_lines_in_every_language(starter: dict[str, Any]) -> None:
    for row in starter["course"]:
        assert {len(text.splitlines()) for text in row["outcome"].values()} == {2}, row["key"]


def test_courses_name_competencies_of_the_library_and_courses_above_them(
    starter: dict[str, Any],
) -> None:
    above: set[str] = set()
    for row in starter["course"]:
        assert set(row.get("competencies", {})) <= competency_keys(), row["key"]
        assert set(row.get("requires", ())) <= above, row["key"]
        assert sum(row["credits"].values()) == row["minutes"], row["key"]
        above.add(row["key"])
    assert len(above) >= 12


def test_loading_twice_adds_nothing(db_session: Any, clock: Any, starter: dict[str, Any]) -> None:
    load_roles(None)
    load_competencies(None)
    assert operations.load_catalogue(None) == len(starter["course"])
    assert operations.load_catalogue(None) == 0
    complaint = db_session.scalars(queries.course_with_key("complaint_handling")).one()
    assert {row.competency.key: row.level for row in complaint.competencies} == {
        "conflict_resolution": 3, "problem_solving": 3, "service_orientation": 3,
    }  # fmt: skip
    assert [row.required.key for row in complaint.prerequisites] == ["active_listening"]
    programme = db_session.scalars(queries.programme_with_key("first_90_days")).one()
    assert [row.course.key for row in programme.courses][:2] == [
        "data_protection", "product_basics",
    ]  # fmt: skip
    assert db_session.scalar(sa.select(sa.func.count(Programme.id))) == 3
    assert db_session.scalar(sa.select(sa.func.count(EnrolmentRule.id))) == 0
    assert operations.load_example_rules(None) == 3


def test_without_the_library_courses_are_there_all_the_same(db_session: Any, clock: Any) -> None:
    operations.load_catalogue(None)
    rows = db_session.scalars(sa.select(Course)).all()
    assert not any(row.competencies for row in rows)
