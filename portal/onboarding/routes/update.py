"""What a newer version of a template would change in running plans, and bringing it over."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.viewer import viewer
from portal.core import tables
from portal.core.access import allowed
from portal.core.db import db
from portal.onboarding import operations, policy, queries
from portal.onboarding.models import OnboardingPlan, OnboardingTemplate
from portal.onboarding.routes import bp

SIZE = 25
ORDER = ((OnboardingPlan.starts_on, True), (OnboardingPlan.id, True))


@bp.get("/settings/onboarding/<int:template_id>/plans")
@allowed(policy.update_plans, on=OnboardingTemplate)
def update_plans(template: OnboardingTemplate) -> ResponseReturnValue:
    """The running plans of older versions, each with what would change."""
    if template.published_at is None:
        return redirect(url_for(".change_template", template_id=template.id), 303)
    select = queries.plans_behind(template)
    page = tables.page(select, order=ORDER, size=SIZE, cursor=request.args.get("cursor"))
    return render_template(
        "onboarding/update_plans.html",
        template=template,
        page=page,
        differences=[(plan, operations.difference(plan, template)) for plan in page.rows],
    )


@bp.post("/settings/onboarding/<int:template_id>/plans")
@allowed(policy.update_plans, on=OnboardingTemplate)
def bring_over(template: OnboardingTemplate) -> ResponseReturnValue:
    """Bring the chosen plans up to this version."""
    wanted = {int(text) for text in request.form.getlist("id")[:SIZE] if text.isdecimal()}
    here = url_for(".update_plans", template_id=template.id)
    if template.published_at is None or not wanted:
        flash(_("Choose at least one plan."), "warn")
        return redirect(here, 303)
    select = queries.plans_behind(template)
    plans = db.session.scalars(select.where(OnboardingPlan.id.in_(wanted))).unique().all()
    for plan in plans:
        operations.update_plan(plan, template, by=viewer())
    done = ngettext(
        "One plan follows version %(number)s now.",
        "%(num)s plans follow version %(number)s now.",
        len(plans),
        number=template.number,
    )
    flash(done, "ok" if plans else "warn")
    return redirect(here, 303)
