"""Pages of the onboarding templates: read, add, copy, draft, publish, retire."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import check_version, form_page, refusals_to
from portal.core.tables import count
from portal.onboarding import operations, policy, queries
from portal.onboarding.forms import NewTemplateForm, TemplateForm
from portal.onboarding.models import OnboardingTemplate
from portal.onboarding.operations.entries import day_of
from portal.onboarding.routes import bp
from portal.onboarding.states import TaskOwner
from portal.people.models import Role, Site


@bp.get("/settings/onboarding")
@allowed(policy.see_templates)
def templates() -> str:
    """The templates by role, with drafts; or the retired ones."""
    retired = request.args.get("show") == "retired"
    found = db.session.scalars(queries.templates(retired=retired)).all()
    return render_template("onboarding/templates.html", templates=found, retired=retired)


@bp.get("/settings/onboarding/<int:template_id>")
@allowed(policy.see_template, on=OnboardingTemplate)
def template(template: OnboardingTemplate) -> str:
    """One version, in the reader's language."""
    behind = count(queries.plans_behind(template)) if template.published_at else None
    return render_template(
        "onboarding/template.html",
        template=template,
        tasks=sorted(template.tasks, key=day_of),
        versions=db.session.scalars(queries.versions_of(template.key)).all(),
        behind=behind,
        owner_of=TaskOwner,
    )


@bp.route("/settings/onboarding/new", methods=["GET", "POST"])
@allowed(policy.add_template)
def add_template() -> ResponseReturnValue:
    """Begin an empty template."""
    form = NewTemplateForm(data={"finish_within_days": 100, "probation_months": 3})
    return _begin(form, None)


@bp.route("/settings/onboarding/<int:template_id>/copy", methods=["GET", "POST"])
@allowed(policy.copy_template, on=OnboardingTemplate)
def copy_template(template: OnboardingTemplate) -> ResponseReturnValue:
    """Begin a template for another role or site with the tasks of this one."""
    form = NewTemplateForm(
        data={
            "name": template.name,
            "role": template.role_id,
            "finish_within_days": template.finish_within_days,
            "probation_months": template.probation_months,
        }
    )
    return _begin(form, template)


def _begin(form: NewTemplateForm, source: OnboardingTemplate | None) -> ResponseReturnValue:
    if form.validate_on_submit():
        site = db.session.get_one(Site, form.site.data) if form.site.data else None
        with refusals_to(form):
            draft = operations.add_template(
                role=db.session.get_one(Role, form.role.data), site=site, source=source,
                by=viewer(), **form.values(),
            )  # fmt: skip
            flash(_("The draft is there. Publish it when its tasks are right."), "ok")
            return redirect(url_for(".change_template", template_id=draft.id), 303)
    return form_page("onboarding/template_form.html", form, source=source)


@bp.post("/settings/onboarding/<int:template_id>/draft")
@allowed(policy.draft_template, on=OnboardingTemplate)
def draft_template(template: OnboardingTemplate) -> ResponseReturnValue:
    """Begin a new version, or go on with the one that is being written."""
    draft = operations.draft_template(template, by=viewer())
    db.session.flush()
    return redirect(url_for(".change_template", template_id=draft.id), 303)


@bp.route("/settings/onboarding/<int:template_id>/edit", methods=["GET", "POST"])
@allowed(policy.change_template, on=OnboardingTemplate)
def change_template(template: OnboardingTemplate) -> ResponseReturnValue:
    """Write a draft: its name, limits, and tasks."""
    if not template.is_draft and request.method == "GET":
        return redirect(url_for(".template", template_id=template.id), 303)
    form = TemplateForm(obj=template)
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, template)
            operations.change_template(template, **form.values(), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for(".change_template", template_id=template.id), 303)
    return form_page(
        "onboarding/change_template.html",
        form,
        template=template,
        owner_of=TaskOwner,
        day_of=day_of,
    )


@bp.post("/settings/onboarding/<int:template_id>/publish")
@allowed(policy.publish_template, on=OnboardingTemplate)
def publish_template(template: OnboardingTemplate) -> ResponseReturnValue:
    """Let new plans be made from it, and offer the running ones what is different."""
    operations.publish_template(template, by=viewer())
    db.session.flush()
    if count(queries.plans_behind(template)).number:
        flash(
            _("Published. Running plans stay as they are; here is what you can bring over."), "ok"
        )
        return redirect(url_for(".update_plans", template_id=template.id), 303)
    flash(_("Published. New plans are made from this version."), "ok")
    return redirect(url_for(".template", template_id=template.id), 303)


@bp.post("/settings/onboarding/<int:template_id>/discard")
@allowed(policy.discard_template, on=OnboardingTemplate)
def discard_template(template: OnboardingTemplate) -> ResponseReturnValue:
    """Throw a draft away."""
    operations.discard_template(template, by=viewer())
    flash(_("The draft is gone."), "ok")
    return redirect(url_for(".templates"), 303)


@bp.post("/settings/onboarding/<int:template_id>/retire")
@allowed(policy.retire_template, on=OnboardingTemplate)
def retire_template(template: OnboardingTemplate) -> ResponseReturnValue:
    """Make no more plans from it."""
    operations.retire_template(template, by=viewer())
    flash(_("Retired. Running plans go on."), "ok")
    return redirect(url_for(".templates"), 303)
