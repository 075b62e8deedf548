"""Sessions of a pair: planned, moved, held, written down, and what was agreed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.competencies.models import Competency, Evidence
from portal.competencies.operations import add_evidence
from portal.competencies.states import EvidenceSource
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.mentoring import notices
from portal.mentoring.models import MentoringAction, MentoringPair, MentoringSession
from portal.mentoring.operations.pair import call_off
from portal.mentoring.states import MeetingState, MentoringFact, PairState

MOST_ACTIONS = 20


@dataclass(frozen=True)
class Plan:
    """When and where two people meet."""

    starts_at: datetime
    minutes: int
    time_zone: str
    place: str
    agenda: str = ""


def plan_session(pair: MentoringPair, plan: Plan, *, by: Account) -> MentoringSession:
    """Plan a session; both get it into their calendars.

    Raises:
        Refused: if the pair pauses, or the time is past.

    """
    if pair.state is not PairState.RUNNING:
        raise Refused(_("Go on with mentoring first."))
    _check_time(plan)
    session = MentoringSession(
        pair=pair, starts_at=plan.starts_at, minutes=plan.minutes, time_zone=plan.time_zone,
        place=plan.place, agenda=plan.agenda, uid=f"{uuid.uuid4()}@mentoring",
        state=MeetingState.PLANNED, sequence=0, created_at=clock.now(),
    )  # fmt: skip
    db.session.add(session)
    audit.record(MentoringFact.SESSION_PLANNED, session, by=by, about=pair.mentee_id)
    notices.session_planned(session)
    return session


def _check_time(plan: Plan) -> None:
    if plan.starts_at <= clock.now():
        raise Refused(_("Choose a time that is still to come."), "starts_at")


def change_session(session: MentoringSession, plan: Plan, *, by: Account) -> None:
    """Move a session; both calendars follow.

    Raises:
        Refused: if it is over or was called off, or the new time is past.

    """
    _require_planned(session)
    if plan.starts_at != session.starts_at:
        _check_time(plan)
    before = (session.starts_at, session.minutes, session.place)
    session.starts_at, session.minutes = plan.starts_at, plan.minutes
    session.time_zone, session.place = plan.time_zone, plan.place
    if before == (plan.starts_at, plan.minutes, plan.place):
        return
    session.sequence += 1
    audit.record(MentoringFact.SESSION_CHANGED, session, by=by, about=session.pair.mentee_id)
    notices.session_moved(session)


def _require_planned(session: MentoringSession) -> None:
    if session.state is not MeetingState.PLANNED:
        raise Refused(_("This session was held or called off already."))


def cancel_session(session: MentoringSession, *, by: Account) -> None:
    """Call it off.

    Raises:
        Refused: if it was held or called off already.

    """
    _require_planned(session)
    call_off(session, by=by)


def hold_session(session: MentoringSession, *, by: Account) -> None:
    """Say that the two have met.

    Raises:
        Refused: if it is still to come, or was held or called off already.

    """
    _require_planned(session)
    if session.starts_at > clock.now():
        raise Refused(_("This session is still to come."))
    session.state = MeetingState.HELD
    audit.record(MentoringFact.SESSION_CHANGED, session, by=by, about=session.pair.mentee_id)


def write_session(session: MentoringSession, *, agenda: str, notes: str, by: Account) -> None:
    """Keep agenda and notes; the trail learns only that somebody wrote.

    Raises:
        Refused: if it was called off.

    """
    if session.state is MeetingState.CANCELLED:
        raise Refused(_("This session was called off."))
    if (agenda, notes) == (session.agenda, session.notes):
        return
    session.agenda, session.notes = agenda, notes
    audit.record(MentoringFact.SESSION_WRITTEN, session, by=by, about=session.pair.mentee_id)


def agree_on(
    session: MentoringSession, *, title: str, owner_id: int, due_on: date | None, by: Account
) -> MentoringAction:
    """Note what one of the two does until when.

    Raises:
        Refused: if it is somebody else, the day is past, or there are too many already.

    """
    if owner_id not in session.pair.both:
        raise Refused(_("Choose one of you two."), "owner")
    if due_on is not None and due_on < clock.today(session.time_zone):
        raise Refused(_("Choose a day that is still to come."), "due_on")
    if len(session.actions) >= MOST_ACTIONS:
        raise Refused(_("Agree on fewer things: nobody remembers more than that."))
    action = MentoringAction(session=session, owner_id=owner_id, title=title, due_on=due_on)
    db.session.add(action)
    audit.record(MentoringFact.ACTION_AGREED, action, by=by, about=owner_id)
    return action


def finish_action(action: MentoringAction, *, done: bool, by: Account) -> None:
    """Tick an action off, or open it again."""
    action.done_at = clock.now() if done else None
    audit.record(MentoringFact.ACTION_DONE, action, by=by, about=action.owner_id)


def observe(
    session: MentoringSession, competency: Competency, level: int, note: str, *, by: Account
) -> Evidence:
    """Put the level of a goal the mentor saw into the mentee's ledger.

    Raises:
        Refused: if it is no goal of the two, or there is a level of this session already.

    """
    pair = session.pair
    if competency.current is None or competency.id not in {g.competency_id for g in pair.goals}:
        raise Refused(_("Choose one of your goals."), "competency")
    found = add_evidence(
        person_id=pair.mentee_id, version=competency.current, level=level,
        source=EvidenceSource.MENTORING, source_id=session.id,
        observed_on=session.starts_at.date(), note=note, by=by,
    )  # fmt: skip
    if (found.level, found.note) != (level, note):
        raise Refused(_("You have recorded a level of this goal for this session."), "competency")
    return found
