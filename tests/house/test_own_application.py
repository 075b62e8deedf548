"""Nobody handles or reads the file on themself, whatever their role: candidates use their link."""

from __future__ import annotations

import pytest

from portal.core.documents.models import Document
from portal.hiring import policy as hiring
from portal.interviews import documents
from portal.interviews import policy as interviews
from portal.offers import documents as letters
from portal.offers import policy as offers
from portal.offers.states import OfferState
from tests.factories import interviews as make_interview
from tests.factories import offers as make_offer
from tests.factories import people as make

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def test_hr_does_not_read_or_decide_on_their_own_interview() -> None:
    interview = make_interview.complete()
    me = make.account(person=interview.application.person, roles=["hr"])
    colleague = make.account(roles=["hr"])
    record = Document(kind=documents.KIND, subject_id=interview.id)
    for rule in (interviews.see_interview, interviews.see_ratings, interviews.decide):
        assert rule(colleague, interview)
        assert not rule(me, interview)
    assert documents.may_read(colleague, record)
    assert not documents.may_read(me, record)
    assert not hiring.work_on(me, interview.application)


@pytest.mark.parametrize("state", [OfferState.IN_APPROVAL, OfferState.APPROVED])
def test_hr_does_not_prepare_approve_or_see_their_own_offer(state: OfferState) -> None:
    offer = make_offer.in_approval() if state is OfferState.IN_APPROVAL else make_offer.approved()
    me = make.account(person=offer.application.person, roles=["hr", "executive"])
    rules = (
        offers.see_offer,
        offers.change_offer,
        offers.approve_offer,
        offers.send_offer,
        offers.withdraw_offer,
    )
    assert not [rule.__name__ for rule in rules if rule(me, offer)]
    assert not offers.make_offer(me, offer.application)
    assert not letters.may_read(me, Document(kind=letters.KIND, subject_id=offer.id))
