"""What else is lost if people leave: leads, mentors, certificates, reviews, onboarding plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from portal.accounts.models import Account
from portal.certification import queries as certification
from portal.certification.models import Certification
from portal.certification.states import SUFFICIENT
from portal.core.db import Words, db
from portal.mentoring.models import MentoringPair
from portal.onboarding.models import OnboardingPlan
from portal.reviews.models import Review
from portal.succession import queries


@dataclass(frozen=True, slots=True)
class LostCertificate:
    """A certificate leavers hold in a team: how many hold it there now, and without them.

    ``none_from`` is the first day on which nobody of the team holds it.
    """

    team: Words
    certification: Words
    before: int
    after: int
    none_from: date | None


@dataclass(frozen=True)
class Effects:
    """Everything that loses its owner, by whom it loses."""

    leaderless: list[Any]
    """Rows: leaver id, team name."""
    reports: dict[int, int]
    """Leaver id -> people who report to them."""
    mentees: list[MentoringPair]
    certificates: list[LostCertificate]
    reviews: list[Review]
    onboarding: list[OnboardingPlan]

    def __bool__(self) -> bool:
        """Whether anything is lost at all."""
        return any((self.leaderless, self.reports, self.mentees, self.certificates, self.reviews,
                    self.onboarding))  # fmt: skip


def effects_of(viewer: Account, leaver_ids: Collection[int], day: date) -> Effects:
    """What is lost beside the positions: ten statements, whoever leaves.

    Of certificates it looks at the day itself and at the days on which those who stay lose theirs.
    What concerns the viewer alone stays out of it.
    """
    if not leaver_ids:
        return Effects([], {}, [], [], [], [])
    ids = sorted(leaver_ids)
    own = viewer.person_id
    return Effects(
        leaderless=list(db.session.execute(queries.teams_led(ids)).all()),
        reports={row[0]: row[1] for row in db.session.execute(queries.reports_of(ids, day))},
        mentees=[
            pair for pair in db.session.scalars(queries.mentored_by(ids)) if pair.mentee_id != own
        ],
        certificates=list(_certificates(ids, day)),
        reviews=[
            row for row in db.session.scalars(queries.reviews_by(ids)) if row.person_id != own
        ],
        onboarding=list(db.session.scalars(queries.onboarding_by(ids))),
    )  # fmt: skip


def _certificates(leaver_ids: Collection[int], day: date) -> Iterator[LostCertificate]:
    """Per team of a leaver, each certificate the leaver holds there."""
    teams: dict[int, Words] = {}
    people: dict[int, set[int]] = defaultdict(set)
    for row in db.session.execute(queries.teammates(leaver_ids, day)):
        teams[row.team_id] = row.team
        people[row.team_id].add(row.person_id)
    everybody = {one for some in people.values() for one in some}
    named: dict[int, Certification] = {
        row.id: row for row in db.session.scalars(certification.certifications())
    }
    known = certification.known_of(sorted(everybody), list(named), day) if everybody else {}
    until: dict[int, dict[int, date | None]] = defaultdict(dict)
    for (person_id, certification_id), facts in known.items():
        held = facts.held(day)
        if held.standing in SUFFICIENT:
            until[certification_id][person_id] = held.last_day
    leavers = set(leaver_ids)
    for team_id, members in sorted(people.items()):
        for key, holders in sorted(until.items()):
            there = {person: holders[person] for person in members & holders.keys()}
            stay = [last for person, last in there.items() if person not in leavers]
            current = named[key].current
            if len(stay) < len(there) and current is not None:
                yield LostCertificate(
                    teams[team_id], current.name, len(there), len(stay), _none_from(stay, day)
                )


def _none_from(last_days: Sequence[date | None], day: date) -> date | None:
    """The first day on which all of these are over; ``None`` stands for one that never is."""
    if None in last_days:
        return None
    latest = max((last for last in last_days if last is not None), default=None)
    return day if latest is None else max(latest, day) + timedelta(days=1)
