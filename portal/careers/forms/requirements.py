"""The form of what a role asks for beside its competencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField

from portal.careers.forms.rows import Row
from portal.careers.models import PathRequirement, RequirementSet
from portal.careers.operations import Asked
from portal.careers.states import EducationLevel, ExperienceKind, RequirementKind
from portal.core import clock
from portal.core.db import Json
from portal.core.forms import (
    Choice,
    DateBox,
    DecimalNumber,
    Form,
    MultiChoice,
    Tick,
    WholeNumber,
    WordsField,
)

Offer = list[tuple[Any, str]]

MOST_MONTHS = 600
MOST_ALTERNATIVES = 4
EMPTY_ROWS = 2


class DemandRow(Row):
    """So many months of one kind; an empty row does not count."""

    alternative = Choice(
        _l("Alternative"),
        [(number, str(number)) for number in range(1, MOST_ALTERNATIVES + 1)],
        default=1,
    )
    months = WholeNumber(_l("Months"), least=1, most=MOST_MONTHS, optional=True)
    kind = Choice(_l("Of what"), ExperienceKind, default=ExperienceKind.FAMILY)
    role = Choice(_l("Role"), optional=True)
    family = Choice(_l("Job family"), optional=True)
    remove = Tick(_l("Take this row away"))

    def missing(self) -> list[str]:
        """The months of a row that names where they count."""
        named = self.role.data or self.family.data
        return ["months"] if named and self.months.data is None else []


class MarkRow(Row):
    """What one metric must reach; an empty row does not count."""

    metric = Choice(_l("Metric"), optional=True)
    mark = DecimalNumber(_l("Must reach"), optional=True, hint=_l("In the unit of the metric."))
    months = WholeNumber(_l("Over so many months"), least=1, most=12, default=3, optional=True)
    remove = Tick(_l("Take this row away"))

    def missing(self) -> list[str]:
        """The metric a figure belongs to."""
        return ["metric"] if self.mark.data is not None and not self.metric.data else []


@dataclass(frozen=True)
class Choices:
    """What a requirement can speak of."""

    roles: Offer
    families: Offer
    certifications: Offer
    courses: Offer
    programmes: Offer
    metrics: Offer


class RequirementsForm(Form):
    """Everything but competencies, and the day from which it holds."""

    demands = FieldList(FormField(DemandRow), label=_l("Experience"))
    experience_text = WordsField(_l("Remark on experience"), optional=True, most=300)
    education = Choice(
        _l("Education"), EducationLevel, optional=True, empty=_l("None is asked for")
    )
    education_text = WordsField(_l("Remark on education"), optional=True, most=300)
    certifications = MultiChoice(_l("Certificates in force"), optional=True)
    courses = MultiChoice(_l("Courses completed"), optional=True)
    programmes = MultiChoice(_l("Programmes completed"), optional=True)
    rating = DecimalNumber(
        _l("Result of the last review"), least=1, most=5, optional=True,
        hint=_l("From 1 to 5. Empty if reviews do not matter."),
    )  # fmt: skip
    marks = FieldList(FormField(MarkRow), label=_l("Metrics"))
    conduct = Tick(
        _l("No open corrective action"),
        hint=_l("What has ended or no longer counts does not matter."),
    )
    effective_from = DateBox(_l("Applies from"), default=clock.today)

    def offer(self, choices: Choices) -> None:
        """Let the fields choose among what there is."""
        self.certifications.offer = choices.certifications
        self.courses.offer = choices.courses
        self.programmes.offer = choices.programmes
        for row in self.demands:
            row.form.role.offer, row.form.family.offer = choices.roles, choices.families
        for row in self.marks:
            row.form.metric.offer = choices.metrics

    def wanted(self) -> list[Asked]:
        """The lines that count, in the order they are shown in."""
        kind, found = RequirementKind, []
        if options := self._options():
            text = self.experience_text.data or {}
            found.append(Asked(kind.EXPERIENCE, text=text, options=options))
        if self.education.data:
            text = self.education_text.data or {}
            found.append(Asked(kind.EDUCATION, text=text, education=self.education.data))
        found += [Asked(kind.CERTIFICATION, certification_id=one)
                  for one in self.certifications.data or ()]  # fmt: skip
        found += [Asked(kind.COURSE, course_id=one) for one in self.courses.data or ()]
        found += [Asked(kind.PROGRAMME, programme_id=one) for one in self.programmes.data or ()]
        if self.rating.data is not None:
            found.append(Asked(kind.REVIEW, rating=float(self.rating.data)))
        rows = (field.form for field in self.marks)
        found += [Asked(kind.METRIC, metric_id=row.metric.data, mark=row.mark.data,
                        months=row.months.data)
                  for row in rows if row.metric.data and not row.remove.data]  # fmt: skip
        if self.conduct.data:
            found.append(Asked(kind.CONDUCT))
        return found

    def _options(self) -> list[Json]:
        rows = (field.form for field in self.demands)
        return [
            option(row.alternative.data, row.kind.data, row.months.data,
                   role_id=row.role.data, family=row.family.data)
            for row in rows if row.months.data and not row.remove.data
        ]  # fmt: skip


def option(
    alternative: int, kind: ExperienceKind, months: int, *, role_id: int | None = None,
    family: str | None = None,
) -> Json:  # fmt: skip
    """A demand as it is stored; what its kind does not speak of is left out."""
    return {
        "alternative": alternative,
        "kind": str(kind),
        "months": months,
        "role_id": role_id if kind is ExperienceKind.ROLE else None,
        "family": (family or "") if kind is ExperienceKind.FAMILY else "",
    }


def requirements_form(current: RequirementSet | None, choices: Choices) -> RequirementsForm:
    """What a role asks for now, and empty rows for more."""
    form = RequirementsForm(data=_shown(current.lines if current else ()))
    form.offer(choices)
    if current and not form.is_submitted():
        for name in ("certifications", "courses", "programmes"):
            column = f"{name.removesuffix('s')}_id"
            form[name].process_data([
                key for line in current.lines if (key := getattr(line, column)) is not None
            ])  # fmt: skip
    return form


def _shown(lines: Sequence[PathRequirement]) -> dict[str, Any]:
    by_kind = {line.kind: line for line in lines}
    work = by_kind.get(RequirementKind.EXPERIENCE)
    school = by_kind.get(RequirementKind.EDUCATION)
    review = by_kind.get(RequirementKind.REVIEW)
    rows = [one | {"role": one.get("role_id")} for one in (work.options if work else ())]
    marks = [
        {"metric": line.metric_id, "mark": line.mark, "months": line.months}
        for line in lines if line.kind is RequirementKind.METRIC
    ]  # fmt: skip
    return {
        "marks": [*marks, {}],
        "demands": [*rows, *({} for _row in range(EMPTY_ROWS))],
        "experience_text": work.text if work else {},
        "education": school.education if school else None,
        "education_text": school.text if school else {},
        "rating": review.rating if review else None,
        "conduct": RequirementKind.CONDUCT in by_kind,
    }
