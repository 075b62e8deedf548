"""Forms of nominations and of what makes nominees readier."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.forms import Choice, DateBox, Form, LongText, Radios, TextField, Tick, VersionField
from portal.core.i18n import words
from portal.succession.models import ReadinessLevel
from portal.succession.states import ActionKind, EndReason

NO_LEVEL = "none"
LATER = tuple(
    reason for reason in EndReason if reason not in {EndReason.TOOK_OVER, EndReason.POSITION}
)
"""Reasons a person gives; the others follow from what happens to the position."""


class NominationForm(Form):
    """How ready somebody is, and what that rests on."""

    version = VersionField()
    level = Radios(_l("When could they take over?"))
    is_emergency = Tick(_l("Could step in at once for some weeks"))
    reason = LongText(_l("What does this rest on?"), most=4000, rows=4)

    def offer(self, levels: Iterable[ReadinessLevel]) -> None:
        """Let the steps of the scale be chosen."""
        found: list[tuple[Any, Any]] = [(level.id, words(level.name)) for level in levels]
        self.level.offer = [*found, (NO_LEVEL, _l("Only as emergency cover"))]

    def terms(self, levels: Iterable[ReadinessLevel]) -> dict[str, Any]:
        """What the operation takes."""
        chosen = {level.id: level for level in levels}.get(self.level.data)
        return {
            "level": chosen, "is_emergency": bool(self.is_emergency.data),
            "reason": self.reason.data or "",
        }  # fmt: skip


class WordForm(Form):
    """What the second person says; which button was pressed says whether they approve."""

    note = LongText(_l("Note"), optional=True, most=2000, rows=2)


class EndForm(Form):
    """Why a nomination ends."""

    reason = Choice(_l("Reason"), LATER)
    note = LongText(_l("Note"), optional=True, most=2000, rows=2)


class SuggestForm(Form):
    """What somebody reads in their career plan."""

    title = TextField(_l("What the person reads"), most=200)
    due_on = DateBox(_l("By when"), first=lambda: clock.today(viewer().time_zone))


class ActionForm(Form):
    """What is to be done, by when; the view offers courses."""

    kind = Choice(_l("Kind"), ActionKind)
    course = Choice(_l("Course"), optional=True, empty=_l("No course"))
    text = TextField(_l("What exactly?"), optional=True, most=500)
    due_on = DateBox(_l("By when"), first=lambda: clock.today(viewer().time_zone))
