"""Open the ratings of a complete panel, and decide."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.competencies.operations import add_evidence
from portal.competencies.states import EvidenceSource
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.hiring.operations import move_application
from portal.hiring.states import OverrideReason, RejectionReason, Stage
from portal.interviews import notices, queries, rounds, scoring
from portal.interviews.models import Interview, PanelDecision
from portal.interviews.states import INTERVIEW_MOVES, InterviewFact, InterviewState, Outcome


def reveal(interview: Interview) -> None:
    """Every scorecard is in: open the ratings to the panel and write the evidence."""
    require_move(INTERVIEW_MOVES, interview.state, InterviewState.COMPLETE)
    interview.state, interview.revealed_at = InterviewState.COMPLETE, clock.now()
    application = interview.application
    for score in scoring.competency_scores(interview):
        if score.mean is not None:
            add_evidence(
                person_id=application.person_id,
                version=score.plan_competency.competency_version,
                level=round(score.mean, 2),
                source=EvidenceSource.INTERVIEW,
                source_id=interview.id,
                observed_on=interview.starts_at.date(),
                note="",
                by=None,
            )
    audit.record(InterviewFact.REVEALED, interview, by=None, about=application.person_id)
    to_hold = db.session.scalars(queries.rounds_to_hold(interview).limit(1))
    if application.stage is Stage.INTERVIEW and to_hold.first() is None:
        move_application(application, Stage.DECISION, by=None)
    notices.panel_complete(interview)


def decide(
    interview: Interview,
    *,
    outcome: Outcome,
    override_reason: OverrideReason | None,
    note: str,
    by: Account,
) -> PanelDecision:
    """Decide on the application; against the mechanical score only with a coded reason and a note.

    Before the last round an application that advances goes on to the next one; the last round's
    decision rests on the ratings of all rounds together.

    Raises:
        Refused: if the panel is not complete or has decided, the application has moved on, or
            reason or note is missing.
    """
    _require_open(interview)
    together = rounds.decided_together(interview)
    score = scoring.mechanical_score(scoring.competency_scores(*together))
    mechanical = scoring.mechanical_outcome(score, interview.plan.cut)
    if outcome is not mechanical:
        _require_reason(override_reason, note)
    decision = PanelDecision(
        interview=interview,
        score=score,
        cut=interview.plan.cut,
        mechanical=mechanical,
        outcome=outcome,
        override_reason=override_reason if outcome is not mechanical else None,
        note=note.strip(),
        decided_at=clock.now(),
        decided_by=by,
    )
    db.session.add(decision)
    # The trail can't be erased, so it gets the codes without what was written.
    about = interview.application.person_id
    audit.record(InterviewFact.DECIDED, decision, by=by, about=about, note="")
    _follow(decision, by)
    return decision


def _require_open(interview: Interview) -> None:
    if interview.state is not InterviewState.COMPLETE:
        raise Refused(_("The panel is not complete: not every scorecard is in."))
    if interview.decision is not None:
        raise Refused(_("The panel has decided already."))
    if interview.application.stage not in {Stage.INTERVIEW, Stage.DECISION}:
        raise Refused(_("This application is not waiting for a panel's decision any more."))


def _require_reason(override_reason: OverrideReason | None, note: str) -> None:
    if override_reason is None:
        raise Refused(_("This goes against the score: choose the reason."), field="override_reason")
    if not note.strip():
        raise Refused(_("This goes against the score: explain it in a note."), field="note")


def _follow(decision: PanelDecision, by: Account) -> None:
    """Reject the application, or let it go on to the next round."""
    interview = decision.interview
    application = interview.application
    if decision.outcome is Outcome.REJECT:
        move_application(application, Stage.REJECTED, by=by, reason=RejectionReason.INTERVIEW)
    elif not interview.round.is_last and application.stage is Stage.DECISION:
        move_application(application, Stage.INTERVIEW, by=by)
