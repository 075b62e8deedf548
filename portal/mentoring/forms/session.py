"""Sessions: when and where, what was said, what was agreed, what the mentor saw."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from flask_babel import lazy_gettext as _l

from portal.core.forms import (
    Choice,
    DateBox,
    DateTimeLocal,
    Form,
    LongText,
    TextField,
    VersionField,
    WholeNumber,
)
from portal.mentoring.models import MentoringSession
from portal.mentoring.operations import Plan


class PlanForm(Form):
    """When and where two people meet."""

    version = VersionField()
    starts_at = DateTimeLocal(_l("Begins"))
    minutes = WholeNumber(_l("Minutes"), least=15, most=480)
    place = TextField(_l("Place"), most=200, hint=_l("A room, or the link of a video call."))
    agenda = LongText(
        _l("What to talk about"), rows=4, most=5000, optional=True,
        hint=_l("Only the two of you can read it."),
    )  # fmt: skip

    def plan(self) -> Plan:
        """What the operations take."""
        return Plan(
            starts_at=cast("datetime", self.starts_at.data),
            minutes=int(self.minutes.data or 0),
            time_zone=self.starts_at.time_zone.key,
            place=self.place.data,
            agenda=(self.agenda.data or "") if "agenda" in self else "",
        )


def plan_data(session: MentoringSession) -> dict[str, Any]:
    """A session as the form shows it."""
    names = ("version", "starts_at", "minutes", "place")
    return {name: getattr(session, name) for name in names}


class WordsForm(Form):
    """Agenda and notes, saved while they are written."""

    version = VersionField()
    agenda = LongText(_l("What to talk about"), rows=5, most=5000, optional=True)
    notes = LongText(_l("Notes"), rows=9, most=10_000, optional=True)


class ActionForm(Form):
    """What one of the two does."""

    title = TextField(_l("What"), most=200)
    owner = Choice(_l("Who"))
    due_on = DateBox(_l("Until"), optional=True)

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - see WTForms
        super().__init__(prefix="do-", **options)


class ObserveForm(Form):
    """The level of a goal the mentor saw; the view says which goals there are."""

    competency = Choice(_l("Goal"))
    level = WholeNumber(_l("Level"), least=1, most=5)
    note = LongText(
        _l("What you saw"), rows=3, most=2000,
        hint=_l("It goes into the ledger: the mentee, HR and their manager read it."),
    )  # fmt: skip

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - see WTForms
        super().__init__(prefix="saw-", **options)
