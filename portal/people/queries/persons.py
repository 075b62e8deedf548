"""Who works here, and whom a viewer may see."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.accounts.models import Account
from portal.core import clock
from portal.people.models import Employment, Person, Role, Site, Team
from portal.people.queries.employments import covering
from portal.people.queries.organisation import within
from portal.people.states import Standing


def person_with_email(folded: str) -> sa.Select[Person]:
    """The person with this folded e-mail address."""
    return sa.select(Person).where(Person.email_folded == folded)


def everyone_under(team: Team, on: date | None = None) -> sa.Select[Person]:
    """The people employed in a team or anywhere below it, today or on another day."""
    return (
        sa.select(Person)
        .join(Employment, Employment.person_id == Person.id)
        .join(Team, Team.id == Employment.team_id)
        .where(within(Team.path, team.path), covering(on or clock.today()))
        .order_by(Person.by_name(), Person.id)
    )


def working_people(on: date | None = None) -> sa.Select[Person]:
    """Everybody employed today or on another day, in alphabetical order."""
    return (
        sa.select(Person)
        .join(Employment, Employment.person_id == Person.id)
        .where(covering(on or clock.today()))
        .order_by(Person.by_name(), Person.id)
    )


def staff() -> sa.Select[Person]:
    """Everybody employed today or from a later day, in alphabetical order."""
    today = clock.today()
    employed = sa.exists().where(
        Employment.person_id == Person.id,
        sa.or_(Employment.ends_on.is_(None), Employment.ends_on >= today),
    )
    return sa.select(Person).where(employed).order_by(Person.by_name(), Person.id)


def people_listed(standing: Standing = Standing.WORKING) -> sa.Select[*tuple[Any, ...]]:
    """The directory: one row for each person, with the employment that puts them on the list."""
    employed = Employment.person_id == Person.id
    return _with_employment(employed).where(_standing(standing, clock.today()))


def everyone_listed() -> sa.Select[*tuple[Any, ...]]:
    """The rows of ``people_listed`` for all who work here, quick to read in alphabetical order.

    The employment is looked up for each person in turn, so that a page of a long list needs no
    sorting: the database follows the order of the names and passes over those not employed.
    """
    present = aliased(Employment)
    found = sa.select(present.id).where(
        present.person_id == Person.id, covering(clock.today(), present)
    )
    return _with_employment(Employment.id == found.limit(1).scalar_subquery())


def _with_employment(employed: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Person.id,
            Person.given_name,
            Person.family_name,
            Person.language,
            Person.email,
            Role.title.label("role"),
            Team.name.label("team"),
            Site.name.label("site"),
            Employment.starts_on,
            Employment.ends_on,
        )
        .select_from(Person)
        .join(Employment, employed)
        .join(Role, Role.id == Employment.role_id)
        .join(Team, Team.id == Employment.team_id)
        .join(Site, Site.id == Employment.site_id)
    )


def _standing(standing: Standing, today: date) -> sa.ColumnElement[bool]:
    if standing is Standing.WORKING:
        return covering(today)
    other = aliased(Employment)
    others = sa.exists().where(other.person_id == Employment.person_id)
    if standing is Standing.COMING:
        before = others.where(other.starts_on < Employment.starts_on)
        return sa.and_(Employment.starts_on > today, ~before)
    after = others.where(other.starts_on > Employment.starts_on)
    return sa.and_(Employment.ends_on < today, ~after)


def people_found(viewer: Account) -> sa.Select[Person]:
    """Whom the search over colleagues shows: those the viewer may open, candidates left out."""
    employed = (
        sa.exists()
        .where(Employment.person_id == Person.id, Team.id == Employment.team_id)
        .where(visible_to(viewer))
    )
    if not sees_everyone(viewer):
        employed = employed.where(covering(clock.today()))
    return sa.select(Person).where(employed).order_by(Person.by_name(), Person.id)


def sees_everyone(viewer: Account) -> bool:
    """Whether the directory shows this viewer all there is."""
    return viewer.has_role("hr", "executive")


def visible_to(viewer: Account) -> sa.ColumnElement[bool]:
    """Rows of ``people_listed`` the viewer may see: all, those of the teams they lead, themself."""
    if sees_everyone(viewer):
        return sa.true()
    led = [within(Team.path, path) for path in viewer.led_paths]
    return sa.or_(Person.id == viewer.person_id, *led)
