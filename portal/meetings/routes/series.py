"""With whom one meets: the list, one series with its history, and setting one up."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import clock, tables
from portal.core.access import allowed, signed_in
from portal.core.db import db
from portal.core.errors import Stale
from portal.core.forms import check_version, form_page, refusal_to_field, refusals_to
from portal.meetings import operations, policy, queries
from portal.meetings.forms import PlanForm, SeriesForm, data_of, fresh_data
from portal.meetings.models import Meeting, MeetingSeries
from portal.meetings.routes import bp
from portal.meetings.states import LIVE, SeriesState


@bp.get("/my/meetings")
@signed_in
def my_meetings() -> ResponseReturnValue:
    """The series of the reader, their next meetings, and what they said they would do."""
    me = viewer()
    rows = db.session.execute(queries.series_of(me.person_id)).all()
    return render_template(
        "meetings/mine.html",
        live=[row for row in rows if row[0].state in LIVE],
        past=[row[0] for row in rows if row[0].state not in LIVE],
        actions=db.session.scalars(queries.open_actions(me.person_id)).all(),
        me=me.person_id,
        today=clock.today(me.time_zone),
    )


@bp.route("/meetings/series/add", methods=["GET", "POST"])
@signed_in
def start_series() -> ResponseReturnValue:
    """Begin to meet somebody."""
    me = viewer()
    form = SeriesForm(data=fresh_data(me.time_zone))
    form.offer(me.person_id)
    if form.validate_on_submit() and (person := form.chosen()):
        with refusals_to(form):
            row = operations.start_series(person, form.plan(me.time_zone), by=me)
            if row.state is SeriesState.RUNNING:
                flash(_("Set up. Both of you get an entry for the calendar."), "ok")
            else:
                flash(_("%(who)s is asked.", who=person.display_name), "ok")
            return redirect(url_for("meetings.series", meeting_series_id=row.id), 303)
    return form_page("meetings/series_form.html", form, series=None)


@bp.get("/meetings/series/<int:meeting_series_id>", endpoint="series")
@allowed(policy.see_series, on=MeetingSeries, options=queries.PEOPLE)
def read_series(meeting_series: MeetingSeries) -> ResponseReturnValue:
    """One series: the next meeting, and all there were."""
    order = ((Meeting.starts_at, True), (Meeting.id, True))
    page = tables.page(
        queries.meetings_of(meeting_series.id), order=order, cursor=request.args.get("cursor")
    )
    return render_template(
        "meetings/series.html",
        series=meeting_series,
        other=meeting_series.other(viewer().person_id),
        page=page,
        live=meeting_series.state in LIVE,
    )


@bp.route("/meetings/series/<int:meeting_series_id>/change", methods=["GET", "POST"])
@allowed(policy.change_series, on=MeetingSeries, options=queries.PEOPLE)
def change_series(meeting_series: MeetingSeries) -> ResponseReturnValue:
    """Meet in another rhythm."""
    planned = db.session.scalar(queries.planned_meeting(meeting_series.id))
    form = PlanForm(data=data_of(meeting_series, planned.starts_at if planned else None))
    if form.validate_on_submit():
        try:
            check_version(form, meeting_series)
        except Stale as stale:
            refusal_to_field(form, stale)
            return _form(form, meeting_series), 409
        with refusals_to(form):
            operations.change_series(meeting_series, form.plan(viewer().time_zone), by=viewer())
            flash(_("The 1:1s are changed. Both calendars are told."), "ok")
            return _to(meeting_series)
    return _form(form, meeting_series), 422 if form.errors else 200


def _form(form: PlanForm, series: MeetingSeries) -> str:
    return render_template("meetings/series_form.html", form=form, series=series)


@bp.post("/meetings/series/<int:meeting_series_id>/accept")
@allowed(policy.answer_series, on=MeetingSeries)
def accept_series(meeting_series: MeetingSeries) -> ResponseReturnValue:
    """Agree to meet."""
    operations.accept_series(meeting_series, by=viewer())
    flash(_("You meet from now on. Both of you get an entry for the calendar."), "ok")
    return _to(meeting_series)


@bp.post("/meetings/series/<int:meeting_series_id>/decline")
@allowed(policy.answer_series, on=MeetingSeries)
def decline_series(meeting_series: MeetingSeries) -> ResponseReturnValue:
    """Say no."""
    operations.decline_series(meeting_series, by=viewer())
    flash(_("Declined. Who asked is told."), "ok")
    return redirect(url_for("meetings.my_meetings"), 303)


@bp.post("/meetings/series/<int:meeting_series_id>/end")
@allowed(policy.end_series, on=MeetingSeries)
def end_series(meeting_series: MeetingSeries) -> ResponseReturnValue:
    """Stop meeting."""
    operations.end_series(meeting_series, by=viewer())
    flash(_("The 1:1s have ended. What was written stays with the two of you."), "ok")
    return _to(meeting_series)


def _to(series: MeetingSeries) -> ResponseReturnValue:
    return redirect(url_for("meetings.series", meeting_series_id=series.id), 303)
