"""Sending offers, ending them by the site's clock, and declining: one test for each way out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from portal.core.db import db
from portal.core.errors import Gone, NotFound, Refused
from portal.core.mail.models import OutgoingMail
from portal.hiring.operations import erase_application
from portal.hiring.states import RejectionReason, Stage
from portal.offers import operations
from portal.offers.models import OfferLink
from portal.offers.states import OfferState
from tests.factories import offers as make

pytestmark = pytest.mark.usefixtures("db_session", "clock")
Clock = Callable[[datetime], None]


def mails(prefix: str) -> list[OutgoingMail]:
    return list(db.session.scalars(
        sa.select(OutgoingMail).where(OutgoingMail.kind.startswith(prefix)).order_by(OutgoingMail.id)
    ))  # fmt: skip


def test_the_candidate_gets_letter_and_link_in_their_language() -> None:
    offer, token = make.sent(language="tr")
    (mail,) = mails("offers/")
    assert (mail.to_address, mail.locale) == (offer.application.email, "tr")
    assert token in mail.text
    assert token in mail.html
    assert [part["name"] for part in mail.attachments] == ["offer.pdf"]
    link = db.session.scalars(sa.select(OfferLink)).one()
    assert token not in link.token_hash
    assert link.expires_at == datetime(2026, 12, 8, 21, 0, tzinfo=UTC), "midnight in İstanbul"


def test_only_an_approved_offer_is_sent() -> None:
    with pytest.raises(Refused):
        operations.send_offer(make.in_approval(), by=make.hr())


def test_an_offer_waits_for_its_letter() -> None:
    offer = make.approved(letter=False)
    with pytest.raises(Refused, match="still being made"):
        operations.send_offer(offer, by=make.hr())


def test_terms_changed_past_the_operations_are_not_sent() -> None:
    offer = make.approved()
    offer.pay += 1
    with pytest.raises(Refused, match="changed since"):
        operations.send_offer(offer, by=make.hr())


def test_an_offer_that_is_over_is_not_sent(clock: Clock) -> None:
    offer = make.approved()
    clock(datetime(2026, 12, 8, 21, 0, tzinfo=UTC))
    with pytest.raises(Refused, match="over already"):
        operations.send_offer(offer, by=make.hr())


@pytest.mark.parametrize(
    ("zone", "last"),
    [
        ("Europe/Istanbul", datetime(2026, 12, 8, 21, 0, tzinfo=UTC)),
        ("Asia/Tokyo", datetime(2026, 12, 8, 15, 0, tzinfo=UTC)),
        ("America/Los_Angeles", datetime(2026, 12, 9, 8, 0, tzinfo=UTC)),
    ],
)
def test_the_last_day_ends_at_midnight_of_the_site(clock: Clock, zone: str, last: datetime) -> None:
    row = make.candidate()
    row.posting.requisition.site.time_zone = zone
    offer, token = make.sent(row)
    clock(last - timedelta(seconds=1))
    assert operations.expire_offers() == 0
    assert operations.opened_offer(token).offer is offer
    clock(last)
    with pytest.raises(Gone):
        operations.opened_offer(token)
    assert operations.expire_offers() == 1
    assert operations.expire_offers() == 0, "running twice ends and mails once"
    assert offer.state is OfferState.EXPIRED
    assert [mail.kind for mail in mails("offers/")] == ["offers/offer", "offers/expired"]
    with pytest.raises(Gone):
        make.accept(token, offer.application.display_name)


def test_an_expired_offer_makes_room_for_a_new_one(clock: Clock) -> None:
    offer, _token = make.sent()
    clock(datetime(2026, 12, 9, 9, 0, tzinfo=UTC))
    operations.expire_offers()
    again = make.draft(offer.application, expires_on=date(2026, 12, 20))
    assert again.id != offer.id


def test_declining_ends_the_application_with_thanks_and_no_rejection() -> None:
    offer, token = make.sent()
    make.decline(token, "Another job came first.")
    row = offer.application
    assert offer.state is OfferState.DECLINED
    assert (row.stage, row.rejection_reason) == (Stage.REJECTED, RejectionReason.OFFER_DECLINED)
    assert offer.acceptance is not None
    assert (offer.acceptance.accepted, offer.acceptance.note) == (False, "Another job came first.")
    assert [mail.kind for mail in mails("offers/")] == ["offers/offer", "offers/declined"]
    assert [mail.kind for mail in mails("hiring/")] == []
    assert make.decline(token) is offer, "declining twice changes nothing"


def test_an_answer_stands() -> None:
    _offer, token = make.sent()
    make.decline(token)
    with pytest.raises(Refused, match="You declined"):
        make.accept(token, "Anyone")
    offer, token = make.sent()
    make.accept(token, offer.application.display_name)
    with pytest.raises(Refused, match="You accepted"):
        make.decline(token)


def test_a_link_nobody_was_sent_leads_nowhere() -> None:
    make.sent()
    with pytest.raises(NotFound):
        operations.opened_offer("x" * 43)


def test_a_withdrawn_offer_is_gone() -> None:
    offer, token = make.sent()
    operations.withdraw_offer(offer, by=make.hr())
    with pytest.raises(Gone):
        operations.opened_offer(token)


def test_erasing_an_application_takes_name_words_and_letter_out_of_its_offers() -> None:
    offer, token = make.sent()
    make.decline(token, "I am moving to Ankara.")
    assert offer.acceptance is not None
    erase_application(offer.application)
    answer = offer.acceptance
    assert (answer.note, answer.address, answer.browser) == ("", "", "")
    assert offer.document is None
    assert mails("offers/") == []
