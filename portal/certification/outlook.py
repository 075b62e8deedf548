"""Coverage warnings: where too few people will be able to serve, told ahead of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from portal.accounts.models import Account
from portal.certification import policy, queries
from portal.certification.coverage import (
    ALWAYS,
    HORIZON,
    Days,
    Outlook,
    able_days,
    days_between,
    outlook,
)
from portal.certification.models import ClientQueue
from portal.core.db import Words, db
from portal.people.models import Team, full_name


@dataclass(frozen=True)
class Gap:
    """A queue, or a team and a certification, for which people will be too few.

    ``names`` are the people whose certificates run out until then.
    """

    key: str
    today: date
    outlook: Outlook
    names: tuple[str, ...] = ()
    queue: Words | None = None
    queue_id: int | None = None
    team: Words | None = None
    above: Words | None = None
    team_id: int | None = None
    certification: Words | None = None
    certification_id: int | None = None

    @property
    def starts_on(self) -> date:
        """The first day on which they are too few."""
        return self.today + timedelta(days=self.outlook.first_short or 0)


class Ahead:
    """The time ahead over everybody a viewer sees, or those of one queue: six statements."""

    def __init__(self, viewer: Account, today: date, queue: ClientQueue | None = None) -> None:
        self.viewer, self.today = viewer, today
        last = today + timedelta(days=HORIZON)
        self._people = queries.employed_ahead(viewer, today, last, queue)
        self.employed = db.session.execute(self._people).all()
        self.certifications = {row.id: row for row in db.session.scalars(queries.certifications())}
        self.asked: defaultdict[int, list[Any]] = defaultdict(list)
        for row in db.session.execute(queries.asked_ahead(self._people, today, last)):
            self.asked[row.id].append(row)
        self._able: dict[queries.Pair, Days] = {}
        self._look_up()

    def _look_up(self) -> None:
        """Most certificates last; only the others are looked at day by day."""
        wanted = {row.certification_id for rows in self.asked.values() for row in rows}
        span = self.today, self.today + timedelta(days=HORIZON)
        people = queries.ids_of(self._people)
        for person, one in db.session.execute(queries.steady_pairs(people, wanted, *span)):
            self._able[person, one] = ALWAYS
        only = queries.unsteady(*span)
        self._known = queries.known_of(people, wanted, self.today, only)

    def able(self, person_id: int, certification_id: int) -> Days:
        """The days on which a person holds a certification."""
        pair = person_id, certification_id
        if pair not in self._able:
            known = self._known.get(pair)
            self._able[pair] = able_days(known, self.today) if known else 0
        return self._able[pair]

    def for_queue(self, queue: ClientQueue) -> Outlook:
        """The days on which each person of a queue's teams may serve it, against its minimum."""
        paths = tuple(row.team.path for row in queue.teams)
        people: defaultdict[int, Days] = defaultdict(int)
        for row in self.employed:
            if row.path.startswith(paths):
                people[row.person_id] |= self._serves(row, queue.id)
        return outlook(people, queue.minimum)

    def _serves(self, row: Any, queue_id: int) -> Days:  # noqa: ANN401 - a row of ``employed``
        days = days_between(row.starts_on, row.ends_on, self.today)
        for asked in self.asked[row.id]:
            if asked.queue_id == queue_id:
                needed = days_between(asked.starts_on, asked.ends_on, self.today)
                days &= ~needed | self.able(row.person_id, asked.certification_id)
        return days

    def by_team(self) -> dict[tuple[int, int], Outlook]:
        """For each team and what is mandatory in it: how many of those asked hold it.

        Left out are teams in which somebody holds it on every day: nothing can be missing there.
        """
        safe: set[tuple[int, int]] = set()
        others = []
        for row in self.employed:
            days = days_between(row.starts_on, row.ends_on, self.today)
            for asked in self.asked[row.id]:
                place = row.team_id, asked.certification_id
                if place in safe:
                    continue
                needed = days & days_between(asked.starts_on, asked.ends_on, self.today)
                if needed & self._able.get((row.person_id, asked.certification_id), 0) == ALWAYS:
                    safe.add(place)
                else:
                    others.append((place, row.person_id, needed))
        people: defaultdict[tuple[int, int], defaultdict[int, Days]]
        people = defaultdict(lambda: defaultdict(int))
        for place, person, needed in others:
            if place not in safe:
                people[place][person] |= needed & self.able(person, place[1])
        return {place: outlook(some, 1) for place, some in people.items()}


def gaps(viewer: Account, today: date) -> list[Gap]:
    """Every warning of the time ahead that the viewer may hear, the nearest first."""
    ahead = Ahead(viewer, today)
    found = [*_of_queues(ahead), *_of_teams(ahead)]
    return named(sorted(found, key=lambda gap: (gap.starts_on, gap.key)))


def _of_queues(ahead: Ahead) -> Iterable[Gap]:
    for queue in db.session.scalars(queries.queues(active=True)):
        if not policy.sees_whole_queue(ahead.viewer, queue):
            continue
        found = ahead.for_queue(queue)
        if found.first_short is not None:
            key = f"queue:{queue.id}"
            yield Gap(key, ahead.today, found, queue=queue.name, queue_id=queue.id)


def _of_teams(ahead: Ahead) -> list[Gap]:
    """Teams in which somebody holds what is mandatory, and then nobody any more."""
    short = {
        pair: found
        for pair, found in ahead.by_team().items()
        if found.now and found.first_short is not None
    }
    rows = db.session.scalars(queries.teams_with({team for team, _one in short}))
    teams: dict[int, Team] = {row.id: row for row in rows}
    return [
        Gap(
            f"team:{team}:{certification}",
            ahead.today,
            found,
            team=teams[team].name,
            above=above.name if (above := teams[team].parent) else None,
            team_id=team,
            certification=_name(ahead, certification),
            certification_id=certification,
        )
        for (team, certification), found in short.items()
    ]


def _name(ahead: Ahead, certification_id: int) -> Words:
    row = ahead.certifications[certification_id]
    return row.current.name if row.current else {"en": row.key}


def named(found: list[Gap]) -> list[Gap]:
    """The same with the names of those whose certificates run out."""
    lost = sorted({person for gap in found for person in gap.outlook.lost})
    names = {}
    for start in range(0, len(lost), 1000):
        for row in db.session.execute(queries.names_of(lost[start : start + 1000])):
            names[row.id] = full_name(row.given_name, row.family_name, row.language)
    place = {person: at for at, person in enumerate(names)}
    return [
        replace(
            gap,
            names=tuple(
                names[person] for person in sorted(gap.outlook.lost, key=place.__getitem__)
            ),
        )
        for gap in found
    ]
