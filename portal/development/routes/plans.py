"""Career plans: one page each, their actions and signatures, and the click on the path."""

from __future__ import annotations

from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.careers.actions import ActionKind
from portal.careers.path import path_of
from portal.careers.readiness import Line
from portal.careers.wording import title
from portal.core import clock
from portal.core.access import allowed, row_or_404
from portal.core.db import db
from portal.core.forms import check_version, form_page, refusals_to
from portal.development import operations, policy, queries
from portal.development.forms.plan import ActionForm, ChangeActionForm, PlanForm
from portal.development.models import CareerPlan, PlanAction
from portal.development.reading import names_of, read_plan
from portal.development.routes import bp
from portal.development.routes.person import address_of
from portal.development.states import FROM_PATH
from portal.people.forms import choices
from portal.people.models import Person, Role

TIME_TO_ACT = timedelta(days=90)


@bp.route("/development/people/<int:person_id>/plan", methods=["GET", "POST"])
@allowed(policy.start_plan, on=Person)
def start_plan(person: Person) -> ResponseReturnValue:
    """Begin a plan towards a role."""
    if (plan := db.session.scalar(queries.live_plan(person.id))) is not None:
        return redirect(url_for(".plan", career_plan_id=plan.id), 303)
    today = clock.today(viewer().time_zone)
    path = path_of(person, today)
    form = PlanForm(data={
        "role_id": path.role.id if path.role else None, "version": 0,
        "review_on": today + operations.REVIEW_AFTER,
    })  # fmt: skip
    form.role_id.offer = choices.roles()
    if form.validate_on_submit():
        with refusals_to(form):
            role = row_or_404(Role, form.role_id.data)
            plan = operations.start_plan(person, role, review_on=form.review_on.data, by=viewer())
            db.session.flush()
            flash(_("Begun. Put into it what leads there."), "ok")
            return redirect(url_for(".plan", career_plan_id=plan.id), 303)
    return form_page("development/plan_form.html", form, person=person, plan=None,
                     own=policy.is_own(viewer(), person))  # fmt: skip


@bp.get("/development/plans/<int:career_plan_id>")
@allowed(policy.see_plan, on=CareerPlan)
def plan(career_plan: CareerPlan) -> str:
    """A plan with how each action stands."""
    me = viewer()
    return render_template(
        "development/plan.html",
        page=read_plan(career_plan, me),
        person=career_plan.person,
        own=policy.is_own(me, career_plan.person),
        today=clock.today(me.time_zone),
    )


@bp.route("/development/plans/<int:career_plan_id>/edit", methods=["GET", "POST"])
@allowed(policy.change_plan, on=CareerPlan)
def change_plan(career_plan: CareerPlan) -> ResponseReturnValue:
    """Lead the plan elsewhere or review it on another day."""
    form = PlanForm(obj=career_plan)
    form.role_id.offer = choices.roles()
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, career_plan)
            day = form.review_on.data
            assert day is not None  # the field asks for one
            role = row_or_404(Role, form.role_id.data)
            operations.change_plan(career_plan, role=role, review_on=day, by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for(".plan", career_plan_id=career_plan.id), 303)
    return form_page("development/plan_form.html", form, person=career_plan.person,
                     plan=career_plan,
                     own=policy.is_own(viewer(), career_plan.person))  # fmt: skip


@bp.post("/development/plans/<int:career_plan_id>/sign")
@allowed(policy.sign_plan, on=CareerPlan)
def sign_plan(career_plan: CareerPlan) -> ResponseReturnValue:
    """Put one's name under what one has seen: a plan changed since then comes back first."""
    if request.form.get("version") != str(career_plan.version):
        flash(_("The plan has changed since you opened it. Read it again, then sign."), "warn")
        return redirect(url_for(".plan", career_plan_id=career_plan.id), 303)
    operations.sign_plan(career_plan, by=viewer())
    flash(_("Signed."), "ok")
    return redirect(url_for(".plan", career_plan_id=career_plan.id), 303)


@bp.post("/development/plans/<int:career_plan_id>/close")
@allowed(policy.close_plan, on=CareerPlan)
def close_plan(career_plan: CareerPlan) -> ResponseReturnValue:
    """End the plan."""
    operations.close_plan(career_plan, by=viewer())
    flash(_("Closed. It stays here to be read."), "ok")
    return redirect(address_of(career_plan.person_id), 303)


