"""Who is how far from a role: the list of those who answer for people."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.careers import policy, queries
from portal.careers.distance import Candidate, candidates, distance_columns, paged, titles_of
from portal.careers.routes import bp
from portal.careers.routes.path import asked_role
from portal.core import clock, search, tables
from portal.core.access import allowed
from portal.core.db import db
from portal.core.i18n import words
from portal.people.forms import choices
from portal.people.models import Person, Role, Site
from portal.people.operations import SEARCH_KIND
from portal.people.queries import roles as all_roles

MOST_GAPS = 3


def _filters() -> tuple[tables.Filter, ...]:
    return (
        tables.Filter(
            "q",
            _l("Name"),
            lambda texts: Person.id.in_(search.matches(SEARCH_KIND, texts[0])),
        ),
        tables.Filter("site", _l("Site"), lambda keys: Site.id == keys[0], choices.sites()),
        tables.Filter(
            "scope", _l("Who"), lambda _chosen: sa.true(), [("all", _l("From every role"))]
        ),
    )


def _listed(bar: tables.FilterBar, role: Role) -> list[Candidate]:
    """Those whose role leads to the wanted one in one step, or everybody if that is asked."""
    day = clock.today(viewer().time_zone)
    select = bar.narrow(queries.people_on_the_way(viewer(), role.id, day))
    if not bar.value("scope"):
        select = select.where(Role.id.in_(queries.roles_leading_to(role.id, day)))
    return candidates(select, role, day)


def _roles() -> list[Role]:
    return list(db.session.scalars(all_roles()))


def _wanted(roles: list[Role]) -> Role | None:
    """The role asked for, else the one most steps up lead to first."""
    if asked := asked_role():
        return asked
    day = clock.today(viewer().time_zone)
    ladder = db.session.scalar(queries.ladder_on(day))
    targets = {edge.to_role_id for edge in ladder.edges} if ladder else set()
    own = db.session.get_one(Person, viewer().person_id).employment_on(day)
    below = [role for role in roles if role.id in targets]
    mine = next((role for role in below if own and role.id == own.role_id), None)
    return mine or next(iter(below), None)


@bp.get("/paths/people")
@allowed(policy.see_people)
def people() -> str:
    """One's people by their distance from a role."""
    roles = _roles()
    role, bar = _wanted(roles), tables.FilterBar(_filters(), request.args)
    found = _listed(bar, role) if role else []
    page = paged(found, request.args.get("cursor"))
    return render_template(
        "paths/people.html",
        bar=bar,
        roles=[(one.id, words(one.title)) for one in roles],
        role=role,
        page=page,
        total=len(found),
        titles=titles_of(found),
        most=MOST_GAPS,
        base=url_for("paths.people"),
    )


@bp.get("/paths/people/export/<any(csv, xlsx):kind>")
@allowed(policy.see_people)
def export_people(kind: str) -> Response:
    """Download the list as it is narrowed now."""
    role, bar = _wanted(_roles()), tables.FilterBar(_filters(), request.args)
    found = _listed(bar, role) if role else []
    columns = (
        tables.Column(_l("Name"), "name"),
        tables.Column(_l("Role"), lambda one: one.row.role),
        tables.Column(_l("Team"), lambda one: one.row.team),
        tables.Column(_l("In this role since"), lambda one: one.row.since),
        *distance_columns(found),
    )
    return tables.export(found, columns, kind, _("Paths"))
