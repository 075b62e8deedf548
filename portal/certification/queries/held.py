"""How some people stand with some certifications, four statements for any number of them."""

from __future__ import annotations

from collections.abc import Collection
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

Span = tuple[date, date | None]
"""First and last day; ``None`` has no end."""


def held(
    person_ids: Collection[int], certification_ids: Collection[int], day: date
) -> dict[Pair, Held]:
    """How these people stand on a day; pairs of which nothing is known are left out."""
    awards = facts_of(person_ids, certification_ids)
    spans = waivers_of_many(person_ids, certification_ids)
    waived = {pair for pair, some in spans.items() if any(covers(span, day) for span in some)}
    started = pursued(person_ids, certification_ids, day)
    return {
        pair: standing_of(
            awards.get(pair, ()), day=day, in_progress=pair in started, waived=pair in waived
        )
        for pair in {*awards, *waived, *started}
    }


def covers(span: Span, day: date) -> bool:
    """Whether a day lies in it."""
    first, last = span
    return first <= day and (last is None or day <= last)


def facts_of(
    person_ids: Collection[int], certification_ids: Collection[int]
) -> dict[Pair, list[Facts]]:
    """All awards of these people, by pair, as facts: two statements."""
    absences: dict[int, list[Absence]] = {}
    for award_id, *days in db.session.execute(_absences(person_ids, certification_ids)):
        absences.setdefault(award_id, []).append(Absence(*days))
    found: dict[Pair, list[Facts]] = {}
    for row in db.session.execute(_awards(person_ids, certification_ids)):
        agreed = row.agreed if row.agreed is not None else (None if row.needs_check else True)
        facts = Facts(
            row.id,
            row.issued_on,
            row.expires_on,
            agreed,
            row.revoked_on,
            row.superseded_on,
            row.void_from,
            tuple(absences.get(row.id, ())),
            row.window_days,
            row.expiring_days,
            row.grace_days,
        )
        found.setdefault((row.person_id, row.certification_id), []).append(facts)
    return found


def waivers_of_many(
    person_ids: Collection[int], certification_ids: Collection[int]
) -> dict[Pair, list[Span]]:
    """When these people needed not hold what, by pair."""
    select = sa.select(
        Waiver.person_id, Waiver.certification_id, Waiver.starts_on, Waiver.ends_on
    ).where(Waiver.person_id.in_(person_ids), Waiver.certification_id.in_(certification_ids))
    found: dict[Pair, list[Span]] = {}
    for person_id, certification_id, first, last in db.session.execute(select):
        found.setdefault((person_id, certification_id), []).append((first, last))
    return found


def pursued(
    person_ids: Collection[int], certification_ids: Collection[int], day: date
) -> set[Pair]:
    """What was under way at the end of a day."""
    select = sa.select(Pursuit.person_id, Pursuit.certification_id).where(
        Pursuit.person_id.in_(person_ids),
        Pursuit.certification_id.in_(certification_ids),
        *under_way(day),
    )
    return {
        (person_id, certification_id) for person_id, certification_id in db.session.execute(select)
    }


def _awards(
    person_ids: Collection[int], certification_ids: Collection[int]
) -> sa.Select[*tuple[Any, ...]]:
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
            _superseded_on().label("superseded_on"),
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


def _superseded_on() -> sa.ScalarSelect[Any]:
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


def _absences(
    person_ids: Collection[int], certification_ids: Collection[int]
) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            AwardLapse.award_id, AwardLapse.left_on, AwardLapse.lapses_on, AwardLapse.returned_on
        )
        .join(Award, Award.id == AwardLapse.award_id)
        .where(Award.person_id.in_(person_ids), Award.certification_id.in_(certification_ids))
    )
