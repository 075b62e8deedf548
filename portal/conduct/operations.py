"""Corrective actions: proposed by one, confirmed by another, followed up, and ended."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.conduct import notices, policy
from portal.conduct.models import CorrectiveAction, CorrectiveTalk
from portal.conduct.states import ACTION_MOVES, ActionKind, ActionState, ConductFact, Outcome
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.people import policy as people
from portal.people.models import Person


@dataclass(frozen=True)
class Terms:
    """What a corrective action says; fields as in the table."""

    kind: ActionKind
    facts: str
    expected: str
    due_on: date
    support: str = ""
    months: int = 12
    follow_up_on: date | None = None


def propose_action(person: Person, terms: Terms, *, by: Account) -> CorrectiveAction:
    """Write down a corrective action; the person learns of it once a second person agrees.

    Raises:
        Refused: if the days make no sense, the person does not work here, or it is about oneself.
    """
    if not policy.propose_action(by, person):
        raise Refused(_("Only HR and those who answer for somebody can do this."))
    if person.employment_on(clock.today(by.time_zone)) is None:
        raise Refused(_("This person does not work here today."))
    _check_days(terms, by)
    action = CorrectiveAction(
        person=person,
        **vars(terms),
        by_hr=not people.answers_for(by, person),
        proposed_by=by,
        proposed_at=clock.now(),
        state=ActionState.PROPOSED,
    )
    db.session.add(action)
    audit.record(ConductFact.PROPOSED, action, by=by, about=person.id)
    notices.proposed(action)
    return action


def change_action(action: CorrectiveAction, terms: Terms, *, by: Account) -> None:
    """Put right what was sent back, and propose it again in one's own name.

    Raises:
        Refused: if it was not sent back, or the days make no sense.
    """
    require_move(ACTION_MOVES, action.state, ActionState.PROPOSED)
    _check_days(terms, by)
    for name, value in vars(terms).items():
        setattr(action, name, value)
    action.state, action.note = ActionState.PROPOSED, ""
    action.proposed_by, action.proposed_at = by, clock.now()
    action.by_hr = not people.answers_for(by, action.person)
    audit.record(ConductFact.CHANGED, action, by=by, about=action.person_id)
    notices.proposed(action)


def _check_days(terms: Terms, by: Account) -> None:
    today = clock.today(by.time_zone)
    if terms.due_on <= today:
        raise Refused(_("Choose a day that is still to come."), "due_on")
    if not 1 <= terms.months <= 60:
        raise Refused(_("Choose 1 to 60 months."), "months")
    if terms.follow_up_on and not today <= terms.follow_up_on <= terms.due_on:
        raise Refused(_("The talk lies between today and the last day."), "follow_up_on")


def confirm_action(action: CorrectiveAction, *, by: Account) -> None:
    """Make it hold from today on, as a second person; the person is told.

    Raises:
        Refused: if it does not wait, is the confirmer's own proposal or about them.
    """
    require_move(ACTION_MOVES, action.state, ActionState.OPEN)
    _require_second(action, by)
    today = clock.today(by.time_zone)
    action.state, action.confirmed_by_id = ActionState.OPEN, by.id
    action.confirmed_on, action.expires_on = today, months_later(today, action.months)
    audit.record(ConductFact.CONFIRMED, action, by=by, about=action.person_id)
    notices.confirmed(action, by=by)


def return_action(action: CorrectiveAction, *, note: str, by: Account) -> None:
    """Send it back to who proposed it, and say why.

    Raises:
        Refused: as ``confirm_action``, or without a note.
    """
    require_move(ACTION_MOVES, action.state, ActionState.RETURNED)
    _require_second(action, by)
    if not note.strip():
        raise Refused(_("Say what is to be put right."), "note")
    action.state, action.note = ActionState.RETURNED, note.strip()
    audit.record(ConductFact.RETURNED, action, by=by, about=action.person_id)
    notices.returned(action)


def _require_second(action: CorrectiveAction, by: Account) -> None:
    if not policy.confirm_action(by, action):
        raise Refused(_("Somebody else has to look at this: it takes two people."))


def note_talk(
    action: CorrectiveAction, *, held_on: date, note: str, next_on: date | None, by: Account
) -> CorrectiveTalk:
    """Note a talk, and when the next one is.

    Raises:
        Refused: if it is not open, the talk lies ahead, or the next one does not.
    """
    _require_open(action)
    today = clock.today(by.time_zone)
    if held_on > today:
        raise Refused(_("Choose today or an earlier day."), "held_on")
    if next_on is not None and next_on <= today:
        raise Refused(_("Choose a day that is still to come."), "next_on")
    talk = CorrectiveTalk(
        action=action, held_on=held_on, note=note, created_at=clock.now(), created_by=by
    )
    action.follow_up_on = next_on
    db.session.add(talk)
    audit.record(ConductFact.TALK_NOTED, action, by=by, about=action.person_id, held_on=held_on)
    return talk


def acknowledge_action(action: CorrectiveAction, *, statement: str, by: Account) -> None:
    """The person says that they have seen it, which is not agreeing, and may add a statement.

    Raises:
        Refused: if it is not open.
    """
    _require_open(action)
    first = action.acknowledged_at is None
    if first:
        action.acknowledged_at = clock.now()
    changed = statement.strip() != action.statement
    action.statement = statement.strip()
    fact = ConductFact.ACKNOWLEDGED if first else ConductFact.STATED
    audit.record(fact, action, by=by, about=action.person_id)
    if changed:
        notices.stated(action)


def close_action(action: CorrectiveAction, outcome: Outcome, *, note: str, by: Account) -> None:
    """End it: met, not met, or withdrawn, which counts as if it had never been.

    Raises:
        Refused: if it is over, only HR can do this, or a note is missing where one is needed.
    """
    require_move(ACTION_MOVES, action.state, ActionState.CLOSED)
    if outcome is Outcome.WITHDRAWN and not policy.withdraw_action(by, action):
        raise Refused(_("HR alone can withdraw it."), "outcome")
    if outcome is not Outcome.WITHDRAWN and not action.was_told:
        raise Refused(_("It was never confirmed, so it can only be withdrawn."), "outcome")
    if outcome is not Outcome.MET and not note.strip():
        raise Refused(_("Say why."), "why")
    action.state, action.outcome = ActionState.CLOSED, outcome
    action.closing_note, action.follow_up_on = note.strip(), None
    action.closed_on, action.closed_by_id = clock.today(by.time_zone), by.id
    audit.record(ConductFact.CLOSED, action, by=by, about=action.person_id)
    notices.ended(action)


def _require_open(action: CorrectiveAction) -> None:
    if action.state is not ActionState.OPEN:
        raise Refused(_("This corrective action is not open."))


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
