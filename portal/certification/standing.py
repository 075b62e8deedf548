"""How somebody stands with a certification on a day, derived from facts; no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from portal.certification.models import Award
from portal.certification.states import IN_FORCE, Standing

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Absence:
    """A time away: from the day after ``left_on``; the award lapses after ``lapses_on``."""

    left_on: date
    lapses_on: date
    returned_on: date | None = None

    def ends_award(self, day: date) -> bool:
        """Whether, as known on a day, the person came back too late or not yet."""
        if self.left_on >= day:
            return False
        return self.returned_on is None or self.returned_on > self.lapses_on + DAY


@dataclass(frozen=True, slots=True)
class Facts:
    """All that decides how one award stands.

    ``agreed`` is ``None`` while a second person has still to look, and ``True`` where nobody needs
    to. ``superseded_on`` is the first day of the award that took its place.
    """

    award_id: int
    issued_on: date
    expires_on: date | None
    agreed: bool | None = True
    revoked_on: date | None = None
    superseded_on: date | None = None
    void_from: date | None = None
    absences: tuple[Absence, ...] = ()
    window_days: int = 0
    expiring_days: int = 0
    grace_days: int = 0

    @classmethod
    def of(cls, award: Award) -> Self:
        """The facts of a row with its version, check, revocation, successor and lapses loaded."""
        version, after = award.certification_version, award.superseded_by
        agreed = award.check.agreed if award.check else (None if award.needs_check else True)
        refused = after is not None and after.check is not None and not after.check.agreed
        waits = after is not None and after.needs_check and after.check is None
        return cls(
            award.id,
            award.issued_on,
            award.expires_on,
            agreed,
            award.revocation.revoked_on if award.revocation else None,
            after.issued_on if after is not None and not refused and not waits else None,
            version.void_from,
            tuple(Absence(row.left_on, row.lapses_on, row.returned_on) for row in award.lapses),
            version.window_days,
            version.expiring_days,
            version.grace_days,
        )

    def last_day(self, day: date) -> date | None:
        """The last valid day, grace left out, as known on a day; ``None`` if no date ends it."""
        ends = [absence.lapses_on for absence in self.absences if absence.ends_award(day)]
        if self.void_from is not None:
            ends.append(self.void_from - DAY)
        if self.expires_on is not None:
            ends.append(self.expires_on)
        return min(ends, default=None)


@dataclass(frozen=True, slots=True)
class Held:
    """How somebody stands, by which award, and its last valid day."""

    standing: Standing
    award_id: int | None = None
    last_day: date | None = None


def standing_of_award(facts: Facts, day: date) -> Standing:
    """How one award stands on a day, by itself.

    The last valid day counts as valid. Grace follows an expiry by date, not a lapse after leaving
    nor a rule that voids older awards.
    """
    if facts.agreed is False:
        return Standing.NOT_STARTED
    if facts.revoked_on is not None and facts.revoked_on <= day:
        return Standing.REVOKED
    if facts.superseded_on is not None and facts.superseded_on <= day:
        return Standing.SUPERSEDED
    if facts.agreed is None:
        return Standing.AWAITING_CHECK
    return _by_date(facts, day, facts.last_day(day))


def _by_date(facts: Facts, day: date, last: date | None) -> Standing:
    """How an award stands that nobody took back, by its last valid day."""
    if last is None:
        return Standing.VALID
    if day > last:
        in_grace = last == facts.expires_on and day <= last + timedelta(days=facts.grace_days)
        return Standing.GRACE if in_grace else Standing.EXPIRED
    if day > last - timedelta(days=facts.expiring_days):
        return Standing.EXPIRING
    opens = last - timedelta(days=facts.window_days)
    return Standing.WINDOW if facts.window_days and day >= opens else Standing.VALID


def standing_of(
    awards: Iterable[Facts], *, day: date, in_progress: bool = False, waived: bool = False
) -> Held:
    """How somebody stands with a certification, by all the awards they have of it.

    An award in force counts before a waiver, a waiver before everything that is not in force. Of
    several in force the one that lasts longest counts, of others the newest.
    """
    known = [
        (facts, standing_of_award(facts, day))
        for facts in awards
        if facts.issued_on <= day and facts.agreed is not False
    ]
    in_force = [(facts, standing) for facts, standing in known if standing in IN_FORCE]
    if in_force:
        facts, standing = max(in_force, key=lambda pair: _reach(pair[0], day))
        return Held(standing, facts.award_id, facts.last_day(day))
    if waived:
        return Held(Standing.WAIVED)
    past = [pair for pair in known if pair[1] is not Standing.SUPERSEDED]
    if past:
        facts, standing = max(past, key=lambda pair: (pair[0].issued_on, pair[0].award_id))
        return Held(standing, facts.award_id, facts.last_day(day))
    return Held(Standing.IN_PROGRESS if in_progress else Standing.NOT_STARTED)


def _reach(facts: Facts, day: date) -> tuple[date, date, int]:
    return facts.last_day(day) or date.max, facts.issued_on, facts.award_id
