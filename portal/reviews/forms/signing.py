"""The talk with its plan, the signature, and reasons for what HR does."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField

from portal.core.forms import DateBox, Form, LongText, Radios, TextField, VersionField
from portal.reviews.models import Review
from portal.reviews.operations.signing import MOST_STEPS, Step
from portal.reviews.packet import plan_of

EMPTY_ROWS = 2


class StepRow(Form):
    """One step of the plan; without words it does not count."""

    class Meta(Form.Meta):
        """The form around it has the token."""

        csrf = False

    what = TextField(_l("What"), optional=True, most=200)
    how = TextField(_l("How, and who helps"), optional=True, most=500)
    due_on = DateBox(_l("Until"), optional=True)


class TalkForm(Form):
    """What the talk came to, and the steps that follow."""

    summary = LongText(_l("What the talk came to"), rows=6, optional=True)
    steps = FieldList(FormField(StepRow), label=_l("Steps"))
    version = VersionField()

    def plan(self) -> list[Step]:
        """The steps that count."""
        rows = [field.form for field in self.steps]
        return [
            Step(row.what.data, row.how.data or "", row.due_on.data)
            for row in rows
            if row.what.data
        ]


def talk_form(review: Review, *, summary: bool) -> TalkForm:
    """What stands there, and empty rows for more; the summary only for who writes it."""
    known: list[dict[str, Any]] = [
        {"what": line.what, "how": line.how, "due_on": line.due_on}
        for line in plan_of(review.development)
    ]
    rows = [*known, *({} for _row in range(EMPTY_ROWS))][: max(MOST_STEPS, len(known))]
    data = {"summary": review.summary, "steps": rows, "version": review.version}
    form = TalkForm(data=data)
    if not summary:
        del form.summary
    return form


AGREES = (
    ("yes", _l("I have read it, we have talked about it, and I agree.")),
    ("no", _l("I have read it and we have talked about it. I do not agree.")),
)


class SignForm(Form):
    """A signature with words; who does not agree says what they see differently."""

    agrees = Radios(_l("Your signature"), AGREES)
    comment = LongText(_l("Your words under the review"), rows=4, optional=True, most=4000)


class ReasonForm(Form):
    """Why a signed review is reopened."""

    reason = LongText(_l("Why is it reopened?"), rows=3, most=2000)


class NoteForm(Form):
    """Why a review stays unsigned."""

    note = LongText(_l("Why does it stay unsigned?"), rows=3, most=2000)
