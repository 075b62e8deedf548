"""The last scorecard opens the panel; then it decides."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from portal.competencies.models import Evidence
from portal.core.audit import AuditEvent
from portal.core.errors import Refused
from portal.core.inbox import Notice
from portal.hiring.states import OverrideReason, RejectionReason, Stage
from portal.interviews import operations as op
from portal.interviews.models import Interview
from portal.interviews.operations.panel import reveal
from portal.interviews.states import InterviewState, Outcome
from tests.factories import interviews as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("clock")


def evidence(session: Any, interview: Interview) -> list[float]:
    found = sa.select(Evidence.level).where(Evidence.source_id == interview.id)
    return list(session.scalars(found.order_by(Evidence.id)))


def decide(interview: Interview, outcome: Outcome, reason: Any = None, note: str = "") -> Any:
    return op.decide(
        interview,
        outcome=outcome,
        override_reason=reason,
        note=note,
        by=people.account(roles=["hr"]),
    )


def test_the_first_scorecard_opens_nothing(db_session: Any) -> None:
    made = make.interview()
    make.submit(made.scorecards[0])
    assert made.state is InterviewState.SCHEDULED
    assert evidence(db_session, made) == []


def test_the_last_scorecard_opens_the_panel_and_writes_evidence_once(db_session: Any) -> None:
    made = make.interview()
    make.submit(made.scorecards[0], 4, None)
    make.submit(made.scorecards[1], 3, None)
    assert made.state is InterviewState.COMPLETE
    assert made.revealed_at is not None
    assert made.application.stage is Stage.DECISION
    assert evidence(db_session, made) == [3.5]
    with pytest.raises(Refused):
        reveal(made)
    assert evidence(db_session, made) == [3.5]


def test_panel_and_hr_are_told_once_each(db_session: Any) -> None:
    hr = people.account(roles=["hr"])
    made = make.interview(panel=[hr, make.interviewer()])
    for card in made.scorecards:
        make.submit(card)
    told = db_session.scalars(
        sa.select(Notice.account_id).where(Notice.kind == "interviews.complete")
    ).all()
    asked_for_it = made.plan.requisition.created_by_id
    assert sorted(told) == sorted([asked_for_it, *(card.account_id for card in made.scorecards)])


def test_the_application_waits_for_its_other_interview(db_session: Any) -> None:
    first = make.interview()
    second = make.interview(first.application)
    for card in first.scorecards:
        make.submit(card)
    assert first.application.stage is Stage.INTERVIEW
    for card in second.scorecards:
        make.submit(card)
    assert first.application.stage is Stage.DECISION


def test_advancing_with_the_score_needs_no_reason(db_session: Any) -> None:
    made = make.complete((4, 4), (4, 3))
    decision = decide(made, Outcome.ADVANCE, OverrideReason.RISK)
    assert (decision.score, decision.cut) == (380, 340)
    assert decision.mechanical is Outcome.ADVANCE
    assert decision.override_reason is None
    assert made.application.stage is Stage.DECISION


def test_rejecting_with_the_score_rejects_the_application(db_session: Any) -> None:
    made = make.complete((2, 3), (3, 3))
    decide(made, Outcome.REJECT)
    assert made.application.stage is Stage.REJECTED
    assert made.application.rejection_reason is RejectionReason.INTERVIEW


def test_going_against_the_score_needs_reason_and_note(db_session: Any) -> None:
    made = make.complete((2, 3), (3, 3))
    with pytest.raises(Refused) as refused:
        decide(made, Outcome.ADVANCE)
    assert refused.value.field == "override_reason"
    with pytest.raises(Refused) as refused:
        decide(made, Outcome.ADVANCE, OverrideReason.WORK_SAMPLE, " ")
    assert refused.value.field == "note"
    decision = decide(made, Outcome.ADVANCE, OverrideReason.WORK_SAMPLE, "The trial day")
    assert (decision.outcome, decision.mechanical) == (Outcome.ADVANCE, Outcome.REJECT)


def test_what_was_written_stays_out_of_the_trail(db_session: Any) -> None:
    made = make.complete((2, 3), (3, 3))
    decide(made, Outcome.ADVANCE, OverrideReason.WORK_SAMPLE, "The trial day")
    event = db_session.scalars(
        sa.select(AuditEvent).where(AuditEvent.action == "interview.decided")
    ).one()
    assert event.after["override_reason"] == "work_sample"
    assert "trial day" not in str(event.after)


def test_an_incomplete_panel_does_not_decide(db_session: Any) -> None:
    made = make.interview()
    make.submit(made.scorecards[0])
    with pytest.raises(Refused, match="not complete"):
        decide(made, Outcome.ADVANCE)


def test_a_panel_decides_once(db_session: Any) -> None:
    made = make.complete((4, 4), (4, 4))
    decide(made, Outcome.ADVANCE)
    with pytest.raises(Refused, match="already"):
        decide(made, Outcome.REJECT)


def test_an_application_that_has_ended_is_not_decided(db_session: Any) -> None:
    made = make.complete((4, 4), (4, 4))
    made.application.stage = Stage.WITHDRAWN
    with pytest.raises(Refused, match="not waiting"):
        decide(made, Outcome.ADVANCE)


def test_a_panel_that_observed_nothing_advances_nobody_by_itself(db_session: Any) -> None:
    made = make.complete((None, None), (None, None))
    decision = decide(made, Outcome.REJECT)
    assert decision.score is None
    assert decision.mechanical is Outcome.REJECT
