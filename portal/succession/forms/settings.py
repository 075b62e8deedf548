"""Forms of the readiness scale and of the organisation's settings."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.core.forms import Form, TextField, Tick, VersionField, WholeNumber, WordsField

YEARS = 120
"""Most months anything here counts."""


class SettingsForm(Form):
    """Whether nominees are told, and when plans raise an alarm."""

    tell_nominees = Tick(_l("Tell people when their nomination is approved"))
    stale_months = WholeNumber(_l("Readiness is old after"), least=1, most=YEARS)
    review_months = WholeNumber(_l("A plan is looked at every"), least=1, most=YEARS)
    stuck_months = WholeNumber(_l("Somebody stands still after"), least=1, most=YEARS)

    def terms(self) -> dict[str, Any]:
        """What the operation takes."""
        names = ("stale_months", "review_months", "stuck_months")
        return {name: self[name].data for name in names} | {
            "tell_nominees": bool(self.tell_nominees.data)
        }


class LevelForm(Form):
    """One step of the readiness scale."""

    version = VersionField()
    key = TextField(_l("Key"), most=40)
    name = WordsField(_l("Name"), most=60)
    months_from = WholeNumber(_l("From so many months"), least=0, most=YEARS)
    months_to = WholeNumber(_l("To so many months"), least=0, most=YEARS, optional=True)
    is_ready = Tick(_l("Counts as ready"))
    is_retired = Tick(_l("No longer chosen"))

    def terms(self) -> dict[str, Any]:
        """What both operations take."""
        return {
            "name": self.name.data, "months_from": self.months_from.data,
            "months_to": self.months_to.data, "is_ready": bool(self.is_ready.data),
        }  # fmt: skip
