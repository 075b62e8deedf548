"""The path explorer: moves people here really made, in groups large enough to be shown."""

from __future__ import annotations

from flask import Response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.careers import policy, queries
from portal.careers.moves import Branch, branches, drawn, moves
from portal.careers.routes import bp
from portal.careers.routes.path import asked_role
from portal.careers.states import EdgeKind
from portal.careers.wording import duration
from portal.core import clock, i18n, tables
from portal.core.access import allowed
from portal.core.db import db
from portal.people.discretion import smallest_group
from portal.people.models import Role
from portal.people.queries import roles as all_roles


@bp.get("/paths/explorer")
@allowed(policy.see_ladder)
def explorer() -> str:
    """All moves, or those from or to one role."""
    role, leading_to = asked_role(), request.args.get("way") == "to"
    roles = db.session.scalars(all_roles()).all()
    found = _found(role, leading_to=leading_to)
    names = {one.id: i18n.words(one.title) for one in roles}
    kinds = (str(EdgeKind.UP.label), _("Another way"))
    levels = {one.id: one.level for one in roles}
    return render_template(
        "paths/explorer.html",
        role=role,
        leading_to=leading_to,
        roles=list(names.items()),
        names=names,
        branches=found,
        chart=drawn(_("Moves people made"), found, names, levels, kinds) if found else None,
        duration=duration,
        fewest=smallest_group(),
    )


@bp.get("/paths/explorer/export/<any(csv, xlsx):kind>")
@allowed(policy.see_ladder)
def export_moves(kind: str) -> Response:
    """Download the moves the page shows, and no others."""
    found = _found(asked_role(), leading_to=request.args.get("way") == "to")
    names = {one.id: i18n.words(one.title) for one in db.session.scalars(all_roles())}
    columns = (
        tables.Column(_l("From role"), lambda one: names[one.start]),
        tables.Column(_l("To role"), lambda one: names[one.end]),
        tables.Column(_l("People"), "people"),
        tables.Column(_l("Median months before"), "months"),
    )
    return tables.export(found, columns, kind, _("Moves"))


def _found(role: Role | None, *, leading_to: bool) -> list[Branch]:
    """Groups large enough to be shown, all or those from or to one role."""
    today = clock.today(viewer().time_zone)
    found = branches(moves(db.session.execute(queries.role_changes(today))), smallest_group())
    if role is None:
        return found
    return [one for one in found if role.id == (one.end if leading_to else one.start)]
