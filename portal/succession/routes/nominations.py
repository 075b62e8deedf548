"""One nomination: a second person's word, judging it anew, its place, actions, its end."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import Form, check_version, form_page, refusals_to
from portal.core.i18n import words
from portal.people.models import Position, Team
from portal.succession import operations, policy, queries
from portal.succession.forms.nomination import EndForm, NominationForm, SuggestForm, WordForm
from portal.succession.models import KeyPosition, Nomination, SuccessionAction
from portal.succession.routes import bp
from portal.succession.routes.positions import action_form
from portal.training.models import Course

WHOLE = [
    joinedload(Nomination.nominee, innerjoin=True),
    joinedload(Nomination.key_position, innerjoin=True)
    .joinedload(KeyPosition.position, innerjoin=True)
    .options(
        joinedload(Position.role, innerjoin=True),
        joinedload(Position.team, innerjoin=True).joinedload(Team.site, innerjoin=True),
    ),
]

OF_ACTION = [joinedload(SuccessionAction.nomination, innerjoin=True).options(*WHOLE)]


@bp.post("/succession/nominations/<int:nomination_id>/decide")
@allowed(policy.decide_nomination, on=Nomination, options=WHOLE)
def decide_nomination(nomination: Nomination) -> ResponseReturnValue:
    """Approve a nomination or not."""
    form, approved = WordForm(), request.form.get("decision") == "approve"
    if form.validate_on_submit():
        with refusals_to(form):
            operations.decide_nomination(
                nomination, approved=approved, note=form.note.data or "", by=viewer()
            )
            flash(_("Approved.") if approved else _("Not approved. The proposer is told."), "ok")
            return _back(nomination)
    return _again(form, nomination, _("Your word as the second person"), "decide_nomination")


@bp.route("/succession/nominations/<int:nomination_id>/judge", methods=["GET", "POST"])
@allowed(policy.change_nomination, on=Nomination, options=WHOLE)
def judge_nomination(nomination: Nomination) -> ResponseReturnValue:
    """Judge readiness anew."""
    levels = db.session.scalars(queries.levels()).all()
    form = NominationForm(
        data={
            "version": nomination.version, "level": nomination.level_id or "none",
            "is_emergency": nomination.is_emergency, "reason": nomination.reason,
        }
    )  # fmt: skip
    form.offer(levels)
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, nomination)
            operations.judge_nomination(nomination, **form.terms(levels), by=viewer())
            flash(_("Saved."), "ok")
            return _back(nomination)
    return form_page(
        "succession/nomination_form.html", form, key_position=nomination.key_position,
        person=nomination.nominee, nomination=nomination, candidate=None, titles={},
    )  # fmt: skip


@bp.post("/succession/nominations/<int:nomination_id>/rank")
@allowed(policy.change_nomination, on=Nomination, options=WHOLE)
def rank_nomination(nomination: Nomination) -> ResponseReturnValue:
    """Move a successor one place up or down."""
    there = [
        one for one in nomination.key_position.nominations
        if one.is_open and policy.see_nomination(viewer(), one)
    ]  # fmt: skip
    at = there.index(nomination)
    to = max(at - 1, 0) if request.form.get("to") == "up" else min(at + 1, len(there) - 1)
    there.insert(to, there.pop(at))
    operations.rank_nominations(nomination.key_position, there, by=viewer())
    return _back(nomination)


@bp.route("/succession/nominations/<int:nomination_id>/end", methods=["GET", "POST"])
@allowed(policy.change_nomination, on=Nomination, options=WHOLE)
def end_nomination(nomination: Nomination) -> ResponseReturnValue:
    """End a nomination."""
    form = EndForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.end_nomination(
                nomination, form.reason.data, note=form.note.data or "", by=viewer()
            )
            flash(_("Ended. The history stays."), "ok")
            return _back(nomination)
    return _again(form, nomination, _("End this nomination"), "end_nomination")


@bp.route("/succession/nominations/<int:nomination_id>/actions", methods=["GET", "POST"])
@allowed(policy.change_nomination, on=Nomination, options=WHOLE)
def add_action(nomination: Nomination) -> ResponseReturnValue:
    """Plan something that makes the nominee readier."""
    form = action_form()
    if form.validate_on_submit() and form.due_on.data:
        with refusals_to(form):
            course = db.session.get(Course, form.course.data) if form.course.data else None
            operations.add_action(
                nomination, form.kind.data, text=form.text.data or "", course=course,
                due_on=form.due_on.data, by=viewer(),
            )  # fmt: skip
            flash(_("Saved."), "ok")
            return _back(nomination)
    return _again(form, nomination, _("Plan a development action"), "add_action")


@bp.post("/succession/actions/<int:succession_action_id>/done")
@allowed(policy.change_action, on=SuccessionAction, options=OF_ACTION)
def finish_action(succession_action: SuccessionAction) -> ResponseReturnValue:
    """Tick an action off, or open it again."""
    nomination = succession_action.nomination
    operations.finish_action(nomination, succession_action, by=viewer())
    return _back(nomination)


@bp.route("/succession/actions/<int:succession_action_id>/suggest", methods=["GET", "POST"])
@allowed(policy.suggest_action, on=SuccessionAction, options=OF_ACTION)
def suggest_action(succession_action: SuccessionAction) -> ResponseReturnValue:
    """Put the same into the nominee's career plan, in words that are for them."""
    course = succession_action.course
    form = SuggestForm(data={
        "title": words(course.title) if course else succession_action.text,
        "due_on": succession_action.due_on,
    })  # fmt: skip
    nomination = succession_action.nomination
    if form.validate_on_submit() and form.due_on.data:
        with refusals_to(form):
            operations.suggest_action(
                succession_action, title=form.title.data or "", due_on=form.due_on.data, by=viewer()
            )
            flash(_("In the career plan. It does not say where this comes from."), "ok")
            return _back(nomination)
    return form_page("succession/suggest_form.html", form, nomination=nomination,
                     action=succession_action)  # fmt: skip


@bp.post("/succession/actions/<int:succession_action_id>/remove")
@allowed(policy.change_action, on=SuccessionAction, options=OF_ACTION)
def remove_action(succession_action: SuccessionAction) -> ResponseReturnValue:
    """Drop an action."""
    nomination = succession_action.nomination
    operations.remove_action(nomination, succession_action, by=viewer())
    flash(_("Removed."), "ok")
    return _back(nomination)


def _back(nomination: Nomination) -> ResponseReturnValue:
    url = url_for(
        "succession.position", key_position_id=nomination.key_position_id,
        _anchor=f"nomination-{nomination.id}",
    )  # fmt: skip
    return redirect(url, 303)


def _again(form: Form, nomination: Nomination, title: str, view: str) -> ResponseReturnValue:
    return form_page(
        "succession/step_form.html", form, nomination=nomination, title=title, view=view
    )
