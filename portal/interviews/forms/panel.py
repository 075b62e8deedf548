"""The decision of a panel, and the paper about it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.core.forms import Choice, Form, LongText, Radios
from portal.core.i18n import NATIVE_NAMES
from portal.hiring.states import OverrideReason
from portal.interviews.states import Outcome


class DecisionForm(Form):
    """Advance or reject; reason and note when it goes against the score."""

    outcome = Radios(_l("Decision"), Outcome)
    override_reason = Choice(
        _l("Reason, if this goes against the score"), OverrideReason, optional=True
    )
    note = LongText(
        _l("Note"),
        optional=True,
        rows=3,
        hint=_l("Needed against the score. It stands in the decision record."),
    )


class RecordForm(Form):
    """The language the decision record is printed in."""

    language = Choice(_l("Language"), tuple(NATIVE_NAMES.items()))
