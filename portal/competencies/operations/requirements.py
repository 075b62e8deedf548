"""What a role asks of each competency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.competencies import queries
from portal.competencies.models import LEVELS, Competency, RoleRequirement
from portal.competencies.states import CompetencyFact
from portal.core import audit, i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Role

WHOLE = 100


class Wanted(NamedTuple):
    """One line of a role's requirements: a level from 1 to 5 and a weight in per cent."""

    competency: Competency
    level: int
    weight: int


def set_requirement(
    role: Role, competency: Competency, *, level: int, weight: int, by: Account | None
) -> RoleRequirement:
    """Ask a level of a competency; a later one for the same competency replaces it.

    The weights of a role sum to 100 once all are set: ``set_requirements`` checks that.

    Raises:
        Refused: if level or weight are out of bounds.

    """
    _check_bounds(level, weight)
    row = db.session.scalar(queries.requirement_of(role.id, competency.id))
    if row is None:
        last = sa.select(sa.func.max(RoleRequirement.order)).where(
            RoleRequirement.role_id == role.id
        )
        row = RoleRequirement(
            role_id=role.id, competency_id=competency.id, order=(db.session.scalar(last) or 0) + 1
        )
        db.session.add(row)
    row.level, row.weight = level, weight
    audit.record(CompetencyFact.REQUIREMENT_SET, row, by=by)
    return row


def set_requirements(role: Role, wanted: Sequence[Wanted], *, by: Account) -> None:
    """Replace all that a role asks for, in this order.

    Raises:
        Refused: if the weights do not sum to 100, a competency comes twice, or a number is out of
            bounds.

    """
    total = sum(line.weight for line in wanted)
    if total != WHOLE:
        raise Refused(
            _("The weights sum to %(total)s. They must sum to 100.", total=i18n.number(total)),
            "weights",
        )
    for line in wanted:
        _check_bounds(line.level, line.weight)
    keys = {line.competency.id for line in wanted}
    if len(keys) < len(wanted):
        raise Refused(_("A competency is there twice. Take one of the two away."), "weights")
    rows = db.session.scalars(queries.requirements_of(role.id))
    present = {row.competency_id: row for row in rows}
    for key in present.keys() - keys:
        _remove(present[key], by)
    for order, line in enumerate(wanted, start=1):
        row = present.get(line.competency.id)
        if row is None or (row.level, row.weight) != (line.level, line.weight):
            row = set_requirement(
                role, line.competency, level=line.level, weight=line.weight, by=by
            )
        row.order = order


def _remove(row: RoleRequirement, by: Account) -> None:
    audit.record(
        CompetencyFact.REQUIREMENT_REMOVED,
        row,
        by=by,
        role_id=row.role_id,
        competency_id=row.competency_id,
        level=row.level,
        weight=row.weight,
    )
    db.session.delete(row)


def _check_bounds(level: int, weight: int) -> None:
    if level not in LEVELS:
        raise Refused(_("Choose a level from 1 to 5."), "weights")
    if not 0 <= weight <= WHOLE:
        raise Refused(_("Choose a weight from 0 to 100."), "weights")
