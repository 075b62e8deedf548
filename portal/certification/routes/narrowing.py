"""What the address of a matrix, a report or a list of queues asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import request
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.certification import queries
from portal.certification.matrix import Asked
from portal.certification.models import Certification
from portal.certification.routes.as_of import day_asked
from portal.certification.states import Show, Standing
from portal.core import i18n, tables
from portal.core.db import db
from portal.people.forms import choices
from portal.people.models import Role, Site, Team
from portal.people.queries import within

NOT_SHOWN = frozenset({Standing.SUPERSEDED})
"""A replaced award says nothing of the person."""

NARROWING = ("team", "site", "role")


def places() -> tuple[tables.Filter, ...]:
    """Filters by where people work."""
    return (
        tables.Filter("team", _l("Team"), in_team, choices.upper_teams(team_asked())),
        tables.Filter("site", _l("Site"), lambda keys: Site.id == keys[0], choices.sites()),
        tables.Filter("role", _l("Role"), lambda keys: Role.id == keys[0], choices.roles()),
    )


def team_asked() -> str:
    """The team of the address, as it stands there."""
    return request.args.get("team", "").strip()


def in_team(keys: list[int]) -> Any:  # noqa: ANN401 - a condition
    """In a team or below it."""
    team = db.session.get(Team, keys[0])
    return within(Team.path, team.path) if team else sa.true()


def matrix_asked() -> tuple[tables.FilterBar, Asked]:
    """Every filter of the matrix, and what the address asks for."""
    known = _certifications()
    bar = tables.FilterBar((*places(), *_kinds(known)), request.args)
    return bar, _asked(bar, known)


def compliance_asked() -> tuple[tables.FilterBar, Asked]:
    """The same for the compliance report: all it shows is mandatory."""
    known = _certifications()
    certification, *_rest = _kinds(known)
    bar = tables.FilterBar((*places(), certification), request.args)
    return bar, _asked(bar, known)


def _asked(bar: tables.FilterBar, known: Sequence[Certification]) -> Asked:
    day = day_asked()
    return Asked(
        viewer(),
        day,
        bar.narrow(queries.people_seen(viewer(), day)),
        key=tuple(bar.value(name) for name in NARROWING),
        certifications=known,
        show=bar.value("show"),
        required_only=bool(bar.value("mandatory")),
        chosen=tuple(int(key) for key in bar.chosen.get("certification", ())),
    )


def _kinds(known: Sequence[Certification]) -> tuple[tables.Filter, ...]:
    """Filters that are about pairs; the matrix applies them together."""
    return (
        tables.Filter("certification", _l("Certification"), _any, _offer(known), several=True),
        tables.Filter("show", _l("State"), _any, _standings()),
        tables.Filter("mandatory", _l("Mandatory"), _any, [("1", _l("Only mandatory"))]),
    )


def _standings() -> list[tuple[str, Any]]:
    kinds: list[tuple[str, Any]] = [(str(one), one.label) for one in Show]
    known = {value for value, _label in kinds}
    by_itself = [one for one in Standing if one not in NOT_SHOWN and str(one) not in known]
    return kinds + [(str(one), one.label) for one in by_itself]


def _certifications() -> list[Certification]:
    rows: Iterable[Certification] = db.session.scalars(queries.certifications())
    return [row for row in rows if row.current]


def _offer(known: Iterable[Certification]) -> list[tuple[int, str]]:
    return [(row.id, i18n.words(row.current.name)) for row in known if row.current]


def _any(_keys: list[Any]) -> Any:  # noqa: ANN401 - a condition
    return sa.true()


def on(day: date) -> dict[str, str]:
    """The argument that keeps the day, if the address names one."""
    return {"on": day.isoformat()} if request.args.get("on") else {}
