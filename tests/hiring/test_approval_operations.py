"""Approval steps: order, N of M, refusal, and nobody for themselves."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.core.errors import Refused
from portal.core.inbox import Notice
from portal.core.mail.models import OutgoingMail
from portal.hiring.operations import decide_step, submit_requisition
from portal.hiring.states import RequisitionState, StepState
from tests.factories import people
from tests.factories import postings as make


def told(session, account):
    return list(session.scalars(
        sa.select(Notice.kind).where(Notice.account_id == account.id).order_by(Notice.id)
    ))  # fmt: skip


def test_sending_opens_the_first_step_and_tells_its_approvers_only(db_session, clock):
    row, first, second = make.draft(), make.director(language="tr"), make.director()
    submit_requisition(row, steps=[([first.id], 1), ([second.id], 1)], by=make.hr())
    assert row.state is RequisitionState.IN_APPROVAL
    assert [step.state for step in row.steps] == [StepState.OPEN, StepState.WAITING]
    assert told(db_session, first) == ["hiring.approval_wanted"]
    assert told(db_session, second) == []
    mail = db_session.scalars(sa.select(OutgoingMail)).one()
    assert (mail.to_address, mail.locale) == (first.email, "tr")
    assert "(tr)" in mail.subject
    assert f"/hiring/requisitions/{row.id}" in mail.text


@pytest.mark.parametrize("steps", [[], [([], 1)]])
def test_a_step_names_somebody(db_session, clock, steps):
    with pytest.raises(Refused) as refused:
        submit_requisition(make.draft(), steps=steps, by=make.hr())
    assert refused.value.field == "steps"


@pytest.mark.parametrize("needed", [0, 3])
def test_a_step_needs_no_more_than_it_names(db_session, clock, needed):
    approvers = [make.director().id, make.director().id]
    with pytest.raises(Refused):
        submit_requisition(make.draft(), steps=[(approvers, needed)], by=make.hr())


def test_who_asks_does_not_count_among_several_approvers(db_session, clock):
    row, other = make.draft(), make.director()
    with pytest.raises(Refused):
        submit_requisition(row, steps=[([row.created_by_id, other.id], 2)], by=row.created_by)


def test_an_approver_has_an_active_account(db_session, clock):
    with pytest.raises(Refused):
        submit_requisition(make.draft(), steps=[([10**6], 1)], by=make.hr())


@pytest.mark.parametrize(
    "state", [RequisitionState.IN_APPROVAL, RequisitionState.APPROVED, RequisitionState.FILLED]
)
def test_it_is_sent_once(db_session, clock, state):
    with pytest.raises(Refused):
        submit_requisition(make.draft(state=state), steps=[([make.director().id], 1)], by=make.hr())


def test_agreeing_opens_the_next_step_and_the_last_one_approves(db_session, clock):
    one, two = make.director(), make.director()
    row = make.in_approval(([one], 1), ([two], 1))
    decide_step(row.steps[0], agreed=True, by=one)
    assert row.state is RequisitionState.IN_APPROVAL
    assert row.open_step is row.steps[1]
    assert told(db_session, two) == ["hiring.approval_wanted"]
    decide_step(row.steps[1], agreed=True, note="Good", by=two)
    assert row.state is RequisitionState.APPROVED
    assert told(db_session, row.created_by) == ["hiring.requisition_approved"]


def test_two_of_three_must_agree(db_session, clock):
    panel = [make.director() for _number in range(3)]
    row = make.in_approval((panel, 2))
    decide_step(row.steps[0], agreed=True, by=panel[0])
    assert row.state is RequisitionState.IN_APPROVAL
    decide_step(row.steps[0], agreed=True, by=panel[1])
    assert row.state is RequisitionState.APPROVED
    with pytest.raises(Refused):
        decide_step(row.steps[0], agreed=True, by=panel[2])


def test_a_second_press_of_the_same_button_is_refused(db_session, clock):
    panel = [make.director(), make.director()]
    row = make.in_approval((panel, 2))
    decide_step(row.steps[0], agreed=True, by=panel[0])
    with pytest.raises(Refused):
        decide_step(row.steps[0], agreed=True, by=panel[0])
    assert row.state is RequisitionState.IN_APPROVAL


def test_two_approvers_at_once_close_the_step_once(db_session, clock):
    """The second sees what the first wrote, though its rows were loaded before."""
    panel = [make.director(), make.director()]
    row = make.in_approval((panel, 2))
    step = row.steps[0]
    assert step.decisions == []
    db_session.flush()
    db_session.execute(sa.text(
        "INSERT INTO step_decision (step_id, account_id, agreed, note, decided_at) "
        "VALUES (:step, :account, true, '', '2026-11-24 09:00:00')"
    ), {"step": step.id, "account": panel[0].id})  # fmt: skip
    decide_step(step, agreed=True, by=panel[1])
    assert step.state is StepState.APPROVED
    assert row.state is RequisitionState.APPROVED


def test_a_refusal_needs_a_reason(db_session, clock):
    boss = make.director()
    row = make.in_approval(([boss], 1))
    with pytest.raises(Refused) as refused:
        decide_step(row.steps[0], agreed=False, note=" ", by=boss)
    assert refused.value.field == "note"


def test_a_refusal_goes_back_to_who_asked_and_a_new_round_can_begin(db_session, clock):
    boss = make.director()
    row = make.in_approval(([boss], 1))
    decide_step(row.steps[0], agreed=False, note="Too many openings", by=boss)
    assert (row.state, row.steps[0].state) == (RequisitionState.REFUSED, StepState.REFUSED)
    assert told(db_session, row.created_by) == ["hiring.requisition_refused"]
    mail = db_session.scalars(sa.select(OutgoingMail)).one()
    assert "Too many openings" in mail.text
    submit_requisition(row, steps=[([boss.id], 1)], by=row.created_by)
    assert [(step.round, step.state) for step in row.steps] == [
        (1, StepState.REFUSED), (2, StepState.OPEN),
    ]  # fmt: skip


def test_nobody_approves_their_own_when_another_can(db_session, clock):
    hr, other = make.hr(), make.director()
    row = make.in_approval(([hr, other], 1), created_by_id=hr.id)
    with pytest.raises(Refused):
        decide_step(row.steps[0], agreed=True, by=hr)
    decide_step(row.steps[0], agreed=True, by=other)
    assert row.state is RequisitionState.APPROVED


def test_the_only_approver_may_approve_their_own(db_session, clock):
    hr = make.hr()
    row = make.in_approval(([hr], 1), created_by_id=hr.id)
    decide_step(row.steps[0], agreed=True, by=hr)
    assert row.state is RequisitionState.APPROVED


def test_a_stranger_decides_nothing(db_session, clock):
    row = make.in_approval(([make.director()], 1))
    with pytest.raises(Refused):
        decide_step(row.steps[0], agreed=True, by=people.account())


def test_a_step_that_waits_cannot_be_decided(db_session, clock):
    one, two = make.director(), make.director()
    row = make.in_approval(([one], 1), ([two], 1))
    with pytest.raises(Refused):
        decide_step(row.steps[1], agreed=True, by=two)
