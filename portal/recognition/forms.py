"""Writing thanks, hiding them, wording values."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.core.forms import (
    Form,
    LongText,
    MultiChoice,
    Radios,
    TextField,
    VersionField,
    WordsField,
)
from portal.recognition.models import LEAST, MOST
from portal.recognition.states import ThanksVisibility


class ThanksForm(Form):
    """What somebody is thanked for; whom the form offers, the view says."""

    find = TextField(
        _l("Find a colleague"), optional=True, most=100, hint=_l("A part of the name is enough.")
    )
    receivers = MultiChoice(_l("Whom do you thank?"), missing=_l("Choose whom you thank."))
    message = LongText(
        _l("What for?"), rows=5, least=LEAST, most=MOST,
        hint=_l("Say what they did and what it changed."),
    )  # fmt: skip
    values = MultiChoice(
        _l("Which of our values does it show?"), missing=_l("Choose at least one value.")
    )
    visibility = Radios(_l("Who may read it?"), ThanksVisibility)


class ChangeForm(Form):
    """A correction: those thanked stay the same."""

    version = VersionField()
    message = LongText(_l("What for?"), rows=5, least=LEAST, most=MOST)
    values = MultiChoice(
        _l("Which of our values does it show?"), missing=_l("Choose at least one value.")
    )
    visibility = Radios(_l("Who may read it?"), ThanksVisibility)


class HideForm(Form):
    """Why a thanks goes off the wall."""

    version = VersionField()
    reason = LongText(
        _l("Reason"), rows=3, most=500, hint=_l("The writer reads it. It stays in the trail.")
    )


class ValueForm(Form):
    """One of the organisation's values."""

    version = VersionField()
    name = WordsField(_l("Name"), most=60)
    description = WordsField(_l("What it looks like at work"), long=True, most=500)
