"""Who may make, see, change, approve, send and withdraw an offer, in each of its states."""

from __future__ import annotations

import pytest

from portal.accounts.models import Account
from portal.core.db import db
from portal.offers import policy, queries
from portal.offers.models import Offer
from portal.offers.states import OfferState
from tests.factories import offers as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session", "clock")

S = OfferState
EDITABLE = {S.DRAFT, S.IN_APPROVAL, S.APPROVED}
TABLE: dict[str, dict[str, set[OfferState]]] = {
    "see_offer": {"maker": set(S), "hr": set(S), "executive": set(S), "manager": set(S)},
    "change_offer": {"maker": EDITABLE, "hr": EDITABLE},
    "approve_offer": {
        "hr": {S.IN_APPROVAL},
        "executive": {S.IN_APPROVAL},
        "manager": {S.IN_APPROVAL},
    },
    "send_offer": {"maker": {S.APPROVED}, "hr": {S.APPROVED}},
    "withdraw_offer": {"maker": {*EDITABLE, S.SENT}, "hr": {*EDITABLE, S.SENT}},
}


@pytest.fixture
def offer() -> Offer:
    return make.draft(by=make.hr())


@pytest.fixture
def who(offer: Offer) -> dict[str, Account]:
    team = offer.application.posting.requisition.team
    return {
        "maker": db.session.get_one(Account, offer.created_by_id),
        "hr": make.hr(),
        "executive": make.director(),
        "manager": people.account(person=make.manager_of(offer)),
        "other_manager": people.account(roles=["manager"]),
        "lead": people.account(leads=team),
        "admin": people.account(roles=["admin"]),
        "interviewer": people.account(roles=["interviewer"]),
        "associate": people.account(),
    }


@pytest.mark.parametrize("rule", TABLE)
@pytest.mark.parametrize("state", OfferState)
def test_who_may_do_what_in_which_state(
    offer: Offer, who: dict[str, Account], rule: str, state: OfferState
) -> None:
    with db.session.no_autoflush:
        offer.state = state
        able = {name for name, one in who.items() if getattr(policy, rule)(one, offer)}
    assert able == {name for name, states in TABLE[rule].items() if state in states}


def test_hr_makes_offers_and_keeps_the_letters(offer: Offer, who: dict[str, Account]) -> None:
    assert {n for n, one in who.items() if policy.make_offer(one, offer.application)} == {
        "maker", "hr",
    }  # fmt: skip
    assert {n for n, one in who.items() if policy.edit_letters(one)} == {"maker", "hr"}


def test_the_list_is_narrowed_to_what_one_may_see(offer: Offer, who: dict[str, Account]) -> None:
    def listed(account: Account) -> list[Offer]:
        return list(db.session.scalars(queries.offers_visible_to(account)))

    assert {n for n, one in who.items() if listed(one)} == {"maker", "hr", "executive", "manager"}
    assert {n for n, one in who.items() if policy.see_offers(one)} == {
        "maker", "hr", "executive", "other_manager", "lead",
    }  # fmt: skip


def test_what_waits_for_an_approver_is_what_they_have_not_decided(who: dict[str, Account]) -> None:
    offer = make.in_approval(by=who["maker"], pay=make.ABOVE_BAND)

    def waiting(account: Account) -> list[Offer]:
        return list(db.session.scalars(queries.offers_to_approve(account)))

    assert waiting(who["executive"]) == waiting(who["hr"]) == [offer]
    assert waiting(who["maker"]) == []
    make.approve(offer, who["executive"])
    assert waiting(who["executive"]) == []
    assert waiting(who["hr"]) == [offer]
