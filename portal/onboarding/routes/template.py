"""Pages of the onboarding templates."""

from __future__ import annotations

from flask import render_template

from portal.core.access import allowed
from portal.core.db import db
from portal.onboarding import policy, queries
from portal.onboarding.models import OnboardingTemplate
from portal.onboarding.routes import bp
from portal.onboarding.states import TaskOwner


@bp.get("/settings/onboarding")
@allowed(policy.see_templates)
def templates() -> str:
    """The templates by role."""
    found = db.session.scalars(queries.templates()).all()
    return render_template("onboarding/templates.html", templates=found)


@bp.get("/settings/onboarding/<int:template_id>")
@allowed(policy.see_template, on=OnboardingTemplate)
def template(template: OnboardingTemplate) -> str:
    """What a hire in this role finds in the plan, in the reader's language."""
    tasks = sorted(template.tasks, key=lambda task: int(task["offset_days"]))
    return render_template(
        "onboarding/template.html", template=template, tasks=tasks, owner_of=TaskOwner
    )
