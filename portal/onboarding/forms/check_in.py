"""The forms of a check-in; one page holds them all, so each has a prefix of its own."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.core.forms import Choice, DateBox, Form, LongText, TextField
from portal.onboarding.states import TaskOwner

TALKERS = (TaskOwner.HIRE, TaskOwner.MANAGER)


class WordsForm(Form):
    """What the hire or the manager says."""

    words = LongText(_l("Your words"), most=5000, rows=7)

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - see WTForms
        super().__init__(prefix="say-", **options)


class AgreeForm(Form):
    """One thing both agree to do."""

    title = TextField(_l("What"), most=200)
    owner = Choice(_l("Who"), TALKERS)
    due_on = DateBox(_l("Until"))

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - see WTForms
        super().__init__(prefix="agree-", **options)


class HeldForm(Form):
    """When both met."""

    held_on = DateBox(_l("Held on"))

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - see WTForms
        super().__init__(prefix="held-", **options)
