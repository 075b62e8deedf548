"""Experience and education that people bring along, and the word of a second person."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.careers import notices
from portal.careers.models import CareerClaim
from portal.careers.states import (
    CLAIM_MOVES,
    CareersFact,
    ClaimKind,
    ClaimState,
    EducationLevel,
)
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.files import StoredFile
from portal.core.states import require_move
from portal.people.models import Person


def add_claim(
    person: Person,
    kind: ClaimKind,
    *,
    title: str,
    ends_on: date,
    starts_on: date | None = None,
    family: str = "",
    leading: bool = False,
    education: EducationLevel | None = None,
    note: str = "",
    file: StoredFile | None = None,
    by: Account,
) -> CareerClaim:
    """Write down what somebody brings along; it counts once a second person has confirmed it.

    Raises:
        Refused: if days are missing, in the wrong order or ahead, or nothing says what it counts
            for.
    """
    if ends_on > clock.today(by.time_zone):
        raise Refused(_("Choose today or an earlier day."), "ends_on")
    if kind is ClaimKind.EDUCATION:
        if education is None:
            raise Refused(_("Choose the level of education."), "education")
        starts_on, family, leading = None, "", False
    else:
        education = None
        _check_time(starts_on, ends_on, counts=bool(family) or leading)
    claim = CareerClaim(
        person=person, kind=kind, title=title.strip(), note=note.strip(), family=family,
        leading=leading, education=education, starts_on=starts_on, ends_on=ends_on,
        file_id=file.id if file else None, created_at=clock.now(), created_by_id=by.id,
        state=ClaimState.WAITING,
    )  # fmt: skip
    db.session.add(claim)
    audit.record(CareersFact.CLAIM_ADDED, claim, by=by, about=person.id)
    notices.to_confirm(claim, by=by)
    return claim


def _check_time(starts_on: date | None, ends_on: date, *, counts: bool) -> None:
    if starts_on is None:
        raise Refused(_("Give the first day."), "starts_on")
    if starts_on > ends_on:
        raise Refused(_("The last day comes before the first."), "ends_on")
    if not counts:
        raise Refused(_("Choose a job family, or say that people were led."), "family")


def decide_claim(claim: CareerClaim, *, confirmed: bool, note: str = "", by: Account) -> None:
    """Confirm a claim or not, as a second person; the person is told.

    Raises:
        Refused: if it is the decider's own or written by them, was decided already, or is turned
            down without a note.
    """
    if by.person_id == claim.person_id or by.id == claim.created_by_id:
        raise Refused(_("A second person confirms this."))
    to = ClaimState.CONFIRMED if confirmed else ClaimState.REFUSED
    require_move(CLAIM_MOVES, claim.state, to)
    if not confirmed and not note.strip():
        raise Refused(_("Say what is missing, so that it can be put right."), "note")
    claim.state, claim.decision_note = to, note.strip()
    claim.decided_at, claim.decided_by_id = clock.now(), by.id
    fact = CareersFact.CLAIM_CONFIRMED if confirmed else CareersFact.CLAIM_REFUSED
    audit.record(fact, claim, by=by, about=claim.person_id)
    notices.decided(claim)
