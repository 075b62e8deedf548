"""Publishing the ladder: one version of all its steps, from a day on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.careers import queries
from portal.careers.models import LadderEdge, LadderVersion
from portal.careers.operations.days import check_day
from portal.careers.states import CareersFact, EdgeKind
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.fingerprints import fingerprint
from portal.core.i18n import words
from portal.people.models import Role


class Step(NamedTuple):
    """One step of the ladder."""

    start: Role
    end: Role
    kind: EdgeKind


def publish_ladder(
    steps: Sequence[Step], *, effective_from: date, by: Account | None
) -> LadderVersion:
    """Publish a ladder; the same steps from the same day return the version there is.

    Raises:
        Refused: if there is no step, a step leads to its own role or comes twice, steps up lead
            round in a circle, or the day is before the first one of the ladder in force.
    """
    _check(steps)
    content = sorted([one.start.id, one.end.id, str(one.kind)] for one in steps)
    stamp = fingerprint(content)
    last = db.session.scalar(
        sa.select(LadderVersion).order_by(LadderVersion.number.desc()).limit(1).with_for_update()
    )
    if last and (last.content_hash, last.effective_from) == (stamp, effective_from):
        return last
    present = db.session.scalar(queries.ladder_on(clock.today()))
    check_day(effective_from, present.effective_from if present else None)
    version = LadderVersion(
        number=last.number + 1 if last else 1,
        effective_from=effective_from,
        content_hash=stamp,
        published_at=clock.now(),
        published_by_id=by.id if by else None,
        edges=[
            LadderEdge(from_role_id=one.start.id, to_role_id=one.end.id, kind=one.kind)
            for one in steps
        ],
    )
    db.session.add(version)
    audit.record(CareersFact.LADDER_PUBLISHED, version, by=by)
    return version


def _check(steps: Sequence[Step]) -> None:
    if not steps:
        raise Refused(_("Add at least one step."), "steps")
    seen = set()
    for one in steps:
        if one.start.id == one.end.id:
            raise Refused(
                _("A step leads to another role, not from “%(role)s” to itself.",
                  role=words(one.start.title)), "steps",
            )  # fmt: skip
        if (one.start.id, one.end.id) in seen:
            raise Refused(
                _("The step from “%(start)s” to “%(end)s” is there twice.",
                  start=words(one.start.title), end=words(one.end.title)), "steps",
            )  # fmt: skip
        seen.add((one.start.id, one.end.id))
    if circle := circle_in(steps):
        way = " → ".join(words(role.title) for role in circle)
        raise Refused(_("These steps up lead round in a circle: %(way)s.", way=way), "steps")


def circle_in(steps: Iterable[Step]) -> list[Role]:
    """The roles of a circle of steps up, the first one again at its end; empty without one."""
    above: dict[int, list[Role]] = {}
    roles = {}
    for one in steps:
        if one.kind is EdgeKind.UP:
            above.setdefault(one.start.id, []).append(one.end)
            roles[one.start.id] = one.start
    done: set[int] = set()
    for start in roles.values():
        if found := _walk(start, [], above, done):
            return found
    return []


def _walk(role: Role, way: list[Role], above: dict[int, list[Role]], done: set[int]) -> list[Role]:
    ids = [one.id for one in way]
    if role.id in ids:
        return [*way[ids.index(role.id) :], role]
    if role.id in done:
        return []
    for one in above.get(role.id, ()):
        if found := _walk(one, [*way, role], above, done):
            return found
    done.add(role.id)
    return []
