"""A programme with its courses in order, and a rule that enrols people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField
from wtforms.validators import Regexp

from portal.core import clock, i18n
from portal.core.db import db
from portal.core.forms import (
    Choice,
    DateBox,
    Form,
    LongText,
    MultiChoice,
    TextField,
    Tick,
    VersionField,
    WholeNumber,
    WordsField,
)
from portal.people.forms import choices
from portal.people.models import Role, Site, Team
from portal.training import queries
from portal.training.models import Course, EnrolmentRule, Programme
from portal.training.operations import ProgrammeTerms
from portal.training.operations.rule import LONGEST_DAYS

EMPTY_ROWS = 4
MOST_ROWS = 60
COURSE, PROGRAMME = "course", "programme"


class CourseRow(Form):
    """One course of a programme; a row without a course does not count."""

    class Meta(Form.Meta):
        """The form around it has the token."""

        csrf = False

    place = WholeNumber(_l("Place in the order"), least=1, most=999, optional=True)
    course = Choice(_l("Course"), optional=True, empty=_l("None"))
    optional = Tick(_l("Optional"))


class ProgrammeForm(Form):
    """A programme; courses without a place come after those that have one."""

    version = VersionField()
    key = TextField(
        _l("Key"), most=60, hint=_l("Names the programme for ever, such as first_90_days."),
        checks=(Regexp("[a-z][a-z0-9_]*$", message=_l("Use small letters, digits and _ only.")),),
    )  # fmt: skip
    title = WordsField(_l("Title"), most=120)
    summary = WordsField(_l("Summary"), long=True, most=600)
    in_order = Tick(_l("In order: a course opens when the required ones before it are completed"))
    courses = FieldList(FormField(CourseRow), label=_l("Courses"), max_entries=MOST_ROWS)

    def terms(self, courses: Sequence[Course]) -> ProgrammeTerms:
        """What the operations take."""
        by_id = {course.id: course for course in courses}
        rows = [field.form for field in self.courses if field.form.course.data in by_id]
        rows.sort(key=lambda row: row.place.data or MOST_ROWS * 1000)
        return ProgrammeTerms(
            title=self.title.data,
            summary=self.summary.data,
            in_order=self.in_order.data,
            courses=[(by_id[row.course.data], row.optional.data) for row in rows],
        )


def programme_form(programme: Programme | None, courses: Sequence[Course]) -> ProgrammeForm:
    """The form of a new programme, or of one as it is now, with empty rows to add courses."""
    form = ProgrammeForm(data=_shown(programme))
    if programme is not None:
        del form.key
    offer = [(course.id, i18n.words(course.title)) for course in courses]
    for field in form.courses:
        field.form.course.offer = offer
    return form


def _shown(programme: Programme | None) -> dict[str, Any]:
    empty: list[dict[str, Any]] = [{} for _each in range(EMPTY_ROWS)]
    if programme is None:
        return {"in_order": True, "courses": [*empty, *empty]}
    rows = [
        {"place": place, "course": row.course_id, "optional": row.optional}
        for place, row in enumerate(programme.courses, start=1)
    ]
    names = ("version", "title", "summary", "in_order")
    return {name: getattr(programme, name) for name in names} | {"courses": [*rows, *empty]}


class EnrolInProgrammeForm(Form):
    """People to put on the way through a programme; the view offers whom."""

    people = MultiChoice(_l("Who"))
    due_on = DateBox(_l("Complete by"), first=clock.today, optional=True)
    reason = LongText(
        _l("Reason"),
        rows=3,
        most=500,
        optional=True,
        hint=_l("They read this in their invitation."),
    )


class EnrolmentRuleForm(Form):
    """Whom to enrol in what: all conditions that are chosen must be met."""

    target = Choice(_l("Course or programme"), lambda: _targets())  # noqa: PLW0108 - defined below
    role = Choice(_l("Role"), choices.roles, optional=True, empty=_l("Any role"))
    team = Choice(
        _l("Team"), choices.teams, optional=True, empty=_l("Any team"),
        hint=_l("With the teams below it."),
    )  # fmt: skip
    site = Choice(_l("Site"), choices.sites, optional=True, empty=_l("Any site"))
    due_days = WholeNumber(
        _l("Days to complete it"), most=LONGEST_DAYS, default=30,
        hint=_l("Calendar days from the first day in the role, team or site; for those who are "
                "there already from the beginning of the rule."),
    )  # fmt: skip
    starts_on = DateBox(_l("In force from"), default=clock.today)

    def rule(self) -> EnrolmentRule:
        """The rule the form describes; it is not saved."""
        kind, _sign, key = str(self.target.data).partition("-")
        given: dict[str, Any] = {"course": None, "programme": None}
        given[kind] = db.session.get_one(Course if kind == COURSE else Programme, int(key))
        with db.session.no_autoflush:
            return EnrolmentRule(
                **given,
                role=db.session.get(Role, self.role.data) if self.role.data else None,
                team=db.session.get(Team, self.team.data) if self.team.data else None,
                site=db.session.get(Site, self.site.data) if self.site.data else None,
                due_days=int(self.due_days.data or 0),
                starts_on=self.starts_on.data,
            )


def _targets() -> list[tuple[str, str, Any]]:
    """What is on offer, courses and programmes apart."""
    courses = db.session.scalars(queries.catalogue())
    programmes = db.session.scalars(queries.programmes())
    return [
        *((f"{PROGRAMME}-{row.id}", i18n.words(row.title), _l("Programmes")) for row in programmes),
        *((f"{COURSE}-{row.id}", i18n.words(row.title), _l("Courses")) for row in courses),
    ]
