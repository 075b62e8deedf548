"""The people whose certificates somebody may look over, and how many of them stand how."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.accounts.states import AccountRole
from portal.certification.queries.required import Among
from portal.certification.queries.standings import standings
from portal.certification.states import IN_FORCE, SUFFICIENT, Standing
from portal.core.audit import AuditEvent
from portal.people.models import Employment, Person, Role, Site, Team
from portal.people.queries import within
from portal.people.queries.employments import covering

SOON = timedelta(days=90)
"""Within this time a certificate in force counts as one that expires soon."""

DECISIVE = (
    "award",
    "award_lapse",
    "certification",
    "certification_mandate",
    "certification_pursuit",
    "certification_waiver",
    "client_queue",
    "employment",
    "site",
    "team",
)
"""Kinds of record that change how anybody stands, or who sees it."""


def sees_all_certificates(viewer: Account) -> bool:
    """HR and directors see how everybody stands."""
    return viewer.has_role(AccountRole.HR, AccountRole.EXECUTIVE)


def under(viewer: Account) -> sa.ColumnElement[bool]:
    """Employments, joined with their teams, of people whose standings the viewer sees."""
    if sees_all_certificates(viewer):
        return sa.true()
    led = [within(Team.path, path) for path in viewer.led_paths]
    return sa.or_(Employment.manager_id == viewer.person_id, *led)


def people_seen(viewer: Account, day: date) -> sa.Select[*tuple[Any, ...]]:
    """Everybody employed on a day whose standings the viewer sees, with where they work."""
    return (
        sa.select(
            Person.id,
            Person.given_name,
            Person.family_name,
            Person.language,
            Role.title.label("role"),
            Team.name.label("team"),
            Team.path,
            Site.name.label("site"),
            Employment.manager_id,
        )
        .select_from(Employment)
        .join(Person, Person.id == Employment.person_id)
        .join(Team, Team.id == Employment.team_id)
        .join(Role, Role.id == Employment.role_id)
        .join(Site, Site.id == Employment.site_id)
        .where(covering(day), under(viewer))
    )


def ids_of(select: sa.Select[Any]) -> sa.Select[*tuple[int]]:
    """The ids of the people in such a list."""
    return select.with_only_columns(Employment.person_id).order_by(None)


def number_of(select: sa.Select[Any]) -> sa.Select[*tuple[int]]:
    """How many people such a list has."""
    return sa.select(sa.func.count()).select_from(ids_of(select).subquery())


NOT_YET = frozenset({Standing.NOT_STARTED, Standing.IN_PROGRESS, Standing.AWAITING_CHECK})
"""Standings of somebody who never held it yet."""

LAPSED = frozenset({Standing.EXPIRED, Standing.REVOKED})
"""Standings of somebody who held it and does no more."""


def in_force(pairs: sa.CTE) -> sa.ColumnElement[bool]:
    """Pairs whose award holds good."""
    return _is(pairs, IN_FORCE)


def shown_as(pairs: sa.CTE, show: str, day: date) -> sa.ColumnElement[bool]:
    """Pairs of one kind: a value of ``Show``, or of ``Standing``."""
    missing = sa.and_(pairs.c.required == 1, _is(pairs, NOT_YET))
    known = {
        "in_force": in_force(pairs),
        "soon": _ends_soon(pairs, day),
        "lapsed": _is(pairs, LAPSED),
        "lacking": sa.and_(pairs.c.required == 1, ~_is(pairs, SUFFICIENT)),
        "missing": sa.and_(missing, pairs.c.overdue == 1),
        "not_due": sa.and_(missing, pairs.c.overdue == 0),
    }
    return known.get(show, pairs.c.standing == show)


def people_shown(
    day: date,
    show: str,
    certification_ids: Collection[int],
    *,
    required_only: bool,
    among: Among = None,
) -> sa.Select[*tuple[int]]:
    """The ids of people with at least one pair of a kind among these certifications."""
    pairs = standings(day, certification_ids=certification_ids, among=among)
    found = sa.select(pairs.c.person_id).distinct()
    if required_only:
        found = found.where(pairs.c.required == 1)
    return found.where(shown_as(pairs, show, day)) if show else found


def people_settled(
    day: date, certification_ids: Collection[int], *, among: Among = None
) -> sa.Select[*tuple[int]]:
    """The ids of people who have begun every one of these certifications."""
    pairs = standings(day, certification_ids=certification_ids, among=among)
    return (
        sa.select(pairs.c.person_id)
        .where(pairs.c.standing != Standing.NOT_STARTED.value)
        .group_by(pairs.c.person_id)
        .having(sa.func.count() == len(certification_ids))
    )


def _is(pairs: sa.CTE, some: Collection[Standing]) -> sa.ColumnElement[bool]:
    return pairs.c.standing.in_([one.value for one in some])


def _ends_soon(pairs: sa.CTE, day: date) -> sa.ColumnElement[bool]:
    return sa.and_(in_force(pairs), pairs.c.last_day <= (day + SOON).isoformat())


class Tally(NamedTuple):
    """So many people who stand in one way with one certification."""

    group: int | None
    certification_id: int
    standing: str
    required: bool
    overdue: bool
    soon: bool
    number: int


def tally(
    day: date,
    people: sa.Select[Any],
    *,
    among: Among = None,
    certification_ids: Collection[int] | None = None,
    groups: Sequence[tuple[int, sa.ColumnElement[bool]]] = (),
    required_only: bool = False,
) -> sa.Select[*tuple[Any, ...]]:
    """Rows of ``Tally``; ``people`` are narrowed from ``people_seen``, ``groups`` are by its teams.

    ``among`` are their ids again where they are not nearly everybody.

    Pairs of which nothing is known or asked are left out: they are who remains.
    """
    pairs = standings(day, certification_ids=certification_ids, among=among)
    group = sa.case(*((condition, key) for key, condition in groups)) if groups else sa.null()
    counted = (
        people.with_only_columns(Employment.person_id, group.label("group"))
        .order_by(None)
        .cte("people")
    )
    # In a query of its own: PostgreSQL can't group by an expression with parameters.
    dated = (
        sa.select(*pairs.c, _ends_soon(pairs, day).label("soon"))
        .where(pairs.c.required == 1 if required_only else sa.true())
        .subquery("dated_pairs")
    )
    keys = (
        counted.c.group,
        dated.c.certification_id,
        dated.c.standing,
        dated.c.required,
        dated.c.overdue,
        dated.c.soon,
    )
    return (
        sa.select(*keys, sa.func.count().label("number"))
        .select_from(dated)
        .join(counted, counted.c.person_id == dated.c.person_id)
        .group_by(*keys)
    )


def latest_change() -> sa.Select[*tuple[Any, ...]]:
    """The number of the last recorded change of anything that decides how people stand."""
    newest = [
        sa.select(sa.func.coalesce(sa.func.max(AuditEvent.id), 0))
        .where(AuditEvent.subject_type == kind)
        .scalar_subquery()
        for kind in DECISIVE
    ]
    return sa.select(*newest)
