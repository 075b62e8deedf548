"""Courses: what they count towards, their prerequisites without a circle, their states."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.core import audit, search
from portal.core.db import db
from portal.core.errors import Refused
from portal.training.models import Course
from portal.training.operations import (
    SEARCH_KIND,
    Terms,
    add_category,
    add_course,
    change_category,
    change_course,
    offer_course,
    retire_course,
)
from portal.training.states import CourseKind, CourseState
from tests.factories import competencies, people
from tests.factories import training as make

pytestmark = pytest.mark.usefixtures("db_session")

TERMS = Terms(
    title=people.in_words("Listening"),
    summary=people.in_words("How to hear what is meant."),
    kind=CourseKind.SELF_PACED,
    minutes=45,
)


def test_a_course_is_added_with_all_it_counts_towards() -> None:
    listening, ethics = competencies.competency("listening"), make.category("ethics")
    basics = make.course("Basics")
    terms = replace(
        TERMS, competencies={listening: 3}, credits={ethics: 30}, prerequisites=[basics]
    )
    course = add_course("listening", terms, by=people.account(roles=["hr"]))
    assert [(row.competency, row.level) for row in course.competencies] == [(listening, 3)]
    assert [(row.category, row.minutes) for row in course.credits] == [(ethics, 30)]
    assert [row.required for row in course.prerequisites] == [basics]
    event = db.session.scalars(audit.of(course)).first()
    assert event.action == "training.course_added"
    assert event.after["prerequisites"] == [basics.key]


def test_a_course_is_found_by_its_title_in_any_language() -> None:
    course = add_course("listening", TERMS, by=None)
    found = sa.select(Course.id).where(Course.id.in_(search.matches(SEARCH_KIND, "liste (ja)")))
    assert db.session.scalars(found).all() == [course.id]


def test_a_key_is_given_once() -> None:
    add_course("listening", TERMS, by=None)
    with pytest.raises(Refused, match="has this key") as refused:
        add_course("listening", TERMS, by=None)
    assert refused.value.field == "key"


def test_changing_a_course_keeps_adds_and_removes() -> None:
    one, two, three = (competencies.competency() for _each in range(3))
    course = add_course("x", replace(TERMS, competencies={one: 1, two: 2}), by=None)
    kept = course.competencies[1]
    change_course(course, replace(TERMS, competencies={two: 4, three: 3}, pass_mark=80), by=None)
    db.session.flush()
    assert [(row.competency, row.level) for row in course.competencies] == [(two, 4), (three, 3)]
    assert course.competencies[0] is kept
    assert course.pass_mark == 80


def test_a_circle_of_prerequisites_is_refused_and_named() -> None:
    first = make.course("First")
    second = make.course("Second", after=(first,))
    third = make.course("Third", after=(second,))
    with pytest.raises(Refused) as refused:
        change_course(first, replace(TERMS, prerequisites=[third]), by=None)
    assert refused.value.message == (
        "This would be a circle: “First” → “Third” → “Second” → “First”."
    )
    assert refused.value.field == "prerequisites"
    with pytest.raises(Refused, match="“First” → “First”"):
        change_course(first, replace(TERMS, prerequisites=[first]), by=None)


def test_two_ways_to_the_same_course_are_no_circle() -> None:
    base = make.course()
    left, right = make.course(after=(base,)), make.course(after=(base,))
    top = make.course()
    change_course(top, replace(TERMS, prerequisites=[left, right, left]), by=None)
    assert [row.required for row in top.prerequisites] == [left, right]


def test_a_course_is_retired_and_offered_again() -> None:
    course = make.course()
    retire_course(course, by=None)
    assert course.state is CourseState.RETIRED
    with pytest.raises(Refused):
        retire_course(course, by=None)
    offer_course(course, by=None)
    assert course.state is CourseState.OFFERED


def test_categories_have_a_key_of_their_own() -> None:
    ethics = add_category("ethics", people.in_words("Ethics"), by=None)
    change_category(ethics, people.in_words("Conduct"), by=None)
    assert ethics.name["en"] == "Conduct"
    with pytest.raises(Refused, match="has this key"):
        add_category("ethics", people.in_words("Ethics"), by=None)
