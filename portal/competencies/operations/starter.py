"""The competency library an organisation starts from, and what the starter roles ask of it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.competencies import queries
from portal.competencies.models import Competency, RoleRequirement
from portal.competencies.operations.library import add_competency
from portal.competencies.operations.requirements import set_requirement
from portal.competencies.states import CompetencyFamily
from portal.core.db import db
from portal.people.models import Role
from portal.people.operations import starter_roles

STARTER = Path(__file__).resolve().parents[1] / "starter" / "competencies.toml"


def load_competencies(by: Account | None) -> int:
    """Add the starter competencies that are missing, and say how many; others stay as they are."""
    known = set(db.session.scalars(sa.select(Competency.key)))
    starter = tomllib.loads(STARTER.read_text("utf-8"))["competency"]
    fresh = [(at, row) for at, row in enumerate(starter, start=1) if row["key"] not in known]
    for order, row in fresh:
        add_competency(
            key=row["key"],
            family=CompetencyFamily[row["family"].upper()],
            name=row["name"],
            description=row["description"],
            anchors=row["anchors"],
            order=order,
            by=by,
        )
    return len(fresh)


def load_requirements(by: Account | None) -> int:
    """Give starter roles that ask for nothing yet their requirements, and say how many."""
    competencies = {row.key: row for row in db.session.scalars(queries.library())}
    asked = sa.exists().where(RoleRequirement.role_id == Role.id)
    bare = {role.key: role for role in db.session.scalars(sa.select(Role).where(~asked))}
    lines = [
        (bare[values["key"]], competencies[line["key"]], line)
        for values in starter_roles() if values["key"] in bare
        for line in values["competencies"] if line["key"] in competencies
    ]  # fmt: skip
    for role, competency, line in lines:
        set_requirement(role, competency, level=line["level"], weight=line["weight"], by=by)
    return len(lines)
