"""The certifications of the starter pack."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from portal.certification import operations, queries
from portal.certification.expiry import Rule, expires_on, lapses_on
from portal.certification.models import Certification
from portal.certification.states import CriterionKind, ExpiryMode
from portal.core.clock import now
from portal.core.db import db
from portal.training.models import Course, CreditCategory
from portal.training.states import CourseKind
from tests.factories.people import added, in_words
from tests.starter_words import assert_complete, load

KEYS = ["ccss", "cwma", "cfp", "series_7", "series_63", "regulatory_element",
        "complaints_licence", "interviewer_licence"]  # fmt: skip


@pytest.fixture
def loaded(db_session: Any, clock: Any) -> dict[str, Certification]:
    operations.load_certifications(by=None)
    return {row.key: row for row in db_session.scalars(queries.certifications())}


def test_every_text_speaks_four_languages() -> None:
    assert_complete(load("certification", "certifications.toml"))


def test_every_description_says_that_it_is_an_example() -> None:
    for row in load("certification", "certifications.toml")["certification"]:
        said = [row["description"][tag] for tag in ("en", "tr", "es", "ja")]
        marks = ("Example:", "Örnektir:", "Ejemplo:", "例示です。")
        assert all(mark in text for mark, text in zip(marks, said, strict=True)), row["key"]


def test_loading_twice_adds_nothing(loaded: Any, db_session: Any) -> None:
    assert list(loaded) == KEYS
    assert operations.load_certifications(by=None) == 0
    keys = set(db_session.scalars(sa.select(CreditCategory.key)))
    assert keys >= {"general", "ethics", "product", "compliance"}


def test_a_planner_renews_with_thirty_hours_two_of_them_ethics(loaded: Any) -> None:
    version = loaded["cfp"].current
    assert (version.renewal_minutes, version.renewal_minima) == (1800, {"ethics": 120})
    assert (version.mode, version.period_months) == (ExpiryMode.PREVIOUS_EXPIRY, 24)


def test_securities_licences_carry_no_date_and_lapse_two_years_after_leaving(loaded: Any) -> None:
    for key in ("series_7", "series_63"):
        rule = Rule.of(loaded[key].current)
        assert expires_on(rule, completed_on=date(2026, 3, 1)) is None
        assert lapses_on(rule, date(2026, 6, 30)) == date(2028, 6, 30)


def test_the_regulatory_element_ends_with_the_year_and_needs_series_7(loaded: Any) -> None:
    version = loaded["regulatory_element"].current
    assert expires_on(Rule.of(version), completed_on=date(2026, 3, 1)) == date(2026, 12, 31)
    assert [row.required.key for row in version.prerequisites] == ["series_7"]


def test_all_modes_of_the_pack_and_all_kinds_of_criteria_are_there(loaded: Any) -> None:
    versions = [row.current for row in loaded.values()]
    assert {row.kind for version in versions for row in version.criteria} == set(CriterionKind)
    assert loaded["cwma"].current.window_days == 120
    assert loaded["complaints_licence"].current.mode is ExpiryMode.MONTH_END
    assert loaded["interviewer_licence"].current.period_months == 24


def test_a_course_of_the_catalogue_meets_its_criterion(db_session: Any, clock: Any) -> None:
    course = db_session.scalar(sa.select(Course).filter_by(key="complaint_handling"))
    if course is None:
        course = added(Course(
            key="complaint_handling", title=in_words("Complaints"), summary={}, minutes=60,
            kind=CourseKind.SELF_PACED, created_at=now(),
        ))  # fmt: skip
    operations.load_certifications(by=None)
    licence = db.session.scalars(queries.certification_with_key("complaints_licence")).one()
    rows = licence.current.criteria
    assert [row.course for row in rows if row.kind is CriterionKind.EDUCATION] == [course]
