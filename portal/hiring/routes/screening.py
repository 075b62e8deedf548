"""Screening one application after the other."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms import check_version, refusal_to_field
from portal.hiring import operations as op
from portal.hiring import policy
from portal.hiring.forms.screening import ScreeningForm, screening_form
from portal.hiring.models import Application, Posting, StageCount
from portal.hiring.operations.screening import MechanicalScore
from portal.hiring.queries import application as queries
from portal.hiring.routes import bp
from portal.hiring.routes.application import (
    flash_move,
    is_anonymous,
    shown_letter,
    shown_name,
)
from portal.hiring.states import Stage


@bp.route("/applications/<int:application_id>/screen", methods=["GET", "POST"])
@allowed(policy.work_on, on=Application)
def screen_application(application: Application) -> ResponseReturnValue:
    """Answer each criterion, see the score, then advance or reject."""
    criteria = application.posting.latest_criteria
    if criteria is None or application.stage not in {Stage.APPLIED, Stage.SCREENED}:
        flash(_unscreenable(application), "warn")
        return redirect(url_for("hiring.application", application_id=application.id), 303)
    form, score = screening_form(criteria, application), None
    decision = request.form.get("decision", "")
    if form.validate_on_submit():
        score = op.score_answers(criteria, form.answers())
        if decision in {"advance", "reject"} and _screened(form, application, decision):
            return _go_on(application)
    failed = form.is_submitted() and (bool(form.errors) or decision in {"advance", "reject"})
    return _page(application, form, score), 422 if failed else 200


@bp.get("/postings/<int:posting_id>/screen-next")
@allowed(policy.work_on_posting, on=Posting)
def screen_next(posting: Posting) -> ResponseReturnValue:
    """The application that waits longest for its screening, else the board."""
    found = db.session.scalar(queries.next_to_screen(posting.id))
    if found is None:
        flash(_("Everything is screened."), "ok")
        return redirect(url_for("hiring.board", posting_id=posting.id), 303)
    return redirect(_screen_url(found), 303)


def _page(application: Application, form: ScreeningForm, score: MechanicalScore | None) -> str:
    anonymous = is_anonymous()
    waiting = db.session.scalar(
        queries.stage_counts(application.posting_id)
        .with_only_columns(StageCount.count)
        .where(StageCount.stage == Stage.APPLIED)
    )
    following = db.session.scalar(queries.next_to_screen(application.posting_id, application))
    return render_template(
        "hiring/screening.html",
        application=application,
        posting=application.posting,
        form=form,
        score=score,
        criteria=application.posting.latest_criteria,
        anonymous=anonymous,
        name=shown_name(application, anonymous=anonymous),
        letter=shown_letter(application, anonymous=anonymous),
        waiting=waiting or 0,
        skip=_screen_url(following) if following else None,
    )


def _screened(form: ScreeningForm, application: Application, decision: str) -> bool:
    try:
        check_version(form, application)
        op.screen_application(
            application,
            answers=form.answers(),
            advance=decision == "advance",
            override_reason=form.override_reason.data,
            note=form.note.data or "",
            by=viewer(),
        )
    except Refused as refused:
        refusal_to_field(form, refused)
        return False
    flash_move(application, anonymous=is_anonymous())
    return True


def _go_on(application: Application) -> ResponseReturnValue:
    """To the next one that waits, without a way through the board."""
    found = db.session.scalar(queries.next_to_screen(application.posting_id))
    if found is None:
        return redirect(url_for("hiring.board", posting_id=application.posting_id), 303)
    return redirect(_screen_url(found), 303)


def _screen_url(application_id: int) -> str:
    kept: dict[str, Any] = {"anonymous": 1} if is_anonymous() else {}
    return url_for("hiring.screen_application", application_id=application_id, **kept)


def _unscreenable(application: Application) -> str:
    if application.posting.latest_criteria is None:
        return _("Fix the screening criteria of this posting first.")
    return _("This application is past screening.")
