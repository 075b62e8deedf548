"""Sessions: planned and moved by the two, written down as they talk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.competencies.models import Competency
from portal.core import clock, invitations
from portal.core.access import allowed, can
from portal.core.db import db
from portal.core.errors import Stale
from portal.core.files.responses import disposition
from portal.core.forms import Form, check_version, form_page, refusals_to
from portal.core.i18n import words
from portal.mentoring import operations, policy
from portal.mentoring.calendar import event, zones_shown
from portal.mentoring.forms import ActionForm, ObserveForm, PlanForm, WordsForm, plan_data
from portal.mentoring.models import MentoringAction, MentoringPair, MentoringSession
from portal.mentoring.routes import bp
from portal.people.models import Person

IN_A_WEEK = timedelta(days=7)
USUAL = 60


@bp.route("/mentoring/pairs/<int:pair_id>/sessions/plan", methods=["GET", "POST"])
@allowed(policy.plan_session, on=MentoringPair)
def plan_session(pair: MentoringPair) -> ResponseReturnValue:
    """Plan a session."""
    me = viewer()
    starts = (clock.now() + IN_A_WEEK).replace(minute=0, second=0, microsecond=0)
    form = PlanForm(data={"starts_at": starts, "minutes": USUAL, "version": 0})
    form.starts_at.time_zone = me.time_zone
    if form.validate_on_submit():
        with refusals_to(form):
            session = operations.plan_session(pair, form.plan(), by=me)
            db.session.flush()
            flash(_("Planned. Both of you have it in your mail for the calendar."), "ok")
            return _back(session)
    return form_page("mentoring/session_form.html", form, pair=pair, session=None)


@bp.get("/mentoring/sessions/<int:session_id>")
@allowed(policy.see_session, on=MentoringSession)
def session(session: MentoringSession) -> ResponseReturnValue:
    """Agenda, notes and what was agreed."""
    return _page(session)


@bp.route("/mentoring/sessions/<int:session_id>/change", methods=["GET", "POST"])
@allowed(policy.change_session, on=MentoringSession)
def change_session(session: MentoringSession) -> ResponseReturnValue:
    """Move a session."""
    form = PlanForm(data=plan_data(session))
    del form.agenda
    form.starts_at.time_zone = session.time_zone
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, session)
            operations.change_session(session, form.plan(), by=viewer())
            flash(_("Saved. Both of you are told of a new time or place."), "ok")
            return _back(session)
    return form_page("mentoring/session_form.html", form, pair=session.pair, session=session)


@bp.post("/mentoring/sessions/<int:session_id>/cancel")
@allowed(policy.change_session, on=MentoringSession)
def cancel_session(session: MentoringSession) -> ResponseReturnValue:
    """Call it off."""
    operations.cancel_session(session, by=viewer())
    flash(_("Called off. It leaves both calendars."), "ok")
    return redirect(url_for("mentoring.pair", pair_id=session.pair_id), 303)


@bp.post("/mentoring/sessions/<int:session_id>/held")
@allowed(policy.change_session, on=MentoringSession)
def hold_session(session: MentoringSession) -> ResponseReturnValue:
    """Say that the two have met."""
    operations.hold_session(session, by=viewer())
    flash(_("Noted: you have met."), "ok")
    return _back(session)


@bp.post("/mentoring/sessions/<int:session_id>/words")
@allowed(policy.write_session, on=MentoringSession)
def write_session(session: MentoringSession) -> ResponseReturnValue:
    """Keep agenda and notes; scripts get the new version, forms the page again."""
    form = WordsForm()
    script = request.accept_mimetypes.best == "application/json"
    status = 422
    if form.validate_on_submit():
        try:
            check_version(form, session)
        except Stale as stale:
            form.form_errors.append(stale.message)
            status = 409
        else:
            with refusals_to(form):
                operations.write_session(
                    session, agenda=form.agenda.data or "", notes=form.notes.data or "",
                    by=viewer(),
                )  # fmt: skip
                db.session.flush()
                if script:
                    return jsonify(version=session.version)
                flash(_("Saved. Only the two of you can read it."), "ok")
                return _back(session)
    if script:
        return jsonify(error=form.problems()[0].message), status
    body, _status = _page(session, words_form=form)
    return body, status


@bp.post("/mentoring/sessions/<int:session_id>/actions")
@allowed(policy.write_session, on=MentoringSession)
def agree_on(session: MentoringSession) -> ResponseReturnValue:
    """Note what one of the two does."""
    form = _action_form(session)
    if form.validate_on_submit():
        with refusals_to(form):
            operations.agree_on(
                session, title=form.title.data, owner_id=form.owner.data,
                due_on=form.due_on.data, by=viewer(),
            )  # fmt: skip
            flash(_("Agreed."), "ok")
            return _back(session, "actions")
    return _page(session, action_form=form)


@bp.post("/mentoring/actions/<int:action_id>/done")
@allowed(policy.finish_action, on=MentoringAction)
def finish_action(action: MentoringAction) -> ResponseReturnValue:
    """Tick an action off, or open it again."""
    operations.finish_action(action, done=action.done_at is None, by=viewer())
    if request.form.get("from") == "pair":
        return redirect(
            url_for("mentoring.pair", pair_id=action.session.pair_id, _anchor="actions"), 303
        )
    return _back(action.session, "actions")


@bp.post("/mentoring/sessions/<int:session_id>/observe")
@allowed(policy.observe, on=MentoringSession)
def observe(session: MentoringSession) -> ResponseReturnValue:
    """Put a level the mentor saw into the ledger."""
    form = _observe_form(session)
    if form.validate_on_submit():
        with refusals_to(form):
            operations.observe(
                session, db.session.get_one(Competency, form.competency.data),
                int(form.level.data or 0), form.note.data, by=viewer(),
            )  # fmt: skip
            flash(_("Recorded in the ledger."), "ok")
            return _back(session)
    return _page(session, observe_form=form)


@bp.get("/mentoring/sessions/<int:session_id>/calendar")
@allowed(policy.see_session, on=MentoringSession)
def session_calendar(session: MentoringSession) -> Response:
    """The session for one's calendar; what the two write is not in it."""
    me = viewer()
    entry = event(session, db.session.get_one(Person, me.person_id))
    ics = invitations.calendar_object(entry, email=me.email, name=me.display_name)
    response = Response(ics, mimetype="text/calendar")
    response.headers["Content-Disposition"] = disposition("mentoring.ics")
    return response