@bp.route("/development/plans/<int:career_plan_id>/actions", methods=["GET", "POST"])
@allowed(policy.change_plan, on=CareerPlan)
def add_action(career_plan: CareerPlan) -> ResponseReturnValue:
    """Put something into the plan."""
    today = clock.today(viewer().time_zone)
    path = path_of(career_plan.person, today, career_plan.role)
    form = ActionForm(data={"due_on": today + TIME_TO_ACT})
    form.offer([(line.need.key, title(line.need, path.names)) for line in path.lines
                if not line.is_met])  # fmt: skip
    if form.validate_on_submit():
        with refusals_to(form):
            operations.add_action(career_plan.person, **form.terms(), by=viewer())
            flash(_("In the plan. Both sign it anew."), "ok")
            return redirect(url_for(".plan", career_plan_id=career_plan.id), 303)
    return form_page("development/action_form.html", form, plan=career_plan, action=None,
                     name="")  # fmt: skip


@bp.post("/development/people/<int:person_id>/plan/add")
@allowed(policy.start_plan, on=Person)
def add_from_path(person: Person) -> ResponseReturnValue:
    """One click on the path: the same thing to do, in the plan."""
    role = row_or_404(Role, _number("role"))
    kind = _path_kind(request.form.get("kind", ""))
    path = path_of(person, clock.today(viewer().time_zone), role)
    subject, need = _number("subject"), request.form.get("need", "")
    found = next(
        (one for one in path.actions if one.kind is kind and one.subject == subject
         and (subject or any(line.need.key == need for line in one.lines))), None,
    )  # fmt: skip
    if found is None or kind not in FROM_PATH:
        abort(404)
    lines: tuple[Line, ...] = found.lines
    words = "" if subject else title(lines[0].need, path.names)[:200]
    action = operations.add_action(
        person, FROM_PATH[kind], subject_id=subject or None, title=words,
        need=lines[0].need.key if lines else "", role=role,
        due_on=clock.today(viewer().time_zone) + TIME_TO_ACT, by=viewer(),
    )  # fmt: skip
    flash(_("In the plan. Both sign it anew."), "ok")
    return redirect(url_for(".plan", career_plan_id=action.plan_id), 303)


def _path_kind(sent: str) -> ActionKind | None:
    return ActionKind(sent) if sent in set(ActionKind) else None


@bp.route("/development/actions/<int:plan_action_id>/edit", methods=["GET", "POST"])
@allowed(policy.change_action, on=PlanAction)
def change_action(plan_action: PlanAction) -> ResponseReturnValue:
    """Another day, other words."""
    form = ChangeActionForm.of(plan_action)
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, plan_action)
            day = form.due_on.data
            assert day is not None  # the field asks for one
            words = form.title.data or "" if "title" in form else ""
            operations.change_action(
                plan_action, due_on=day, title=words, note=form.note.data or "", by=viewer()
            )
            flash(_("Saved."), "ok")
            return redirect(url_for(".plan", career_plan_id=plan_action.plan_id), 303)
    name = names_of([plan_action])[plan_action.id]
    return form_page("development/action_form.html", form, plan=plan_action.plan,
                     action=plan_action, name=name)  # fmt: skip


@bp.post("/development/actions/<int:plan_action_id>/done")
@allowed(policy.finish_action, on=PlanAction)
def finish_action(plan_action: PlanAction) -> ResponseReturnValue:
    """Tick off what no record elsewhere knows of."""
    operations.finish_action(plan_action, by=viewer())
    flash(_("Done."), "ok")
    return redirect(url_for(".plan", career_plan_id=plan_action.plan_id), 303)


@bp.post("/development/actions/<int:plan_action_id>/drop")
@allowed(policy.change_action, on=PlanAction)
def drop_action(plan_action: PlanAction) -> ResponseReturnValue:
    """Take something out of the plan."""
    operations.drop_action(plan_action, by=viewer())
    flash(_("Dropped. Both sign the plan anew."), "ok")
    return redirect(url_for(".plan", career_plan_id=plan_action.plan_id), 303)


def _number(name: str) -> int:
    sent = request.form.get(name, "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0
