"""Writing goals down, answering them, checking in on them, and closing them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core import clock, i18n
from portal.core.db import db
from portal.core.errors import Stale
from portal.core.forms import (
    Choice,
    DateBox,
    DecimalNumber,
    Form,
    LongText,
    Radios,
    TextField,
    VersionField,
    WholeNumber,
    check_version,
    refusal_to_field,
)
from portal.goals.models import Goal, GoalChange
from portal.goals.states import Measure, Standing
from portal.goals.terms import Terms
from portal.metrics import queries as metrics
from portal.metrics.models import PLACES

MOST = 100_000_000
MOST_STEPS = 100


def _amount(label: Any, **options: Any) -> DecimalNumber:  # noqa: ANN401 - as DecimalNumber takes
    return DecimalNumber(label, digits=PLACES, least=-MOST, most=MOST, optional=True, **options)


def _metrics() -> list[tuple[int, str]]:
    rows = db.session.scalars(metrics.metrics_in_use())
    return [(row.id, i18n.words(row.definition.name)) for row in rows]


class GoalForm(Form):
    """The terms of a goal; of the three ways to measure only the chosen one is looked at."""

    version = VersionField()
    title = TextField(
        _l("Goal in a few words"), most=200, hint=_l("What will be different when it is reached?")
    )
    why = LongText(
        _l("Why this goal"), rows=2, most=2000, optional=True,
        hint=_l("What it is good for: customers, the team, you."),
    )  # fmt: skip
    description = LongText(_l("Description"), rows=4, most=5000, optional=True)
    weight = WholeNumber(
        _l("Weight"), most=100,
        hint=_l("The goals of the same time may weigh a hundred per cent together."),
    )  # fmt: skip
    parent = Choice(
        _l("Contributes to"), optional=True, empty=_l("No other goal"),
        hint=_l("A goal of the manager, of the team, or another one of the same person."),
    )  # fmt: skip
    starts_on = DateBox(_l("First day"))
    ends_on = DateBox(_l("Last day"))
    measure = Radios(_l("How one can tell"), Measure)
    steps = WholeNumber(_l("Number of steps"), least=1, most=MOST_STEPS, optional=True)
    start = _amount(_l("Value now"))
    target = _amount(_l("Value to reach"))
    unit = TextField(_l("Unit"), most=40, optional=True, hint=_l("Such as calls or articles."))
    metric = Choice(_l("Metric"), _metrics, optional=True, empty=_l("No metric"))
    metric_target = _amount(
        _l("Figure to reach"), hint=_l("In the unit of the metric: 87 for 87 per cent.")
    )
    reason = LongText(_l("Why it should change"), rows=2, most=1000)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - as in WTForms
        """Ask for what the chosen way to measure needs."""
        whole = bool(super().validate(extra_validators))
        for name in _NEEDED.get(self.measure.data, ()):
            field = self[name]
            if field.data is None and not field.errors:
                field.errors = [_("Fill this in.")]
                whole = False
        return whole

    def terms(self, before: Goal | None = None) -> Terms:
        """What was filled in; a metric that stays keeps where it started from."""
        shared: dict[str, Any] = {
            name: self[name].data for name in ("title", "why", "description", "starts_on",
                                               "ends_on", "measure")
        }  # fmt: skip
        shared["weight"] = self.weight.data if "weight" in self else 0
        shared["parent_id"] = self.parent.data
        return Terms(**shared, **self._measured(before))

    def _measured(self, before: Goal | None) -> dict[str, Any]:
        if self.measure.data is Measure.STEPS:
            return {"start": Decimal(0), "target": Decimal(self.steps.data or 0)}
        if self.measure.data is Measure.NUMBER:
            return {
                "start": _decimal(self.start.data),
                "target": _decimal(self.target.data),
                "unit": self.unit.data,
            }
        same = before is not None and before.metric_id == self.metric.data
        return {
            "start": before.start if same and before is not None else None,
            "target": _decimal(self.metric_target.data),
            "metric_id": self.metric.data,
        }


_NEEDED: dict[Any, tuple[str, ...]] = {
    Measure.STEPS: ("steps",),
    Measure.NUMBER: ("start", "target"),
    Measure.METRIC: ("metric", "metric_target"),
}


def _decimal(value: Any) -> Decimal:  # noqa: ANN401 - a number field's data
    return Decimal(value or 0)


def data_of(goal: Goal) -> dict[str, Any]:
    """What the form shows of a goal."""
    steps, metric = goal.measure is Measure.STEPS, goal.measure is Measure.METRIC
    number = not steps and not metric
    return {
        "version": goal.version,
        **{
            name: getattr(goal, name)
            for name in ("title", "why", "description", "weight", "starts_on", "ends_on", "measure")
        },
        "parent": goal.parent_id,
        "steps": int(goal.target) if steps else None,
        "start": goal.start if number else None,
        "target": goal.target if number else None,
        "unit": goal.unit,
        "metric": goal.metric_id,
        "metric_target": goal.target if metric else None,
    }


def fresh_data(today: date) -> dict[str, Any]:
    """Where a new goal begins: today, until the end of the quarter that has a month left."""
    month = (today.month - 1) // 3 * 3 + 3
    last = date(today.year + month // 12, month % 12 + 1, 1)
    if (last - today).days <= 31:
        month += 3
        last = date(today.year + month // 12, month % 12 + 1, 1)
    return {"starts_on": today, "ends_on": date.fromordinal(last.toordinal() - 1), "weight": 20,
            "measure": Measure.STEPS}  # fmt: skip


class AnswerForm(Form):
    """Yes, or no with a word on what should be different."""

    version = VersionField()
    note = LongText(_l("If not: what should be different?"), rows=2, most=2000, optional=True)


class ChangeAnswerForm(Form):
    """The same for a change; it stands on a page beside other forms."""

    version = VersionField()
    answer = LongText(_l("If not: why?"), rows=2, most=2000, optional=True)


class CheckInForm(Form):
    """How a goal stands."""

    on_day = DateBox(_l("Day"), last=clock.today)
    value = _amount(_l("Value"))
    standing = Radios(_l("How it stands"), Standing)
    note = LongText(
        _l("What happened, what is next"), rows=3, most=2000, optional=True,
        hint=_l("If it is not on track, say what is in the way."),
    )  # fmt: skip


def is_stale(form: Form, row: Goal | GoalChange) -> bool:
    """Whether somebody was faster; then the form says so and keeps what was typed."""
    try:
        check_version(form, row)
    except Stale as stale:
        refusal_to_field(form, stale)
        return True
    return False


class CloseForm(Form):
    """What came of a goal."""

    version = VersionField()
    result = WholeNumber(_l("Result"), most=100)
    outcome = LongText(
        _l("In a sentence"), rows=3, most=2000, hint=_l("The person sees it at once.")
    )


class DropForm(Form):
    """Why a goal is given up."""

    version = VersionField()
    outcome = LongText(
        _l("Why the goal is dropped"), rows=3, most=2000, hint=_l("The person sees it at once.")
    )
