"""One meeting: agenda, notes, actions; moving it, holding it, calling it off."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.access import allowed
from portal.core.db import db
from portal.core.errors import Stale
from portal.core.forms import check_version, refusal_to_field, refusals_to
from portal.meetings import operations, policy, queries
from portal.meetings.forms import ActionForm, ItemForm, MoveForm, NotesForm, PrivateNotesForm
from portal.meetings.models import Meeting, MeetingSeries
from portal.meetings.parts import talking_points
from portal.meetings.routes import bp

SOON = timedelta(hours=12)


@bp.get("/meetings/<int:meeting_id>", endpoint="meeting")
@allowed(policy.see_meeting, on=Meeting, options=queries.WITH_SERIES)
def read_meeting(meeting: Meeting) -> ResponseReturnValue:
    """All there is in a meeting."""
    return meeting_page(meeting)


def meeting_page(
    meeting: Meeting,
    *,
    item_form: ItemForm | None = None,
    action_form: ActionForm | None = None,
    notes_form: NotesForm | None = None,
    private_form: PrivateNotesForm | None = None,
) -> str:
    """The page with one form as it was sent, if any."""
    me = viewer()
    own = db.session.scalar(queries.private_notes(meeting.id, me.person_id))
    shared = meeting.notes
    return render_template(
        "meetings/meeting.html",
        meeting=meeting,
        series=meeting.series,
        other=meeting.series.other(me.person_id),
        me=me.person_id,
        agenda=db.session.scalars(queries.agenda_of(meeting)).all(),
        actions=db.session.scalars(queries.actions_of(meeting)).all(),
        points=talking_points.shown(me, meeting),
        item_form=item_form or ItemForm(formdata=None),
        action_form=action_form or new_action_form(meeting),
        notes_form=notes_form
        or NotesForm(formdata=None, data={"version": shared.version, "notes": shared.text}),
        private_form=private_form
        or PrivateNotesForm(
            formdata=None,
            data={"version": own.version if own else 0, "own": own.text if own else ""},
        ),
        own=own,
        today=clock.today(me.time_zone),
        soon=meeting.starts_at <= clock.now() + SOON,
    )


def new_action_form(meeting: Meeting) -> ActionForm:
    """An empty form with the two to choose from, due when they meet again."""
    form = ActionForm(formdata=None)
    offer_owners(form, meeting.series)
    day = clock.today(viewer().time_zone)
    form.due_on.data = day + timedelta(days=meeting.series.rhythm.days)
    return form


def offer_owners(form: ActionForm, series: MeetingSeries) -> None:
    """Offer the two, oneself first."""
    me = viewer().person_id
    mine, other = (series.host, series.guest) if series.host_id == me else (
        series.guest, series.host
    )  # fmt: skip
    form.owner.offer = [(mine.id, _("You")), (other.id, other.display_name)]


@bp.route("/meetings/<int:meeting_id>/move", methods=["GET", "POST"])
@allowed(policy.move_meeting, on=Meeting, options=queries.WITH_SERIES)
def move_meeting(meeting: Meeting) -> ResponseReturnValue:
    """Another time or place."""
    form = MoveForm(
        data={name: getattr(meeting, name) for name in ("version", "starts_at", "minutes", "place")}
    )
    if form.validate_on_submit():
        try:
            check_version(form, meeting)
        except Stale as stale:
            refusal_to_field(form, stale)
            return _move_page(form, meeting), 409
        with refusals_to(form):
            assert form.starts_at.data is not None
            operations.move_meeting(
                meeting,
                starts_at=form.starts_at.data,
                minutes=int(form.minutes.data or 0),
                place=form.place.data or "",
                by=viewer(),
            )
            flash(_("Moved. Both calendars are told."), "ok")
            return to_meeting(meeting)
    return _move_page(form, meeting), 422 if form.errors else 200


def _move_page(form: MoveForm, meeting: Meeting) -> str:
    return render_template(
        "meetings/move.html",
        form=form,
        meeting=meeting,
        other=meeting.series.other(viewer().person_id),
    )


@bp.post("/meetings/<int:meeting_id>/hold")
@allowed(policy.hold_meeting, on=Meeting, options=queries.WITH_SERIES)
def hold_meeting(meeting: Meeting) -> ResponseReturnValue:
    """Say that the two have met."""
    operations.hold_meeting(meeting, by=viewer())
    flash(_("Done. What is open comes up again in the next meeting."), "ok")
    return to_meeting(meeting)


@bp.post("/meetings/<int:meeting_id>/cancel")
@allowed(policy.cancel_meeting, on=Meeting, options=queries.WITH_SERIES)
def cancel_meeting(meeting: Meeting) -> ResponseReturnValue:
    """Call it off; the next one is planned."""
    operations.cancel_meeting(meeting, by=viewer())
    flash(_("Cancelled. Both calendars are told, and the next meeting is planned."), "ok")
    return redirect(url_for("meetings.series", meeting_series_id=meeting.series_id), 303)


def to_meeting(meeting: Meeting, anchor: str | None = None) -> ResponseReturnValue:
    """The page of the meeting from which something was sent, else of this one."""
    came_from = request.form.get("meeting", "")
    key = int(came_from) if came_from.isdecimal() and len(came_from) < 10 else meeting.id
    return redirect(url_for("meetings.meeting", meeting_id=key, _anchor=anchor), 303)
