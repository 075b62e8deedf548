"""Publishing what a role asks for beside its competencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from itertools import starmap

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.careers import queries
from portal.careers.models import PathRequirement, RequirementSet
from portal.careers.operations.days import check_day
from portal.careers.states import CareersFact, EducationLevel, ExperienceKind, RequirementKind
from portal.core import audit, clock
from portal.core.db import Json, Words, db
from portal.core.errors import Refused
from portal.core.fingerprints import fingerprint
from portal.people.models import Role


@dataclass(frozen=True)
class Asked:
    """One requirement as it is written; fields as in ``PathRequirement``."""

    kind: RequirementKind
    text: Words = field(default_factory=dict)
    options: list[Json] = field(default_factory=list)
    education: EducationLevel | None = None
    certification_id: int | None = None
    course_id: int | None = None
    programme_id: int | None = None
    rating: float | None = None
    metric_id: int | None = None
    mark: Decimal | None = None
    months: int | None = None


ONCE = frozenset(
    {
        RequirementKind.EXPERIENCE,
        RequirementKind.EDUCATION,
        RequirementKind.REVIEW,
        RequirementKind.CONDUCT,
    }
)
"""Kinds of which a role has one line."""


def publish_requirements(
    role: Role, asked: Sequence[Asked], *, effective_from: date, by: Account | None
) -> RequirementSet:
    """Publish a version; the same lines from the same day return the version there is.

    Raises:
        Refused: if a thing is asked for twice, experience names no time, role or family, or the
            day is before the first one of the version in force.
    """
    for one in asked:
        _check(one)
    _check_twice(asked)
    stamp = fingerprint([{**asdict(one), "kind": str(one.kind)} for one in asked])
    last = db.session.scalar(
        sa.select(RequirementSet)
        .where(RequirementSet.role_id == role.id)
        .order_by(RequirementSet.number.desc())
        .limit(1)
        .with_for_update()
    )
    if last and (last.content_hash, last.effective_from) == (stamp, effective_from):
        return last
    present = db.session.scalar(queries.set_on(role.id, clock.today()))
    check_day(effective_from, present.effective_from if present else None)
    version = RequirementSet(
        role_id=role.id,
        number=last.number + 1 if last else 1,
        effective_from=effective_from,
        content_hash=stamp,
        published_at=clock.now(),
        published_by_id=by.id if by else None,
        lines=list(starmap(_row, enumerate(asked, start=1))),
    )
    db.session.add(version)
    audit.record(CareersFact.REQUIREMENTS_PUBLISHED, version, by=by)
    return version


def _row(order: int, one: Asked) -> PathRequirement:
    return PathRequirement(order=order, **{name: getattr(one, name) for name in asdict(one)})


def _check(one: Asked) -> None:
    if one.kind is RequirementKind.COMPETENCY:
        message = "competencies belong to the role's own requirements"
        raise ValueError(message)
    if one.kind is RequirementKind.METRIC and (one.mark is None or not one.months):
        raise Refused(_("Say what the metric must reach, and over how many months."), "marks")
    if one.kind is not RequirementKind.EXPERIENCE:
        return
    if not one.options:
        raise Refused(_("Say how many months of which experience are needed."), "demands")
    for option in one.options:
        if option["months"] < 1:
            raise Refused(_("Say how many months are needed."), "demands")
        if option["kind"] == ExperienceKind.ROLE and not option.get("role_id"):
            raise Refused(_("Choose the role in which the months count."), "demands")
        if option["kind"] == ExperienceKind.FAMILY and not option.get("family"):
            raise Refused(_("Choose the job family in which the months count."), "demands")


def _check_twice(asked: Sequence[Asked]) -> None:
    seen = set()
    for one in asked:
        subject = one.certification_id or one.course_id or one.programme_id or one.metric_id
        key = (one.kind, subject)
        if key in seen and (subject or one.kind in ONCE):
            raise Refused(_("“%(kind)s” is asked for twice.", kind=one.kind.label), "lines")
        seen.add(key)
