"""Proposing how a probation ends, and sending a proposal back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.core.forms import DateBox, Form, LongText, Radios
from portal.onboarding.states import ProbationOutcome

OUTCOMES = (
    (ProbationOutcome.PASS, _l("Passed: the employment goes on")),
    (ProbationOutcome.EXTEND, _l("Extend the probation until a later day")),
    (ProbationOutcome.END, _l("Do not continue the employment")),
)


class ProbationForm(Form):
    """What is proposed, and why."""

    outcome = Radios(_l("What do you propose?"), OUTCOMES)
    until = DateBox(
        _l("Day"),
        optional=True,
        hint=_l(
            "The new last day of the probation, or the last day of work. Not needed if passed."
        ),
    )
    reason = LongText(
        _l("Why?"),
        most=4000,
        rows=6,
        hint=_l("What you saw, with examples. For HR and the file; the person does not read it."),
    )
    message = LongText(_l("A few words to the person"), most=1500, rows=3, optional=True)


class ReturnForm(Form):
    """Why HR sends a proposal back."""

    note = LongText(_l("What should be different?"), most=2000, rows=3)
