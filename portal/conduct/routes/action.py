"""One corrective action: writing it down, reading it, putting it right."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.conduct import operations, policy, queries
from portal.conduct.forms import (
    AcknowledgeForm,
    ActionForm,
    CloseForm,
    SendBackForm,
    TalkForm,
    data_of,
)
from portal.conduct.models import CorrectiveAction
from portal.conduct.routes import bp
from portal.conduct.states import ActionState, ConductFact, Outcome
from portal.core import audit, clock
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import Form, check_version, form_page, refusals_to
from portal.people.models import Person


@bp.route("/conduct/people/<int:person_id>/propose", methods=["GET", "POST"])
@allowed(policy.propose_action, on=Person)
def propose_action(person: Person) -> ResponseReturnValue:
    """Write one down; a second person confirms it."""
    form = ActionForm()
    if form.validate_on_submit():
        with refusals_to(form):
            action = operations.propose_action(person, form.terms(), by=viewer())
            flash(_("Proposed. The person learns of it once a second person agrees."), "ok")
            return to(action)
    return form_page("conduct/action_form.html", form, person=person, action=None)


@bp.route("/conduct/<int:corrective_action_id>/edit", methods=["GET", "POST"])
@allowed(policy.change_action, on=CorrectiveAction)
def change_action(corrective_action: CorrectiveAction) -> ResponseReturnValue:
    """Put right what was sent back."""
    form = ActionForm(data=data_of(corrective_action))
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, corrective_action)
            operations.change_action(corrective_action, form.terms(), by=viewer())
            flash(_("Proposed again. A second person looks at it."), "ok")
            return to(corrective_action)
    return form_page(
        "conduct/action_form.html", form,
        person=corrective_action.person, action=corrective_action,
    )  # fmt: skip


@bp.get("/conduct/<int:corrective_action_id>", endpoint="corrective_action")
@allowed(policy.see_action, on=CorrectiveAction)
def read_action(corrective_action: CorrectiveAction) -> ResponseReturnValue:
    """What it says and what followed; reading it leaves a trace unless it is one's own."""
    me = viewer()
    if me.person_id != corrective_action.person_id:
        about = corrective_action.person_id
        audit.record_reading(ConductFact.READ, corrective_action, by=me, about=about)
    return page_of(corrective_action)


def page_of(action: CorrectiveAction, sent: Form | None = None) -> ResponseReturnValue:
    """The page with its forms, one of them perhaps as it was sent."""
    me = viewer()
    forms: dict[str, Form] = {
        "talk": TalkForm(formdata=None),
        "back": SendBackForm(formdata=None),
        "close": CloseForm(formdata=None),
        "own": AcknowledgeForm(formdata=None, obj=action),
    }
    names = {TalkForm: "talk", SendBackForm: "back", CloseForm: "close", AcknowledgeForm: "own"}
    if sent is not None:
        forms[names[type(sent)]] = sent
    _offer(forms["close"], action)
    return form_page(
        "conduct/action.html",
        sent or Form(formdata=None),
        action=action,
        forms=forms,
        own=me.person_id == action.person_id,
        counts=action.counts_on(clock.today(me.time_zone)),
        talks=db.session.scalars(queries.talks_of(action.id)).all(),
    )


def _offer(form: Any, action: CorrectiveAction) -> None:  # noqa: ANN401 - a CloseForm
    """Only HR withdraws, and what was never confirmed can only be withdrawn."""
    withdraw = policy.withdraw_action(viewer(), action)
    known = [Outcome.MET, Outcome.NOT_MET] if action.state is ActionState.OPEN else []
    form.outcome.offer = [*known, Outcome.WITHDRAWN] if withdraw else known


def to(action: CorrectiveAction) -> ResponseReturnValue:
    """Back to its page."""
    return redirect(url_for("conduct.corrective_action", corrective_action_id=action.id), 303)
