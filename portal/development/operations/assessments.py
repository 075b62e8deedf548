"""Opening an assessment, filling in a side, and agreeing on levels after the talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.competencies import operations as competencies
from portal.competencies import queries as library
from portal.competencies.models import LEVELS
from portal.competencies.states import EvidenceSource
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.development import notices, queries
from portal.development.models import Assessment, AssessmentLine, AssessmentSheet
from portal.development.operations.sheets import NOTE_LIMIT
from portal.development.states import (
    ASSESSMENT_MOVES,
    AssessmentState,
    DevelopmentFact,
    Side,
)
from portal.people.models import Person, Role


@dataclass(frozen=True)
class Agreed:
    """The level two people agreed on for one line, and why in a sentence."""

    level: int | None = None
    note: str = ""


def open_assessment(person: Person, role: Role, *, due_on: date, by: Account) -> Assessment:
    """Begin an assessment against what a role asks of competencies today; both sides are asked.

    Raises:
        Refused: if one is under way, the role asks for no competency, or the day has passed.
    """
    if due_on < clock.today(by.time_zone):
        raise Refused(_("Choose today or a later day."), "due_on")
    if db.session.scalar(queries.live_assessment(person.id)) is not None:
        raise Refused(_("An assessment is under way already. Finish that one first."))
    asked = db.session.scalars(library.requirements_of(role.id)).all()
    if not asked:
        raise Refused(_("This role asks for no competency yet. Choose another."), "role_id")
    row = Assessment(
        person=person, role=role, state=AssessmentState.OPEN, due_on=due_on,
        created_at=clock.now(), created_by_id=by.id,
        sheets=[AssessmentSheet(side=side) for side in Side],
        lines=[
            AssessmentLine(competency_version=one.competency.current, wanted=one.level, order=at)
            for at, one in enumerate(asked) if one.competency.current is not None
        ],
    )  # fmt: skip
    db.session.add(row)
    audit.record(DevelopmentFact.ASSESSMENT_OPENED, row, by=by, about=person.id)
    notices.assessment_opened(row, by=by)
    return row


def plan_talk(row: Assessment, day: date, *, by: Account) -> None:
    """Set the day on which both talk about it; the other one is told.

    Raises:
        Refused: if it is not the time, or the day has passed.
    """
    if row.state is not AssessmentState.COMPLETE:
        raise Refused(_("There is nothing to talk about before both sides are in."))
    if day < clock.today(by.time_zone):
        raise Refused(_("Choose today or a later day."), "talk_on")
    row.talk_on = day
    audit.record(DevelopmentFact.TALK_PLANNED, row, by=by, about=row.person_id)
    notices.to_both(row, notices.DevelopmentNotice.TALK_ON, by=by)


def agree_levels(
    row: Assessment, agreed: Mapping[int, Agreed], *, talked_on: date, by: Account
) -> None:
    """Write down what was agreed, by line; each level is evidence from then on.

    Raises:
        Refused: if it is not the time, the person themself would agree, the day lies ahead, or a
            level has no sentence or no level does.
    """
    require_move(ASSESSMENT_MOVES, row.state, AssessmentState.AGREED)
    if by.person_id == row.person_id:
        raise Refused(_("Your manager writes down what you agreed on."))
    if not row.created_at.date() <= talked_on <= clock.today(by.time_zone):
        raise Refused(_("Give the day you talked: since it began, today at the latest."),
                      "talk_on")  # fmt: skip
    for field, message in agreement_problems(row, agreed).items():
        raise Refused(message, field=field)
    for line in row.lines:
        found = agreed.get(line.id, Agreed())
        line.agreed_level, line.agreed_note = found.level, found.note.strip()
    row.state, row.talk_on = AssessmentState.AGREED, talked_on
    row.agreed_at, row.agreed_by_id = clock.now(), by.id
    audit.record(DevelopmentFact.ASSESSMENT_AGREED, row, by=by, about=row.person_id)
    _write_evidence(row, talked_on, by)
    notices.agreed(row, by=by)


def _write_evidence(row: Assessment, day: date, by: Account) -> None:
    """What two agreed on is the manager's observation; a self-assessment alone never counts."""
    for line in row.lines:
        if line.agreed_level is not None:
            competencies.add_evidence(
                person_id=row.person_id, version=line.competency_version,
                level=line.agreed_level, source=EvidenceSource.ASSESSMENT, source_id=row.id,
                observed_on=day, note=line.agreed_note, by=by,
            )  # fmt: skip


def agreement_problems(row: Assessment, agreed: Mapping[int, Agreed]) -> dict[str, str]:
    """What is wrong or missing: field name to message."""
    found: dict[str, str] = {}
    for line in row.lines:
        one = agreed.get(line.id, Agreed())
        if one.level is not None and one.level not in LEVELS:
            found[f"level-{line.id}"] = _("Choose one of the five sentences.")
        elif one.level is not None and not one.note.strip():
            found[f"note-{line.id}"] = _("Say in a sentence why you agreed on this level.")
        if len(one.note) > NOTE_LIMIT:
            found[f"note-{line.id}"] = _(
                "The note is longer than %(limit)s characters.", limit=NOTE_LIMIT
            )
    if not any(one.level is not None for one in agreed.values()):
        found.setdefault("", _("Agree on at least one level, or call the assessment off."))
    return found


def cancel_assessment(row: Assessment, *, by: Account) -> None:
    """Call it off; what either side wrote stays closed unless both were in.

    Raises:
        Refused: if levels are agreed or it was called off already.
    """
    require_move(ASSESSMENT_MOVES, row.state, AssessmentState.CANCELLED)
    row.state = AssessmentState.CANCELLED
    audit.record(DevelopmentFact.ASSESSMENT_CANCELLED, row, by=by, about=row.person_id)
    notices.to_both(row, notices.DevelopmentNotice.CANCELLED, by=by)
