"""Review templates: read, drafted, published, retired, and their sections."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import i18n
from portal.core.access import allowed
from portal.core.db import Json, db
from portal.core.errors import Refused
from portal.core.forms import check_version, form_page, refusal_to_field, refusals_to
from portal.reviews import operations, policy, queries
from portal.reviews.forms.template import NewTemplateForm, SectionForm, template_form
from portal.reviews.models import ReviewTemplate
from portal.reviews.routes import bp
from portal.reviews.states import PartKind, SectionKind, TemplateState

BASE = "/settings/reviews"
ONE = f"{BASE}/<int:review_template_id>"


@bp.get(BASE)
@allowed(policy.keep_reviews)
def templates() -> str:
    """The templates in use, with drafts; or the retired ones."""
    retired = request.args.get("show") == "retired"
    found = db.session.scalars(queries.templates(retired=retired)).all()
    return render_template(
        "reviews/templates.html", templates=found, retired=retired, states=TemplateState
    )


@bp.get(ONE)
@allowed(policy.keep_template, on=ReviewTemplate)
def template(review_template: ReviewTemplate) -> str:
    """One version, in the reader's language."""
    return render_template(
        "reviews/template.html",
        template=review_template,
        versions=db.session.scalars(queries.versions_of(review_template.key)).all(),
        part_of=PartKind,
        kind_of=SectionKind,
        kinds=PartKind,
        states=TemplateState,
    )


@bp.route(f"{BASE}/new", methods=["GET", "POST"])
@allowed(policy.keep_reviews)
def add_template() -> ResponseReturnValue:
    """Begin an empty template, or one like another."""
    form = NewTemplateForm()
    copied = request.args.get("of", "")
    source = None
    if copied.isdecimal() and len(copied) < 10:
        source = db.session.get(ReviewTemplate, int(copied))
    if form.validate_on_submit():
        with refusals_to(form):
            draft = operations.add_template(name=form.name.data, source=source, by=viewer())
            flash(_("The draft is there. Publish it when its sections are right."), "ok")
            return redirect(url_for(".change_template", review_template_id=draft.id), 303)
    return form_page("reviews/template_form.html", form, source=source)


@bp.post(f"{ONE}/draft")
@allowed(policy.keep_template, on=ReviewTemplate)
def draft_template(review_template: ReviewTemplate) -> ResponseReturnValue:
    """Begin a new version, or go on with the one that is being written."""
    draft = operations.draft_template(review_template, by=viewer())
    db.session.flush()
    return redirect(url_for(".change_template", review_template_id=draft.id), 303)


@bp.route(f"{ONE}/edit", methods=["GET", "POST"])
@allowed(policy.keep_template, on=ReviewTemplate)
def change_template(review_template: ReviewTemplate) -> ResponseReturnValue:
    """Write a draft: its name, weights, and sections; and publish it."""
    draft = review_template
    if draft.state is not TemplateState.DRAFT and request.method == "GET":
        return redirect(url_for(".template", review_template_id=draft.id), 303)
    form = template_form(draft)
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, draft)
            operations.change_template(
                draft,
                name=form.name.data,
                weights=form.weights(),
                section_weights=form.section_weights(),
                by=viewer(),
            )
            flash(_("Saved."), "ok")
            return redirect(url_for(".change_template", review_template_id=draft.id), 303)
    return _editor(draft, form)


def _editor(draft: ReviewTemplate, form: object) -> ResponseReturnValue:
    return form_page(
        "reviews/change_template.html",
        form,  # type: ignore[arg-type]
        template=draft,
        part_of=PartKind,
        kind_of=SectionKind,
        kinds=PartKind,
    )


@bp.post(f"{ONE}/publish")
@allowed(policy.keep_template, on=ReviewTemplate)
def publish_template(review_template: ReviewTemplate) -> ResponseReturnValue:
    """Let new cycles ask it; what is wrong with it is shown in the editor."""
    form = template_form(review_template)
    try:
        operations.publish_template(review_template, by=viewer())
    except Refused as refused:
        if review_template.state is not TemplateState.DRAFT:
            raise
        refusal_to_field(form, refused)
        return _editor(review_template, form)
    flash(_("Published. New cycles ask this version."), "ok")
    return redirect(url_for(".template", review_template_id=review_template.id), 303)


@bp.post(f"{ONE}/discard")
@allowed(policy.keep_template, on=ReviewTemplate)
def discard_template(review_template: ReviewTemplate) -> ResponseReturnValue:
    """Throw a draft away."""
    operations.discard_template(review_template, by=viewer())
    flash(_("The draft is gone."), "ok")
    return redirect(url_for(".templates"), 303)


@bp.post(f"{ONE}/retire")
@allowed(policy.keep_template, on=ReviewTemplate)
def retire_template(review_template: ReviewTemplate) -> ResponseReturnValue:
    """Begin no more cycles with it."""
    operations.retire_template(review_template, by=viewer())
    flash(_("Retired. Cycles with it go on."), "ok")
    return redirect(url_for(".template", review_template_id=review_template.id), 303)


@bp.route(f"{ONE}/sections/new", methods=["GET", "POST"])
@allowed(policy.keep_template, on=ReviewTemplate)
def add_section(review_template: ReviewTemplate) -> ResponseReturnValue:
    """Add a section to a draft."""
    return _write(review_template, None)


@bp.route(f"{ONE}/sections/<string:key>", methods=["GET", "POST"])
@allowed(policy.keep_template, on=ReviewTemplate)
def change_section(review_template: ReviewTemplate, key: str) -> ResponseReturnValue:
    """Change a section of a draft."""
    return _write(review_template, operations.section_of(review_template, key))


def _write(draft: ReviewTemplate, entry: Json | None) -> ResponseReturnValue:
    form = SectionForm.of(draft, entry)
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, draft)
            if entry is None:
                operations.add_section(draft, form.section(), by=viewer())
            else:
                operations.change_section(draft, entry["key"], form.section(), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(
                url_for(".change_template", review_template_id=draft.id, _anchor="sections"), 303
            )
    return form_page("reviews/section_form.html", form, template=draft, entry=entry)


@bp.post(f"{ONE}/sections/<string:key>/remove")
@allowed(policy.keep_template, on=ReviewTemplate)
def remove_section(review_template: ReviewTemplate, key: str) -> ResponseReturnValue:
    """Take a section out of a draft."""
    gone = operations.remove_section(review_template, key, by=viewer())
    flash(_("Removed: %(title)s", title=i18n.words(gone["title"])), "ok")
    return _back_to_sections(review_template)


@bp.post(f"{ONE}/sections/<string:key>/move")
@allowed(policy.keep_template, on=ReviewTemplate)
def move_section(review_template: ReviewTemplate, key: str) -> ResponseReturnValue:
    """Put a section before or behind its neighbour."""
    operations.move_section(review_template, key, up=request.form.get("to") == "up", by=viewer())
    return _back_to_sections(review_template)


def _back_to_sections(draft: ReviewTemplate) -> ResponseReturnValue:
    return redirect(
        url_for(".change_template", review_template_id=draft.id, _anchor="sections"), 303
    )
