"""Searching all candidates, and what each has applied for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from portal.core import search
from portal.hiring.models import Application, Posting
from portal.people.models import Person


def candidates(query: str = "") -> sa.Select[*tuple[Any, ...]]:
    """Everybody who has applied; ``query`` is any part of a name or address, in any script."""
    applied = sa.exists().where(Application.person_id == Person.id, Application.erased_at.is_(None))
    rows = sa.select(
        Person.id,
        Person.given_name,
        Person.family_name,
        Person.language,
        Person.email,
        Person.phone,
    ).where(applied)
    if query:
        rows = rows.where(Person.id.in_(search.matches("candidate", query)))
    return rows


def applications_of(person_ids: Sequence[int]) -> sa.Select[*tuple[Any, ...]]:
    """The applications of some people as rows, the newest first."""
    return (
        sa.select(
            Application.id,
            Application.person_id,
            Application.stage,
            Application.applied_at,
            Posting.content,
        )
        .join(Application.posting)
        .where(Application.person_id.in_(person_ids), Application.erased_at.is_(None))
        .order_by(Application.applied_at.desc(), Application.id.desc())
    )


def candidates_with_applications(query: str = "") -> sa.Select[*tuple[Any, ...]]:
    """One row for each application, for an export."""
    people = candidates(query).subquery()
    return (
        sa.select(
            people.c.given_name,
            people.c.family_name,
            people.c.email,
            people.c.phone,
            Application.stage,
            Application.applied_at,
            Application.source,
            Posting.content,
        )
        .join(Application, Application.person_id == people.c.id)
        .join(Application.posting)
        .where(Application.erased_at.is_(None))
        .order_by(people.c.id, Application.id)
    )
