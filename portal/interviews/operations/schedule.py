"""Schedule, move and cancel an interview, and tell everyone with a calendar entry."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.access import Viewer
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.hiring.models import Application
from portal.hiring.operations import move_application
from portal.hiring.states import Stage
from portal.interviews import notices, queries, rounds
from portal.interviews.models import Interview, InterviewPlan, PlanRound, Scorecard
from portal.interviews.states import (
    INTERVIEW_MOVES,
    InterviewFact,
    InterviewState,
    PlanState,
)


def schedule_interview(
    application: Application,
    *,
    panel: Sequence[Account],
    starts_at: datetime,
    minutes: int,
    time_zone: str,
    place: str,
    by: Account,
    plan_round: PlanRound | None = None,
) -> Interview:
    """Invite candidate and panel to a round, else to the first that is not held or scheduled yet.

    Each interviewer gets an empty scorecard.

    Raises:
        Refused: if the plan is not pinned, the round is scheduled or held already or an earlier
            one is not decided, the panel is too small, the time lies in the past, or the
            application is at a stage without interviews.
    """
    panel = list(dict.fromkeys(panel))
    plan = db.session.scalar(queries.plan_with_rounds(application.posting.requisition_id))
    if plan is None or plan.state is not PlanState.PUBLISHED:
        raise Refused(_("First pin the interview plan, so that everyone is asked the same."))
    plan_round = _require_turn(plan, application, plan_round)
    _require_panel(panel, plan_round.panel_size, application)
    _require_future(starts_at)
    if application.stage not in {Stage.SCREENED, Stage.INTERVIEW}:
        raise Refused(_("Only applications that passed screening are interviewed."))
    if application.stage is Stage.SCREENED:
        move_application(application, Stage.INTERVIEW, by=by)
    interview = Interview(
        application=application,
        plan=plan,
        round=plan_round,
        starts_at=starts_at,
        minutes=minutes,
        time_zone=time_zone,
        place=place,
        uid=f"{secrets.token_hex(16)}@portal",
        created_at=clock.now(),
        scorecards=[Scorecard(account=account) for account in panel],
    )
    _insert(interview, application, plan_round)
    audit.record(InterviewFact.SCHEDULED, interview, by=by, about=application.person_id)
    notices.invite(interview)
    return interview


def _require_turn(
    plan: InterviewPlan, application: Application, wanted: PlanRound | None
) -> PlanRound:
    """The round that is wanted, if it is its turn; a second click must not invite twice."""
    steps = rounds.steps_of(plan.rounds, db.session.scalars(queries.standing_of(application.id)))
    turn = next((one for one in steps if one.interview is None), None)
    step = turn if wanted is None else next((s for s in steps if s.plan_round is wanted), None)
    if wanted is not None and step is None:
        raise Refused(_("This round is not in the plan."), "plan_round")
    if step is None or step.interview is not None:
        raise _taken()
    if not all(each.is_over for each in steps[: steps.index(step)]):
        raise Refused(_("The panel of the round before has not decided yet."), "plan_round")
    return step.plan_round


def _taken() -> Refused:
    return Refused(_("The interview of this round is scheduled or held already."), "plan_round")


def _insert(interview: Interview, application: Application, plan_round: PlanRound) -> None:
    """Write the row; of two people who schedule a round at once the second is refused."""
    try:
        with db.session.begin_nested():
            db.session.add(interview)
    except IntegrityError as error:
        standing = db.session.scalars(queries.standing_of(application.id))
        if any(each.round_id == plan_round.id for each in standing):
            raise _taken() from error
        raise


def reschedule_interview(
    interview: Interview, *, starts_at: datetime, minutes: int, place: str, by: Account
) -> None:
    """Move the interview; the calendar entry keeps its identity and counts its sequence up.

    Raises:
        Refused: if it is over or cancelled, a scorecard is in, or the new time lies in the past.
    """
    _require_standing(interview)
    _require_future(starts_at)
    interview.starts_at, interview.minutes, interview.place = starts_at, minutes, place
    interview.sequence += 1
    audit.record(InterviewFact.RESCHEDULED, interview, by=by, about=interview.application.person_id)
    notices.invite(interview)


def cancel_interview(interview: Interview, *, by: Viewer | None) -> None:
    """Call the interview off and take it out of everyone's calendar.

    Raises:
        Refused: if it is over or cancelled, or a scorecard is in.
    """
    _require_standing(interview)
    require_move(INTERVIEW_MOVES, interview.state, InterviewState.CANCELLED)
    interview.state = InterviewState.CANCELLED
    interview.sequence += 1
    audit.record(InterviewFact.CANCELLED, interview, by=by, about=interview.application.person_id)
    notices.call_off(interview)


def _require_panel(panel: Sequence[Account], size: int, application: Application) -> None:
    if len(panel) < size:
        raise Refused(_("The plan asks for a panel of %(size)s.", size=size), field="panel")
    if any(account.person_id == application.person_id for account in panel):
        raise Refused(_("Nobody sits on the panel of their own interview."), field="panel")


def _require_future(starts_at: datetime) -> None:
    if starts_at <= clock.now():
        raise Refused(_("Choose a time that lies ahead."), field="starts_at")


def _require_standing(interview: Interview) -> None:
    # A scorecard that is being submitted at this moment must not be missed.
    db.session.refresh(interview, ["state", "version"], with_for_update=True)
    if interview.state is not InterviewState.SCHEDULED:
        raise Refused(_("This interview is over or was cancelled."))
    if db.session.scalar(queries.submitted_scorecards(interview.id)):
        raise Refused(_("A scorecard is in already, so the interview has taken place."))
