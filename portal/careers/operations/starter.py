"""The ladder, side paths and requirements an organisation starts from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.careers.models import LadderVersion, RequirementSet
from portal.careers.operations.ladder import Step, publish_ladder
from portal.careers.operations.requirements import Asked, publish_requirements
from portal.careers.states import EdgeKind, EducationLevel, RequirementKind
from portal.certification.models import Certification
from portal.core.db import Json, db
from portal.metrics.models import Metric
from portal.people import operations as people
from portal.people.models import Role
from portal.training.models import Course

STARTER = Path(__file__).resolve().parents[1] / "starter" / "ladder.toml"
APPLIES_FROM = date(2020, 1, 1)
FAMILY = "customer_service"

Known = dict[tuple[str, str], int]
"""Ids of certifications, courses and metrics by kind and key."""


def load_paths(by: Account | None) -> int:
    """Add missing roles of side paths, the first ladder and the requirements of bare roles.

    Says how many roles got requirements. A ladder that is there stays as it is. A line about a
    certification, course or metric nobody has is left out, so is a step whose roles are not there.
    """
    starter = tomllib.loads(STARTER.read_text("utf-8"))
    known = set(db.session.scalars(sa.select(Role.key)))
    for values in starter["role"]:
        if values["key"] not in known:
            people.add_role(family=FAMILY, **values, by=by)
    db.session.flush()
    roles = {row.key: row for row in db.session.scalars(sa.select(Role))}
    if db.session.scalar(sa.select(LadderVersion.id).limit(1)) is None:
        steps = [
            Step(roles[one["from"]], roles[one["to"]], EdgeKind(one["kind"]))
            for one in starter["step"] if one["from"] in roles and one["to"] in roles
        ]  # fmt: skip
        if steps:
            publish_ladder(steps, effective_from=APPLIES_FROM, by=by)
    return _load_requirements(starter["requirements"], roles, by)


def _load_requirements(starter: list[Json], roles: Mapping[str, Role], by: Account | None) -> int:
    done = set(db.session.scalars(sa.select(RequirementSet.role_id)))
    known: Known = {
        (name, key): row_id
        for name, columns in (
            ("certification", sa.select(Certification.key, Certification.id)),
            ("course", sa.select(Course.key, Course.id)),
            ("metric", sa.select(Metric.key, Metric.id)),
        )
        for key, row_id in db.session.execute(columns)
    }
    fresh = [one for one in starter if one["role"] in roles and roles[one["role"]].id not in done]
    for one in fresh:
        asked = [_asked(line, roles, known) for line in one["line"] if _is_there(line, known)]
        publish_requirements(roles[one["role"]], asked, effective_from=APPLIES_FROM, by=by)
    return len(fresh)


def _is_there(line: Json, known: Known) -> bool:
    """Whether what a line asks for exists here."""
    return all(
        (name, line[name]) in known
        for name in ("certification", "course", "metric")
        if name in line
    )


def _asked(line: Json, roles: Mapping[str, Role], known: Known) -> Asked:
    return Asked(
        RequirementKind(line["kind"]),
        text=line.get("text", {}),
        options=[_option(one, roles) for one in line.get("options", ())],
        education=EducationLevel(line["education"]) if "education" in line else None,
        certification_id=known.get(("certification", line.get("certification", ""))),
        course_id=known.get(("course", line.get("course", ""))),
        rating=line.get("rating"),
        metric_id=known.get(("metric", line.get("metric", ""))),
        mark=Decimal(line["mark"]) if "mark" in line else None,
        months=line.get("months"),
    )


def _option(one: Json, roles: Mapping[str, Role]) -> Json:
    role = roles.get(one.get("role", ""))
    return {
        "alternative": one["alternative"],
        "kind": one["kind"],
        "months": one["months"],
        "role_id": role.id if role else None,
        "family": one.get("family", ""),
    }
