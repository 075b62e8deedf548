"""Definitions, targets, corrections, and tables of figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms.validators import Regexp

from portal.core import clock
from portal.core.forms import (
    Choice,
    DateBox,
    DecimalNumber,
    FileBox,
    Form,
    LongText,
    TextField,
    Tick,
    VersionField,
    WholeNumber,
    WordsField,
)
from portal.metrics.models import PLACES, MetricVersion
from portal.metrics.operations import Aim, Terms
from portal.metrics.states import Combining, Direction, Unit
from portal.people.forms import choices

MOST = 10_000_000
_KEY = Regexp("[a-z][a-z0-9_]*$", message=_l("Use small letters, digits and _ only."))


def _amount(label: Any, **options: Any) -> DecimalNumber:  # noqa: ANN401 - as DecimalNumber takes
    return DecimalNumber(label, digits=PLACES, least=-MOST, most=MOST, **options)


class MetricForm(Form):
    """What a metric means."""

    version = VersionField()
    key = TextField(
        _l("Key"), most=60, hint=_l("Names the metric for ever, such as csat."), checks=(_KEY,)
    )
    name = WordsField(_l("Name"), most=80)
    formula = WordsField(
        _l("How it is counted"), long=True, most=2000,
        hint=_l("In words, so that everyone knows what the figure means."),
    )  # fmt: skip
    unit = Choice(_l("Unit"), Unit)
    currency = Choice(
        _l("Currency"), choices.currencies, optional=True, empty=_l("No currency"),
        hint=_l("For money only."),
    )  # fmt: skip
    direction = Choice(_l("Direction"), Direction)
    combining = Choice(_l("Several months or people together"), Combining)
    decimals = WholeNumber(_l("Decimals"), most=PLACES)
    minimum_sample = WholeNumber(
        _l("Least cases"), least=1, most=1_000_000,
        hint=_l("A figure from fewer cases is shown and not judged."),
    )  # fmt: skip
    lowest = _amount(_l("Lowest figure that can be"), hint=_l("Imports refuse what lies below."))
    highest = _amount(_l("Highest figure that can be"), hint=_l("Imports refuse what lies above."))
    source = WordsField(_l("Where the figures come from"), most=200)

    def terms(self) -> Terms:
        """What the operations take."""
        return Terms(
            name=self.name.data,
            formula=self.formula.data,
            unit=self.unit.data,
            currency=self.currency.data or "",
            direction=self.direction.data,
            combining=self.combining.data,
            decimals=int(self.decimals.data or 0),
            minimum_sample=int(self.minimum_sample.data or 1),
            lowest=Decimal(self.lowest.data or 0),
            highest=Decimal(self.highest.data or 0),
            source=self.source.data,
        )


def data_of(version: MetricVersion | None) -> dict[str, Any]:
    """A definition as the form shows it; a new one begins with what most are."""
    if version is None:
        return {"decimals": 0, "minimum_sample": 30, "combining": Combining.MEAN}
    names = (
        "name", "formula", "unit", "currency", "direction", "combining", "decimals",
        "minimum_sample", "lowest", "highest", "source",
    )  # fmt: skip
    return {name: getattr(version, name) for name in names} | {"version": version.number}


class TargetForm(Form):
    """A target from a day on."""

    role = Choice(_l("Role"), choices.roles, optional=True, empty=_l("Every role"))
    team = Choice(
        _l("Team"), choices.teams, optional=True, empty=_l("Every team"),
        hint=_l("With every team below it. The nearest team counts, and any team before a role."),
    )  # fmt: skip
    threshold = _amount(
        _l("Threshold"), optional=True, hint=_l("From here on a figure counts as close.")
    )
    target = _amount(_l("Target"))
    maximum = _amount(_l("Maximum"), optional=True, hint=_l("From here on the target is exceeded."))
    starts_on = DateBox(_l("First day"), hint=_l("Counts for months that begin on it or later."))

    def aim(self) -> Aim:
        """What the operation takes."""
        return Aim(
            Decimal(self.target.data or 0),
            cast("Decimal | None", self.threshold.data),
            cast("Decimal | None", self.maximum.data),
        )


class EndForm(Form):
    """The last day of a target."""

    last_day = DateBox(_l("Last day"), default=clock.today)


class CorrectionForm(Form):
    """Another figure in the place of one, or none."""

    value = _amount(_l("Value"))
    sample = WholeNumber(_l("Cases"), least=1, most=1_000_000)
    take_back = Tick(_l("There is no figure for this month: take it back"))
    reason = LongText(_l("Reason"), rows=3, most=1000)


class ImportForm(Form):
    """A table of figures."""

    file = FileBox(_l("Table"), endings=(".csv", ".xlsx"))


class ReasonForm(Form):
    """Why figures are corrected."""

    reason = LongText(
        _l("Reason"), rows=2, most=1000, hint=_l("People read it beside their figure.")
    )
