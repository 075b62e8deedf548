"""The catalogue an organisation starts from: courses, programmes, and examples of rules."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.competencies.models import Competency
from portal.core import clock
from portal.core.db import Json, db
from portal.people.models import Role
from portal.training import queries
from portal.training.models import Course, CreditCategory, EnrolmentRule, Programme
from portal.training.operations.course import Terms, add_category, add_course
from portal.training.operations.programme import ProgrammeTerms, add_programme
from portal.training.operations.rule import set_rule
from portal.training.states import CourseKind

STARTER = Path(__file__).resolve().parents[1] / "starter" / "catalogue.toml"


@cache
def _starter() -> Json:
    return tomllib.loads(STARTER.read_text("utf-8"))


def load_catalogue(by: Account | None) -> int:
    """Add the starter courses that are missing, and say how many; others stay as they are.

    Missing categories of hours come first, and programmes last. Of competencies that the library
    does not have a course is no evidence.
    """
    known = {row.key: row for row in db.session.scalars(queries.categories())}
    for row in _starter()["category"]:
        if row["key"] not in known:
            known[row["key"]] = add_category(row["key"], row["name"], by=by)
    library = {row.key: row for row in db.session.scalars(sa.select(Competency))}
    courses = {row.key: row for row in db.session.scalars(sa.select(Course))}
    fresh = [row for row in _starter()["course"] if row["key"] not in courses]
    for row in fresh:
        courses[row["key"]] = add_course(row["key"], _terms(row, known, library, courses), by=by)
    _load_programmes(courses, by)
    return len(fresh)


def _terms(
    row: Json,
    categories: Mapping[str, CreditCategory],
    library: Mapping[str, Competency],
    courses: Mapping[str, Course],
) -> Terms:
    rest = ("pass_mark", "most_attempts", "address", "self_enrol")
    return Terms(
        title=row["title"],
        summary=row["summary"],
        outcome=row["outcome"],
        kind=CourseKind(row["kind"]),
        minutes=row["minutes"],
        competencies={
            library[key]: level
            for key, level in row.get("competencies", {}).items() if key in library
        },
        credits={categories[key]: minutes for key, minutes in row["credits"].items()},
        prerequisites=[courses[key] for key in row.get("requires", ())],
        **{name: row[name] for name in rest if name in row},
    )  # fmt: skip


def _load_programmes(courses: Mapping[str, Course], by: Account | None) -> None:
    known = set(db.session.scalars(sa.select(Programme.key)))
    for row in _starter()["programme"]:
        if row["key"] in known:
            continue
        terms = ProgrammeTerms(
            title=row["title"],
            summary=row["summary"],
            courses=[
                *((courses[key], False) for key in row["courses"]),
                *((courses[key], True) for key in row.get("optional", ())),
            ],
        )
        add_programme(row["key"], terms, by=by)


def load_example_rules(by: Account | None) -> int:
    """Put the example rules in force that lead to starter courses and roles; how many."""
    roles = {row.key: row for row in db.session.scalars(sa.select(Role))}
    courses = {row.key: row for row in db.session.scalars(queries.catalogue())}
    programmes = {row.key: row for row in db.session.scalars(queries.programmes())}
    present = [row for row in _starter()["rule"] if row.get("role", "") in {"", *roles}]
    for row in present:
        rule = EnrolmentRule(
            course=courses.get(row.get("course", "")),
            programme=programmes.get(row.get("programme", "")),
            role=roles.get(row.get("role", "")),
            due_days=row["due_days"],
            starts_on=clock.today(),
        )
        set_rule(rule, by=by)
    return len(present)
