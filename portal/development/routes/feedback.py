"""Asking colleagues for feedback, and reading what came."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.development import operations, policy, queries
from portal.development.forms.feedback import AskForm
from portal.development.models import FeedbackReply, FeedbackRequest
from portal.development.routes import bp
from portal.development.states import FEEDBACK_DAYS, MOST_ASKED, Audience
from portal.people.models import Person


@bp.route("/development/people/<int:person_id>/ask", methods=["GET", "POST"])
@allowed(policy.ask_feedback, on=Person)
def ask_feedback(person: Person) -> ResponseReturnValue:
    """Ask up to five colleagues about chosen competencies."""
    own = policy.is_own(viewer(), person)
    form = AskForm(data={"audience": Audience.SHARED})
    form.offer(person, own=own)
    if form.validate_on_submit():
        with refusals_to(form):
            row = operations.ask_feedback(
                person, givers=form.asked(), about=form.about(), question=form.question.data or "",
                audience=form.audience.data, by=viewer(),
            )  # fmt: skip
            flash(_("Asked. You are told as answers come."), "ok")
            return redirect(url_for(".feedback", feedback_request_id=row.id), 303)
    return form_page("development/ask.html", form, person=person, own=own,
                     most=MOST_ASKED, days=FEEDBACK_DAYS)  # fmt: skip


@bp.get("/development/feedback/<int:feedback_request_id>")
@allowed(policy.see_request, on=FeedbackRequest)
def feedback(feedback_request: FeedbackRequest) -> str:
    """A request with every answer by name."""
    row = db.session.scalars(
        queries.request_in_full(feedback_request.id).execution_options(populate_existing=True)
    ).one()
    return render_template(
        "development/feedback.html",
        row=row,
        own=policy.is_own(viewer(), row.person),
        topics={one.id: one.competency_version for one in row.topics},
    )


@bp.post("/development/feedback/<int:feedback_request_id>/close")
@allowed(policy.close_request, on=FeedbackRequest)
def close_request(feedback_request: FeedbackRequest) -> ResponseReturnValue:
    """Take no more answers."""
    operations.close_request(feedback_request, by=viewer())
    flash(_("Closed. What came stays here."), "ok")
    return redirect(url_for(".feedback", feedback_request_id=feedback_request.id), 303)


@bp.post("/development/replies/<int:reply_id>/confirm")
@allowed(policy.confirm_feedback, on=FeedbackReply)
def confirm_feedback(reply: FeedbackReply) -> ResponseReturnValue:
    """Make the observed levels evidence."""
    operations.confirm_feedback(reply, by=viewer())
    flash(_("Confirmed. The levels count as evidence from now on."), "ok")
    return redirect(url_for(".feedback", feedback_request_id=reply.request_id), 303)
