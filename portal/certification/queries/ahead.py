"""Certificates in the time ahead: those that stay, and those whose end somebody should look at."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from portal.certification.models import (
    Award,
    AwardCheck,
    AwardLapse,
    CertificationVersion,
    Revocation,
)
from portal.certification.queries.dates import days_after
from portal.certification.queries.held import Ids, superseded_on


def steady_pairs(
    person_ids: Ids, certification_ids: Collection[int], first: date, last: date
) -> sa.Select[*tuple[Any, ...]]:
    """Person and certification where one award holds good on every day of a period."""
    return (
        sa.select(Award.person_id, Award.certification_id)
        .join(CertificationVersion, CertificationVersion.id == Award.version_id)
        .outerjoin(AwardCheck, AwardCheck.award_id == Award.id)
        .where(
            Award.person_id.in_(person_ids),
            Award.certification_id.in_(certification_ids),
            _steady(first, last),
        )
    )


def unsteady(first: date, last: date) -> tuple[sa.ColumnElement[bool], ...]:
    """Of the other awards those that may count on some day: the condition ``known_of`` takes."""
    alive = days_after(sa.literal(first, sa.Date), -CertificationVersion.grace_days)
    replaced_on = superseded_on()
    return (
        sa.or_(Award.expires_on.is_(None), Award.expires_on >= alive),
        ~_steady(first, last),
        sa.or_(replaced_on.is_(None), replaced_on > first),
    )


def _steady(first: date, last: date) -> sa.ColumnElement[bool]:
    version = CertificationVersion
    return sa.and_(
        Award.issued_on <= first,
        sa.or_(Award.expires_on.is_(None), Award.expires_on > last),
        sa.or_(version.void_from.is_(None), version.void_from > last),
        sa.func.coalesce(AwardCheck.agreed, ~Award.needs_check),
        ~sa.exists().where(Revocation.award_id == Award.id).correlate(Award),
        ~sa.exists().where(AwardLapse.award_id == Award.id).correlate(Award),
        superseded_on().is_(None),
    )