def _back(session: MentoringSession, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("mentoring.session", session_id=session.id, _anchor=anchor), 303)


def _action_form(session: MentoringSession, **options: Any) -> ActionForm:  # noqa: ANN401
    form = ActionForm(**options)
    both = (session.pair.mentee, session.pair.mentor)
    form.owner.offer = [(one.id, one.display_name) for one in both]
    return form


def _observe_form(session: MentoringSession, **options: Any) -> ObserveForm:  # noqa: ANN401
    form = ObserveForm(**options)
    form.competency.offer = [
        (goal.competency_id, words(goal.competency.current.name))
        for goal in session.pair.goals if goal.competency.current is not None
    ]  # fmt: skip
    return form


def _page(session: MentoringSession, **sent: Form) -> tuple[str, int]:
    """The page, with the form that came back if there is one."""
    me = viewer()
    fresh: dict[str, Any] = {"formdata": None}
    written = {"agenda": session.agenda, "notes": session.notes, "version": session.version}
    forms: dict[str, Form] = {
        "words_form": WordsForm(**fresh, data=written),
        "action_form": _action_form(session, **fresh),
        "observe_form": _observe_form(session, **fresh),
    }
    back = next(iter(sent.values()), None)
    body = render_template(
        "mentoring/session.html",
        form=back or forms["words_form"],
        session=session,
        pair=session.pair,
        other=session.pair.other_of(me.person_id),
        zones=zones_shown(session, me.time_zone),
        today=clock.today(me.time_zone),
        over=session.starts_at <= clock.now(),
        may_write=can(policy.write_session, session),
        may_observe=can(policy.observe, session),
        came_back=back,
        **(forms | sent),
    )
    return body, 422 if back is not None else 200
