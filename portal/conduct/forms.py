"""What is written about a corrective action: by those in charge, and by the person."""

from __future__ import annotations

from typing import Any, cast

from flask_babel import lazy_gettext as _l

from portal.conduct.models import CorrectiveAction
from portal.conduct.operations import Terms
from portal.conduct.states import ActionKind, Outcome
from portal.core import clock
from portal.core.forms import (
    DateBox,
    Form,
    LongText,
    Radios,
    VersionField,
    WholeNumber,
)

MOST = 4000


class ActionForm(Form):
    """What happened, what is expected, by when, and with which support."""

    version = VersionField()
    kind = Radios(_l("Kind"), ActionKind)
    facts = LongText(
        _l("What happened"), most=MOST, rows=6,
        hint=_l("Facts with their days, no judgements. The person reads every word."),
    )  # fmt: skip
    expected = LongText(_l("What is expected from now on"), most=MOST, rows=5)
    support = LongText(
        _l("Support offered"), most=MOST, rows=3, optional=True,
        hint=_l("Training, time, a colleague to ask."),
    )  # fmt: skip
    due_on = DateBox(_l("Until when"))
    follow_up_on = DateBox(_l("First talk about it"), optional=True)
    months = WholeNumber(
        _l("Counts for so many months"), least=1, most=60, default=12,
        hint=_l("From the day it is confirmed. Afterwards it no longer counts, however it ended."),
    )  # fmt: skip

    def terms(self) -> Terms:
        """What the operations take."""
        return Terms(
            kind=self.kind.data,
            facts=self.facts.data,
            expected=self.expected.data,
            support=self.support.data or "",
            due_on=cast("Any", self.due_on.data),
            follow_up_on=self.follow_up_on.data,
            months=int(self.months.data or 12),
        )


def data_of(action: CorrectiveAction) -> dict[str, Any]:
    """An action as the form shows it."""
    names = ("version", "kind", "facts", "expected", "support", "due_on", "follow_up_on", "months")
    return {name: getattr(action, name) for name in names}


class SendBackForm(Form):
    """Why it is sent back."""

    note = LongText(_l("What is to be put right?"), most=2000, rows=3)


class TalkForm(Form):
    """A talk, and when the next one is."""

    held_on = DateBox(_l("Day of the talk"), default=clock.today)
    said = LongText(_l("What was said"), most=MOST, rows=4)
    next_on = DateBox(_l("Next talk"), optional=True)


class AcknowledgeForm(Form):
    """The person's own words."""

    version = VersionField()
    statement = LongText(
        _l("Your own statement"), most=MOST, rows=5, optional=True,
        hint=_l("It stays beside the text above. Those who answer for you and HR read it."),
    )  # fmt: skip


class CloseForm(Form):
    """How it ended."""

    outcome = Radios(_l("How did it end?"), Outcome)
    why = LongText(
        _l("Why?"), most=2000, rows=3, optional=True,
        hint=_l("Needed unless what was expected was met. The person reads it."),
    )  # fmt: skip
