"""The client queues: who may serve them on a day, and what is coming."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.certification import policy, queries
from portal.certification.coverage import HORIZON, Outlook
from portal.certification.figures import reach_of
from portal.certification.models import ClientQueue
from portal.certification.outlook import Ahead, Gap, gaps, named
from portal.certification.remembered import remembered
from portal.certification.routes import bp
from portal.certification.routes.as_of import day_asked, today
from portal.certification.routes.narrowing import on
from portal.certification.serving import Serving, headcounts, serving
from portal.certification.telling import cause, warning
from portal.core import i18n, tables
from portal.core.access import allowed
from portal.core.charts import Point, Trend
from portal.core.db import db
from portal.core.i18n import words

WEEK = 7


@bp.get("/certification/queues")
@allowed(policy.see_queues)
def queues() -> str:
    """Every queue the reader sees something of, with who may serve it on a day."""
    day = day_asked()
    rows = db.session.scalars(queries.queues(active=True))
    shown = headcounts([row for row in rows if policy.see_queue(viewer(), row)], day, viewer())
    return render_template(
        "certification/queues.html", shown=shown, day=day, today=today(), narrowed=on(day)
    )


@bp.get("/certification/queues/<int:queue_id>")
@allowed(policy.see_queue, on=ClientQueue, options=queries.QUEUE_TEAMS)
def queue(queue: ClientQueue) -> str:
    """Who may serve a queue on a day, and who may not and why."""
    day = day_asked()
    shown = serving(queue, day, viewer())
    ahead = Ahead(viewer(), today(), queue) if shown.whole else None
    outlook = ahead.for_queue(queue) if ahead else None
    return render_template(
        "certification/queue.html",
        shown=shown,
        today=today(),
        narrowed=on(day),
        outlook=outlook,
        chart=_chart(outlook) if outlook else None,
        sentence=_sentence(queue, outlook) if outlook else ("", ""),
        may_open=lambda person_id: viewer().has_role("hr") or person_id in _reports(shown),
    )


def _reports(shown: Serving) -> set[int]:
    """Those whose own page the reader may open."""
    me = viewer()
    return {
        one.id for one in shown.servers
        if one.manager_id == me.person_id or me.leads(one.path) or one.id == me.person_id
    }  # fmt: skip


@bp.get("/certification/queues/<int:queue_id>/export/<any(csv, xlsx):kind>")
@allowed(policy.see_queue, on=ClientQueue, options=queries.QUEUE_TEAMS)
def export_queue(queue: ClientQueue, kind: str) -> Response:
    """Download who may serve a queue on a day."""
    shown = serving(queue, day_asked(), viewer())
    columns = (
        tables.Column(_l("Name"), "name"),
        tables.Column(_l("Role"), "role"),
        tables.Column(_l("Team"), "team"),
        tables.Column(_l("May serve"), lambda row: _("Yes") if row.may_serve else _("No")),
        tables.Column(_l("Why not"), lambda row: " ".join(row.reasons)),
        tables.Column(_l("Last day"), "until"),
    )
    name = _("%(queue)s on %(day)s", queue=words(queue.name), day=shown.day.isoformat())
    return tables.export(shown.servers, columns, kind, name)


@bp.get("/certification/coverage")
@allowed(policy.see_queues)
def coverage() -> str:
    """What will be missing if nobody renews anything."""
    day, me = today(), viewer()
    name = ("gaps", day, reach_of(me), i18n.current_locale())
    found: list[Gap] = remembered(
        name,
        lambda: db.session.scalar(queries.number_of(queries.people_seen(me, day))) or 0,
        lambda: gaps(me, day),
    )
    return render_template(
        "certification/coverage.html",
        gaps=found,
        warning=warning,
        cause=cause,
        horizon=HORIZON,
        until=today() + timedelta(days=HORIZON),
    )


def _sentence(queue: ClientQueue, outlook: Outlook) -> tuple[str, str]:
    if outlook.first_short is None:
        return "", ""
    [gap] = named([Gap("", today(), outlook, queue=queue.name, queue_id=queue.id)])
    return warning(gap), cause(gap.names)


def _chart(outlook: Outlook) -> Trend:
    """The number of each week's first day."""
    days = range(0, HORIZON + 1, WEEK)
    return Trend(
        _("Who may serve if nobody renews"),
        _("People"),
        tuple(
            Point(i18n.date(today() + timedelta(days=day), "short"), outlook.numbers[day])
            for day in days
        ),
        target=outlook.minimum,
    )
