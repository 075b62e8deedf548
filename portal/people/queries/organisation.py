"""The organisation, its sites, roles and tree of teams."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from portal.people.models import Organisation, PayBand, Role, Site, Team


def organisation() -> sa.Select[Organisation]:
    """The one organisation, once it is set up."""
    return sa.select(Organisation).order_by(Organisation.id).limit(1)


def sites() -> sa.Select[Site]:
    """All sites by city."""
    return sa.select(Site).order_by(Site.city, Site.id)


def roles() -> sa.Select[Role]:
    """All roles, family by family, from the first level up."""
    return sa.select(Role).order_by(Role.family, Role.level, Role.id)


def pay_bands_of(role_id: int) -> sa.Select[PayBand]:
    """What a role pays, by country."""
    return sa.select(PayBand).where(PayBand.role_id == role_id).order_by(PayBand.country)


def team_tree() -> sa.Select[Team]:
    """All teams with site and lead, each parent before what lies below it."""
    return (
        sa.select(Team)
        .options(joinedload(Team.site, innerjoin=True), joinedload(Team.lead))
        .order_by(sa.func.length(Team.path), Team.path)
    )


def team_names() -> sa.Select[*tuple[Any, ...]]:
    """Id, parent, path and name of all teams."""
    return sa.select(Team.id, Team.parent_id, Team.path, Team.name)


def upper_teams(most: int) -> sa.Select[*tuple[Any, ...]]:
    """The first so many of ``team_names``, level by level from the top."""
    level = sa.func.length(Team.path) - sa.func.length(sa.func.replace(Team.path, "/", ""))
    return team_names().order_by(level, Team.id).limit(most)


def way_to_team(team_id: int) -> sa.Select[*tuple[Any, ...]]:
    """The ``team_names`` of a team and of all above it."""
    at = aliased(Team)
    above = sa.func.substr(at.path, 1, sa.func.length(Team.path)) == Team.path
    return team_names().join(at, above).where(at.id == team_id)


def teams_below(team_id: int) -> sa.Select[*tuple[Any, ...]]:
    """The ``team_names`` of the teams directly below one."""
    return team_names().where(Team.parent_id == team_id)


def tree_for_update() -> sa.Select[Team]:
    """All teams as they are now, locked until the transaction ends."""
    return (
        sa.select(Team)
        .order_by(Team.id)
        .with_for_update(of=Team)
        .execution_options(populate_existing=True)
    )


def within(
    column: InstrumentedAttribute[str], path: str | sa.BindParameter[str]
) -> sa.ColumnElement[bool]:
    """Paths at or below ``path``, as a range an index can answer.

    ``/`` ends every step and ``0`` is the character after it, so ``/1/4/…`` lies from ``/1/4/``
    up to, but not including, ``/1/40``. Paths are compared byte by byte on both databases.
    """
    if isinstance(path, str):
        return sa.and_(column >= path, column < f"{path[:-1]}0")
    return sa.and_(column >= path, column < sa.func.rtrim(path, "/") + "0")
