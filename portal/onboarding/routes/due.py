"""What is due, across all plans: one's own, or everybody's in the plans one answers for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.core import clock, search, tables
from portal.core.access import signed_in
from portal.core.db import db
from portal.onboarding import queries
from portal.onboarding.models import OnboardingPlan, OnboardingTask
from portal.onboarding.routes import bp
from portal.onboarding.states import TaskOwner
from portal.people.models import Person
from portal.people.operations import SEARCH_KIND

SIZE = 30
MOST = 20_000
ORDER = ((OnboardingTask.due_on, False), (OnboardingTask.id, False))
WEEK = timedelta(days=7)
TIMES = (
    ("late", _l("Late")),
    ("today", _l("Due today")),
    ("week", _l("In the next seven days")),
)


def _filters(today: date) -> tuple[tables.Filter, ...]:
    due = OnboardingTask.due_on
    within = {
        "late": due < today,
        "today": due == today,
        "week": sa.and_(due >= today, due <= today + WEEK),
    }
    return (
        tables.Filter("q", _l("New hire"), lambda texts: by_name(texts[0])),
        tables.Filter(
            "owner", _l("Owner"), lambda kinds: OnboardingTask.owner_kind == kinds[0], TaskOwner
        ),
        tables.Filter("when", _l("When"), lambda keys: within[keys[0]], TIMES),
    )


def by_name(text: str) -> Any:  # noqa: ANN401 - a condition
    """Plans of hires whose name or address has these letters."""
    return OnboardingPlan.person_id.in_(
        sa.select(Person.id).where(Person.id.in_(search.matches(SEARCH_KIND, text)))
    )


def _asked() -> tuple[tables.FilterBar, bool, date]:
    today = clock.today(viewer().time_zone)
    everyone = request.args.get("whose") == "everyone" and oversees()
    return tables.FilterBar(_filters(today), request.args), everyone, today


def oversees() -> bool:
    """Whether the viewer answers for others' plans: HR, and whoever manages or leads."""
    me = viewer()
    return me.has_role("hr", "manager") or bool(me.led_paths)


@bp.get("/onboarding")
@signed_in
def onboarding() -> str:
    """What is due from the reader in all plans, the earliest first."""
    bar, everyone, today = _asked()
    select = bar.narrow(queries.tasks_listed(viewer(), everyone=everyone))
    counts = queries.due_counts(viewer(), today, everyone=everyone)
    late, due_today, week, total = db.session.execute(counts).one()
    return render_template(
        "onboarding/onboarding.html",
        bar=bar,
        page=tables.page(select, order=ORDER, size=SIZE, cursor=request.args.get("cursor")),
        counts={"late": late, "today": due_today, "week": week, "all": total},
        everyone=everyone,
        oversees=oversees(),
        today=today,
    )


@bp.get("/onboarding/export/<any(csv, xlsx):kind>")
@signed_in
def export_tasks(kind: str) -> Response:
    """Download the list as it is narrowed now."""
    bar, everyone, today = _asked()
    select = bar.narrow(queries.tasks_listed(viewer(), everyone=everyone))
    rows = db.session.scalars(select.order_by(*(c for c, _down in ORDER)).limit(MOST))
    columns = (
        tables.Column(_l("Task"), "title"),
        tables.Column(_l("New hire"), lambda task: task.plan.person.display_name),
        tables.Column(_l("Owner"), "owner_kind"),
        tables.Column(_l("Name"), lambda task: task.owner.display_name if task.owner else ""),
        tables.Column(_l("Due"), "due_on"),
        tables.Column(_l("State"), lambda task: task.state_on(today)),
        tables.Column(_l("Blocking"), lambda task: _("Yes") if task.blocking else ""),
    )
    return tables.export(rows, columns, kind, _("Onboarding"))
