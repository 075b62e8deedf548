"""What interviews show on hiring's pages: requisitions, postings, applications, the candidate's."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, g, render_template, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from portal.accounts.models import Account
from portal.core.db import db
from portal.hiring import parts
from portal.hiring.models import Application, Posting, Requisition
from portal.hiring.states import Stage
from portal.interviews import policy, queries, rounds
from portal.interviews.calendar import zones_shown
from portal.interviews.models import Interview
from portal.interviews.states import InterviewState, PlanState


def connect(app: Flask) -> None:
    """Add the parts to hiring's pages."""
    parts.application_parts.add(app, on_application)
    parts.next_actions.add(app, next_action)
    parts.status_parts.add(app, on_status)
    parts.requisition_parts.add(app, on_requisition)
    parts.posting_actions.add(app, next_with_posting)


def on_application(application: Application, viewer: Account) -> Markup | None:
    """The interviews of an application, as far as the viewer may see them."""
    rows = _interviews_of(application)
    seen = [row for row in rows if policy.see_interview(viewer, row)]
    stage_fits = application.stage in {Stage.SCREENED, Stage.INTERVIEW}
    may_schedule = stage_fits and not _in_hand(rows) and policy.schedule(viewer, application)
    if not seen and not may_schedule:
        return None
    steps = _steps(seen)
    return _markup(
        "interviews/_application_part.html",
        application=application,
        interviews=seen,
        steps=steps,
        turn=rounds.next_step(steps),
        may_schedule=may_schedule,
    )


def _steps(rows: Sequence[Interview]) -> list[rounds.RoundStep]:
    """Where an application that was invited stands, if its plan has several rounds."""
    if not rows or rows[0].round.total == 1:
        return []
    of_plan = db.session.scalars(queries.rounds_of(rows[0].plan_id))
    return rounds.steps_of(of_plan, rows)


def next_action(application: Application, viewer: Account) -> parts.NextAction | None:
    """Schedule an interview after screening, decide after the panel."""
    if application.stage is Stage.SCREENED and policy.schedule(viewer, application):
        url = url_for("interviews.schedule", application_id=application.id)
        return parts.NextAction(_l("Schedule interview"), url)
    if application.stage not in {Stage.INTERVIEW, Stage.DECISION}:
        return None
    rows = _interviews_of(application)
    for row in rows:
        if policy.decide(viewer, row):
            return parts.NextAction(_l("Decide"), url_for("interviews.panel", interview_id=row.id))
    waits = application.stage is Stage.INTERVIEW and not _in_hand(rows)
    if waits and policy.schedule(viewer, application):
        url = url_for("interviews.schedule", application_id=application.id)
        return parts.NextAction(_l("Schedule interview"), url)
    return None


def _in_hand(rows: Sequence[Interview]) -> bool:
    """Whether a round still waits for its panel, or all of them are over."""
    standing = [row for row in rows if row.state is not InterviewState.CANCELLED]
    undecided = any(row.decision is None for row in standing)
    return undecided or any(row.round.is_last for row in standing)


def on_status(application: Application) -> Markup | None:
    """When and where the candidate's interviews are, on both clocks."""
    rows = db.session.scalars(queries.scheduled_interviews(application.id)).all()
    if not rows:
        return None
    return _markup("interviews/_status_part.html", interviews=rows, zones_shown=zones_shown)


def on_requisition(requisition: Requisition, viewer: Account) -> Markup | None:
    """The interview plan of a requisition, or the way to make one, for those who may see it."""
    if not policy.make_plan(viewer, requisition):
        return None
    plan = db.session.scalar(queries.state_of_plan(requisition.id))
    return _markup("interviews/_requisition_part.html", requisition=requisition, plan=plan)


def next_with_posting(posting: Posting, viewer: Account) -> parts.NextAction | None:
    """Pin the plan: before that nobody can be invited to an interview."""
    requisition = posting.requisition
    if requisition.is_over or not policy.make_plan(viewer, requisition):
        return None
    plan = db.session.scalar(queries.state_of_plan(requisition.id))
    label = _l("Pin the interview plan")
    if plan is None:
        url = url_for("interviews.make_plan", requisition_id=requisition.id)
        return parts.NextAction(label, url, is_post=True)
    if plan.state is PlanState.DRAFT:
        return parts.NextAction(label, url_for("interviews.plan", plan_id=plan.id))
    return None


def _interviews_of(application: Application) -> Sequence[Interview]:
    """Read once for the section and the next action of the same page."""
    kept: dict[int, Sequence[Interview]] = g.setdefault("interviews_of_applications", {})
    if application.id not in kept:
        select = queries.interviews_of(application.id)
        kept[application.id] = db.session.scalars(select).all()
    return kept[application.id]


def _markup(template: str, **context: object) -> Markup:
    return Markup(render_template(template, **context))  # noqa: S704 - a template escapes
