"""Everyone's goals at a glance: who has none, who was silent, whose are at risk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import aliased

from portal.accounts.viewer import viewer
from portal.core import clock, search, tables
from portal.core.access import allowed
from portal.core.db import db
from portal.goals import policy, queries
from portal.goals.routes import bp
from portal.people.forms import choices
from portal.people.models import Employment, Person, Team, full_name
from portal.people.operations import SEARCH_KIND

SHOWN = (
    ("none", _l("Without a goal")),
    ("silent", _l("No check-in for 30 days")),
    ("waiting", _l("Something to agree on")),
    ("trouble", _l("At risk or off track")),
)


def _asked() -> tuple[tables.FilterBar, sa.Select[Any]]:
    day, chosen = clock.today(viewer().time_zone), request.args.get("team", "").strip()
    bar = tables.FilterBar(
        (
            tables.Filter(
                "q", _l("Name or e-mail"),
                lambda texts: Person.id.in_(search.matches(SEARCH_KIND, texts[0])),
            ),
            tables.Filter(
                "show", _l("Whom to show"), lambda keys: _shown(keys[0]), SHOWN
            ),
            tables.Filter("team", _l("Team"), lambda keys: _below(keys[0]),
                          choices.upper_teams(chosen)),
        ),
        request.args,
    )  # fmt: skip
    return bar, bar.narrow(queries.people_found(viewer(), day))


def _shown(key: str) -> sa.ColumnElement[bool]:
    day = clock.today(viewer().time_zone)
    conditions: dict[str, sa.ColumnElement[bool]] = {
        "none": queries.agreed(day) == 0,
        "silent": queries.silent(day, day - queries.SILENT),
        "waiting": queries.to_agree_on() > 0,
        "trouble": queries.troubled(day) > 0,
    }
    return conditions[key]


def _below(team_id: int) -> sa.ColumnElement[bool]:
    above = aliased(Team)
    path = sa.select(above.path).where(above.id == team_id).scalar_subquery()
    return Employment.team_id.in_(sa.select(Team.id).where(Team.path.startswith(path)))


def _page(bar: tables.FilterBar, select: sa.Select[Any]) -> tables.Page:
    """Finds the page first, and how goals stand only for whom it shows."""
    day = clock.today(viewer().time_zone)
    if not bar and viewer().has_role("hr"):
        select = queries.everyone_found(viewer(), day)
    order = ((Person.by_name(), False), (Person.id, False))
    page = tables.page(select, order=order, cursor=request.args.get("cursor"))
    found = [row.id for row in page.rows]
    rows = db.session.execute(queries.overview(day).where(Person.id.in_(found)))
    by_id = {row.id: row for row in rows}
    return replace(page, rows=[by_id[key] for key in found])


@bp.get("/goals/team")
@allowed(policy.see_overview)
def team() -> ResponseReturnValue:
    """The people one answers for, and how their goals stand."""
    bar, select = _asked()
    return render_template(
        "goals/team.html",
        bar=bar,
        page=_page(bar, select),
        count=tables.count(select),
        full_name=full_name,
        base=url_for("goals.team"),
        long_ago=clock.today(viewer().time_zone) - queries.SILENT,
    )


@bp.get("/goals/team/export/<any(csv, xlsx):kind>")
@allowed(policy.see_overview)
def export_team(kind: str) -> Response:
    """Download the list as it is narrowed now."""
    _bar, select = _asked()
    listed = queries.overview(clock.today(viewer().time_zone)).where(Person.id.in_(select))
    rows = db.session.execute(listed.order_by(Person.by_name(), Person.id)).all()
    return tables.export(rows, _COLUMNS, kind, _("Goals"))


_COLUMNS = (
    tables.Column(_l("Name"), lambda row: full_name(row.given_name, row.family_name, row.language)),
    tables.Column(_l("Role"), lambda row: row.role),
    tables.Column(_l("Team"), lambda row: row.team),
    tables.Column(_l("Agreed goals"), lambda row: row.agreed),
    tables.Column(_l("Weights together (per cent)"), lambda row: row.weight),
    tables.Column(_l("To agree on"), lambda row: row.waiting),
    tables.Column(_l("Last check-in"), lambda row: row.last_word),
    tables.Column(_l("At risk or off track"), lambda row: row.troubled),
)
