"""The tasks of a template's draft."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import i18n
from portal.core.access import allowed
from portal.core.db import Json
from portal.core.errors import NotFound
from portal.core.forms import check_version, form_page, refusals_to
from portal.onboarding import operations, policy
from portal.onboarding.forms import EntryForm
from portal.onboarding.models import OnboardingTemplate
from portal.onboarding.routes import bp


@bp.route("/settings/onboarding/<int:template_id>/tasks/new", methods=["GET", "POST"])
@allowed(policy.change_template, on=OnboardingTemplate)
def add_task(template: OnboardingTemplate) -> ResponseReturnValue:
    """Add a task to a draft."""
    return _write(template, None)


@bp.route("/settings/onboarding/<int:template_id>/tasks/<string:key>", methods=["GET", "POST"])
@allowed(policy.change_template, on=OnboardingTemplate)
def change_task(template: OnboardingTemplate, key: str) -> ResponseReturnValue:
    """Change a task of a draft."""
    return _write(template, _entry(template, key))


def _write(template: OnboardingTemplate, entry: Json | None) -> ResponseReturnValue:
    form = EntryForm.of(template, entry)
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, template)
            wanted = operations.Entry(**form.values())
            if entry is None:
                operations.add_task(template, wanted, by=viewer())
            else:
                operations.change_task(template, entry["key"], wanted, by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for(".change_template", template_id=template.id), 303)
    return form_page("onboarding/entry_form.html", form, template=template, entry=entry)


@bp.post("/settings/onboarding/<int:template_id>/tasks/<string:key>/remove")
@allowed(policy.change_template, on=OnboardingTemplate)
def remove_task(template: OnboardingTemplate, key: str) -> ResponseReturnValue:
    """Take a task out of a draft."""
    gone = operations.remove_task(template, key, by=viewer())
    flash(_("Removed: %(task)s", task=i18n.words(gone["title"])), "ok")
    return redirect(url_for(".change_template", template_id=template.id, _anchor="tasks"), 303)


@bp.post("/settings/onboarding/<int:template_id>/tasks/<string:key>/move")
@allowed(policy.change_template, on=OnboardingTemplate)
def move_task(template: OnboardingTemplate, key: str) -> ResponseReturnValue:
    """Put a task before or behind its neighbour of the same day."""
    operations.move_task(template, key, up=request.form.get("to") == "up", by=viewer())
    where = url_for(".change_template", template_id=template.id, _anchor=f"task-{key}")
    return redirect(where, 303)


def _entry(template: OnboardingTemplate, key: str) -> Json:
    found = template.entry(key)
    if found is None:
        raise NotFound
    return found
