"""When and where a session is, who teaches it, who came and how they did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms import (
    Choice,
    DateTimeLocal,
    EmailBox,
    Form,
    TextField,
    Tick,
    VersionField,
    WholeNumber,
)
from portal.core.i18n import fold
from portal.people import queries as people
from portal.people.forms import choices
from portal.people.models import Person, Site
from portal.training.models import CourseSession, Enrolment
from portal.training.operations import Plan
from portal.training.states import EnrolmentState


class SessionForm(Form):
    """A session; its times are on the clock of its site, without one on that of ``set_zone``."""

    version = VersionField()
    site = Choice(_l("Site"), choices.sites, optional=True, empty=_l("None: it is online"))
    starts_at = DateTimeLocal(_l("Begins"))
    ends_at = DateTimeLocal(_l("Ends"))
    place = TextField(
        _l("Place"), most=250, hint=_l("A room, or the link of a video call. Participants see it.")
    )
    trainer_email = EmailBox(
        _l("E-mail of the trainer"), optional=True, hint=_l("Of a colleague who teaches.")
    )
    trainer_name = TextField(
        _l("Name of the trainer"), most=120, optional=True, hint=_l("Of somebody from outside.")
    )
    language = Choice(_l("Language"), choices.languages)
    seats = WholeNumber(_l("Seats"), least=1, most=1000)

    def set_zone(self, default: str) -> None:
        """Read the times on the clock of the chosen site."""
        site = db.session.get(Site, self.site.data) if self.site.data else None
        zone = site.time_zone if site else default
        self.starts_at.time_zone = zone
        self.ends_at.time_zone = zone

    def plan(self) -> Plan:
        """What the operations take.

        Raises:
            Refused: if nobody has the trainer's address.
        """
        return Plan(
            site=db.session.get(Site, self.site.data) if self.site.data else None,
            time_zone=self.starts_at.time_zone.key,
            starts_at=cast("datetime", self.starts_at.data),
            ends_at=cast("datetime", self.ends_at.data),
            place=self.place.data,
            trainer=_colleague(self.trainer_email.data),
            trainer_name=self.trainer_name.data or "",
            language=self.language.data,
            seats=int(self.seats.data or 0),
        )


def _colleague(email: str | None) -> Person | None:
    if not email:
        return None
    person = db.session.scalar(people.person_with_email(fold(email)))
    if person is None or not person.employments:
        raise Refused(_("No colleague has this address."), "trainer_email")
    return person


def plan_data(session: CourseSession) -> dict[str, Any]:
    """A session as ``SessionForm`` shows it."""
    names = ("version", "starts_at", "ends_at", "place", "trainer_name", "language", "seats")
    data: dict[str, Any] = {name: getattr(session, name) for name in names}
    data["site"] = session.site_id
    return data | {"trainer_email": session.trainer.email if session.trainer else ""}


class ResultsForm(Form):
    """Attendance and results; ``results_form`` adds the fields of each participant."""

    version = VersionField()

    def present(self, rows: Sequence[Enrolment]) -> list[int]:
        """The enrolments of who came.

        Raises:
            Refused: at its field, if somebody has a score who did not come.
        """
        came = [row.id for row in rows if self._data(f"present_{row.id}")]
        for key in self.scores(rows):
            if key not in came:
                raise Refused(_("Tick that this person came, or take the score away."),
                              f"score_{key}")  # fmt: skip
        return came

    def scores(self, rows: Sequence[Enrolment]) -> dict[int, int]:
        """The scores that were filled in, by enrolment."""
        found = {row.id: self._data(f"score_{row.id}") for row in rows}
        return {key: int(score) for key, score in found.items() if score is not None}

    def _data(self, name: str) -> Any:  # noqa: ANN401 - of either kind of field
        return self[name].data if name in self else None


def results_form(session: CourseSession, rows: Sequence[Enrolment]) -> ResultsForm:
    """A tick, and with a test a score, for everyone of whom something is still open."""
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {"version": session.version}
    for row in rows:
        if row.state not in {EnrolmentState.ENROLLED, EnrolmentState.ABSENT}:
            continue
        name = row.person.display_name
        fields[f"present_{row.id}"] = Tick(_l("%(who)s came", who=name))
        data[f"present_{row.id}"] = bool(row.attempts)
        if session.course.pass_mark is not None:
            label = _l("Score of %(who)s in per cent", who=name)
            fields[f"score_{row.id}"] = WholeNumber(label, most=100, optional=True)
    kind: type[ResultsForm] = type("ResultsOfSession", (ResultsForm,), fields)
    return kind(data=data)
