"""Sessions: planned and changed by HR, held by their trainers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.core import clock, i18n, tables
from portal.core.access import allowed, signed_in
from portal.core.db import db
from portal.core.forms import check_version
from portal.training import operations, policy, queries
from portal.training.calendar import zones_shown
from portal.training.forms import ResultsForm, SessionForm, plan_data, results_form
from portal.training.models import Course, CourseSession, Enrolment
from portal.training.operations.result import last_day
from portal.training.routes import bp
from portal.training.routes.forms import done, form_page
from portal.training.states import EnrolmentState, SessionState


@bp.get("/training/sessions")
@signed_in
def sessions() -> ResponseReturnValue:
    """The sessions one teaches; for HR all of them."""
    me = viewer()
    everything = policy.keep_catalogue(me)
    past = request.args.get("show") == "past"
    select = queries.sessions_listed(None if everything else me.person_id)
    over = CourseSession.starts_at <= clock.now()
    order = ((CourseSession.starts_at, past), (CourseSession.id, past))
    return render_template(
        "training/sessions.html",
        page=tables.page(
            select.where(over if past else ~over), order=order, cursor=request.args.get("cursor")
        ),
        past=past,
        everything=everything,
    )


@bp.route("/training/courses/<int:course_id>/sessions/plan", methods=["GET", "POST"])
@allowed(policy.keep_course, on=Course)
def plan_session(course: Course) -> ResponseReturnValue:
    """Plan a session of a course."""
    me = viewer()
    starts = (clock.now() + timedelta(days=14)).replace(minute=0, second=0, microsecond=0)
    ends = starts + timedelta(minutes=min(course.minutes, 24 * 60))
    form = SessionForm(
        data={"starts_at": starts, "ends_at": ends, "language": i18n.current_locale(), "seats": 12}
    )
    form.set_zone(me.time_zone)
    if done(form, lambda: operations.plan_session(course, form.plan(), by=me)):
        flash(_("The session is planned. People can take a seat now."), "ok")
        return redirect(url_for("training.course", course_id=course.id), 303)
    return form_page("training/session_form.html", form, course=course, session=None)


@bp.route("/training/sessions/<int:session_id>/change", methods=["GET", "POST"])
@allowed(policy.change_session, on=CourseSession)
def change_session(session: CourseSession) -> ResponseReturnValue:
    """Move a session or change its seats."""
    form = SessionForm(data=plan_data(session))
    form.set_zone(session.time_zone)

    def change() -> None:
        check_version(form, session)
        operations.change_session(session, form.plan(), by=viewer())

    if done(form, change):
        flash(_("Saved. Everybody who takes part is told of a new time or place."), "ok")
        return redirect(url_for("training.session", session_id=session.id), 303)
    return form_page("training/session_form.html", form, course=session.course, session=session)


@bp.post("/training/sessions/<int:session_id>/cancel")
@allowed(policy.change_session, on=CourseSession)
def cancel_session(session: CourseSession) -> ResponseReturnValue:
    """Call a session off."""
    operations.cancel_session(session, by=viewer())
    flash(_("The session is cancelled. Everybody is told and stays enrolled in the course."), "ok")
    return redirect(url_for("training.course", course_id=session.course_id), 303)


@bp.route("/training/sessions/<int:session_id>", methods=["GET", "POST"])
@allowed(policy.run_session, on=CourseSession)
def session(session: CourseSession) -> ResponseReturnValue:
    """Participants and waiting list; once it has begun, attendance and results in one form."""
    rows = db.session.scalars(queries.participants(session.id)).all()
    form = results_form(session, rows)
    if done(form, lambda: _record(session, rows, form)):
        flash(_("Attendance and results are recorded."), "ok")
        return redirect(url_for("training.session", session_id=session.id), 303)
    begun = session.starts_at <= clock.now() and session.state is not SessionState.CANCELLED
    return form_page(
        "training/session.html",
        form,
        session=session,
        rows=[row for row in rows if row.state is not EnrolmentState.WAITING],
        waiting=[row for row in rows if row.state is EnrolmentState.WAITING],
        begun=begun,
        zones=zones_shown(session, viewer().time_zone),
    )


def _record(session: CourseSession, rows: Sequence[Enrolment], form: ResultsForm) -> None:
    check_version(form, session)
    operations.hold_session(session, present=form.present(rows), by=viewer())
    scores = form.scores(rows)
    for row in rows:
        if row.id in scores:
            operations.record_result(
                row, taken_on=last_day(session), score=scores[row.id], by=viewer()
            )


@bp.get("/training/sessions/<int:session_id>/list")
@allowed(policy.run_session, on=CourseSession)
def print_list(session: CourseSession) -> ResponseReturnValue:
    """The participants with room for their signatures, to print."""
    return render_template(
        "training/print_list.html",
        session=session,
        rows=db.session.scalars(queries.live_in(session.id)).all(),
    )


@bp.get("/training/sessions/<int:session_id>/export/<any(csv, xlsx):kind>")
@allowed(policy.run_session, on=CourseSession)
def export_session(session: CourseSession, kind: str) -> Response:
    """Download the participants with their results."""
    columns = (
        tables.Column(_l("Name"), lambda row: row.person.display_name),
        tables.Column(_l("E-mail"), lambda row: row.person.email),
        tables.Column(_l("State"), "state"),
        tables.Column(_l("Tries"), lambda row: len(row.attempts)),
        tables.Column(
            _l("Score in per cent"), lambda row: row.attempts[-1].score if row.attempts else None
        ),
    )
    rows = db.session.scalars(queries.participants(session.id))
    return tables.export(rows, columns, kind, i18n.words(session.course.title))
