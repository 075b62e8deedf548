"""Development of everybody the reader answers for."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.core import clock, search, tables
from portal.core.access import allowed
from portal.core.db import db
from portal.core.states import Labelled
from portal.development import policy, queries
from portal.development.models import CareerPlan
from portal.development.routes import bp
from portal.development.states import PlanState
from portal.people.forms import choices
from portal.people.models import Person, Site, full_name
from portal.people.operations import SEARCH_KIND


class Show(Labelled):
    """What the list can be narrowed to."""

    NO_PLAN = "no_plan", _l("Without a plan")
    UNSIGNED = "unsigned", _l("Plan not agreed")
    AGREED = "agreed", _l("Plan agreed")


def _shown(chosen: list[Any]) -> sa.ColumnElement[bool]:
    both = sa.and_(
        CareerPlan.person_signed_at.is_not(None), CareerPlan.manager_signed_at.is_not(None)
    )
    if chosen[0] is Show.NO_PLAN:
        return CareerPlan.id.is_(None)
    if chosen[0] is Show.AGREED:
        return both
    return sa.and_(CareerPlan.id.is_not(None), sa.not_(both))


def _filters() -> tuple[tables.Filter, ...]:
    return (
        tables.Filter(
            "q", _l("Name"), lambda texts: Person.id.in_(search.matches(SEARCH_KIND, texts[0]))
        ),
        tables.Filter("site", _l("Site"), lambda keys: Site.id == keys[0], choices.sites()),
        tables.Filter("show", _l("Plan"), _shown, Show),
    )


def _select(bar: tables.FilterBar) -> sa.Select[Any]:
    today = clock.today(viewer().time_zone)
    return bar.narrow(queries.people_listed(viewer(), today))


@bp.get("/development/people")
@allowed(policy.see_people)
def people() -> str:
    """Who has a plan, what is past due, when levels were last agreed on."""
    bar = tables.FilterBar(_filters(), request.args)
    page = tables.page(
        _select(bar),
        order=((Person.by_name(), False), (Person.id, False)),
        cursor=request.args.get("cursor"),
    )
    return render_template(
        "development/people.html",
        bar=bar,
        page=page,
        name_of=_name,
        state_of=_state,
        base=url_for("development.people"),
        today=clock.today(viewer().time_zone),
    )


@bp.get("/development/people/export/<any(csv, xlsx):kind>")
@allowed(policy.see_people)
def export_people(kind: str) -> Response:
    """Download the list as it is narrowed now."""
    bar = tables.FilterBar(_filters(), request.args)
    rows = db.session.execute(_select(bar).order_by(Person.by_name(), Person.id))
    columns = (
        tables.Column(_l("Name"), _name),
        tables.Column(_l("Role"), "role"),
        tables.Column(_l("Team"), "team"),
        tables.Column(_l("Plan towards"), "plan_role"),
        tables.Column(_l("Plan"), _state),
        tables.Column(_l("To do"), lambda row: row.open if row.plan_id else None),
        tables.Column(_l("Past due"), lambda row: row.late if row.plan_id else None),
        tables.Column(_l("Next review"), "review_on"),
        tables.Column(_l("Last levels agreed"), "assessed_on"),
    )
    return tables.export(rows, columns, kind, _("Development"))


def _name(row: Any) -> str:  # noqa: ANN401 - a row of the list
    return full_name(row.given_name, row.family_name, row.language)


def _state(row: Any) -> PlanState | None:  # noqa: ANN401 - a row of the list
    if row.plan_id is None:
        return None
    signed = (row.person_signed_at is not None) + (row.manager_signed_at is not None)
    return (PlanState.DRAFT, PlanState.SIGNED, PlanState.AGREED)[signed]
