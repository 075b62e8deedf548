"""Making, changing, approving and withdrawing offers: one test for each way out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import audit
from portal.core.db import db
from portal.core.documents import DocumentState
from portal.core.errors import Refused
from portal.core.inbox import Notice
from portal.core.mail.models import OutgoingMail
from portal.hiring.operations import band_of, move_application, undo_move, withdraw_application
from portal.hiring.states import RejectionReason, Stage
from portal.offers import operations, queries
from portal.offers.models import Offer
from portal.offers.states import OfferState
from portal.people.models import Person
from tests.factories import offers as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def mails(kind: str) -> list[OutgoingMail]:
    return list(db.session.scalars(sa.select(OutgoingMail).where(OutgoingMail.kind == kind)))


def notices(account: Any) -> list[str]:
    found = sa.select(Notice.kind).where(Notice.account_id == account.id).order_by(Notice.id)
    return list(db.session.scalars(found))


def test_an_offer_takes_the_application_to_its_stage_and_is_on_the_trail() -> None:
    row, hr = make.candidate(), make.hr()
    offer = make.draft(row, hr)
    assert (offer.state, offer.in_band, row.stage) == (OfferState.DRAFT, True, Stage.OFFER)
    event = db.session.scalars(audit.of(offer)).first()
    assert (event.action, event.account_id, event.about_person_id) == (
        "offer.made", hr.id, row.person_id,
    )  # fmt: skip
    assert event.after["pay"] == make.PAY


@pytest.mark.parametrize("stage", [Stage.APPLIED, Stage.SCREENED, Stage.INTERVIEW])
def test_the_interview_is_decided_before_an_offer(stage: Stage) -> None:
    with pytest.raises(Refused, match="First decide"):
        make.draft(make.candidate(stage=stage))


def test_nobody_who_was_rejected_is_made_an_offer() -> None:
    row = make.candidate(stage=Stage.REJECTED, rejection_reason=RejectionReason.STRONGER)
    with pytest.raises(Refused, match="No offer"):
        make.draft(row)


def test_a_second_offer_waits_until_the_first_is_over() -> None:
    row, hr = make.candidate(), make.hr()
    first = make.draft(row, hr)
    with pytest.raises(Refused, match="already"):
        make.draft(row, hr)
    operations.withdraw_offer(first, by=hr)
    assert make.draft(row, hr).id != first.id


def test_the_database_itself_refuses_two_live_offers() -> None:
    offer = make.draft()
    same = {c.key: getattr(offer, c.key) for c in sa.inspect(Offer).column_attrs if c.key != "id"}
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(sa.insert(Offer).values(**same))


def test_no_offer_beyond_the_openings() -> None:
    row = make.candidate(openings=1)
    row.posting.requisition.hired = 1
    with pytest.raises(Refused, match="filled"):
        make.draft(row)


@pytest.mark.parametrize(
    ("field", "terms"),
    [
        ("pay", {"pay": 0}),
        ("pay", {"pay": 10**13}),
        ("expires_on", {"expires_on": date(2026, 11, 23)}),
        ("starts_on", {"starts_on": date(2026, 11, 23)}),
        ("expires_on", {"expires_on": date(2027, 1, 5)}),
        ("bonus_percent", {"bonus_percent": 101}),
        ("probation_months", {"probation_months": 25}),
    ],
)
def test_terms_that_make_no_sense_are_refused_at_their_field(
    field: str, terms: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as refused:
        make.draft(**terms)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "change",
    [
        {"pay": 57_000_000},
        {"bonus_percent": 0},
        {"benefits": ()},
        {"shift": "Nights"},
        {"starts_on": date(2027, 1, 11)},
        {"expires_on": date(2026, 12, 9)},
        {"probation_months": 0},
        {"language": "tr"},
    ],
)
def test_any_changed_term_voids_approval_and_letter(change: dict[str, Any]) -> None:
    offer, hr = make.approved(), make.hr()
    before = offer.terms_hash
    operations.change_offer(offer, make.terms(offer.application, **change), by=hr)
    assert (offer.state, offer.document) == (OfferState.DRAFT, None)
    assert offer.terms_hash != before
    assert not [a for a in offer.approvals if a.terms_hash == offer.terms_hash]


def test_another_team_or_manager_is_another_term() -> None:
    offer = make.approved()
    boss: Person = people.person("Another", "Boss")
    operations.change_offer(offer, make.terms(offer.application, manager=boss), by=make.hr())
    assert offer.state is OfferState.DRAFT
    assert offer.manager is boss


def test_saving_the_same_terms_keeps_the_approval() -> None:
    offer = make.approved()
    operations.change_offer(offer, make.terms(offer.application), by=make.hr())
    assert offer.state is OfferState.APPROVED


def test_a_new_wording_of_the_letter_is_another_term() -> None:
    offer, hr = make.approved(), make.hr()
    template = db.session.scalars(queries.newest_template("standard")).one()
    content = {**template.content, "en": {**template.content["en"], "greeting": "Hello!"}}
    operations.change_letter(template, content=content, by=hr)
    assert offer.letter_template is template, "offers made before keep theirs"
    operations.change_offer(offer, make.terms(offer.application), by=hr)
    assert (offer.letter_template.number, offer.state) == (2, OfferState.DRAFT)


def test_what_was_sent_cannot_be_changed() -> None:
    offer, _token = make.sent()
    with pytest.raises(Refused, match="has been sent"):
        operations.change_offer(offer, make.terms(offer.application), by=make.hr())


def test_only_a_draft_is_submitted_and_the_approvers_are_told() -> None:
    maker, director = make.hr(), make.director()
    offer = make.draft(by=maker)
    boss = people.account(person=make.manager_of(offer))
    other = people.account(roles=["manager"])
    operations.submit_offer(offer, by=maker)
    assert notices(director) == notices(boss) == ["offers.to_approve"]
    assert notices(other) == notices(maker) == []
    with pytest.raises(Refused):
        operations.submit_offer(offer, by=maker)


def test_one_approval_is_enough_inside_the_band_and_makes_the_letter() -> None:
    maker, director = make.hr(), make.director()
    offer = make.in_approval(by=maker)
    make.approve(offer, director)
    assert offer.state is OfferState.APPROVED
    assert offer.document is not None
    assert (offer.document.kind, offer.document.state) == ("offer_letter", DocumentState.QUEUED)
    assert offer.application.display_name in str(offer.document.payload)
    assert notices(maker) == ["offers.approved"]


def test_outside_the_band_two_people_approve() -> None:
    offer = make.in_approval(pay=make.ABOVE_BAND)
    first = make.director()
    make.approve(offer, first)
    assert (offer.in_band, offer.state, offer.document) == (False, OfferState.IN_APPROVAL, None)
    with pytest.raises(Refused, match="already"):
        make.approve(offer, first)
    make.approve(offer, make.director())
    assert offer.state is OfferState.APPROVED


def test_without_a_band_two_people_approve() -> None:
    row = make.candidate()
    requisition = row.posting.requisition
    db.session.delete(band_of(requisition.role, requisition.site))
    db.session.flush()
    assert make.draft(row).in_band is False


def test_nobody_approves_an_offer_of_their_own() -> None:
    maker = people.account(roles=["hr", "executive"])
    offer = make.in_approval(by=maker)
    with pytest.raises(Refused, match="second person"):
        make.approve(offer, maker)


def test_exactly_the_terms_one_has_seen_are_approved() -> None:
    maker = make.hr()
    offer = make.in_approval(by=maker)
    seen = offer.terms_hash
    operations.change_offer(offer, make.terms(offer.application, pay=70_000_000), by=maker)
    operations.submit_offer(offer, by=maker)
    with pytest.raises(Refused, match="have changed"):
        operations.approve_offer(offer, seen_terms=seen, note="", by=make.director())
    assert offer.state is OfferState.IN_APPROVAL


def test_a_draft_is_not_approved() -> None:
    offer = make.draft()
    with pytest.raises(Refused, match="not waiting"):
        make.approve(offer)


def test_a_refusal_says_why_and_the_offer_is_a_draft_again() -> None:
    maker, director = make.hr(), make.director()
    offer = make.in_approval(by=maker)
    with pytest.raises(Refused) as refused:
        operations.refuse_offer(offer, seen_terms=offer.terms_hash, note=" ", by=director)
    assert refused.value.field == "note"
    operations.refuse_offer(offer, seen_terms=offer.terms_hash, note="Too low", by=director)
    assert offer.state is OfferState.DRAFT
    assert notices(maker) == ["offers.refused"]
    assert [(a.agreed, a.note) for a in offer.approvals] == [(False, "Too low")]


def test_a_withdrawn_offer_tells_only_a_candidate_who_has_it() -> None:
    hr = make.hr()
    operations.withdraw_offer(make.draft(), by=hr)
    assert mails("offers/withdrawn") == []
    offer, _token = make.sent()
    operations.withdraw_offer(offer, by=hr)
    assert [mail.to_address for mail in mails("offers/withdrawn")] == [offer.application.email]
    with pytest.raises(Refused):
        operations.withdraw_offer(offer, by=hr)


def test_undoing_the_move_takes_a_draft_back() -> None:
    row, hr = make.candidate(), make.hr()
    offer = make.draft(row, hr)
    undo_move(row, by=hr)
    assert (row.stage, offer.state) == (Stage.DECISION, OfferState.WITHDRAWN)


def test_an_application_is_not_rejected_while_the_candidate_has_the_offer() -> None:
    offer, _token = make.sent()
    hr = make.hr()
    with pytest.raises(Refused, match="Withdraw it first"):
        move_application(offer.application, Stage.REJECTED, by=hr, reason=RejectionReason.STRONGER)


def test_a_candidate_who_withdraws_needs_no_mail_about_the_offer() -> None:
    offer, _token = make.sent()
    withdraw_application(offer.application)
    assert offer.state is OfferState.WITHDRAWN
    assert mails("offers/withdrawn") == []
