"""What is asked of the competency library and the evidence ledger, as selects."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Account
from portal.competencies.models import Competency, CompetencyVersion, Evidence, RoleRequirement
from portal.competencies.states import EvidenceSource
from portal.people.models import Role


def library() -> sa.Select[Competency]:
    """All competencies with their current wording, in the order they are listed in."""
    return (
        sa.select(Competency)
        .options(joinedload(Competency.current))
        .order_by(Competency.family, Competency.order, Competency.id)
    )


def competency_with_key(key: str) -> sa.Select[Competency]:
    """The competency of this key."""
    return sa.select(Competency).where(Competency.key == key)


def version_with_hash(competency_id: int, content_hash: str) -> sa.Select[CompetencyVersion]:
    """The version of a competency with exactly this content."""
    return sa.select(CompetencyVersion).where(
        CompetencyVersion.competency_id == competency_id,
        CompetencyVersion.content_hash == content_hash,
    )


def versions_of(competency_id: int) -> sa.Select[*tuple[Any, ...]]:
    """Every version of a competency with the name of who published it, newest first."""
    return (
        sa.select(CompetencyVersion, Account.display_name)
        .outerjoin(Account, Account.id == CompetencyVersion.published_by_id)
        .where(CompetencyVersion.competency_id == competency_id)
        .order_by(CompetencyVersion.number.desc())
    )


def requirements_of(role_id: int) -> sa.Select[RoleRequirement]:
    """What a role asks for, with competencies and their current wording, in its order."""
    return (
        sa.select(RoleRequirement)
        .where(RoleRequirement.role_id == role_id)
        .options(
            joinedload(RoleRequirement.competency, innerjoin=True).joinedload(Competency.current)
        )
        .order_by(RoleRequirement.order, RoleRequirement.id)
    )


def requirement_of(role_id: int, competency_id: int) -> sa.Select[RoleRequirement]:
    """What a role asks of one competency."""
    return sa.select(RoleRequirement).where(
        RoleRequirement.role_id == role_id, RoleRequirement.competency_id == competency_id
    )


def evidence_from(source: EvidenceSource, source_id: int, version_id: int) -> sa.Select[Evidence]:
    """The row a source wrote about one competency version, if it did."""
    return sa.select(Evidence).where(
        Evidence.source == source,
        Evidence.source_id == source_id,
        Evidence.competency_version_id == version_id,
    )


def levels_shown(person_id: int) -> sa.Select[*tuple[Any, ...]]:
    """The latest level of each competency a person has shown, one row each.

    Columns: competency_id, family, level, observed_on, source, name and anchors (as worded when it
    was observed), and seen, the number of observations.
    """
    newest = (Evidence.observed_on.desc(), Evidence.id.desc())
    ranked = (
        sa.select(
            Evidence.id,
            sa.func.row_number()
            .over(partition_by=Evidence.competency_id, order_by=newest)
            .label("rank"),
            sa.func.count().over(partition_by=Evidence.competency_id).label("seen"),
        )
        .where(Evidence.person_id == person_id)
        .subquery()
    )
    return (
        sa.select(
            Evidence.competency_id,
            Competency.family,
            Evidence.level,
            Evidence.observed_on,
            Evidence.source,
            CompetencyVersion.name,
            CompetencyVersion.anchors,
            ranked.c.seen,
        )
        .join(ranked, ranked.c.id == Evidence.id)
        .join(Competency, Competency.id == Evidence.competency_id)
        .join(CompetencyVersion, CompetencyVersion.id == Evidence.competency_version_id)
        .where(ranked.c.rank == 1)
        .order_by(Competency.family, Competency.order, Competency.id)
    )


def evidence_shown(person_id: int) -> sa.Select[*tuple[Any, ...]]:
    """The ledger of a person as it is read, newest first.

    Columns: level, source, observed_on, note, recorded_at, name and anchors as worded then, number
    of that version, and by, the name of who recorded it.
    """
    return (
        sa.select(
            Evidence.level,
            Evidence.source,
            Evidence.observed_on,
            Evidence.note,
            Evidence.recorded_at,
            CompetencyVersion.name,
            CompetencyVersion.anchors,
            CompetencyVersion.number,
            Account.display_name.label("by"),
        )
        .join(CompetencyVersion, CompetencyVersion.id == Evidence.competency_version_id)
        .outerjoin(Account, Account.id == Evidence.recorded_by_id)
        .where(Evidence.person_id == person_id)
        .order_by(Evidence.observed_on.desc(), Evidence.id.desc())
    )


def roles_asking(competency_id: int) -> sa.Select[*tuple[Any, ...]]:
    """Which roles ask for a competency: role id, title, level and weight."""
    return (
        sa.select(Role.id, Role.title, RoleRequirement.level, RoleRequirement.weight)
        .join(RoleRequirement, RoleRequirement.role_id == Role.id)
        .where(RoleRequirement.competency_id == competency_id)
        .order_by(Role.level, Role.id)
    )
