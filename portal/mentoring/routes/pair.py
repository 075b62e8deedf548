"""The page of a pair: goals, sessions, what is agreed, feedback and papers."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import clock, documents
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import check_version, form_page, refusals_to
from portal.mentoring import operations, policy, queries
from portal.mentoring.documents import AGREEMENT
from portal.mentoring.forms import EndForm, PairGoalsForm, feedback_form, goals_of
from portal.mentoring.models import MentoringFeedback, MentoringPair
from portal.mentoring.report import names_of, progress_of
from portal.mentoring.routes import bp
from portal.mentoring.states import EndReason, FeedbackPart, MeetingState
from portal.people.discretion import smallest_group
from portal.people.models import Person

REASONS = (EndReason.DONE, EndReason.FIT, EndReason.TIME, EndReason.LINE)


@bp.get("/mentoring/pairs/<int:pair_id>")
@allowed(policy.see_pair, on=MentoringPair)
def pair(pair: MentoringPair) -> str:
    """What the two work on and how it goes; what they write, only to them."""
    me = viewer()
    own = policy.is_of(me, pair)
    today = clock.today(me.time_zone)
    sessions = db.session.scalars(queries.sessions_of(pair.id)).all()
    goals = [goal.competency_id for goal in pair.goals]
    ledger = queries.ledger_of([pair.mentee_id], goals, today)
    return render_template(
        "mentoring/pair.html",
        pair=pair,
        own=own,
        me=me.person_id,
        other=pair.other_of(me.person_id) if own else None,
        today=today,
        now=clock.now(),
        progress={goal.id: progress_of(pair, goal, ledger, today) for goal in pair.goals},
        names=names_of([pair]),
        sessions=sessions,
        held=sum(one.state is MeetingState.HELD for one in sessions),
        actions=db.session.scalars(queries.actions_of(pair.id)).all() if own else [],
        feedback=_feedback(pair, me.person_id) if policy.give_feedback(me, pair) else [],
        papers=_papers(pair) if policy.print_papers(me, pair) else [],
    )


def _feedback(pair: MentoringPair, person_id: int) -> list[tuple[FeedbackPart, object, bool]]:
    """What the reader is asked: part, the day, and whether they have answered."""
    done = operations.answered(pair, person_id)
    found = [(part, operations.due_on(pair, part), part in done) for part in FeedbackPart]
    return [one for one in found if one[1] is not None]


def _papers(pair: MentoringPair) -> list[documents.Document]:
    return list(db.session.scalars(documents.documents_of(pair, AGREEMENT).limit(3)))


@bp.post("/mentoring/pairs/<int:pair_id>/accept")
@allowed(policy.answer_request, on=MentoringPair)
def accept_request(pair: MentoringPair) -> ResponseReturnValue:
    """Become the mentor."""
    operations.accept_request(pair, by=viewer())
    flash(_("You are a pair now. Plan your first session."), "ok")
    return _back(pair)


@bp.post("/mentoring/pairs/<int:pair_id>/decline")
@allowed(policy.answer_request, on=MentoringPair)
def decline_request(pair: MentoringPair) -> ResponseReturnValue:
    """Say no."""
    operations.decline_request(pair, by=viewer())
    flash(_("Declined. %(who)s is told, without a reason.",
            who=pair.mentee.display_name), "ok")  # fmt: skip
    return redirect(url_for("mentoring.mentoring"), 303)


@bp.post("/mentoring/pairs/<int:pair_id>/withdraw")
@allowed(policy.withdraw_request, on=MentoringPair)
def withdraw_request(pair: MentoringPair) -> ResponseReturnValue:
    """Take a request back."""
    operations.decline_request(pair, by=viewer())
    flash(_("Your request is taken back."), "ok")
    return redirect(url_for("mentoring.mentoring"), 303)


@bp.post("/mentoring/pairs/<int:pair_id>/pause")
@allowed(policy.move_pair, on=MentoringPair)
def pause_pair(pair: MentoringPair) -> ResponseReturnValue:
    """Stop meeting for a while."""
    operations.pause_pair(pair, by=viewer())
    flash(_("Mentoring pauses. Both are told."), "ok")
    return _back(pair)


@bp.post("/mentoring/pairs/<int:pair_id>/resume")
@allowed(policy.move_pair, on=MentoringPair)
def resume_pair(pair: MentoringPair) -> ResponseReturnValue:
    """Meet again."""
    operations.resume_pair(pair, by=viewer())
    flash(_("Mentoring goes on. Both are told."), "ok")
    return _back(pair)


@bp.route("/mentoring/pairs/<int:pair_id>/end", methods=["GET", "POST"])
@allowed(policy.move_pair, on=MentoringPair)
def end_pair(pair: MentoringPair) -> ResponseReturnValue:
    """End it for good."""
    form = EndForm(data={"version": pair.version})
    form.reason.offer = REASONS
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, pair)
            operations.end_pair(pair, form.reason.data, form.note.data or "", by=viewer())
            flash(_("Mentoring has ended. Both are told."), "ok")
            return _back(pair)
    return form_page("mentoring/end_pair.html", form, pair=pair)


@bp.route("/mentoring/pairs/<int:pair_id>/goals", methods=["GET", "POST"])
@allowed(policy.set_goals, on=MentoringPair)
def change_goals(pair: MentoringPair) -> ResponseReturnValue:
    """Say what the two work on."""
    found = goals_of(pair.mentee, clock.today())
    found.levels.update({goal.competency_id: goal.level for goal in pair.goals})
    form = PairGoalsForm(data={"version": pair.version})
    form.offer(found)
    if not form.is_submitted():
        present = [goal.competency_id for goal in pair.goals]
        form.goals.process_data(present)
        form.others.process_data(present)
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, pair)
            operations.change_goals(pair, form.chosen(), by=viewer())
            flash(_("Saved."), "ok")
            return _back(pair)
    return form_page("mentoring/goals_form.html", form, pair=pair, role=found.role)


@bp.route("/mentoring/pairs/<int:pair_id>/feedback/<any(mid, end):part>", methods=["GET", "POST"])
@allowed(policy.give_feedback, on=MentoringPair)
def give_feedback(pair: MentoringPair, part: str) -> ResponseReturnValue:
    """Answer the questions of the programme."""
    me, wanted = viewer(), FeedbackPart(part)
    row = db.session.scalar(
        queries.feedback_of(pair.id, me.person_id).where(MentoringFeedback.part == wanted)
    )
    questions = pair.programme.questions_of(wanted)
    form = feedback_form(questions, row.answers if row else {})
    if form.validate_on_submit():
        with refusals_to(form):
            operations.give_feedback(pair, wanted, form.answers(), by=me)
            least = smallest_group()
            flash(
                _("Thank you. HR sees figures of %(least)s answers or more, never whose they are.",
                  least=least),
                "ok",
            )  # fmt: skip
            return _back(pair)
    return form_page(
        "mentoring/feedback.html", form, pair=pair, part=wanted, questions=questions,
        other=pair.other_of(me.person_id), sent=row,
    )  # fmt: skip


@bp.post("/mentoring/pairs/<int:pair_id>/agreement")
@allowed(policy.print_papers, on=MentoringPair)
def print_agreement(pair: MentoringPair) -> ResponseReturnValue:
    """Have the agreement printed."""
    document = operations.print_agreement(pair, by=viewer())
    return redirect(url_for("documents.read_document", document_id=document.id), 303)


@bp.post("/mentoring/pairs/<int:pair_id>/certificate")
@allowed(policy.give_feedback, on=MentoringPair)
def print_certificate(pair: MentoringPair) -> ResponseReturnValue:
    """Have one's own certificate printed, or open the one there is."""
    me = viewer()
    person = db.session.get_one(Person, me.person_id)
    document = operations.print_certificate(pair, person, by=me)
    return redirect(url_for("documents.read_document", document_id=document.id), 303)


def _back(pair: MentoringPair) -> ResponseReturnValue:
    return redirect(url_for("mentoring.pair", pair_id=pair.id), 303)
