"""Plans with their measures, starting a run, yearly pay, reasons."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField

from portal.bonuses.models import BonusMeasure, BonusPlanVersion
from portal.bonuses.operations import PlanTerms, Weighed
from portal.bonuses.states import BaseKind, FailedGate, Period, SmallSample
from portal.core.forms import (
    Choice,
    DecimalNumber,
    Form,
    LongText,
    MoneyBox,
    MultiChoice,
    Radios,
    Tick,
    VersionField,
    WordsField,
)
from portal.metrics.models import PLACES
from portal.people.forms import choices

Offer = list[tuple[Any, str]]
EMPTY_ROWS = 4
MOST = 10_000_000


def _figure(label: Any, **options: Any) -> DecimalNumber:  # noqa: ANN401 - as DecimalNumber takes
    return DecimalNumber(label, digits=PLACES, least=-MOST, most=MOST, optional=True, **options)


def _share(label: Any, **options: Any) -> DecimalNumber:  # noqa: ANN401 - as above
    return DecimalNumber(label, digits=2, most=1000, **options)


class MeasureRow(Form):
    """One measure; a row without a metric does not count."""

    class Meta(Form.Meta):
        """The form around it has the token."""

        csrf = False

    metric = Choice(_l("Metric"), optional=True)
    weight = _share(_l("Weight (per cent)"), optional=True)
    threshold = _figure(_l("Threshold"))
    target = _figure(_l("Target"))
    maximum = _figure(_l("Maximum"))
    at_threshold = _share(_l("Threshold pays (per cent)"), optional=True, default=Decimal(50))
    at_target = _share(_l("Target pays (per cent)"), optional=True, default=Decimal(100))
    at_maximum = _share(_l("Maximum pays (per cent)"), optional=True, default=Decimal(150))
    remove = Tick(_l("Take this row away"))

    def weighed(self) -> Weighed:
        """What the operation takes; an empty field counts as nothing."""
        names = (
            "weight", "threshold", "target", "maximum", "at_threshold", "at_target", "at_maximum",
        )  # fmt: skip
        values = {name: Decimal(self[name].data or 0) for name in names}
        return Weighed(metric_id=self.metric.data, **values)


class PlanForm(Form):
    """What a plan says."""

    version = VersionField()
    name = WordsField(_l("Name"), most=120)
    period = Radios(_l("How often"), Period, default=Period.QUARTER)
    roles = MultiChoice(_l("For which roles"), choices.roles)
    team = Choice(
        _l("Team"), choices.teams, optional=True, empty=_l("Every team"),
        hint=_l("With every team below it."),
    )  # fmt: skip
    site = Choice(_l("Site"), choices.sites, optional=True, empty=_l("Every site"))
    currency = Choice(_l("Currency"), choices.currencies)
    base = Radios(_l("What is paid at target"), BaseKind, default=BaseKind.PERCENT)
    percent = _share(
        _l("Share of yearly pay (per cent)"), optional=True,
        hint=_l("For a whole year. A quarter pays a fourth of it."),
    )  # fmt: skip
    amount = MoneyBox(
        _l("Fixed amount"), optional=True, least=1, hint=_l("For each period, at target.")
    )
    measures = FieldList(FormField(MeasureRow), label=_l("Measures"))
    cap = _share(_l("Cap (per cent)"), default=Decimal(150), hint=_l("Of the whole payout."))
    small_sample = Radios(
        _l("A measure with too few cases"), SmallSample, default=SmallSample.LEAVE_OUT
    )
    needs_conduct = Tick(_l("No open corrective action on the last day"))
    needs_certificates = Tick(_l("All mandatory certificates in force on the last day"))
    attendance = Choice(
        _l("Metric of attendance"), optional=True, empty=_l("Attendance does not matter")
    )
    attendance_least = _figure(_l("Least attendance"))
    failed_gate = Radios(_l("If one of these is not kept"), FailedGate, default=FailedGate.ZERO)
    managers_see = Tick(
        _l("Managers and leads read the statements of their people"),
        hint=_l("Without it only the person and HR do."),
    )

    def offer(self, metrics: Offer) -> None:
        """Let the rows choose among the metrics in use, and read the amount in its currency."""
        self.attendance.offer = metrics
        for row in self.measures:
            row.form.metric.offer = metrics
        if self.currency.data:
            self.amount.currency = self.currency.data

    def terms(self) -> PlanTerms:
        """What the operation takes."""
        fixed = self.base.data is BaseKind.FIXED
        rows = (field.form for field in self.measures)
        return PlanTerms(
            name=self.name.data,
            period=self.period.data,
            currency=self.currency.data,
            base=self.base.data,
            measures=tuple(
                row.weighed() for row in rows if row.metric.data and not row.remove.data
            ),
            roles=tuple(self.roles.data),
            percent=None if fixed else _decimal(self.percent.data),
            amount=minor(self.amount) if fixed else None,
            cap=Decimal(self.cap.data or 0),
            small_sample=self.small_sample.data,
            failed_gate=self.failed_gate.data,
            needs_conduct=self.needs_conduct.data,
            needs_certificates=self.needs_certificates.data,
            attendance_id=self.attendance.data,
            attendance_least=_decimal(self.attendance_least.data),
            managers_see=self.managers_see.data,
            team_id=self.team.data,
            site_id=self.site.data,
        )


def _decimal(value: Any) -> Decimal | None:  # noqa: ANN401 - what a field holds
    return None if value is None else Decimal(value)


def minor(field: MoneyBox) -> int | None:
    """An amount in minor units, if there is one."""
    return None if field.data is None else int(field.data)


def plan_form(version: BonusPlanVersion | None, metrics: Offer) -> PlanForm:
    """A plan as it is, and empty rows for more."""
    form = PlanForm(data=_data_of(version))
    form.offer(metrics)
    return form


def _data_of(version: BonusPlanVersion | None) -> dict[str, Any]:
    if version is None:
        return {"measures": [{} for _row in range(EMPTY_ROWS)]}
    names = (
        "name", "period", "roles", "currency", "base", "percent", "amount", "cap", "small_sample",
        "needs_conduct", "needs_certificates", "attendance_least", "failed_gate", "managers_see",
    )  # fmt: skip
    return {name: getattr(version, name) for name in names} | {
        "version": version.number,
        "team": version.team_id,
        "site": version.site_id,
        "attendance": version.attendance_id,
        "measures": [*_rows(version.measures), {}],
    }


def _rows(measures: Sequence[BonusMeasure]) -> list[dict[str, Any]]:
    names = (
        "weight", "threshold", "target", "maximum", "at_threshold", "at_target", "at_maximum",
    )  # fmt: skip
    return [
        {name: getattr(row, name) for name in names} | {"metric": row.metric_id} for row in measures
    ]


class RunForm(Form):
    """Which period is run."""

    period = Choice(_l("Period"))


class PayForm(Form):
    """The yearly pay of one person, or why they are left out."""

    version = VersionField()
    pay = MoneyBox(_l("Yearly pay"), optional=True)
    left_out = Tick(_l("Leave this person out of the run"))
    reason = LongText(_l("Why?"), rows=3, most=1000, optional=True)


class PaysForm(Form):
    """The yearly pay of many at once."""

    lines = LongText(
        _l("A line for each person"), rows=10, most=200_000,
        hint=_l("E-mail address and yearly pay, as copied from a table with two columns."),
    )  # fmt: skip


class NoteForm(Form):
    """Why a run is sent back."""

    note = LongText(_l("What is to be put right?"), rows=3, most=2000)


class CorrectionForm(Form):
    """Why a statement is worked out again, and perhaps another yearly pay."""

    reason = LongText(_l("Reason"), rows=3, most=1000, hint=_l("The person reads it."))
    pay = MoneyBox(_l("Yearly pay"), optional=True, hint=_l("Empty if it stays as it is."))
