"""My interviews, one interview, and arranging it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.accounts.viewer import viewer
from portal.core import clock, tables
from portal.core.access import allowed, signed_in
from portal.core.db import db
from portal.core.forms import check_version, form_page, refusals_to
from portal.core.i18n import words
from portal.hiring.models import Application
from portal.interviews import operations, policy, queries, rounds
from portal.interviews.calendar import calendar_object, zones_shown
from portal.interviews.forms import RescheduleForm, ScheduleForm
from portal.interviews.models import Interview, InterviewPlan, PlanRound, Scorecard
from portal.interviews.routes.blueprint import bp
from portal.interviews.states import PlanState, ScorecardState

DONE_FOR = timedelta(days=30)
MOST = 100
PANELS = 50


@bp.get("/interviews")
@signed_in
def interviews() -> ResponseReturnValue:
    """The reader's own interviews; HR also sees every coming one and the panels to decide."""
    me = viewer()
    cards = db.session.scalars(queries.cards_of(me, since=clock.now() - DONE_FOR).limit(MOST)).all()
    coming, awaiting = None, []
    if me.has_role("hr"):
        coming = tables.page(
            queries.coming_interviews(clock.now()),
            order=[(Interview.starts_at, False), (Interview.id, False)],
            cursor=request.args.get("cursor"),
        )
        awaiting = list(db.session.scalars(queries.awaiting_decision().limit(PANELS)))
    return render_template(
        "interviews/interviews.html", groups=_groups(cards, me), coming=coming, awaiting=awaiting
    )


def _groups(cards: Sequence[Scorecard], me: Account) -> dict[str, list[Scorecard]]:
    """The reader's scorecards: to score, later today, coming and done."""
    groups: dict[str, list[Scorecard]] = {"due": [], "today": [], "coming": [], "done": []}
    now, today = clock.now(), clock.today(me.time_zone)
    for card in cards:
        starts_at = card.interview.starts_at
        if card.state is ScorecardState.SUBMITTED:
            groups["done"].insert(0, card)
        elif starts_at <= now:
            groups["due"].append(card)
        elif queries.local_day(starts_at, me.time_zone) == today:
            groups["today"].append(card)
        else:
            groups["coming"].append(card)
    return groups


@bp.get("/interviews/<int:interview_id>")
@allowed(policy.see_interview, on=Interview)
def interview(interview: Interview) -> ResponseReturnValue:
    """Time, place and panel; who has submitted, never what."""
    mine = next((card for card in interview.scorecards if card.account_id == viewer().id), None)
    return render_template(
        "interviews/interview.html",
        interview=interview,
        mine=mine,
        zones=zones_shown(interview, viewer().time_zone),
    )


@bp.get("/interviews/<int:interview_id>/calendar")
@allowed(policy.see_interview, on=Interview)
def calendar_file(interview: Interview) -> ResponseReturnValue:
    """The interview for one's own calendar."""
    content = calendar_object(interview, for_panel=viewer())
    headers = {"Content-Disposition": f'attachment; filename="interview-{interview.id}.ics"'}
    return Response(content, mimetype="text/calendar", headers=headers)


@bp.route("/interviews/schedule/<int:application_id>", methods=["GET", "POST"])
@allowed(policy.schedule, on=Application)
def schedule(application: Application) -> ResponseReturnValue:
    """Invite a candidate and a panel."""
    requisition = application.posting.requisition
    plan = db.session.scalar(queries.plan_with_rounds(requisition.id))
    steps = _steps(plan, application)
    turn = rounds.next_step(steps)
    form = ScheduleForm(data=_suggested(turn))
    form.plan_round.offer = [(step.plan_round.id, words(step.plan_round.name)) for step in steps]
    if len(steps) < 2:
        del form.plan_round
    form.starts_at.time_zone = requisition.site.time_zone
    people = db.session.scalars(queries.possible_panel(application)).all()
    form.panel.offer = [(account.id, _with_subtitle(account)) for account in people]
    if form.validate_on_submit():
        wanted = form.data
        with refusals_to(form):
            made = operations.schedule_interview(
                application,
                panel=[who for who in people if who.id in wanted["panel"]],
                starts_at=wanted["starts_at"],
                minutes=wanted["minutes"],
                place=wanted["place"],
                time_zone=requisition.site.time_zone,
                plan_round=_chosen(steps, wanted.get("plan_round")),
                by=viewer(),
            )
            db.session.flush()
            flash(_("Invitations are on their way to the candidate and the panel."), "ok")
            return redirect(url_for(".interview", interview_id=made.id), 303)
    pinned = plan is not None and plan.state is PlanState.PUBLISHED
    return form_page(
        "interviews/schedule.html",
        form,
        application=application,
        plan=plan,
        pinned=pinned,
        steps=steps,
        turn=turn,
    )


def _steps(plan: InterviewPlan | None, application: Application) -> list[rounds.RoundStep]:
    if plan is None:
        return []
    return rounds.steps_of(plan.rounds, db.session.scalars(queries.standing_of(application.id)))


def _suggested(turn: rounds.RoundStep | None) -> dict[str, object]:
    """The round whose turn it is, and its length."""
    if turn is None:
        return {}
    return {"plan_round": turn.plan_round.id, "minutes": turn.plan_round.minutes}


def _chosen(steps: Sequence[rounds.RoundStep], key: int | None) -> PlanRound | None:
    return next((step.plan_round for step in steps if step.plan_round.id == key), None)


def _with_subtitle(account: Account) -> str:
    if not account.subtitle:
        return account.display_name
    return str(_("%(name)s, %(subtitle)s", name=account.display_name, subtitle=account.subtitle))


@bp.route("/interviews/<int:interview_id>/reschedule", methods=["GET", "POST"])
@allowed(policy.arrange, on=Interview)
def reschedule_interview(interview: Interview) -> ResponseReturnValue:
    """Move an interview to another time or place."""
    form = RescheduleForm(obj=interview)
    form.starts_at.time_zone = interview.time_zone
    if form.validate_on_submit():
        wanted = form.data
        with refusals_to(form):
            check_version(form, interview)
            operations.reschedule_interview(
                interview,
                starts_at=wanted["starts_at"],
                minutes=wanted["minutes"],
                place=wanted["place"],
                by=viewer(),
            )
            flash(_("The interview has moved. Everyone gets the new time."), "ok")
            return redirect(url_for(".interview", interview_id=interview.id), 303)
    return form_page("interviews/reschedule.html", form, interview=interview)


@bp.post("/interviews/<int:interview_id>/cancel")
@allowed(policy.arrange, on=Interview)
def cancel_interview(interview: Interview) -> ResponseReturnValue:
    """Call an interview off."""
    operations.cancel_interview(interview, by=viewer())
    flash(_("The interview is cancelled. Candidate and panel get a message."), "ok")
    return redirect(url_for(".interview", interview_id=interview.id), 303)
