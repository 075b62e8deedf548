"""The list of corrective actions, for HR and for those who answer for people."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.conduct import policy, queries
from portal.conduct.models import CorrectiveAction
from portal.conduct.routes import bp
from portal.conduct.states import ActionKind, ActionState
from portal.core import clock, i18n, search, tables
from portal.core.access import allowed
from portal.core.db import db
from portal.people.forms import choices
from portal.people.models import Employment, Person, full_name
from portal.people.operations import SEARCH_KIND


def _asked() -> tuple[tables.FilterBar, sa.Select[Any]]:
    me = viewer()
    bar = tables.FilterBar(
        (
            tables.Filter(
                "q",
                _l("Name"),
                lambda texts: Person.id.in_(search.matches(SEARCH_KIND, texts[0])),
            ),
            tables.Filter(
                "state", _l("State"), lambda found: CorrectiveAction.state == found[0], ActionState
            ),
            tables.Filter(
                "measure", _l("Kind"), lambda found: CorrectiveAction.kind == found[0], ActionKind
            ),
            tables.Filter(
                "site", _l("Site"), lambda keys: Employment.site_id == keys[0], choices.sites()
            ),
        ),
        request.args,
    )
    return bar, bar.narrow(queries.actions_listed(me, clock.today(me.time_zone)))


@bp.get("/conduct")
@allowed(policy.see_actions)
def actions() -> str:
    """Corrective actions, the newest first."""
    bar, select = _asked()
    page = tables.page(
        select,
        order=((CorrectiveAction.proposed_at, True), (CorrectiveAction.id, True)),
        cursor=request.args.get("cursor"),
    )
    return render_template(
        "conduct/actions.html",
        bar=bar,
        page=page,
        count=tables.count(select),
        full_name=full_name,
        language=i18n.current_locale(),
        base=url_for("conduct.actions"),
    )


@bp.get("/conduct/export/<any(csv, xlsx):kind>")
@allowed(policy.see_actions)
def export_actions(kind: str) -> Response:
    """Download the list as it is narrowed now; what was written stays in the portal."""
    _bar, select = _asked()
    rows = db.session.execute(select.order_by(CorrectiveAction.id.desc()))
    columns = (
        tables.Column(
            _l("Name"), lambda row: full_name(row.given_name, row.family_name, row.language)
        ),
        tables.Column(_l("Role"), "role"),
        tables.Column(_l("Team"), "team"),
        tables.Column(_l("Kind"), "kind"),
        tables.Column(_l("State"), "state"),
        tables.Column(_l("Confirmed on"), "confirmed_on"),
        tables.Column(_l("Until when"), "due_on"),
        tables.Column(_l("Counts until"), "expires_on"),
        tables.Column(_l("Seen by the person"), "acknowledged_at"),
        tables.Column(_l("Ended on"), "closed_on"),
        tables.Column(_l("How it ended"), "outcome"),
    )
    return tables.export(rows, columns, kind, _("Corrective actions"))
