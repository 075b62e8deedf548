"""Giving feedback on a phone: the question, the sentences, an example, or no answer."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.errors import Refused
from portal.development import operations, policy
from portal.development.forms.feedback import ReplySheet
from portal.development.models import FeedbackReply
from portal.development.routes import bp


@bp.route("/development/replies/<int:reply_id>", methods=["GET", "POST"])
@allowed(policy.give_feedback, on=FeedbackReply)
def reply(reply: FeedbackReply) -> ResponseReturnValue:
    """Answer what a colleague was asked; what was sent can be read again."""
    if request.method == "GET":
        return _page(reply, ReplySheet(reply), 200)
    sheet = ReplySheet(reply, request.form)
    if sheet.add_problems(operations.feedback_problems(reply, sheet.seen)):
        try:
            operations.give_feedback(reply, sheet.seen, message=sheet.message, by=viewer())
        except Refused as refused:
            sheet.errors[refused.field or "refused"] = refused.message
        else:
            flash(_("Thank you. Your feedback is on its way."), "ok")
            return redirect(url_for(".reply", reply_id=reply.id), 303)
    return _page(reply, sheet, 422)


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
