"""One's own bonus: the statements, and what it would be with other figures."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.viewer import viewer
from portal.bonuses import periods, queries, whatif, wording
from portal.bonuses.routes import bp
from portal.core import clock
from portal.core.access import signed_in
from portal.core.db import db
from portal.metrics.wording import figure
from portal.people.models import Person


@bp.get("/my/bonus")
@signed_in
def my_bonus() -> ResponseReturnValue:
    """Statements, and sliders that show what other figures would pay; nothing is stored."""
    me = viewer()
    day = clock.today(me.time_zone)
    person = db.session.get_one(Person, me.person_id)
    plan = whatif.plan_for(person.employment_on(day))
    tried = whatif.tried(person, plan.terms, day, request.args) if plan else None
    part = request.headers.get("HX-Request") and tried
    return render_template(
        "bonuses/_what_if.html" if part else "bonuses/my_bonus.html",
        tried=tried,
        text=_in_words(tried) if tried else None,
        statements=[] if part else db.session.scalars(queries.statements_of(person.id)).all(),
        period_name=periods.name,
        money=wording.money,
        figure=figure,
    )


def _in_words(tried: whatif.WhatIf) -> wording.Shown:
    known = {str(one.key): one.version for one in tried.sliders}
    if metric := tried.version.attendance:
        known[str(metric.id)] = metric.definition
    return wording.shown(tried.kept, known)
