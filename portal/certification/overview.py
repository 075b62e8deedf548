"""All certificates of one person on a day: what they hold, what is due, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from portal.certification import expiry, queries
from portal.certification.mandated import due_days
from portal.certification.models import Award, Certification, Pursuit, Waiver
from portal.certification.standing import Facts, Held, standing_of, standing_of_award
from portal.certification.states import (
    IN_FORCE,
    SUFFICIENT,
    CertificationState,
    Standing,
)
from portal.core.db import db
from portal.people.models import Person

ATTENTION = (
    Standing.GRACE,
    Standing.EXPIRING,
    Standing.WINDOW,
    Standing.IN_PROGRESS,
    Standing.AWAITING_CHECK,
    Standing.VALID,
    Standing.WAIVED,
)
"""What comes first on the page; everything else follows."""


@dataclass(frozen=True, slots=True)
class Holding:
    """How a person stands with one certification, and what they can do about it.

    ``award`` is what the standing comes from; ``waiting`` one that awaits its check beside it;
    ``due_on`` the day from which it must be held, if it must be.
    """

    certification: Certification
    held: Held
    award: Award | None
    waiting: Award | None
    pursuit: Pursuit | None
    waiver: Waiver | None
    due_on: date | None
    day: date

    @property
    def lacking(self) -> bool:
        """Whether it must be held and is not."""
        return self.due_on is not None and self.held.standing not in SUFFICIENT

    @property
    def overdue(self) -> bool:
        """Whether it had to be held by this day."""
        return self.lacking and self.due_on is not None and self.due_on <= self.day

    @property
    def opens_on(self) -> date | None:
        """The first day of the renewal, if there is one."""
        if self.award is None or self.held.last_day is None:
            return None
        return expiry.window_opens_on(self.award.certification_version, self.held.last_day)

    @property
    def good_until(self) -> date | None:
        """The last day including grace; grace follows an expiry by date only."""
        last = self.held.last_day
        if self.award is None or last is None or last != self.award.expires_on:
            return last
        return last + timedelta(days=self.award.certification_version.grace_days)

    @property
    def renewing(self) -> bool:
        """Whether what can be begun is a renewal."""
        return self.held.standing in IN_FORCE

    @property
    def can_start(self) -> bool:
        """Whether the way to a first award or a renewal can begin on this day."""
        in_use = self.certification.state is CertificationState.IN_USE
        if self.pursuit is not None or self.waiting is not None or not in_use:
            return False
        if self.held.standing is Standing.AWAITING_CHECK:
            return False
        if self.held.standing not in IN_FORCE:
            return True
        return self.opens_on is not None and self.day >= self.opens_on


@dataclass(frozen=True, slots=True)
class Overview:
    """What a page of one person's certificates shows; ``history`` with each award's last day."""

    day: date
    holdings: list[Holding]
    history: list[tuple[Award, Standing, date | None]]
    offered: list[Certification]


def overview(person: Person, day: date) -> Overview:
    """Everything about one person's certificates as of a day."""
    rows = db.session.scalars(queries.awards_shown(person.id, day)).unique().all()
    awards: dict[int, list[Award]] = {}
    for row in rows:
        awards.setdefault(row.certification_id, []).append(row)
    known, pursuits, waivers = _certifications(person, day)
    due = due_days(person, day)
    holdings = [
        _holding(
            one,
            awards.get(one.id, []),
            day,
            pursuit=pursuits.get(one.id),
            waiver=waivers.get(one.id),
            due_on=due.get(one.id),
        )
        for one in known
        if one.id in {*awards, *pursuits, *waivers, *due}
    ]
    shown = {row.certification.id for row in holdings}
    offered = [
        one for one in known
        if one.id not in shown and one.state is CertificationState.IN_USE and one.current
    ]  # fmt: skip
    facts = [(row, Facts.of(row)) for row in rows]
    history = [(row, standing_of_award(known, day), known.last_day(day)) for row, known in facts]
    return Overview(day, sorted(holdings, key=_urgency), history, offered)


def _holding(
    certification: Certification,
    awards: list[Award],
    day: date,
    *,
    pursuit: Pursuit | None,
    waiver: Waiver | None,
    due_on: date | None,
) -> Holding:
    facts = [Facts.of(row) for row in awards]
    held = standing_of(facts, day=day, in_progress=pursuit is not None, waived=waiver is not None)
    award = next((row for row in awards if row.id == held.award_id), None)
    waits = {one.award_id for one in facts if one.agreed is None and one.revoked_on is None}
    waiting = next((row for row in awards if row.id in waits and row is not award), None)
    return Holding(certification, held, award, waiting, pursuit, waiver, due_on, day)


def _urgency(row: Holding) -> tuple[bool, int, date]:
    standing = row.held.standing
    place = ATTENTION.index(standing) if standing in ATTENTION else len(ATTENTION)
    return not row.lacking, place, row.due_on or row.held.last_day or date.max


def _certifications(
    person: Person, day: date
) -> tuple[list[Certification], dict[int, Pursuit], dict[int, Waiver]]:
    """All there are; by certification what was under way at the end of a day, and what waived."""
    known: dict[int, Certification] = {}
    pursuits: dict[int, Pursuit] = {}
    waivers: dict[int, Waiver] = {}
    found = db.session.execute(queries.certifications_with(person.id, day))
    for certification, pursuit, waiver in found:
        known[certification.id] = certification
        if pursuit is not None and _runs(pursuit, day):
            pursuits[certification.id] = pursuit
        if waiver is not None:
            waivers[certification.id] = waiver
    return list(known.values()), pursuits, waivers


def _runs(row: Pursuit, day: date) -> bool:
    return row.opened_at.date() <= day and (row.closed_at is None or row.closed_at.date() > day)
