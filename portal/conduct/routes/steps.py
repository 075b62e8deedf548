"""What is done on the page of a corrective action."""

from __future__ import annotations

from datetime import date
from typing import cast

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.conduct import operations, policy
from portal.conduct.forms import AcknowledgeForm, CloseForm, SendBackForm, TalkForm
from portal.conduct.models import CorrectiveAction
from portal.conduct.routes import bp
from portal.conduct.routes.action import page_of, to
from portal.core.access import allowed
from portal.core.forms import check_version, refusals_to


@bp.post("/conduct/<int:corrective_action_id>/confirm")
@allowed(policy.confirm_action, on=CorrectiveAction)
def confirm_action(corrective_action: CorrectiveAction) -> ResponseReturnValue:
    """Agree as the second person."""
    operations.confirm_action(corrective_action, by=viewer())
    flash(_("Confirmed. The person has been told."), "ok")
    return _onward(corrective_action)


@bp.post("/conduct/<int:corrective_action_id>/return")
@allowed(policy.return_action, on=CorrectiveAction)
def return_action(corrective_action: CorrectiveAction) -> ResponseReturnValue:
    """Send it back to who proposed it."""
    form = SendBackForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.return_action(corrective_action, note=form.note.data, by=viewer())
            flash(_("Sent back. Who proposed it has been told."), "ok")
            return _onward(corrective_action)
    return page_of(corrective_action, form)


@bp.post("/conduct/<int:corrective_action_id>/talks")
@allowed(policy.note_talk, on=CorrectiveAction)
def note_talk(corrective_action: CorrectiveAction) -> ResponseReturnValue:
    """Note a talk."""
    form = TalkForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.note_talk(
                corrective_action, note=form.said.data, next_on=form.next_on.data, by=viewer(),
                held_on=cast("date", form.held_on.data),
            )  # fmt: skip
            flash(_("Noted."), "ok")
            return to(corrective_action)
    return page_of(corrective_action, form)


@bp.post("/conduct/<int:corrective_action_id>/acknowledge")
@allowed(policy.acknowledge_action, on=CorrectiveAction)
def acknowledge_action(corrective_action: CorrectiveAction) -> ResponseReturnValue:
    """Say that one has seen it, and write a statement."""
    form = AcknowledgeForm()
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, corrective_action)
            operations.acknowledge_action(
                corrective_action, statement=form.statement.data or "", by=viewer()
            )
            flash(_("Saved. Having seen it does not mean that you agree."), "ok")
            return to(corrective_action)
    return page_of(corrective_action, form)


@bp.post("/conduct/<int:corrective_action_id>/close")
@allowed(policy.close_action, on=CorrectiveAction)
def close_action(corrective_action: CorrectiveAction) -> ResponseReturnValue:
    """Say how it ended."""
    form = CloseForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.close_action(
                corrective_action, form.outcome.data, note=form.why.data or "", by=viewer()
            )
            flash(_("Ended."), "ok")
            return to(corrective_action)
    return page_of(corrective_action, form)


def _onward(action: CorrectiveAction) -> ResponseReturnValue:
    """To its page, or home for an executive whose part is done."""
    return (
        to(action) if policy.see_action(viewer(), action) else redirect(url_for("home.home"), 303)
    )
