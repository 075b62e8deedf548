"""Before the person is told nobody but those who propose and decide learns of a promotion."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.core import audit
from portal.core.db import db
from portal.core.documents.policy import read_document
from portal.core.inbox.models import Notice
from portal.core.mail.models import OutgoingMail
from portal.promotions import operations, policy, queries
from portal.promotions.models import Promotion
from portal.promotions.states import PromotionState
from tests.factories import people
from tests.factories import promotions as make
from tests.page import PageClient

SECRET = "Senior Associate"


@pytest.fixture
def who(app: Flask, client: PageClient, clock: object) -> Any:
    with app.app_context():
        found = make.line()
        found.own.roles = ["hr", "executive", "manager"]
        db.session.commit()
        yield found


@pytest.fixture
def others(who: make.Line) -> dict[str, Any]:
    """A colleague, the lead of another team, the manager the person had before."""
    stranger = people.team(lead=people.person("Other"))
    former = people.account(person=people.person("Former"), roles=["manager"])
    found = {
        "peer": people.account(person=people.employment(team=who.team).person),
        "other lead": people.account(person=stranger.lead, leads=stranger),
        "former": former,
        "admin": people.account(roles=["admin"]),
    }
    db.session.commit()
    return found


PAGES = (
    "/", "/promotions", "/my/promotion", "/my/path", "/inbox", "/people", "/search?q=Ceren",
    "/promotions/export/csv", "/people/{person}", "/settings/trail", "/settings/trail/export/csv",
    "/my/openings",
)  # fmt: skip


def test_the_person_finds_nothing_even_with_every_role(client: PageClient, who: make.Line) -> None:
    row = make.approved(who, pay=48_000_000, pay_currency="TRY")
    db.session.commit()
    own = client.as_(who.own)
    for address in PAGES:
        with own.http.get(address.format(person=who.person.id)) as answer:
            assert answer.status_code == 200, address
            shown = answer.get_data(as_text=True)
        assert f"/promotions/{row.id}" not in shown, address
        assert "calls are the ones" not in shown, address
        assert "480,000" not in shown, address
    for address in ("", "/edit", "/withdraw", "/announcement", "/news"):
        assert own.get(f"/promotions/{row.id}{address}").status == 403
    assert own.get(f"/my/promotion/{row.id}/accept").status == 403
    for address in ("", "/file"):
        assert own.get(f"/documents/{row.document_id}{address}").status == 403
    assert own.get(f"/paths/people/{who.person.id}/promote").status == 403


def test_nothing_is_written_to_the_person(who: make.Line) -> None:
    make.approved(who)
    notices = sa.select(sa.func.count()).where(Notice.account_id == who.own.id)
    assert db.session.scalar(notices) == 0
    mails = sa.select(sa.func.count()).where(OutgoingMail.to_address == who.own.email)
    assert db.session.scalar(mails) == 0


def test_the_trail_keeps_the_terms_to_itself(who: make.Line) -> None:
    row = make.proposed(who, pay=48_000_000, pay_currency="TRY")
    [event] = db.session.scalars(audit.of(row)).all()
    for name in ("person_id", "role_id", "pay", "reason", "readiness", "starts_on"):
        assert event.after[name] == "•••", name


def test_colleagues_and_other_managers_see_nothing(
    client: PageClient, who: make.Line, others: dict[str, Any]
) -> None:
    row = make.approved(who)
    db.session.commit()
    for name, account in others.items():
        page = client.as_(account).get("/promotions")
        assert page.status == 403 or "Ceren" not in page.text, name
        assert client.as_(account).get(f"/promotions/{row.id}").status == 403, name
        assert client.as_(account).get(f"/documents/{row.document_id}").status == 403, name
        assert "Ceren" not in client.as_(account).get("/").text, name


@pytest.mark.parametrize("state", list(PromotionState))
def test_who_reads_a_promotion_at_each_state(
    who: make.Line, others: dict[str, Any], state: PromotionState
) -> None:
    """The list and the rule about one row say the same."""
    row = make.proposed(who)
    new = people.account(person=people.person("New"))
    row.manager_id = new.person_id
    row.state = state
    row.effected_at = make.clock.now() if state is PromotionState.EFFECTIVE else None
    db.session.flush()
    arriving = state in {PromotionState.ACCEPTED, PromotionState.EFFECTIVE}
    expected = {
        who.own: False, who.lead: True, who.chief: True, who.hr: True, who.director: True,
        new: arriving, **dict.fromkeys(others.values(), False),
    }  # fmt: skip
    for account, reads in expected.items():
        assert policy.see_promotion(account, row) is reads
        listed = db.session.execute(queries.promotion_rows(account)).all()
        assert bool(listed) is reads


def test_the_person_reads_the_letter_from_the_day_they_are_told(who: make.Line) -> None:
    row = make.approved(who)
    assert not read_document(who.own, row.document)
    operations.tell_person(row, by=who.lead)
    assert read_document(who.own, row.document)
    assert not policy.see_promotion(who.own, row)


def test_a_letter_that_was_voided_is_not_the_persons(who: make.Line) -> None:
    row = make.approved(who)
    old = row.document
    operations.change_promotion(row, make.terms(who, reason="Other words"), by=who.lead)
    for account in (who.chief, who.hr):
        operations.approve_step(row, seen_terms=row.terms_hash, note="", by=account)
    make.keep_file(row.document, b"%PDF-1.7 a letter")
    operations.tell_person(row, by=who.lead)
    assert read_document(who.own, row.document)
    assert not read_document(who.own, old)


def test_a_lead_who_no_longer_answers_for_the_person_sees_it_no_more(who: make.Line) -> None:
    row = make.proposed(who)
    who.lead.led_paths = []
    job = who.person.employments[0]
    job.manager_id = who.chief.person_id
    db.session.flush()
    assert not policy.see_promotion(who.lead, row)
    assert not db.session.execute(queries.promotion_rows(who.lead)).all()
    assert policy.see_promotion(who.chief, row)


def test_what_waits_is_found_by_the_rule_and_by_the_query_alike(who: make.Line) -> None:
    accounts = (who.own, who.lead, who.chief, who.hr, who.director)
    for by in (who.lead, who.hr, who.chief):
        row: Promotion = make.proposed(who, by=by)
        for account in accounts:
            found = db.session.scalars(queries.steps_waiting_for(account)).all()
            assert bool(found) is policy.decide_step(account, row), (by.id, account.id)
        operations.withdraw_promotion(row, note="No", by=who.hr)


def test_the_home_page_names_what_waits_to_each(client: PageClient, who: make.Line) -> None:
    row = make.proposed(who)
    db.session.commit()
    assert "promotion to decide" in client.as_(who.chief).get("/").text
    assert "promotion to decide" not in client.as_(who.hr).get("/").text
    operations.return_promotion(row, seen_terms=row.terms_hash, note="Why?", by=who.chief)
    db.session.commit()
    assert "promotion sent back" in client.as_(who.lead).get("/").text
    operations.withdraw_promotion(row, note="No", by=who.hr)
    row = make.approved(who)
    db.session.commit()
    assert "promotion approved, tell them" in client.as_(who.lead).get("/").text
    assert "promotion" not in client.as_(who.own).get("/").text.replace("Promotions", "").lower()
    operations.tell_person(row, by=who.lead)
    db.session.commit()
    assert f"A promotion for you: {SECRET}" in client.as_(who.own).get("/").text
