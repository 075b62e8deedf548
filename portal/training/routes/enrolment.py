"""Enrolling oneself and others, leaving, confirming, recording a result."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.viewer import viewer
from portal.core import i18n
from portal.core.access import allowed, row_or_404
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.returning import came_from
from portal.people.models import Person
from portal.training import operations, policy, queries
from portal.training.forms import EnrolForm, ResultForm
from portal.training.models import Course, CourseSession, Enrolment
from portal.training.routes import bp
from portal.training.routes.forms import done, form_page
from portal.training.states import EnrolmentState, Origin

MOST = 50
"""People offered at once; further ones are found by name."""


def _sent_session() -> CourseSession | None:
    """The session whose number was sent, if one was."""
    sent = request.form.get("session", "")
    if not sent:
        return None
    if not sent.isdecimal() or len(sent) > 10:
        abort(404)
    session: CourseSession = row_or_404(CourseSession, int(sent))
    return session


@bp.post("/training/courses/<int:course_id>/join")
@allowed(policy.see_course, on=Course)
def join(course: Course) -> ResponseReturnValue:
    """Enrol oneself, with a seat in a session if one was chosen."""
    me = viewer()
    row = operations.enrol(
        db.session.get_one(Person, me.person_id),
        course,
        session=_sent_session(),
        origin=Origin.SELF,
        by=me,
    )
    if row.state is EnrolmentState.WAITING:
        flash(_("The session is full. You are on its waiting list and move up by yourself."), "ok")
    elif row.session is not None:
        flash(_("You have a seat. The invitation for your calendar is on its way."), "ok")
    else:
        flash(_("You are enrolled."), "ok")
    return redirect(url_for("training.course", course_id=course.id), 303)


@bp.post("/training/enrolments/<int:enrolment_id>/leave-session")
@allowed(policy.leave_session, on=Enrolment)
def leave_session(enrolment: Enrolment) -> ResponseReturnValue:
    """Give up a seat or a place in line."""
    operations.leave_session(enrolment, by=viewer())
    flash(_("Given up. The enrolment in the course stays."), "ok")
    return redirect(came_from() or _home_of(enrolment), 303)


@bp.post("/training/enrolments/<int:enrolment_id>/cancel")
@allowed(policy.cancel_enrolment, on=Enrolment)
def cancel_enrolment(enrolment: Enrolment) -> ResponseReturnValue:
    """Take somebody, or oneself, out of a course."""
    operations.cancel_enrolment(enrolment, by=viewer())
    flash(_("The enrolment is cancelled."), "ok")
    return redirect(came_from() or _home_of(enrolment), 303)


@bp.post("/training/enrolments/<int:enrolment_id>/confirm")
@allowed(policy.confirm_completion, on=Enrolment)
def confirm_completion(enrolment: Enrolment) -> ResponseReturnValue:
    """Say that one has worked through a course."""
    operations.confirm_completion(enrolment, by=viewer())
    flash(_("Well done. The course counts as completed."), "ok")
    return redirect(came_from() or _home_of(enrolment), 303)


@bp.route("/training/enrolments/<int:enrolment_id>/result", methods=["GET", "POST"])
@allowed(policy.record_result, on=Enrolment)
def record_result(enrolment: Enrolment) -> ResponseReturnValue:
    """Record how somebody did."""
    form = ResultForm.of(enrolment.course)
    if done(form, lambda: operations.record_result(enrolment, **form.result(), by=viewer())):
        flash(_("The result is recorded."), "ok")
        return redirect(_home_of(enrolment), 303)
    return form_page("training/record_result.html", form, enrolment=enrolment)


def _home_of(enrolment: Enrolment) -> str:
    """One's own course, the other's training, or the session one runs."""
    me = viewer()
    if me.person_id == enrolment.person_id:
        return url_for("training.course", course_id=enrolment.course_id)
    if policy.see_training(me, enrolment.person):
        return url_for("training.person_training", person_id=enrolment.person_id)
    return url_for("training.session", session_id=enrolment.session_id)


@bp.route("/training/courses/<int:course_id>/enrol", methods=["GET", "POST"])
@allowed(policy.enrol_in, on=Course)
def enrol_people(course: Course) -> ResponseReturnValue:
    """Enrol people one answers for; HR anybody, found by name."""
    named = request.args.get("q", "").strip()[:200].replace("\x00", "")
    found = db.session.scalars(
        queries.people_to_enrol(viewer(), course.id, named).limit(MOST + 1)
    ).all()
    sessions = [row[0] for row in db.session.execute(queries.coming_sessions(course.id))]
    form = EnrolForm(data={"session": request.args.get("session", type=int)})
    form.people.offer = [(one.id, one.display_name) for one in found[:MOST]]
    form.session.offer = [(one.id, _when(one)) for one in sessions]
    if done(form, lambda: _enrol(course, found, sessions, form)):
        number = len(form.people.data or ())
        flash(ngettext("One person is enrolled and told.",
                       "%(num)s people are enrolled and told.", number), "ok")  # fmt: skip
        return redirect(url_for("training.course", course_id=course.id), 303)
    return form_page(
        "training/enrol_people.html", form, course=course, q=named, more=len(found) > MOST
    )


def _when(session: CourseSession) -> str:
    moment = i18n.datetime(session.starts_at, zone=session.time_zone)
    return str(_("%(when)s, %(place)s", when=moment, place=session.place))


def _enrol(
    course: Course,
    people: Sequence[Person],
    sessions: Sequence[CourseSession],
    form: EnrolForm,
) -> None:
    """Enrol everyone ticked; if one cannot be, nobody is."""
    reason = {i18n.current_locale(): form.reason.data} if form.reason.data else {}
    for person in people:
        if person.id not in (form.people.data or ()):
            continue
        try:
            operations.enrol(
                person,
                course,
                session=next((one for one in sessions if one.id == form.session.data), None),
                origin=Origin.MANAGER,
                reason=reason,
                due_on=form.due_on.data,
                by=viewer(),
            )
        except Refused as refused:
            message = _("%(who)s: %(why)s", who=person.display_name, why=refused.message)
            raise Refused(message, "people") from refused
