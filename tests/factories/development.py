"""Rows of development with sensible defaults; flushed, never committed."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from portal.accounts.models import Account
from portal.competencies.models import Competency
from portal.core import clock, files
from portal.core.db import db
from portal.core.files import StoredFile
from portal.development import operations
from portal.development.models import (
    Assessment,
    AssessmentSheet,
    CareerPlan,
    FeedbackReply,
    FeedbackRequest,
    PlanAction,
)
from portal.development.operations import Entry, Seen
from portal.development.states import Audience, PlanActionKind, Side
from portal.people.models import Person, Role, Team
from tests.factories import competencies, people
from tests.factories.people import added

_number = count(1)


class Pair:
    """Somebody with an account, their manager with another, and both in one team."""

    def __init__(self, team: Team | None = None) -> None:
        chief = people.person("Mana", "Ger")
        self.manager = people.account(person=chief)
        self.person = people.person("Deniz", "Kaya")
        self.account = people.account(person=self.person)
        self.team = team or people.team()
        self.role = people.role("Associate")
        self.job = people.employment(self.person, manager=chief, team=self.team, role=self.role)
        people.employment(chief, team=self.team)


def asked_role(*levels: int) -> Role:
    """A role that asks for a competency at each of these levels."""
    role = people.role("Team lead", level=3)
    for level in levels or (3, 4):
        competencies.requirement(role, competencies.competency(), level=level)
    return role


def assessment(person: Person, by: Account, role: Role | None = None) -> Assessment:
    row = operations.open_assessment(
        person, role or asked_role(), due_on=clock.today() + timedelta(days=7), by=by
    )
    db.session.flush()
    return row


def filled(sheet: AssessmentSheet, by: Account, level: int = 3, note: str = "") -> AssessmentSheet:
    """A side with the same level everywhere, submitted."""
    entries = {line.id: Entry(note or "Seen last week", level) for line in sheet.assessment.lines}
    operations.save_sheet(sheet, entries, by=by)
    operations.submit_sheet(sheet, by=by)
    db.session.flush()
    return sheet


def complete(person: Person, account: Account, manager: Account, *, own: int = 3,
             theirs: int = 3, role: Role | None = None) -> Assessment:  # fmt: skip
    """An assessment both sides of which are in."""
    row = assessment(person, manager, role)
    filled(row.sheet(Side.SELF), account, own)
    filled(row.sheet(Side.MANAGER), manager, theirs)
    return row


def giver(name: str = "Gül") -> Account:
    """A colleague who can be asked."""
    person = people.person(name)
    people.employment(person)
    return people.account(person=person)


def request(
    person: Person, by: Account, *givers: Account, audience: Audience = Audience.SHARED,
    about: list[Competency] | None = None,
) -> FeedbackRequest:  # fmt: skip
    asked = [db.session.get_one(Person, one.person_id) for one in givers or (giver(),)]
    row = operations.ask_feedback(
        person, givers=asked, about=about or [competencies.competency()],
        question=f"How do I come across? {next(_number)}", audience=audience, by=by,
    )  # fmt: skip
    db.session.flush()
    return row


def answered(reply: FeedbackReply, by: Account, level: int = 4) -> FeedbackReply:
    seen = {one.id: Seen(level, example="Calm on the phone") for one in reply.request.topics}
    operations.give_feedback(reply, seen, by=by)
    db.session.flush()
    return reply


def plan(person: Person, by: Account, role: Role | None = None) -> CareerPlan:
    row = operations.start_plan(person, role or people.role("Team lead", level=3), by=by)
    db.session.flush()
    return row


def action(person: Person, by: Account, title: str = "", days: int = 30) -> PlanAction:
    row = operations.add_action(
        person, PlanActionKind.READING, title=title or f"Handbook {next(_number)}",
        due_on=clock.today() + timedelta(days=days), by=by,
    )  # fmt: skip
    db.session.flush()
    return row


def stored() -> StoredFile:
    """A file that can be attached."""
    return added(files.store(b"%PDF-1.7 a file", name="p.pdf", media_type="application/pdf"))
