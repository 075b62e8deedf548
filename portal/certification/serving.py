"""Who may serve a queue on a day, and why somebody may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.certification import policy, queries
from portal.certification.figures import reach_of
from portal.certification.matrix import Cell, cells
from portal.certification.models import Certification, ClientQueue
from portal.certification.remembered import remembered
from portal.certification.states import SUFFICIENT, Standing
from portal.core import i18n
from portal.core.db import db
from portal.people.models import Person, full_name


@dataclass(frozen=True)
class Server:
    """One person of a queue's teams, with how they stand with what serving asks of them."""

    id: int
    name: str
    role: str
    team: str
    path: str
    manager_id: int | None
    needed: list[tuple[Certification, Cell]]

    @property
    def may_serve(self) -> bool:
        """Whether they hold, or are released from, all that is asked of them."""
        return all(cell.held.standing in SUFFICIENT for _one, cell in self.needed)

    @property
    def reasons(self) -> list[str]:
        """Why they may not, in words."""
        return [
            reason(name_of(one), cell)
            for one, cell in self.needed
            if cell.held.standing not in SUFFICIENT
        ]

    @property
    def until(self) -> date | None:
        """The first of the last days of what they hold, grace left out."""
        days = [cell.held.last_day for _one, cell in self.needed if cell.held.last_day]
        return min(days, default=None)


@dataclass(frozen=True)
class Serving:
    """A queue on a day: who serves it, as far as the viewer sees them.

    ``whole`` says whether that is everybody, so that their number can be held to the minimum.
    """

    queue: ClientQueue
    day: date
    servers: list[Server]
    whole: bool

    @property
    def able(self) -> int:
        """How many may serve."""
        return sum(one.may_serve for one in self.servers)

    @property
    def is_short(self) -> bool:
        """Whether they are fewer than there must be."""
        return self.whole and self.able < self.queue.minimum


@dataclass(frozen=True)
class Headcount:
    """How many of the people of a queue's teams may serve it, and how many there are.

    ``whole`` is as for ``Serving``.
    """

    queue: ClientQueue
    able: int
    people: int
    whole: bool

    @property
    def is_short(self) -> bool:
        """Whether they are fewer than there must be."""
        return self.whole and self.able < self.queue.minimum


def headcounts(queues: Sequence[ClientQueue], day: date, viewer: Account) -> list[Headcount]:
    """The numbers of ``serving`` for each queue, kept while nothing they rest on changes."""

    def count() -> dict[int, tuple[int, int]]:
        found = (serving(queue, day, viewer) for queue in queues)
        return {one.queue.id: (one.able, len(one.servers)) for one in found}

    def seen() -> int:
        return db.session.scalar(queries.number_of(queries.people_seen(viewer, day))) or 0

    ids = tuple(queue.id for queue in queues)
    numbers = remembered(("serving", day, reach_of(viewer), ids), seen, count)
    return [
        Headcount(queue, *numbers[queue.id], policy.sees_whole_queue(viewer, queue))
        for queue in queues
    ]


def serving(queue: ClientQueue, day: date, viewer: Account) -> Serving:
    """Who serves a queue on a day: four statements, whatever their number."""
    people = queries.people_serving(viewer, queue, day).order_by(Person.by_name(), Person.id)
    rows = db.session.execute(people).all()
    among = queries.ids_of(people)
    asked: dict[int, set[int]] = {}
    for row in db.session.execute(queries.due_days(among, day)):
        if row.queue_id == queue.id:
            asked.setdefault(row.person_id, set()).add(row.certification_id)
    wanted = {one for some in asked.values() for one in some}
    columns = [one for one in db.session.scalars(queries.certifications()) if one.id in wanted]
    ids = [row.id for row in rows]
    found = dict(zip(ids, cells(ids, columns, day, among=among), strict=True))
    servers = [_server(row, columns, found[row.id], asked.get(row.id, set())) for row in rows]
    return Serving(queue, day, servers, policy.sees_whole_queue(viewer, queue))


def _server(row: Any, columns: list[Certification], line: list[Cell], asked: set[int]) -> Server:  # noqa: ANN401 - a row of ``people_seen``
    return Server(
        row.id,
        full_name(row.given_name, row.family_name, row.language),
        i18n.words(row.role),
        i18n.words(row.team),
        row.path,
        row.manager_id,
        [pair for pair in zip(columns, line, strict=True) if pair[0].id in asked],
    )


def name_of(certification: Certification) -> str:
    """The present name in the reader's language."""
    current = certification.current
    return i18n.words(current.name) if current else certification.key


def reason(name: str, cell: Cell) -> str:
    """Why a certification does not let somebody serve."""
    held = cell.held
    if held.standing is Standing.EXPIRED and held.last_day is not None:
        return _("%(name)s expired: it was valid until %(day)s.", name=name,
                 day=i18n.date(held.last_day))  # fmt: skip
    if held.standing is Standing.REVOKED:
        return _("%(name)s was revoked.", name=name)
    if held.standing is Standing.AWAITING_CHECK:
        return _("%(name)s still awaits its check.", name=name)
    if held.standing is Standing.IN_PROGRESS:
        return _("%(name)s is begun and not there yet.", name=name)
    return _("%(name)s is missing.", name=name)
