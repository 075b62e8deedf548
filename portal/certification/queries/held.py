"""How some people stand with some certifications, two statements for any number of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.certification.models import (
    Award,
    AwardCheck,
    AwardLapse,
    CertificationVersion,
    Pursuit,
    Revocation,
    Waiver,
)
from portal.certification.queries.standings import under_way
from portal.certification.standing import Absence, Facts, Held, standing_of
from portal.core.db import db

Pair = tuple[int, int]
"""Ids of a person and a certification."""

Ids = Collection[int] | sa.Select[Any]
"""Ids as they are, or the select that finds them."""

Span = tuple[date, date | None]
"""First and last day; ``None`` has no end."""


@dataclass(slots=True)
class Known:
    """All that decides how somebody stands with a certification, on whatever day."""

    awards: list[Facts] = field(default_factory=list)
    waivers: list[Span] = field(default_factory=list)
    started: bool = False

    def held(self, day: date) -> Held:
        """How they stand on a day; ``started`` is about the day that was asked for."""
        waived = any(first <= day and (last is None or day <= last) for first, last in self.waivers)
        return standing_of(self.awards, day=day, in_progress=self.started, waived=waived)


def held(person_ids: Ids, certification_ids: Collection[int], day: date) -> dict[Pair, Held]:
    """How these people stand on a day; pairs of which nothing is known are left out."""
    known = known_of(person_ids, certification_ids, day)
    return {pair: facts.held(day) for pair, facts in known.items()}


def known_of(
    person_ids: Ids,
    certification_ids: Collection[int],
    day: date,
    only: Sequence[sa.ColumnElement[bool]] = (),
) -> dict[Pair, Known]:
    """What decides how these people stand, by pair; ``day`` is about what is under way.

    ``only`` are conditions on awards, joined with their version, check and revocation.
    """
    found: defaultdict[Pair, Known] = defaultdict(Known)
    absences: dict[int, list[Absence]] = {}
    beside = _beside(person_ids, certification_ids, day)
    for person_id, certification_id, award_id, *days in db.session.execute(beside):
        first, last, back = days
        if award_id is not None:
            absences.setdefault(award_id, []).append(Absence(first, last, back))
        elif first is not None:
            found[person_id, certification_id].waivers.append((first, last))
        else:
            found[person_id, certification_id].started = True
    for row in db.session.execute(_awards(person_ids, certification_ids).where(*only)):
        facts = _facts(row, tuple(absences.get(row.id, ())))
        found[row.person_id, row.certification_id].awards.append(facts)
    return found


def _facts(row: Any, absences: tuple[Absence, ...]) -> Facts:  # noqa: ANN401 - a row of ``_awards``
    return Facts(
        row.id,
        row.issued_on,
        row.expires_on,
        row.agreed if row.agreed is not None else (None if row.needs_check else True),
        row.revoked_on,
        row.superseded_on,
        row.void_from,
        absences,
        row.window_days,
        row.expiring_days,
        row.grace_days,
    )


def _beside(
    person_ids: Ids, certification_ids: Collection[int], day: date
) -> sa.CompoundSelect[*tuple[Any, ...]]:
    """Absences (with their award), waivers (with days) and what is under way (with neither)."""
    no_award, no_day = sa.null().cast(sa.Integer), sa.null().cast(sa.Date)

    def rows(model: Any, *columns: Any) -> sa.Select[Any]:  # noqa: ANN401 - a model, its columns
        return sa.select(model.person_id, model.certification_id, *columns).where(
            model.person_id.in_(person_ids), model.certification_id.in_(certification_ids)
        )

    lapse = AwardLapse
    return sa.union_all(
        rows(Award, lapse.award_id, lapse.left_on, lapse.lapses_on, lapse.returned_on).join(
            lapse, lapse.award_id == Award.id
        ),
        rows(Waiver, no_award, Waiver.starts_on, Waiver.ends_on, no_day),
        rows(Pursuit, no_award, no_day, no_day, no_day).where(*under_way(day)),
    )


def _awards(person_ids: Ids, certification_ids: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    version = CertificationVersion
    return (
        sa.select(
            Award.id,
            Award.person_id,
            Award.certification_id,
            Award.issued_on,
            Award.expires_on,
            Award.needs_check,
            AwardCheck.agreed,
            Revocation.revoked_on,
            superseded_on().label("superseded_on"),
            version.void_from,
            version.window_days,
            version.expiring_days,
            version.grace_days,
        )
        .join(version, version.id == Award.version_id)
        .outerjoin(AwardCheck, AwardCheck.award_id == Award.id)
        .outerjoin(Revocation, Revocation.award_id == Award.id)
        .where(Award.person_id.in_(person_ids), Award.certification_id.in_(certification_ids))
    )


def superseded_on() -> sa.ScalarSelect[Any]:
    """The first day of the award that took the place, once that one counts."""
    after, check = aliased(Award), aliased(AwardCheck)
    return (
        sa.select(sa.func.min(after.issued_on))
        .outerjoin(check, check.award_id == after.id)
        .where(
            after.supersedes_id == Award.id,
            sa.func.coalesce(check.agreed, ~after.needs_check),
        )
        .correlate(Award)
        .scalar_subquery()
    )
