"""Writing one's part of a review, handing it in, declining it, giving it back."""

from __future__ import annotations

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.competencies.models import CompetencyVersion
from portal.core import clock
from portal.core.access import allowed
from portal.core.db import db
from portal.core.error_pages import someone_was_faster
from portal.core.errors import Refused, Stale
from portal.core.forms import form_page, refusals_to
from portal.core.i18n import words
from portal.reviews import operations, policy, queries
from portal.reviews.forms.nomination import WhyForm
from portal.reviews.forms.part import PartSheet
from portal.reviews.models import Review, ReviewPart
from portal.reviews.prefill import prefill_of
from portal.reviews.routes import bp
from portal.reviews.states import GOAL_LEVELS, PartKind, PartState


@bp.route("/reviews/parts/<int:part_id>", methods=["GET", "POST"])
@allowed(policy.see_part, on=ReviewPart)
def part(part: ReviewPart) -> ResponseReturnValue:
    """What one writes; once handed in, what was handed in."""
    part = _in_full(part)
    asked = operations.asked_of(part)
    if request.method == "GET":
        return _page(part, asked, PartSheet(part, asked))
    if not policy.is_author(viewer(), part):
        raise Refused(_("Only who writes this part can change it."))
    sheet = PartSheet(part, asked, request.form)
    operations.require_open(part)
    if sheet.is_stale():
        sheet.errors["stale"] = someone_was_faster()
        return _page(part, asked, sheet, 409)
    if not sheet.add_problems(operations.problems(asked, sheet.entries, sheet.answers)):
        return _page(part, asked, sheet, 422)
    operations.save_part(part, asked, entries=sheet.entries, answers=sheet.answers, by=viewer())
    operations.submit_part(part, asked, by=viewer())
    flash(_("Handed in. Thank you."), "ok")
    return redirect(url_for(".my_reviews"), 303)


@bp.post("/reviews/parts/<int:part_id>/draft")
@allowed(policy.write_part, on=ReviewPart)
def save_part(part: ReviewPart) -> ResponseReturnValue:
    """Keep what was written so far; scripts get the new version, forms the page again."""
    part = _in_full(part)
    asked = operations.asked_of(part)
    sheet = PartSheet(part, asked, request.form)
    if sheet.is_stale():
        return _not_saved(part, asked, sheet, Stale(someone_was_faster()))
    if sheet.errors:
        return _not_saved(part, asked, sheet, Refused(next(iter(sheet.errors.values()))))
    operations.save_part(part, asked, entries=sheet.entries, answers=sheet.answers, by=viewer())
    db.session.flush()
    if _is_script():
        return jsonify(version=part.version)
    flash(_("Draft saved. Only you see it."), "ok")
    return redirect(url_for(".part", part_id=part.id), 303)


def _not_saved(
    part: ReviewPart, asked: operations.Asked, sheet: PartSheet, refused: Refused
) -> ResponseReturnValue:
    status = 409 if isinstance(refused, Stale) else 422
    if _is_script():
        return jsonify(error=refused.message), status
    if not sheet.errors:
        sheet.errors["refused"] = refused.message
    return _page(part, asked, sheet, status)


@bp.route("/reviews/parts/<int:part_id>/decline", methods=["GET", "POST"])
@allowed(policy.decline_part, on=ReviewPart)
def decline_part(part: ReviewPart) -> ResponseReturnValue:
    """Say that one would rather not write."""
    form = WhyForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.decline_part(part, reason=form.reason.data, by=viewer())
            flash(_("Declined. Somebody else can be asked."), "ok")
            return redirect(url_for(".my_reviews"), 303)
    return form_page("reviews/decline.html", form, part=part, review=part.review)


@bp.route("/reviews/parts/<int:part_id>/return", methods=["GET", "POST"])
@allowed(policy.return_part, on=ReviewPart)
def return_part(part: ReviewPart) -> ResponseReturnValue:
    """Give a part back to its author for a change."""
    form = WhyForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.return_part(part, reason=form.reason.data, by=viewer())
            flash(_("Given back. The author was told."), "ok")
            return redirect(url_for(".review", review_id=part.review_id), 303)
    return form_page("reviews/return.html", form, part=part, review=part.review)


def _in_full(part: ReviewPart) -> ReviewPart:
    """The same row with all its page shows, in a few statements."""
    found: ReviewPart = db.session.scalars(queries.part_in_full(part.id)).one()
    return found


def _is_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _page(
    part: ReviewPart, asked: operations.Asked, sheet: PartSheet, status: int = 200
) -> ResponseReturnValue:
    """The page of a part; what was sent stands in ``sheet``, not in the record."""
    review: Review = part.review
    writes = policy.write_part(viewer(), part)
    versions = _versions(asked)
    sheet.names = {key: goal.title for key, goal in asked.goals.items()}
    sheet.names |= {key: words(version.name) for key, version in versions.items()}
    return (
        render_template(
            "reviews/part.html",
            part=part,
            review=review,
            cycle=review.cycle,
            asked=asked,
            sheet=sheet,
            versions=versions,
            goal_levels=GOAL_LEVELS,
            prefill=prefill_of(part, asked.goals.values()) if writes else None,
            writes=writes,
            own=policy.is_author(viewer(), part),
            kinds=PartKind,
            states=PartState,
            due=review.cycle.manager_due_on
            if part.kind is PartKind.MANAGER
            else review.cycle.parts_due_on,
            today=clock.today(viewer().time_zone),
            form=sheet if sheet.errors else None,
        ),
        status,
    )


def _versions(asked: operations.Asked) -> dict[str, CompetencyVersion]:
    """The pinned wording of each competency, by subject."""
    keys = {row["version_id"]: subject for subject, row in asked.competencies.items()}
    found = db.session.query(CompetencyVersion).filter(CompetencyVersion.id.in_(keys))
    return {keys[version.id]: version for version in found}
