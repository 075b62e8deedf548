"""Screening: a question for each criterion, then the decision."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.core.forms import Choice, Form, LongText, Radios, VersionField
from portal.core.i18n import words
from portal.hiring.models import Application, ScreeningCriteria
from portal.hiring.states import OverrideReason

VALUES = [
    (0, _l("0: nothing of it")),
    (1, _l("1: a little")),
    (2, _l("2: partly")),
    (3, _l("3: largely")),
    (4, _l("4: fully")),
]
YES_NO = [(True, _l("Yes")), (False, _l("No"))]


class ScreeningForm(Form):
    """What stays the same for all criteria; ``screening_form`` adds the questions."""

    override_reason = Choice(
        _l("Why do you decide against the score?"), OverrideReason, optional=True
    )
    note = LongText(_l("What doesn't the score show?"), rows=3, most=2000, optional=True)
    version = VersionField()

    must_names: list[str]
    weighted_names: list[str]
    keys: dict[str, str]

    def answers(self) -> dict[str, object]:
        """Each criterion's answer by its key; what has no answer is left out."""
        data = {key: self[name].data for name, key in self.keys.items()}
        return {key: value for key, value in data.items() if value is not None}


def screening_form(criteria: ScreeningCriteria, application: Application) -> ScreeningForm:
    """The form for one version of the criteria; must-haves begin with what the candidate said."""
    musts = {f"must_{place}": item for place, item in enumerate(criteria.must_haves)}
    weighted = {f"weighted_{place}": item for place, item in enumerate(criteria.weighted)}
    fields: dict[str, Any] = {
        name: Radios(words(item["text"]), YES_NO, missing=_l("Say yes or no."))
        for name, item in musts.items()
    }
    fields |= {
        name: Radios(words(item["text"]), VALUES, missing=_l("Choose a value from 0 to 4."))
        for name, item in weighted.items()
    }
    said = {name: application.answers.get(item["key"]) for name, item in musts.items()}
    form: ScreeningForm = type("CriteriaForm", (ScreeningForm,), fields)(
        data={**said, "version": application.version}
    )
    form.must_names, form.weighted_names = list(musts), list(weighted)
    form.keys = {name: item["key"] for name, item in (musts | weighted).items()}
    return form
