"""A session of a pair as an entry in the calendar of one of the two."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext as _

from portal.core import invitations
from portal.mentoring.models import MentoringSession
from portal.mentoring.states import MeetingState
from portal.people.models import Person


def event(
    session: MentoringSession, reader: Person, *, cancelled: bool = False
) -> invitations.Event:
    """The session in the present language; agenda and notes stay in the portal."""
    other = session.pair.other_of(reader.id)
    made = invitations.Event(
        uid=session.uid,
        sequence=session.sequence,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        time_zone=session.time_zone,
        summary=_("Mentoring with %(who)s", who=other.display_name),
        place=session.place,
    )
    return replace(made, cancelled=cancelled or session.state is MeetingState.CANCELLED)


def zones_shown(session: MentoringSession, own: str | None) -> list[str]:
    """Whose clocks a time is shown on: the session's and the reader's ``own``."""
    return list(dict.fromkeys([session.time_zone, own or session.time_zone]))
