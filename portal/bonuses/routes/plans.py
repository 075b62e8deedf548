"""Plans and their versions, kept by HR."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from portal.accounts.viewer import viewer
from portal.bonuses import operations, periods, policy, queries, wording
from portal.bonuses.forms import Offer, PlanForm, RunForm, plan_form
from portal.bonuses.models import BonusPlan, BonusRun
from portal.bonuses.routes import bp
from portal.core import clock, i18n
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import check_version, form_page, refusals_to
from portal.core.returning import flash_with_undo
from portal.metrics import queries as metrics
from portal.metrics.wording import figure
from portal.people.forms import choices

OFFERED = 8
"""Periods to choose from."""
LOADED = [joinedload(BonusPlan.current).options(*queries.in_full())]


@bp.get("/bonuses")
@allowed(policy.see_bonuses)
def bonuses() -> str:
    """Plans, and the runs of all periods."""
    return render_template(
        "bonuses/bonuses.html",
        plans=db.session.scalars(queries.plans()).all(),
        runs=_runs(),
        period_name=periods.name,
    )


def _runs(plan_id: int | None = None) -> list[BonusRun]:
    """The runs of a plan, or of all, that the reader may open."""
    found = db.session.scalars(queries.runs(plan_id))
    return [row for row in found if policy.see_run(viewer(), row)]


@bp.get("/bonuses/plans/<int:bonus_plan_id>", endpoint="bonus_plan")
@allowed(policy.see_plan, on=BonusPlan, options=LOADED)
def read_plan(bonus_plan: BonusPlan) -> str:
    """What a plan says, its runs and its versions."""
    version = bonus_plan.terms
    titles = dict(choices.roles())
    return render_template(
        "bonuses/plan.html",
        plan=bonus_plan,
        version=version,
        roles=[titles[key] for key in version.roles if key in titles],
        runs=_runs(bonus_plan.id),
        versions=db.session.execute(queries.versions_of(bonus_plan.id)).all(),
        figure=figure,
        per_cent=wording.per_cent,
        money=wording.money,
        period_name=periods.name,
    )


@bp.route("/bonuses/plans/add", methods=["GET", "POST"])
@allowed(policy.keep_plans)
def add_plan() -> ResponseReturnValue:
    """Publish a new plan."""
    return _edit(None)


@bp.route("/bonuses/plans/<int:bonus_plan_id>/edit", methods=["GET", "POST"])
@allowed(policy.keep_plan, on=BonusPlan, options=LOADED)
def change_plan(bonus_plan: BonusPlan) -> ResponseReturnValue:
    """Publish another version of a plan."""
    return _edit(bonus_plan)


def _edit(plan: BonusPlan | None) -> ResponseReturnValue:
    offer = _metrics()
    form: PlanForm = plan_form(plan.terms if plan else None, offer)
    if form.is_submitted() and request.form.get("step") == "more":
        form.measures.append_entry()
        form.offer(offer)
    elif form.validate_on_submit():
        with refusals_to(form):
            if plan is not None:
                check_version(form, plan)
            version = operations.publish_plan(plan, form.terms(), by=viewer())
            flash(_("Version %(number)s is published.", number=version.number), "ok")
            return redirect(url_for("bonuses.bonus_plan", bonus_plan_id=version.plan_id), 303)
    return form_page("bonuses/plan_form.html", form, plan=plan)


def _metrics() -> Offer:
    known = [(row.id, i18n.words(row.definition.name))
             for row in db.session.scalars(metrics.metrics_in_use())]  # fmt: skip
    return sorted(known, key=lambda pair: i18n.sort_key(pair[1]))


@bp.post("/bonuses/plans/<int:bonus_plan_id>/retire")
@allowed(policy.keep_plan, on=BonusPlan)
def retire_plan(bonus_plan: BonusPlan) -> ResponseReturnValue:
    """Start no more runs of it."""
    operations.retire_plan(bonus_plan, by=viewer())
    undo = url_for("bonuses.resume_plan", bonus_plan_id=bonus_plan.id)
    flash_with_undo(_("The plan is retired. Its runs stay."), undo)
    return redirect(url_for("bonuses.bonus_plan", bonus_plan_id=bonus_plan.id), 303)


@bp.post("/bonuses/plans/<int:bonus_plan_id>/resume")
@allowed(policy.keep_plan, on=BonusPlan)
def resume_plan(bonus_plan: BonusPlan) -> ResponseReturnValue:
    """Take it into use again."""
    operations.resume_plan(bonus_plan, by=viewer())
    flash(_("The plan is in use."), "ok")
    return redirect(url_for("bonuses.bonus_plan", bonus_plan_id=bonus_plan.id), 303)


@bp.route("/bonuses/plans/<int:bonus_plan_id>/run", methods=["GET", "POST"])
@allowed(policy.keep_plan, on=BonusPlan, options=LOADED)
def start_run(bonus_plan: BonusPlan) -> ResponseReturnValue:
    """Begin the statements of a period that is over."""
    form = RunForm()
    found = periods.ended(bonus_plan.terms.period, clock.today(viewer().time_zone), OFFERED)
    form.period.offer = [(first, periods.name(first, last)) for first, last in found]
    if form.validate_on_submit():
        with refusals_to(form):
            run = operations.start_run(bonus_plan, form.period.data, by=viewer())
            flash(_("The run has begun. Look at every line before you send it."), "ok")
            return redirect(url_for("bonuses.bonus_run", bonus_run_id=run.id), 303)
    return form_page("bonuses/start_run.html", form, plan=bonus_plan)
