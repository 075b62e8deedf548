"""A course with all it counts towards, and a category of hours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms.validators import Regexp

from portal.competencies.models import LEVELS, Competency
from portal.core import i18n
from portal.core.forms import (
    Choice,
    Form,
    MultiChoice,
    TextField,
    Tick,
    VersionField,
    WholeNumber,
    WordsField,
)
from portal.training.models import Course, CreditCategory
from portal.training.operations import Terms
from portal.training.states import CourseKind

MOST_MINUTES = 60_000
_KEY = Regexp("[a-z][a-z0-9_]*$", message=_l("Use small letters, digits and _ only."))


class CourseForm(Form):
    """A course; ``course_form`` adds a level for each competency and minutes for each category."""

    version = VersionField()
    key = TextField(
        _l("Key"), most=60, hint=_l("Names the course for ever, such as active_listening."),
        checks=(_KEY,),
    )  # fmt: skip
    title = WordsField(_l("Title"), most=120)
    summary = WordsField(_l("Summary"), long=True, most=600)
    outcome = WordsField(_l("What people can do afterwards"), long=True, most=2000, optional=True)
    kind = Choice(_l("How it is taken"), CourseKind)
    minutes = WholeNumber(_l("Length in minutes"), least=1, most=MOST_MINUTES)
    address = TextField(
        _l("Web address"), most=500, optional=True,
        hint=_l("Where a course taken on one's own is found."),
        checks=(Regexp("https?://", message=_l("Begin with https://")),),
    )  # fmt: skip
    pass_mark = WholeNumber(
        _l("Pass mark in per cent"), least=1, most=100, optional=True,
        hint=_l("Leave it empty if there is no test."),
    )  # fmt: skip
    most_attempts = WholeNumber(
        _l("Most tries"), least=1, most=100, optional=True,
        hint=_l("Leave it empty if people may try as often as they like."),
    )  # fmt: skip
    self_enrol = Tick(_l("People may enrol themselves"))
    prerequisites = MultiChoice(_l("Courses that come before"), optional=True)

    def terms(
        self,
        competencies: Sequence[Competency],
        categories: Sequence[CreditCategory],
        courses: Sequence[Course],
    ) -> Terms:
        """What the operations take."""
        levels = {one: self[f"level_{one.id}"].data for one in competencies}
        minutes = {one: self[f"minutes_{one.id}"].data for one in categories}
        return Terms(
            title=self.title.data,
            summary=self.summary.data,
            outcome=self.outcome.data or {},
            kind=self.kind.data,
            minutes=int(self.minutes.data or 0),
            address=self.address.data or "",
            pass_mark=cast("int | None", self.pass_mark.data),
            most_attempts=cast("int | None", self.most_attempts.data),
            self_enrol=self.self_enrol.data,
            competencies={one: level for one, level in levels.items() if level},
            credits={one: worth for one, worth in minutes.items() if worth},
            prerequisites=[one for one in courses if one.id in (self.prerequisites.data or ())],
        )


def course_form(
    competencies: Sequence[Competency],
    categories: Sequence[CreditCategory],
    courses: Sequence[Course],
    course: Course | None,
) -> CourseForm:
    """The form for these competencies and categories, showing the course as it is now."""
    # What is ticked is read as soon as the form is made, so the offer has to be there by then.
    before = [(one.id, i18n.words(one.title)) for one in courses]
    fields: dict[str, Any] = {
        "prerequisites": MultiChoice(_l("Courses that come before"), before, optional=True)
    }
    for competency in competencies:
        fields[f"level_{competency.id}"] = Choice(
            _name(competency), _levels(competency), optional=True, empty=_l("Not taught")
        )
    for category in categories:
        fields[f"minutes_{category.id}"] = WholeNumber(
            i18n.words(category.name), most=MOST_MINUTES, optional=True
        )
    kind: type[CourseForm] = type("CourseFormOfNow", (CourseForm,), fields)
    form = kind(data=data_of(course) if course else {"self_enrol": True})
    if course is not None:
        del form.key
    return form


def data_of(course: Course) -> dict[str, Any]:
    """A course as the form shows it."""
    names = (
        "version", "title", "summary", "outcome", "kind", "minutes", "address", "pass_mark",
        "most_attempts", "self_enrol",
    )  # fmt: skip
    data: dict[str, Any] = {name: getattr(course, name) for name in names}
    data |= {f"level_{row.competency_id}": row.level for row in course.competencies}
    data |= {f"minutes_{row.category_id}": row.minutes for row in course.credits}
    return data | {"prerequisites": [row.required_id for row in course.prerequisites]}


def _name(competency: Competency) -> str:
    return i18n.words(competency.current.name) if competency.current else competency.key


def _levels(competency: Competency) -> list[tuple[int, str]]:
    anchors = competency.current.anchors if competency.current else {}
    return [(level, f"{level} – {i18n.words(anchors.get(str(level)))}") for level in LEVELS]


class CategoryForm(Form):
    """A category of continuing-education hours."""

    key = TextField(
        _l("Key"), most=60, hint=_l("Names the category for ever, such as ethics."), checks=(_KEY,)
    )
    name = WordsField(_l("Name"), most=120)
