"""Setting 1:1s up, moving them, and what is put into them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core import clock
from portal.core.db import db
from portal.core.forms import (
    Choice,
    DateBox,
    DateTimeLocal,
    EmailBox,
    Form,
    LongText,
    TextField,
    VersionField,
    WholeNumber,
)
from portal.core.i18n import fold
from portal.meetings import queries
from portal.meetings.models import MeetingSeries
from portal.meetings.operations.series import Plan
from portal.meetings.states import Rhythm
from portal.people.models import Person
from portal.people.queries import person_with_email

GROUPS = {0: _l("Your people"), 1: _l("Your manager"), 2: _l("Colleagues of your team")}
NOTES = 20_000


class PlanForm(Form):
    """How often two people meet, from when on, and where."""

    version = VersionField()
    rhythm = Choice(_l("How often"), Rhythm)
    first_at = DateTimeLocal(_l("Next meeting"))
    minutes = WholeNumber(_l("Minutes"), least=5, most=480)
    place = TextField(
        _l("Place or link"), most=200, optional=True, hint=_l("A room, or a link to a call.")
    )

    def plan(self, time_zone: str) -> Plan:
        """What was filled in."""
        assert self.first_at.data is not None
        return Plan(
            rhythm=self.rhythm.data,
            first_at=self.first_at.data,
            minutes=int(self.minutes.data or 0),
            time_zone=time_zone,
            place=self.place.data or "",
        )


class SeriesForm(PlanForm):
    """The same with whom to meet: somebody near, or anybody by their address at work."""

    person = Choice(_l("With whom"), optional=True, empty=_l("Somebody else"))
    email = EmailBox(
        _l("E-mail of somebody else"), optional=True,
        hint=_l("Their address at work. They are asked whether they would like to."),
    )  # fmt: skip

    def offer(self, person_id: int) -> None:
        """Offer those one is likely to meet."""
        rows = db.session.execute(queries.near(person_id, clock.today()))
        self.person.offer = [(row.id, row.display_name, GROUPS[kind]) for row, kind in rows]

    def chosen(self) -> Person | None:
        """Whom to meet; ``None`` if nobody is found, and the field says so."""
        if self.person.data is not None:
            return db.session.get_one(Person, self.person.data)
        if not self.email.data:
            self.person.errors = [_("Choose somebody, or write their e-mail address.")]
            return None
        found: Person | None = db.session.scalar(person_with_email(fold(self.email.data)))
        if found is None or found.employment_on(clock.today()) is None:
            self.email.errors = [_("Nobody who works here has this address.")]
            return None
        return found


def fresh_data(time_zone: str) -> dict[str, Any]:
    """The next working day but one at ten, half an hour, every two weeks."""
    local = clock.now().astimezone(ZoneInfo(time_zone))
    day = local.date() + timedelta(days=2)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    first = datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo(time_zone))
    return {"rhythm": Rhythm.FORTNIGHTLY, "first_at": first, "minutes": 30}


def data_of(series: MeetingSeries, next_at: datetime | None) -> dict[str, Any]:
    """What the form shows of a series."""
    return {
        "version": series.version,
        "rhythm": series.rhythm,
        "first_at": next_at or series.first_at,
        "minutes": series.minutes,
        "place": series.place,
    }


class MoveForm(Form):
    """Another time or place for one meeting."""

    version = VersionField()
    starts_at = DateTimeLocal(_l("Begins"))
    minutes = WholeNumber(_l("Minutes"), least=5, most=480)
    place = TextField(
        _l("Place or link"), most=200, optional=True, hint=_l("A room, or a link to a call.")
    )


class ItemForm(Form):
    """Something to talk about."""

    text = TextField(_l("What to talk about"), most=300)


class ActionForm(Form):
    """What one of the two will do."""

    title = TextField(_l("What will be done"), most=300)
    owner = Choice(_l("Who"))
    due_on = DateBox(_l("Until"))


class NotesForm(Form):
    """What both write down."""

    version = VersionField()
    notes = LongText(_l("Shared notes"), rows=8, most=NOTES, optional=True)


class PrivateNotesForm(Form):
    """What one writes for oneself; it stands on a page beside the other."""

    version = VersionField()
    own = LongText(_l("Private notes"), rows=5, most=NOTES, optional=True)
