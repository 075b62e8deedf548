"""The compliance report: how many of those who must hold a certificate do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from portal.certification import queries
from portal.certification.figures import Figures, counted, reach_of
from portal.certification.matrix import Asked
from portal.certification.models import Certification
from portal.core.db import Words, db
from portal.people.models import Team
from portal.people.queries import within


@dataclass(frozen=True)
class Compliance:
    """The figures of a day; ``by_team`` has ``None`` for people in none of the teams shown."""

    day: date
    people: int
    total: Figures
    by_certification: list[tuple[Certification, Figures]]
    by_team: list[tuple[Team | None, Figures]]


def compliance(asked: Asked, team: Team | None) -> Compliance:
    """The figures over the people asked for; the teams are those below the one chosen."""
    teams = _teams(asked, team)
    tops = {team.id} if team else {row.id for row in teams if _has_rows_below(row, teams)}
    groups = [(row.id, _is_in(row, top=row.id in tops)) for row in teams]
    number, found = counted(
        asked.day,
        asked.people,
        key=("compliance", reach_of(asked.viewer), asked.key, tuple(row.id for row in teams)),
        groups=groups,
        certification_ids=asked.chosen or None,
        required_only=True,
    )
    known = {row.id: row for row in asked.certifications}
    by_certification: dict[int, Figures] = {}
    by_team: dict[int | None, Figures] = {}
    for (group, certification), figures in found.items():
        sums = by_certification.get(certification, Figures())
        by_certification[certification] = sums + figures
        by_team[group] = by_team.get(group, Figures()) + figures
    rows: list[tuple[Team | None, Figures]] = [
        (row, by_team[row.id]) for row in teams if row.id in by_team
    ]
    if None in by_team:
        rows.append((None, by_team[None]))
    return Compliance(
        asked.day,
        number,
        sum(by_certification.values(), Figures()),
        [(row, by_certification[key]) for key, row in known.items() if key in by_certification],
        rows,
    )


def name_of(certification: Certification) -> Words:
    """Its present name."""
    return certification.current.name if certification.current else {"en": certification.key}


def _teams(asked: Asked, team: Team | None) -> list[Team]:
    """The chosen team and those directly below it; else the top ones the viewer has."""
    tree = sa.select(Team).order_by(Team.path)
    if team is not None:
        return list(
            db.session.scalars(tree.where(sa.or_(Team.id == team.id, Team.parent_id == team.id)))
        )
    if not queries.sees_all_certificates(asked.viewer):
        return list(db.session.scalars(tree.where(Team.path.in_(asked.viewer.led_paths))))
    tops = sa.select(Team.id).where(Team.parent_id.is_(None))
    return list(
        db.session.scalars(tree.where(sa.or_(Team.parent_id.is_(None), Team.parent_id.in_(tops))))
    )


def _has_rows_below(row: Team, teams: list[Team]) -> bool:
    return any(other.path.startswith(row.path) for other in teams if other is not row)


def _is_in(row: Team, *, top: bool) -> sa.ColumnElement[bool]:
    """In a team or below it; of the uppermost one only its own people, the rest have a row each."""
    return Team.id == row.id if top else within(Team.path, row.path)
