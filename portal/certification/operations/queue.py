"""Client queues: who serves which customers together."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.certification import queries
from portal.certification.models import ClientQueue, QueueTeam
from portal.certification.operations.terms import filled
from portal.certification.states import CertificationFact
from portal.core import audit, clock, i18n
from portal.core.db import Words, db
from portal.core.errors import Refused
from portal.people.models import Team

MOST_PEOPLE = 10_000


def add_queue(
    *, key: str, name: Words, minimum: int, teams: Sequence[Team], by: Account | None
) -> ClientQueue:
    """Add a queue that these teams, and those below them, serve.

    Raises:
        Refused: if the key is taken, no team serves it, or the minimum is out of bounds.

    """
    if db.session.scalar(sa.select(ClientQueue.id).where(ClientQueue.key == key)) is not None:
        raise Refused(_("There is a queue with this key already. Choose another."), "key")
    queue = ClientQueue(key=key)
    _fill(queue, name, minimum, teams)
    db.session.add(queue)
    audit.record(CertificationFact.QUEUE_CHANGED, queue, by=by, teams=[team.id for team in teams])
    return queue


def change_queue(
    queue: ClientQueue,
    *,
    name: Words,
    minimum: int,
    teams: Sequence[Team],
    is_active: bool = True,
    by: Account | None,
) -> None:
    """Rename a queue, change who serves it or how many must be able to, or stop serving it.

    Raises:
        Refused: if no team serves it, the minimum is out of bounds, or a certification is mandatory
            for a queue that is to be served no longer.

    """
    if queue.is_active and not is_active:
        asked = queries.mandates_on(clock.today()).filter_by(queue_id=queue.id)
        if db.session.scalar(asked.limit(1)) is not None:
            text = _("Certifications are mandatory for this queue. End that first.")
            raise Refused(text, "is_active")
    _fill(queue, name, minimum, teams)
    queue.is_active = is_active
    audit.record(CertificationFact.QUEUE_CHANGED, queue, by=by, teams=[team.id for team in teams])


def _fill(queue: ClientQueue, name: Words, minimum: int, teams: Sequence[Team]) -> None:
    name = filled(name)
    if not name:
        raise Refused(_("Write this in at least one language."), "name")
    if not teams:
        raise Refused(_("Choose at least one team."), "teams")
    if not 0 <= minimum <= MOST_PEOPLE:
        text = _("Give from 0 to %(most)s people.", most=i18n.number(MOST_PEOPLE))
        raise Refused(text, "minimum")
    queue.name, queue.minimum = name, minimum
    # Rows that stay are kept: a unique constraint sees inserts before deletes.
    present = {row.team_id: row for row in queue.teams}
    queue.teams = [present.get(team.id) or QueueTeam(team=team) for team in teams]
