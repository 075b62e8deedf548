"""The plan of one position and the bench of a unit as papers, each for its reader alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.core import documents
from portal.core.access import Viewer
from portal.core.charts import Organisation
from portal.core.db import db
from portal.core.documents import Document
from portal.people.models import Team
from portal.succession import policy
from portal.succession.models import KeyPosition

PLAN = "succession_plan"
UNIT = "succession_unit"

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Named:
    """One successor on paper."""

    name: str
    rows: Rows
    reason: str
    missing: tuple[str, ...]
    actions: Rows
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class PositionPlan:
    """Everything the plan of a position shows, as text in its language."""

    mark: str
    place: str
    rows: Rows
    risk: Rows
    warnings: tuple[str, ...]
    successors: tuple[Named, ...]
    emergency: tuple[str, ...]
    earlier: Rows
    history: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class UnitPlan:
    """Everything the bench of a unit shows; ``paths`` are the teams its reader has to plan for."""

    mark: str
    unit: str
    paths: tuple[str, ...]
    scope: str
    figures: tuple[tuple[str, str, str], ...]
    explained: tuple[str, ...]
    warnings: tuple[tuple[str, ...], ...]
    shortages: tuple[str, ...]
    charts: tuple[Organisation, ...]
    positions: tuple[tuple[str, ...], ...]


def issue_plan(key_position: KeyPosition, data: PositionPlan, *, by: Account) -> Document:
    """Freeze the plan of a position and have it printed."""
    return documents.issue(
        PLAN, data, subject=key_position, locale=by.language, by=by,
        country=key_position.position.team.site.country, time_zone=by.time_zone,
    )  # fmt: skip


def issue_unit(team: Team, data: UnitPlan, *, by: Account) -> Document:
    """Freeze the bench of a unit and have it printed."""
    return documents.issue(
        UNIT, data, subject=team, locale=by.language, by=by,
        country=team.site.country, time_zone=by.time_zone,
    )  # fmt: skip


def may_read_plan(viewer: Viewer, document: Document) -> bool:
    """Whoever had it printed, as long as they plan for the position: it holds what they may see."""
    if document.issued_by is None or viewer.id != document.issued_by:
        return False
    key_position = db.session.get(KeyPosition, document.subject_id)
    return key_position is not None and policy.plan_position(viewer, key_position)


def may_read_unit(viewer: Viewer, document: Document) -> bool:
    """Whoever had it printed, as long as they plan for every team in it."""
    if document.issued_by is None or viewer.id != document.issued_by:
        return False
    if policy.plans_all(viewer):
        return True
    fields: dict[str, Any] = document.payload.get("v", {})
    paths = fields.get("paths", {}).get("v", [])
    return viewer.has_role("planner") and all(viewer.leads(path) for path in paths)


documents.register_kind(PLAN, _l("Succession plan of a position"), may_read_plan)
documents.register_kind(UNIT, _l("Succession plan of a unit"), may_read_unit)
