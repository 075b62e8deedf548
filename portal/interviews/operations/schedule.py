"""Schedule, move and cancel an interview, and tell everyone with a calendar entry."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.access import Viewer
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.hiring.models import Application
from portal.hiring.operations import move_application
from portal.hiring.states import Stage
from portal.interviews import notices, queries
from portal.interviews.models import Interview, Scorecard
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
) -> Interview:
    """Invite candidate and panel; each interviewer gets an empty scorecard.

    Raises:
        Refused: if the plan is not pinned, the panel is too small, the time lies in the past or
            is taken by another interview, or the application is at a stage without interviews.
    """
    panel = list(dict.fromkeys(panel))
    plan = db.session.scalar(queries.plan_of(application.posting.requisition_id))
    if plan is None or plan.state is not PlanState.PUBLISHED:
        raise Refused(_("First pin the interview plan, so that everyone is asked the same."))
    _require_panel(panel, plan.panel_size, application)
    _require_future(starts_at)
    _require_only_one(application, starts_at)
    if application.stage not in {Stage.SCREENED, Stage.INTERVIEW}:
        raise Refused(_("Only applications that passed screening are interviewed."))
    if application.stage is Stage.SCREENED:
        move_application(application, Stage.INTERVIEW, by=by)
    interview = Interview(
        application=application,
        plan=plan,
        starts_at=starts_at,
        minutes=minutes,
        time_zone=time_zone,
        place=place,
        uid=f"{secrets.token_hex(16)}@portal",
        created_at=clock.now(),
        scorecards=[Scorecard(account=account) for account in panel],
    )
    db.session.add(interview)
    audit.record(InterviewFact.SCHEDULED, interview, by=by, about=application.person_id)
    notices.invite(interview)
    return interview


def _require_only_one(application: Application, starts_at: datetime) -> None:
    """A second click on the button must not invite everyone twice."""
    if db.session.scalar(queries.interview_at(application.id, starts_at)) is not None:
        raise Refused(_("There is an interview at this time already."), "starts_at")


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
