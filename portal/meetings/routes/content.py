"""What the two put into a meeting: points, actions, shared notes, and each their own."""

from __future__ import annotations

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.db import db
from portal.core.errors import Refused, Stale
from portal.core.forms import Form, refusal_to_field, refusals_to
from portal.meetings import operations, policy, queries
from portal.meetings.forms import ActionForm, ItemForm, NotesForm, PrivateNotesForm
from portal.meetings.models import AgendaItem, Meeting, MeetingAction
from portal.meetings.routes import bp
from portal.meetings.routes.meeting import meeting_page, offer_owners, to_meeting
from portal.people.models import Person


@bp.post("/meetings/<int:meeting_id>/agenda")
@allowed(policy.add_to_meeting, on=Meeting, options=queries.WITH_SERIES)
def add_item(meeting: Meeting) -> ResponseReturnValue:
    """Put something on the agenda."""
    form = ItemForm()
    if form.validate_on_submit():
        operations.add_item(meeting, form.text.data or "", by=viewer())
        return to_meeting(meeting, "agenda")
    return meeting_page(meeting, item_form=form), 422


@bp.post("/meetings/agenda/<int:agenda_item_id>/tick")
@allowed(policy.tick_item, on=AgendaItem)
def tick_item(agenda_item: AgendaItem) -> ResponseReturnValue:
    """Tick a point off, or take that back."""
    if request.form.get("open"):
        operations.untick_item(agenda_item)
    else:
        operations.tick_item(agenda_item)
    return to_meeting(agenda_item.meeting, "agenda")


@bp.post("/meetings/agenda/<int:agenda_item_id>/remove")
@allowed(policy.remove_item, on=AgendaItem)
def remove_item(agenda_item: AgendaItem) -> ResponseReturnValue:
    """Take a point off the agenda."""
    meeting = agenda_item.meeting
    operations.remove_item(agenda_item)
    return to_meeting(meeting, "agenda")


@bp.post("/meetings/<int:meeting_id>/actions")
@allowed(policy.add_to_meeting, on=Meeting, options=queries.WITH_SERIES)
def add_action(meeting: Meeting) -> ResponseReturnValue:
    """Write down what one of the two will do."""
    form = ActionForm()
    offer_owners(form, meeting.series)
    if form.validate_on_submit():
        with refusals_to(form):
            assert form.due_on.data is not None
            owner = db.session.get_one(Person, form.owner.data)
            operations.add_action(
                meeting, form.title.data or "", owner=owner, due_on=form.due_on.data, by=viewer()
            )
            return to_meeting(meeting, "actions")
    return meeting_page(meeting, action_form=form), 422


@bp.post("/meetings/actions/<int:meeting_action_id>/finish")
@allowed(policy.finish_action, on=MeetingAction)
def finish_action(meeting_action: MeetingAction) -> ResponseReturnValue:
    """Say that an action is done, or not yet."""
    if request.form.get("open"):
        operations.reopen_action(meeting_action)
    else:
        operations.finish_action(meeting_action)
    if request.form.get("meeting"):
        return to_meeting(meeting_action.meeting, "actions")
    flash(_("The action is done."), "ok")
    return redirect(url_for("meetings.my_meetings"), 303)


@bp.post("/meetings/<int:meeting_id>/notes")
@allowed(policy.write_notes, on=Meeting, options=queries.WITH_SERIES)
def save_notes(meeting: Meeting) -> ResponseReturnValue:
    """Keep what both write down; scripts get the new version, forms the page again."""
    form = NotesForm()
    if form.validate_on_submit():
        version = int(form.version.data or 0)
        try:
            kept = operations.save_notes(meeting, form.notes.data or "", version=version)
        except Stale as stale:
            form.version.data, form.version.raw_data = meeting.notes.version, None
            return _stale(meeting, form, stale)
        return _kept(meeting, kept.version)
    return _not_kept(meeting, form)


@bp.post("/meetings/<int:meeting_id>/private-notes")
@allowed(policy.keep_private_notes, on=Meeting, options=queries.WITH_SERIES)
def save_private_notes(meeting: Meeting) -> ResponseReturnValue:
    """Keep what one writes for oneself alone."""
    form = PrivateNotesForm()
    if form.validate_on_submit():
        version, text = int(form.version.data or 0), form.own.data or ""
        try:
            notes = operations.save_private_notes(meeting, text, version=version, by=viewer())
        except Stale as stale:
            own = db.session.scalar(queries.private_notes(meeting.id, viewer().person_id))
            form.version.data, form.version.raw_data = own.version if own else 0, None
            return _stale(meeting, form, stale)
        return _kept(meeting, notes.version)
    return _not_kept(meeting, form)


def _kept(meeting: Meeting, version: int) -> ResponseReturnValue:
    if _is_script():
        return jsonify(version=version)
    flash(_("The notes are saved."), "ok")
    return to_meeting(meeting)


def _stale(
    meeting: Meeting, form: NotesForm | PrivateNotesForm, stale: Refused
) -> ResponseReturnValue:
    if _is_script():
        return jsonify(error=stale.message), 409
    refusal_to_field(form, stale)
    return _with(meeting, form), 409


def _not_kept(meeting: Meeting, form: NotesForm | PrivateNotesForm) -> ResponseReturnValue:
    if _is_script():
        return jsonify(error=next(iter(_messages(form)), "")), 422
    return _with(meeting, form), 422


def _messages(form: Form) -> list[str]:
    return [problem.message for problem in form.problems()]


def _with(meeting: Meeting, form: NotesForm | PrivateNotesForm) -> str:
    if isinstance(form, NotesForm):
        return meeting_page(meeting, notes_form=form)
    return meeting_page(meeting, private_form=form)


def _is_script() -> bool:
    return request.accept_mimetypes.best == "application/json"
