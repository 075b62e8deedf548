"""How far all plans are, with figures to filter and sort by."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.core import clock, tables
from portal.core.access import signed_in
from portal.core.db import db
from portal.onboarding import queries
from portal.onboarding.models import OnboardingPlan
from portal.onboarding.models.plan import plan_state
from portal.onboarding.routes import bp
from portal.onboarding.routes.due import MOST, by_name
from portal.onboarding.states import PlanState
from portal.people.forms import choices
from portal.people.models import Employment

SIZE = 25
SORTS = ("start", "percent", "late", "blocking")
STANDINGS = (
    ("running", _l("Running")),
    ("late", _l("With late tasks")),
    ("blocked", _l("Held up")),
    ("overdue", _l("Should be finished")),
    ("finished", _l("Finished")),
    ("stopped", _l("Stopped")),
)


def _filters(figures: Any, today: date) -> tuple[tables.Filter, ...]:  # noqa: ANN401 - columns
    left = figures.done < figures.total
    running = sa.and_(OnboardingPlan.stopped_at.is_(None), left)
    standing = {
        "running": running,
        "late": sa.and_(running, figures.late > 0),
        "blocked": sa.and_(running, figures.blocking > 0),
        "overdue": sa.and_(running, OnboardingPlan.finish_by < today),
        "finished": sa.and_(OnboardingPlan.stopped_at.is_(None), ~left),
        "stopped": OnboardingPlan.stopped_at.is_not(None),
    }
    return (
        tables.Filter("q", _l("New hire"), lambda texts: by_name(texts[0])),
        tables.Filter("state", _l("State"), lambda keys: standing[keys[0]], STANDINGS),
        tables.Filter(
            "site", _l("Site"), lambda keys: Employment.site_id == keys[0], choices.sites()
        ),
    )


def _asked() -> tuple[tables.FilterBar, sa.Select[Any], Any, date]:
    today = clock.today(viewer().time_zone)
    select, figures = queries.plans_listed(viewer(), today)
    arguments = request.args.copy()
    arguments.setdefault("state", "running")
    bar = tables.FilterBar(_filters(figures, today), arguments)
    return bar, bar.narrow(select), figures, today


def _order(figures: Any) -> tuple[str, list[tuple[Any, bool]]]:  # noqa: ANN401 - columns
    """What the address sorts by: the newest, the least done, the most late or held up first."""
    chosen = request.args.get("sort", "start")
    key = chosen if chosen in SORTS else "start"
    columns = {
        "start": (OnboardingPlan.starts_on, True),
        "percent": (figures.percent, False),
        "late": (figures.late, True),
        "blocking": (figures.blocking, True),
    }
    return key, [columns[key], (OnboardingPlan.id, True)]


@bp.get("/onboarding/plans")
@signed_in
def plans() -> str:
    """The plans the reader may see, each with its progress."""
    bar, select, figures, today = _asked()
    sort, order = _order(figures)
    return render_template(
        "onboarding/plans.html",
        bar=bar,
        page=tables.page(select, order=order, size=SIZE, cursor=request.args.get("cursor")),
        count=tables.count(select),
        sort=sort,
        sort_url={key: _sorted_by(bar, key) for key in SORTS},
        state_of=lambda row: state_of(row, today),
    )


def _sorted_by(bar: tables.FilterBar, key: str) -> str:
    arguments: dict[str, Any] = bar.arguments(sort=key)
    return url_for(".plans", **arguments)


def state_of(row: Any, today: date) -> PlanState:  # noqa: ANN401 - a row of ``plans_listed``
    """How a listed plan stands, from its figures."""
    left = row.total - row.done
    return plan_state(row.OnboardingPlan, today, left=left, late=row.late, blocking=row.blocking)


@bp.get("/onboarding/plans/export/<any(csv, xlsx):kind>")
@signed_in
def export_plans(kind: str) -> Response:
    """Download the list as it is narrowed now."""
    _bar, select, figures, today = _asked()
    _key, order = _order(figures)
    by = [column.desc() if down else column.asc() for column, down in order]
    rows = db.session.execute(select.order_by(*by).limit(MOST))
    plan = OnboardingPlan.__name__
    columns = (
        tables.Column(_l("New hire"), lambda row: getattr(row, plan).person.display_name),
        tables.Column(_l("Role"), lambda row: getattr(row, plan).employment.role.title),
        tables.Column(_l("Site"), lambda row: getattr(row, plan).employment.site.name),
        tables.Column(_l("Manager"), _manager),
        tables.Column(_l("First day"), lambda row: getattr(row, plan).starts_on),
        tables.Column(_l("Finish by"), lambda row: getattr(row, plan).finish_by),
        tables.Column(_l("State"), lambda row: state_of(row, today)),
        tables.Column(_l("Tasks"), "total"),
        tables.Column(_l("Done"), "done"),
        tables.Column(_l("Late"), "late"),
        tables.Column(_l("Late and blocking"), "blocking"),
    )
    return tables.export(rows, columns, kind, _("Onboarding plans"))


def _manager(row: Any) -> str:  # noqa: ANN401 - a row of ``plans_listed``
    manager = row.OnboardingPlan.manager
    return manager.display_name if manager else ""
