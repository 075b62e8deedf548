"""Asking for head-count: terms, head-count kept, cancelling."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.core.audit import AuditEvent
from portal.core.errors import Refused
from portal.core.inbox import Notice
from portal.hiring.operations import (
    cancel_requisition,
    change_requisition,
    note_hire,
    open_requisition,
)
from portal.hiring.states import HiringFact, PostingState, RequisitionState
from tests.factories import people
from tests.factories import postings as make


def facts(session, row):
    return list(session.scalars(
        sa.select(AuditEvent.action)
        .where(AuditEvent.subject_type == row.__tablename__, AuditEvent.subject_id == row.id)
        .order_by(AuditEvent.id)
    ))  # fmt: skip


def test_pay_left_out_is_the_band_of_the_sites_country(db_session, clock):
    row = open_requisition(**make.terms(), by=make.hr())
    assert (row.pay_minimum, row.pay_maximum, row.pay_currency) == (48_000_000, 72_000_000, "TRY")
    assert row.state is RequisitionState.DRAFT
    assert facts(db_session, row) == [HiringFact.REQUISITION_OPENED]


def test_pay_that_is_given_stands(db_session, clock):
    row = open_requisition(**make.terms(pay_minimum=1, pay_maximum=2), by=make.hr())
    assert (row.pay_minimum, row.pay_maximum) == (1, 2)


def test_without_a_band_the_pay_must_be_written(db_session, clock):
    with pytest.raises(Refused) as refused:
        open_requisition(**make.terms(site=people.site(country="IE")), by=make.hr())
    assert refused.value.field == "pay_minimum"


def test_half_a_range_without_a_band_asks_for_the_other_half(db_session, clock):
    with pytest.raises(Refused) as refused:
        open_requisition(**make.terms(site=people.site(country="IE"), pay_minimum=1), by=make.hr())
    assert refused.value.field == "pay_maximum"


def test_a_range_upside_down_is_refused(db_session, clock):
    with pytest.raises(Refused) as refused:
        open_requisition(**make.terms(pay_minimum=2, pay_maximum=1), by=make.hr())
    assert refused.value.field == "pay_maximum"


@pytest.mark.parametrize("openings", [0, -1, 501, 10**9])
def test_openings_have_bounds(db_session, clock, openings):
    with pytest.raises(Refused) as refused:
        open_requisition(**make.terms(openings=openings), by=make.hr())
    assert refused.value.field == "openings"


def test_changing_a_refused_requisition_makes_it_a_draft_again(db_session, clock):
    row = make.draft(state=RequisitionState.REFUSED)
    change_requisition(row, **make.terms(openings=5), by=make.hr())
    assert (row.state, row.openings) == (RequisitionState.DRAFT, 5)
    assert facts(db_session, row) == [HiringFact.REQUISITION_CHANGED]


@pytest.mark.parametrize(
    "state",
    [RequisitionState.IN_APPROVAL, RequisitionState.APPROVED, RequisitionState.FILLED,
     RequisitionState.CANCELLED],
)  # fmt: skip
def test_terms_that_were_sent_cannot_change(db_session, clock, state):
    row = make.draft(state=state)
    with pytest.raises(Refused):
        change_requisition(row, **make.terms(), by=make.hr())


def test_cancelling_closes_its_open_postings(db_session, clock):
    posting = make.published()
    cancel_requisition(posting.requisition, by=make.hr())
    assert posting.requisition.state is RequisitionState.CANCELLED
    assert posting.state is PostingState.CLOSED


@pytest.mark.parametrize("state", [RequisitionState.FILLED, RequisitionState.CANCELLED])
def test_what_is_over_cannot_be_cancelled(db_session, clock, state):
    with pytest.raises(Refused):
        cancel_requisition(make.draft(state=state), by=make.hr())


def test_hires_are_counted_and_the_last_one_fills_it(db_session, clock):
    posting = make.published()
    row, hr = posting.requisition, make.hr()
    note_hire(row, by=hr)
    assert (row.hired, row.state, posting.state) == (
        1, RequisitionState.APPROVED, PostingState.OPEN,
    )  # fmt: skip
    note_hire(row, by=hr)
    assert (row.hired, row.state, posting.state) == (
        2, RequisitionState.FILLED, PostingState.CLOSED,
    )  # fmt: skip
    assert facts(db_session, row)[-2:] == [HiringFact.HEAD_COUNTED, HiringFact.REQUISITION_FILLED]
    told = db_session.scalars(sa.select(Notice).where(Notice.account_id == row.created_by_id)).all()
    assert [notice.kind for notice in told] == ["hiring.requisition_filled"]


def test_nobody_is_hired_beyond_the_openings(db_session, clock):
    row = make.published().requisition
    note_hire(row, by=None)
    note_hire(row, by=None)
    with pytest.raises(Refused):
        note_hire(row, by=None)
    assert row.hired == row.openings


@pytest.mark.parametrize(
    "state", [RequisitionState.DRAFT, RequisitionState.IN_APPROVAL, RequisitionState.CANCELLED]
)
def test_nobody_is_hired_without_approval(db_session, clock, state):
    with pytest.raises(Refused):
        note_hire(make.draft(state=state), by=None)


def test_the_database_keeps_the_head_count_too(db_session, clock):
    row = make.draft()
    row.hired = 3
    with pytest.raises(sa.exc.IntegrityError):
        db_session.flush()
