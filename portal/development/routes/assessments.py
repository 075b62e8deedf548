"""Beginning an assessment, reading it once both sides are in, and agreeing on levels."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.careers import queries as careers
from portal.core import clock, i18n
from portal.core.access import allowed, row_or_404
from portal.core.db import db
from portal.core.error_pages import someone_was_faster
from portal.core.errors import Refused
from portal.core.forms import form_page, refusals_to
from portal.development import operations, policy, queries
from portal.development.forms.assessment import AgreementSheet, OpenForm, TalkForm
from portal.development.models import Assessment
from portal.development.routes import bp
from portal.development.routes.person import address_of
from portal.development.sidebyside import Compared, compared
from portal.development.states import Side
from portal.people.forms import choices
from portal.people.models import Person, Role

TIME_TO_FILL = timedelta(days=14)


@bp.route("/development/people/<int:person_id>/assess", methods=["GET", "POST"])
@allowed(policy.open_assessment, on=Person)
def open_assessment(person: Person) -> ResponseReturnValue:
    """Begin an assessment against the person's own role or another."""
    today = clock.today(viewer().time_zone)
    job = person.employment_on(today)
    plan = db.session.scalar(queries.live_plan(person.id))
    form = OpenForm(data={
        "role_id": job.role_id if job else None, "due_on": today + TIME_TO_FILL
    })  # fmt: skip
    form.role_id.offer = choices.roles()
    if form.validate_on_submit():
        with refusals_to(form):
            day = form.due_on.data
            assert day is not None  # the field asks for one
            role = row_or_404(Role, form.role_id.data)
            row = operations.open_assessment(person, role, due_on=day, by=viewer())
            flash(_("Begun. Both sides are asked to look."), "ok")
            return redirect(url_for(".assessment", assessment_id=row.id), 303)
    near = _near_roles(person, plan.role if plan else None)
    return form_page("development/assess.html", form, person=person, near=near,
                     own=policy.is_own(viewer(), person))  # fmt: skip


def _near_roles(person: Person, wanted: Role | None) -> list[str]:
    """Roles that make sense: where the plan leads, and the next steps."""
    today = clock.today(viewer().time_zone)
    job = person.employment_on(today)
    ahead = db.session.execute(careers.steps_from(job.role_id, today)).all() if job else []
    found = [i18n.words(wanted.title)] if wanted else []
    return list(dict.fromkeys([*found, *(i18n.words(role.title) for role, _kind in ahead)]))


@bp.get("/development/assessments/<int:assessment_id>")
@allowed(policy.see_assessment, on=Assessment)
def assessment(assessment: Assessment) -> str:
    """How far it is; side by side once both are in."""
    return _page(assessment, TalkForm(data={"talk_on": assessment.talk_on}))


@bp.post("/development/assessments/<int:assessment_id>/talk")
@allowed(policy.plan_talk, on=Assessment)
def plan_talk(assessment: Assessment) -> ResponseReturnValue:
    """Set the day of the talk."""
    form = TalkForm()
    if form.validate_on_submit():
        with refusals_to(form):
            assert form.talk_on.data is not None  # the field asks for one
            operations.plan_talk(assessment, form.talk_on.data, by=viewer())
            flash(_("The day is set. The other side is told."), "ok")
            return redirect(url_for(".assessment", assessment_id=assessment.id), 303)
    return _page(assessment, form), 422


@bp.post("/development/assessments/<int:assessment_id>/cancel")
@allowed(policy.cancel_assessment, on=Assessment)
def cancel_assessment(assessment: Assessment) -> ResponseReturnValue:
    """Call it off."""
    operations.cancel_assessment(assessment, by=viewer())
    flash(_("Called off. Both sides are told."), "ok")
    return redirect(address_of(assessment.person_id), 303)


@bp.route("/development/assessments/<int:assessment_id>/agree", methods=["GET", "POST"])
@allowed(policy.agree_levels, on=Assessment)
def agree_levels(assessment: Assessment) -> ResponseReturnValue:
    """Write down what was agreed after the talk."""
    row = _in_full(assessment)
    views = compared(row)
    theirs = {one.line.id: one.manager.level for one in views}
    if request.method == "GET":
        return _agreement(row, views, AgreementSheet(row, theirs), 200)
    sheet = AgreementSheet(row, theirs, request.form)
    if request.form.get("version") != str(row.version):
        sheet.errors["stale"] = someone_was_faster()
    day = sheet.day()
    if sheet.add_problems(operations.agreement_problems(row, sheet.agreed)) and day is not None:
        try:
            operations.agree_levels(row, sheet.agreed, talked_on=day, by=viewer())
        except Refused as refused:
            sheet.errors[refused.field or "refused"] = refused.message
        else:
            flash(_("Agreed. The levels count as evidence from now on."), "ok")
            return redirect(url_for(".assessment", assessment_id=row.id), 303)
    return _agreement(row, views, sheet, 409 if "stale" in sheet.errors else 422)


def _agreement(
    row: Assessment, views: list[Compared], sheet: AgreementSheet, status: int
) -> ResponseReturnValue:
    body = render_template(
        "development/agree.html",
        row=row,
        views=views,
        sheet=sheet,
        form=sheet if sheet.errors else None,
        today=clock.today(viewer().time_zone),
    )
    return body, status


def _page(row: Assessment, form: TalkForm) -> str:
    row = _in_full(row)
    me = viewer()
    mine = next((one for one in row.sheets if policy.fill_sheet(me, one)), None)
    return render_template(
        "development/assessment.html",
        row=row,
        own=policy.is_own(me, row.person),
        mine=mine,
        views=compared(row) if policy.read_answers(me, row) else None,
        sides=Side,
        form=form,
        today=clock.today(me.time_zone),
    )


def _in_full(row: Assessment) -> Assessment:
    found = queries.assessment_in_full(row.id).execution_options(populate_existing=True)
    return db.session.scalars(found).one()
