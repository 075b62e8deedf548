"""The plan of one key position: holder, judgement, successors, confirming and ending it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload, selectinload

from portal.accounts.viewer import viewer
from portal.core import audit, clock, documents
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import check_version, form_page, refusals_to
from portal.core.i18n import words
from portal.people import operations as people
from portal.people.models import Employment, Person, Position, Role, Team
from portal.succession import operations, policy, queries
from portal.succession.board import row_of
from portal.succession.documents import PLAN
from portal.succession.forms.nomination import ActionForm, WordForm
from portal.succession.forms.position import AssessmentForm, HolderForm, PositionForm, judged
from portal.succession.models import (
    KeyPosition,
    Nomination,
    NominationChange,
    PositionAssessment,
    SuccessionAction,
)
from portal.succession.papers import missing_of, requirement_titles
from portal.succession.routes import bp
from portal.succession.states import LossReason, SuccessionFact
from portal.training import queries as training
from portal.training.states import CourseState

SEAT = [
    joinedload(KeyPosition.position, innerjoin=True).options(
        joinedload(Position.role, innerjoin=True),
        joinedload(Position.team, innerjoin=True).joinedload(Team.site, innerjoin=True),
    )
]

WHOLE_PLAN = [
    *SEAT,
    selectinload(KeyPosition.assessments).options(
        joinedload(PositionAssessment.assessed_by), joinedload(PositionAssessment.holder)
    ),
    selectinload(KeyPosition.nominations).options(
        joinedload(Nomination.level),
        joinedload(Nomination.proposed_by, innerjoin=True),
        joinedload(Nomination.nominee, innerjoin=True)
        .selectinload(Person.employments)
        .joinedload(Employment.team, innerjoin=True),
        selectinload(Nomination.actions).joinedload(SuccessionAction.course),
        selectinload(Nomination.changes).options(
            joinedload(NominationChange.level), joinedload(NominationChange.changed_by)
        ),
    ),
]


@bp.route("/succession/positions/add", methods=["GET", "POST"])
@allowed(policy.plans_all)
def add_position() -> ResponseReturnValue:
    """Plan for another position."""
    form = PositionForm()
    if form.validate_on_submit():
        with refusals_to(form):
            seat = people.add_position(
                code=form.code.data or "",
                role=db.session.get_one(Role, form.role.data),
                team=db.session.get_one(Team, form.team.data),
                by=viewer(),
            )
            made = operations.add_key_position(seat, by=viewer())
            flash(_("Saved. Say who holds the position."), "ok")
            return redirect(url_for("succession.set_holder", key_position_id=made.id), 303)
    return form_page("succession/position_form.html", form)


@bp.get("/succession/positions/<int:key_position_id>")
@allowed(policy.plan_position, on=KeyPosition, options=WHOLE_PLAN)
def position(key_position: KeyPosition) -> str:
    """Everything planned for a position; opening it leaves a trace."""
    audit.record_reading(SuccessionFact.PLAN_READ, key_position, by=viewer())
    row = row_of(viewer(), key_position, clock.today(viewer().time_zone))
    over = [
        one for one in key_position.nominations
        if not one.is_open and policy.see_nomination(viewer(), one)
    ]  # fmt: skip
    holds = row.holder is not None and row.holder.id == viewer().person_id
    return render_template(
        "succession/position.html",
        row=row,
        over=over,
        # What was said of an earlier holder is not for that person either.
        history=[
            one
            for one in key_position.assessments
            if not holds and one.holder_id != viewer().person_id
        ],
        word=WordForm(),
        titles=requirement_titles(row),
        missing_of=missing_of,
        papers=[
            one
            for one in db.session.scalars(documents.documents_of(key_position, PLAN))
            if one.issued_by == viewer().id
        ],
        facts={str(fact): fact.label for fact in SuccessionFact},
        reasons=lambda one: [LossReason(reason).label for reason in one.reasons],
    )


def action_form() -> ActionForm:
    """The form of a development action with the courses on offer."""
    form = ActionForm()
    offered = db.session.scalars(training.every_course()).all()
    form.course.offer = [
        (course.id, words(course.title)) for course in offered
        if course.state is CourseState.OFFERED
    ]  # fmt: skip
    return form


@bp.route("/succession/positions/<int:key_position_id>/holder", methods=["GET", "POST"])
@allowed(policy.change_position, on=KeyPosition, options=SEAT)
def set_holder(key_position: KeyPosition) -> ResponseReturnValue:
    """Say who of the team holds the position."""
    today, seat = clock.today(viewer().time_zone), key_position.position
    jobs = db.session.scalars(queries.could_hold(seat, today)).all()
    present = next((job for job in jobs if job.position_id == seat.id), None)
    form = HolderForm(data={"employment": present.id if present else None})
    form.employment.offer = [(job.id, job.person.display_name) for job in jobs]
    if form.validate_on_submit():
        with refusals_to(form):
            _seat(seat, jobs, present, form.employment.data)
            flash(_("Saved."), "ok")
            return redirect(_url(key_position), 303)
    return form_page("succession/holder_form.html", form, key_position=key_position)


def _seat(
    seat: Position, jobs: Sequence[Employment], present: Employment | None, chosen: int | None
) -> None:
    if present is not None and present.id != chosen:
        people.take_seat(present, None, by=viewer())
    if chosen is not None and (present is None or present.id != chosen):
        job = next(job for job in jobs if job.id == chosen)
        people.take_seat(job, seat, by=viewer())
        operations.follow_holders()


@bp.route("/succession/positions/<int:key_position_id>/assess", methods=["GET", "POST"])
@allowed(policy.change_position, on=KeyPosition, options=SEAT)
def assess_position(key_position: KeyPosition) -> ResponseReturnValue:
    """Judge impact and risk of loss; not of a position one holds."""
    row = row_of(viewer(), key_position, clock.today(viewer().time_zone))
    if not policy.assess_position(viewer(), key_position, row.holder.id if row.holder else None):
        abort(403)
    form = AssessmentForm(data=judged(key_position, row.assessment))
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, key_position)
            operations.assess_position(key_position, **form.terms(), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(_url(key_position), 303)
    return form_page("succession/assessment_form.html", form, row=row)


@bp.post("/succession/positions/<int:key_position_id>/confirm")
@allowed(policy.change_position, on=KeyPosition, options=SEAT)
def confirm_plan(key_position: KeyPosition) -> ResponseReturnValue:
    """Say that the plan holds as of today."""
    operations.confirm_plan(key_position, by=viewer())
    flash(_("Confirmed: the plan was looked at today."), "ok")
    return redirect(_url(key_position), 303)


@bp.post("/succession/positions/<int:key_position_id>/end")
@allowed(policy.end_position, on=KeyPosition, options=SEAT)
def end_position(key_position: KeyPosition) -> ResponseReturnValue:
    """No longer plan for a position."""
    operations.end_key_position(key_position, by=viewer())
    flash(_("The position is no longer planned for. Its history stays."), "ok")
    return redirect(url_for("succession.bench"), 303)


def _url(key_position: KeyPosition) -> str:
    return url_for("succession.position", key_position_id=key_position.id)
