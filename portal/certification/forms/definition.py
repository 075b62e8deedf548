"""The form of a certification's rule, and trying it out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, HiddenField
from wtforms.validators import Regexp

from portal.certification.models import Certification, CertificationVersion, Criterion
from portal.certification.operations import CriterionTerms, Terms
from portal.certification.states import CriterionKind, ExpiryMode
from portal.core import clock, i18n
from portal.core.db import Json
from portal.core.forms import (
    Choice,
    DateBox,
    DecimalNumber,
    Form,
    MultiChoice,
    TextField,
    Tick,
    WholeNumber,
    WordsField,
)
from portal.training.models import Course, CreditCategory

MINUTES = 60
MOST_HOURS = 1000
MOST_MONTHS = 600
MOST_DAYS = 3650
KEY = Regexp("[a-z][a-z0-9_]*$", message=_l("Use small letters, digits and _ only."))
PLAIN = ("short", "issuer", "mode", "period_months", "fixed_on", "lapse_months", "window_days",
         "expiring_days", "effective_from")  # fmt: skip


class Hours(DecimalNumber):
    """Hours as people write them; ``data`` is in minutes."""

    def read(self, sent: str) -> int | Decimal:
        """The minutes sent as hours.

        Raises:
            ValueError: if it is no number.

        """
        return round(super().read(sent) * MINUTES)

    def show(self, value: int | Decimal) -> str:
        """In hours, with the decimal sign of the language."""
        return i18n.number(Decimal(value) / MINUTES, None if value % MINUTES == 0 else 2)


class CriterionRow(Form):
    """One thing that is asked for; a row without words and course does not count."""

    class Meta(Form.Meta):
        """The form around it has the token."""

        csrf = False

    kind = Choice(_l("Kind"), CriterionKind, default=CriterionKind.EXAM)
    text = WordsField(_l("What is asked for"), optional=True, most=500)
    course = Choice(
        _l("Met by completing a course"), optional=True, empty=_l("No course: words or a file"),
    )  # fmt: skip
    needs_file = Tick(_l("A file must be added"))
    at_first = Tick(_l("For the first certificate"), default=True)
    at_renewal = Tick(_l("For renewal"))
    remove = Tick(_l("Take this criterion away"))


class TrialForm(Form):
    """Days to try a rule with; nothing is kept of them."""

    class Meta(Form.Meta):
        """Nothing is changed by it."""

        csrf = False

    completed_on = DateBox(_l("Completed on"), default=clock.today, optional=True)
    previous = DateBox(
        _l("Last day of the one before"), optional=True, hint=_l("Empty for a first certificate.")
    )
    due_on = DateBox(
        _l("Due on"), optional=True, hint=_l("Where a first certificate is due by some day.")
    )
    left_on = DateBox(_l("Last day of employment"), optional=True)

    def days(self) -> dict[str, Any]:
        """What ``trial.try_rule`` takes; without a completion that is today."""
        return {
            "completed_on": self.completed_on.data or clock.today(),
            "previous": self.previous.data,
            "due_on": self.due_on.data,
            "left_on": self.left_on.data,
        }


class RuleForm(Form):
    """What a certification is called, when it ends and what it asks for."""

    name = WordsField(_l("Name"), most=160)
    short = TextField(_l("Abbreviation"), most=40, hint=_l("For tables, such as CFP."))
    issuer = TextField(_l("Issuer"), most=160)
    description = WordsField(_l("What it shows"), long=True, most=1000)
    mode = Choice(_l("Expiry"), ExpiryMode)
    period_months = WholeNumber(
        _l("Period in months"),
        most=MOST_MONTHS,
        optional=True,
        hint=_l("How long a certificate lasts. Empty if no date ends it."),
    )
    fixed_on = DateBox(
        _l("Fixed date"),
        optional=True,
        hint=_l("Only for the fixed date: the first one; others follow by the period."),
    )
    least_months = WholeNumber(
        _l("Shortest time in months"),
        most=MOST_MONTHS,
        optional=True,
        hint=_l("Only for the fixed date: whoever would have less gets one period more."),
    )
    lapse_months = WholeNumber(
        _l("Lapses so many months after leaving"),
        most=MOST_MONTHS,
        optional=True,
        hint=_l("Empty if leaving changes nothing."),
    )
    window_days = WholeNumber(_l("Renewal opens (days before)"), most=MOST_DAYS, default=90)
    expiring_days = WholeNumber(_l("Shows as expiring (last days)"), most=MOST_DAYS, default=30)
    grace_days = WholeNumber(_l("Days of grace"), most=MOST_DAYS, default=0)
    renewal_minutes = Hours(
        _l("Hours for renewal in all"),
        most=MOST_HOURS * MINUTES,
        optional=True,
        hint=_l("Continuing education since the certificate that is renewed."),
    )
    criteria = FieldList(FormField(CriterionRow), label=_l("Criteria"))
    prerequisites = MultiChoice(
        _l("Prerequisites"), optional=True, hint=_l("Must be in force before this one is awarded.")
    )
    needs_check = Tick(_l("A second person checks the evidence"), default=True)
    effective_from = DateBox(
        _l("Applies from"),
        default=clock.today,
        hint=_l("Certificates completed on this day or later follow this version."),
    )
    voids_older = Tick(
        _l("Certificates under older versions end the day before"),
        hint=_l("Leave this empty unless everybody has to get the certificate anew."),
    )
    confirmed = HiddenField()
    trial = FormField(TrialForm, label=_l("Try the rule"))  # fmt: skip

    def rows(self) -> list[CriterionRow]:
        """The criteria that count."""
        found = [field.form for field in self.criteria]
        return [row for row in found if not row.remove.data and (row.text.data or row.course.data)]

    def terms(self, categories: Sequence[CreditCategory]) -> Terms:
        """What the operation takes."""
        minima = {one.key: self[f"minimum_{one.key}"].data or 0 for one in categories}
        values: Json = {name: self[name].data for name in PLAIN}
        return Terms(
            **values,
            name=self.name.data or {},
            description=self.description.data or {},
            least_months=self["least_months"].data or 0,
            grace_days=self["grace_days"].data or 0,
            renewal_minutes=self["renewal_minutes"].data or 0,
            renewal_minima=minima,
            needs_check=self.needs_check.data,
            voids_older=self.voids_older.data,
        )

    def wanted(self, courses: Sequence[Course]) -> list[CriterionTerms]:
        """The criteria as the operation takes them."""
        by_id = {course.id: course for course in courses}
        return [
            CriterionTerms(
                kind=row.kind.data,
                text=row.text.data or {},
                course=by_id.get(row.course.data),
                needs_file=row.needs_file.data,
                at_first=row.at_first.data,
                at_renewal=row.at_renewal.data,
            )
            for row in self.rows()
        ]


class NewRuleForm(RuleForm):
    """A new certification."""

    key = TextField(
        _l("Key"), most=60, checks=(KEY,),
        hint=_l("Names the certification for ever, such as complaints_licence."),
    )  # fmt: skip


def rule_form(
    version: CertificationVersion | None,
    *,
    categories: Sequence[CreditCategory],
    courses: Sequence[Course],
    others: Sequence[Certification],
) -> RuleForm:
    """The form of a new certification, or of one that has a version, with what can be chosen."""
    base: type[RuleForm] = RuleForm if version else NewRuleForm
    minima = {
        f"minimum_{one.key}": Hours(i18n.words(one.name), most=MOST_HOURS * MINUTES, optional=True)
        for one in categories
    }
    kind: type[RuleForm] = type("Rule", (base,), minima)
    form = kind(data=_shown(version) if version else {"criteria": [{}]})
    form.prerequisites.offer = [
        (one.id, i18n.words(one.current.name)) for one in others if one.current
    ]
    if version and not form.is_submitted():
        form.prerequisites.process_data([row.required_id for row in version.prerequisites])
    offer_courses(form, courses)
    return form


def offer_courses(form: RuleForm, courses: Sequence[Course]) -> None:
    """Let every row choose among the courses."""
    offer = [(course.id, i18n.words(course.title)) for course in courses]
    for field in form.criteria:
        field.form.course.offer = offer


def _shown(version: CertificationVersion) -> dict[str, Any]:
    names = (*PLAIN, "name", "description", "grace_days", "needs_check")
    return {
        **{name: getattr(version, name) for name in names},
        "least_months": version.least_months or None,
        "renewal_minutes": version.renewal_minutes or None,
        **{f"minimum_{key}": minutes for key, minutes in version.renewal_minima.items()},
        "criteria": [_row(criterion) for criterion in version.criteria] or [{}],
    }


def _row(criterion: Criterion) -> dict[str, Any]:
    names = ("kind", "text", "needs_file", "at_first", "at_renewal")
    return {name: getattr(criterion, name) for name in names} | {"course": criterion.course_id}
