"""Moving, undoing, withdrawing and hiring: one test for each way out."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.core import clock as portal_clock
from portal.core.audit import AuditEvent
from portal.core.errors import Refused
from portal.core.mail.models import OutgoingMail
from portal.core.mail.states import MailState
from portal.hiring import signals
from portal.hiring.models import StageCount
from portal.hiring.operations import application as op
from portal.hiring.states import RejectionReason, RequisitionState, Stage
from tests.factories import hiring
from tests.factories import people as make


def counts(db_session, posting):
    rows = db_session.execute(
        sa.select(StageCount.stage, StageCount.count).where(StageCount.id == posting.id)
    )
    return {stage: number for stage, number in rows if number}


def mails(db_session, kind):
    return list(db_session.scalars(sa.select(OutgoingMail).where(OutgoingMail.kind == kind)))


@pytest.fixture
def hr(db_session):
    return make.account(roles=["hr"])


@pytest.fixture
def screened(db_session, clock):
    return hiring.application(stage=Stage.SCREENED, screening_score=80)


def test_a_move_changes_stage_counts_and_trail(db_session, hr, screened):
    db_session.commit()  # the trail tells before and after of what was there already
    before = screened.stage_since
    op.move_application(screened, Stage.INTERVIEW, by=hr)
    assert screened.stage is Stage.INTERVIEW
    assert (screened.previous_stage, screened.previous_since) == (Stage.SCREENED, before)
    assert counts(db_session, screened.posting) == {Stage.INTERVIEW: 1}
    event = db_session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (event.action, event.account_id) == ("application.moved", hr.id)
    assert event.before["stage"] == "screened"
    assert event.after["stage"] == "interview"
    assert event.about_person_id == screened.person_id


def test_a_move_the_table_does_not_know_is_refused(db_session, hr, screened):
    with pytest.raises(Refused, match="Offer"):
        op.move_application(screened, Stage.OFFER, by=hr)
    assert screened.stage is Stage.SCREENED


@pytest.mark.parametrize("to", [Stage.HIRED, Stage.WITHDRAWN])
def test_nobody_is_hired_or_withdrawn_by_a_move(db_session, hr, clock, to):
    application = hiring.application(stage=Stage.OFFER)
    with pytest.raises(Refused, match="Only"):
        op.move_application(application, to, by=hr)


def test_an_unscreened_application_is_screened_first(db_session, hr, clock):
    application = hiring.application()
    with pytest.raises(Refused, match="Screen"):
        op.move_application(application, Stage.SCREENED, by=hr)


def test_without_criteria_nothing_needs_screening(db_session, hr, clock):
    application = hiring.application(hiring.posting(with_criteria=False))
    op.move_application(application, Stage.SCREENED, by=hr)
    assert application.stage is Stage.SCREENED


def test_a_rejection_needs_a_reason(db_session, hr, screened):
    with pytest.raises(Refused) as refused:
        op.move_application(screened, Stage.REJECTED, by=hr)
    assert refused.value.field == "reason"


def test_a_rejection_waits_ten_minutes_before_it_is_mailed(db_session, hr, screened):
    op.move_application(screened, Stage.REJECTED, by=hr, reason=RejectionReason.STRONGER)
    [mail] = mails(db_session, "hiring/rejected")
    assert mail.send_after == portal_clock.now() + timedelta(minutes=10)
    assert mail.to_address == screened.email
    assert "others fitted this job more closely" in mail.text
    assert "stronger" not in mail.text


@pytest.mark.parametrize("reason", list(RejectionReason))
@pytest.mark.parametrize("language", ["en", "tr", "es", "ja"])
def test_every_reason_has_kind_words_in_every_language(db_session, hr, clock, reason, language):
    application = hiring.application(stage=Stage.DECISION, language=language)
    op.move_application(application, Stage.REJECTED, by=hr, reason=reason)
    [mail] = mails(db_session, "hiring/rejected")
    assert mail.locale == language
    assert application.status_key in mail.text
    assert application.status_key in mail.html


def test_undo_puts_everything_back_and_stops_the_mail(db_session, hr, screened, clock):
    since = screened.stage_since
    clock(portal_clock.now() + timedelta(days=3))
    op.move_application(screened, Stage.REJECTED, by=hr, reason=RejectionReason.FILLED)
    op.undo_move(screened, by=hr)
    assert (screened.stage, screened.stage_since) == (Stage.SCREENED, since)
    assert mails(db_session, "hiring/rejected") == []
    assert counts(db_session, screened.posting) == {Stage.SCREENED: 1}


def test_undo_is_for_the_same_person(db_session, hr, screened):
    op.move_application(screened, Stage.INTERVIEW, by=hr)
    with pytest.raises(Refused):
        op.undo_move(screened, by=make.account(roles=["hr"]))


def test_undo_ends_after_ten_minutes(db_session, hr, screened, clock):
    op.move_application(screened, Stage.INTERVIEW, by=hr)
    clock(portal_clock.now() + timedelta(minutes=10, seconds=1))
    with pytest.raises(Refused):
        op.undo_move(screened, by=hr)


def test_undo_works_once(db_session, hr, screened):
    op.move_application(screened, Stage.INTERVIEW, by=hr)
    op.undo_move(screened, by=hr)
    with pytest.raises(Refused):
        op.undo_move(screened, by=hr)


def test_undo_is_refused_when_the_rejection_has_gone_out(db_session, hr, screened):
    op.move_application(screened, Stage.REJECTED, by=hr, reason=RejectionReason.FILLED)
    mails(db_session, "hiring/rejected")[0].state = MailState.SENT
    with pytest.raises(Refused, match="told"):
        op.undo_move(screened, by=hr)
    assert screened.stage is Stage.REJECTED


def test_reopening_stops_a_rejection_that_still_waits(db_session, hr, screened):
    op.move_application(screened, Stage.REJECTED, by=hr, reason=RejectionReason.FILLED)
    op.move_application(screened, Stage.SCREENED, by=hr)
    assert mails(db_session, "hiring/rejected") == []


def test_several_move_at_one_moment_or_not_at_all(db_session, hr, clock):
    posting = hiring.posting()
    ready = [hiring.application(posting, stage=Stage.SCREENED) for _ in range(3)]
    moment = op.move_applications(ready, Stage.INTERVIEW, by=hr)
    assert {row.stage_since for row in ready} == {moment}
    assert counts(db_session, posting) == {Stage.INTERVIEW: 3}
    with pytest.raises(Refused):
        op.move_applications(ready, Stage.APPLIED, by=hr)


def test_the_candidate_withdraws_and_is_told(db_session, screened):
    op.withdraw_application(screened)
    assert screened.stage is Stage.WITHDRAWN
    assert len(mails(db_session, "hiring/withdrawn")) == 1


@pytest.mark.parametrize("stage", [Stage.HIRED, Stage.WITHDRAWN, Stage.REJECTED])
def test_what_has_ended_cannot_be_withdrawn(db_session, clock, stage):
    application = hiring.application(stage=stage, rejection_reason=RejectionReason.FILLED)
    with pytest.raises(Refused):
        op.withdraw_application(application)


def test_hiring_takes_an_opening_and_fills_the_requisition(db_session, hr, clock):
    posting = hiring.posting(requisition=hiring.requisition(openings=1))
    application = hiring.application(posting, stage=Stage.OFFER)
    op.hire_application(application, by=hr)
    assert application.stage is Stage.HIRED
    assert posting.requisition.hired == 1
    assert posting.requisition.state is RequisitionState.FILLED


def test_nobody_is_hired_past_the_openings(db_session, hr, clock):
    posting = hiring.posting(requisition=hiring.requisition(openings=1, hired=1))
    application = hiring.application(posting, stage=Stage.OFFER)
    with pytest.raises(Refused, match="opening"):
        op.hire_application(application, by=hr)


def test_nobody_is_hired_without_an_offer(db_session, hr, screened):
    with pytest.raises(Refused):
        op.hire_application(screened, by=hr)


def test_upper_features_hear_of_every_move(db_session, hr, screened):
    heard = []

    def hear(_sender, application, before, by):
        heard.append((before, application.stage, by))

    with signals.application_moved.connected_to(hear):
        op.move_application(screened, Stage.INTERVIEW, by=hr)
        op.undo_move(screened, by=hr)
    assert heard == [(Stage.SCREENED, Stage.INTERVIEW, hr), (Stage.INTERVIEW, Stage.SCREENED, hr)]
