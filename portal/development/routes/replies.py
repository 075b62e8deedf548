"""Giving feedback on a phone: the question, the sentences, an example, or no answer."""

from __future__ import annotations

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.db import db
from portal.core.error_pages import someone_was_faster
from portal.core.errors import Refused, Stale
from portal.development import operations, policy, queries
from portal.development.forms.feedback import ReplySheet
from portal.development.models import FeedbackReply
from portal.development.routes import bp


@bp.route("/development/replies/<int:reply_id>", methods=["GET", "POST"])
@allowed(policy.give_feedback, on=FeedbackReply, options=queries.ASKED)
def reply(reply: FeedbackReply) -> ResponseReturnValue:
    """Answer what a colleague was asked; what was sent can be read again."""
    if request.method == "GET":
        return _page(reply, ReplySheet(reply), 200)
    sheet = ReplySheet(reply, request.form)
    if sheet.is_stale():
        sheet.errors["stale"] = someone_was_faster()
        return _page(reply, sheet, 409)
    if sheet.add_problems(operations.feedback_problems(reply, sheet.seen)):
        try:
            operations.give_feedback(reply, sheet.seen, message=sheet.message, by=viewer())
        except Refused as refused:
            sheet.errors[refused.field or "refused"] = refused.message
        else:
            flash(_("Thank you. Your feedback is on its way."), "ok")
            return redirect(url_for(".reply", reply_id=reply.id), 303)
    return _page(reply, sheet, 422)


@bp.post("/development/replies/<int:reply_id>/draft")
@allowed(policy.give_feedback, on=FeedbackReply, options=queries.ASKED)
def save_reply(reply: FeedbackReply) -> ResponseReturnValue:
    """Keep what was written so far; scripts get the new version, forms the page again."""
    sheet = ReplySheet(reply, request.form)
    if sheet.is_stale():
        return _not_saved(reply, sheet, Stale(someone_was_faster()))
    if sheet.errors:
        return _not_saved(reply, sheet, Refused(next(iter(sheet.errors.values()))))
    try:
        operations.save_reply(reply, sheet.seen, message=sheet.message)
    except Refused as refused:
        return _not_saved(reply, sheet, refused)
    db.session.flush()
    if _is_script():
        return jsonify(version=reply.version)
    flash(_("Draft saved. Only you see it."), "ok")
    return redirect(url_for(".reply", reply_id=reply.id), 303)


def _not_saved(row: FeedbackReply, sheet: ReplySheet, refused: Refused) -> ResponseReturnValue:
    status = 409 if isinstance(refused, Stale) else 422
    if _is_script():
        return jsonify(error=refused.message), status
    if not sheet.errors:
        sheet.errors["refused"] = refused.message
    return _page(row, sheet, status)


def _is_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


@bp.post("/development/replies/<int:reply_id>/decline")
@allowed(policy.decline_feedback, on=FeedbackReply)
def decline_feedback(reply: FeedbackReply) -> ResponseReturnValue:
    """Rather not answer."""
    operations.decline_feedback(reply, by=viewer())
    flash(_("That is fine. Nobody asks why."), "ok")
    return redirect(url_for("home.home"), 303)


def _page(row: FeedbackReply, sheet: ReplySheet, status: int) -> ResponseReturnValue:
    body = render_template(
        "development/reply.html",
        row=row,
        asked=row.request,
        sheet=sheet,
        topics={one.id: one.competency_version for one in row.request.topics},
        form=sheet if sheet.errors else None,
    )
    return body, status
