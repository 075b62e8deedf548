"""The pages as people use them, from the proposal to the news."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.competencies.models import Competency
from portal.core import clock as portal_clock
from portal.core.db import db
from portal.promotions.models import Promotion
from tests.factories import competencies
from tests.factories import promotions as make
from tests.page import PageClient


@pytest.fixture
def who(app: Flask, client: PageClient, clock: object) -> Any:
    with app.app_context():
        found = make.line()
        competencies.requirement(found.role, competencies.competency())
        db.session.commit()
        yield found


def sent(who: make.Line, **values: str) -> dict[str, str]:
    return {
        "role": str(who.role.id), "team": str(who.team.id), "site": str(who.team.site_id),
        "manager": str(who.lead.person_id), "position": "", "starts_on": "2026-12-24", "pay": "",
        "pay_period": "year", "reason": "She is ready.", "gap_reason": "soon",
        "gap_note": "The course ends soon.", "version": "0", **values,
    }  # fmt: skip


def test_from_the_path_to_the_news(client: PageClient, who: make.Line) -> None:
    lead, chief, hr = client.as_(who.lead), client.as_(who.chief), client.as_(who.hr)
    path = f"/paths/people/{who.person.id}"
    assert "Propose a promotion" in lead.get(f"{path}?role={who.role.id}").text
    page = lead.get(f"{path}/promote?role={who.role.id}")
    assert "Senior Associate: 0 of 1 met" in page.text
    refused = lead.post(f"{path}/promote", sent(who, gap_reason=""))
    assert refused.status == 422
    assert "One requirement is not met" in refused.text
    assert "She is ready." in refused.text
    made = lead.post(f"{path}/promote", sent(who))
    assert made.status == 303
    url = made.location
    assert "knows nothing of this" in lead.get(url).text
    for decider in (chief, hr):
        page = decider.get(url)
        terms = page.fields("/decide")["terms"]
        assert decider.post(f"{url}/decide", {"terms": terms}).status == 422
        answer = decider.post(f"{url}/decide", {"terms": terms, "agreed": "yes", "note": ""})
        assert answer.status == 303, answer.text
    row = db.session.query(Promotion).one()
    make.keep_file(row.document, b"%PDF-1.7 a letter")
    db.session.commit()
    assert lead.post(f"{url}/tell", {}).status == 303
    own = client.as_(who.own)
    assert "offered the role Senior Associate" in own.get("/my/promotion").text
    assert own.post(f"/my/promotion/{row.id}/accept", {}).status == 422
    assert own.post(f"/my/promotion/{row.id}/accept", {"consent": "y"}).status == 303
    assert "begins on" in own.get("/my/promotion").text
    page = lead.get(f"{url}/announcement")
    assert "Ceren" in page.text
    saved = lead.post(
        f"{url}/announcement", {"text": "Well done!", "version": page.fields()["version"]}
    )
    assert saved.status == 303
    assert "Well done!" in lead.get(url).text
    assert client.as_(who.own).get(f"/promotions/{row.id}/news").status == 403


def test_a_refusal_without_a_reason_is_shown_at_its_field(
    client: PageClient, who: make.Line
) -> None:
    row = make.proposed(who, gap_reason="soon", gap_note="Soon.")
    db.session.commit()
    chief, url = client.as_(who.chief), f"/promotions/{row.id}"
    terms = chief.get(url).fields("/decide")["terms"]
    page = chief.post(f"{url}/decide", {"terms": terms, "agreed": "no", "note": ""})
    assert page.status == 422
    assert "Say what should change." in page.text
    assert (
        chief.post(f"{url}/decide", {"terms": terms, "agreed": "no", "note": "Why?"}).status == 303
    )
    assert "Sent back" in client.as_(who.lead).get(url).text


def test_what_changed_since_is_shown_to_who_decides(client: PageClient, who: make.Line) -> None:
    row = make.proposed(who, gap_reason="soon", gap_note="Soon.")
    key = int(row.readiness["lines"][0]["key"].partition("-")[2])
    competencies.evidence(who.person, db.session.get(Competency, key), level=5)
    db.session.commit()
    page = client.as_(who.chief).get(f"/promotions/{row.id}")
    assert "Changed since the proposal" in page.text
    assert "was “Cannot tell yet”, is “Met”" in page.text


def test_two_editors_lose_nothing(client: PageClient, who: make.Line) -> None:
    row = make.proposed(who, gap_reason="soon", gap_note="Soon.")
    db.session.commit()
    url = f"/promotions/{row.id}/edit"
    lead = client.as_(who.lead)
    assert lead.get(url).fields()["version"] == "1"
    stale = lead.post(url, sent(who, version="0", reason="Typed with care"))
    assert stale.status == 422
    assert "Typed with care" in stale.text
    assert lead.post(url, sent(who, version="1", reason="Again")).status == 303


def test_pay_is_read_in_the_currency_of_the_site(client: PageClient, who: make.Line) -> None:
    url = f"/paths/people/{who.person.id}/promote"
    assert client.as_(who.lead).post(url, sent(who, pay="much")).status == 422
    answer = client.as_(who.hr).post(url, sent(who, pay="600,000.50"))
    assert answer.status == 303
    row = db.session.query(Promotion).one()
    assert (row.pay, row.pay_currency, row.in_band) == (60_000_050, "TRY", False)


def test_a_second_proposal_keeps_what_was_typed(client: PageClient, who: make.Line) -> None:
    make.proposed(who, gap_reason="soon", gap_note="Soon.")
    db.session.commit()
    url = f"/paths/people/{who.person.id}/promote"
    assert "There is a proposal" in client.as_(who.hr).get(url).text
    page = client.as_(who.hr).post(url, sent(who, reason="Typed with care"))
    assert page.status == 422
    assert "Typed with care" in page.text


def test_withdrawing_asks_for_a_reason(client: PageClient, who: make.Line) -> None:
    row = make.proposed(who, gap_reason="soon", gap_note="Soon.")
    db.session.commit()
    url = f"/promotions/{row.id}/withdraw"
    assert client.as_(who.lead).post(url, {"note": ""}).status == 422
    assert client.as_(who.lead).post(url, {"note": "No budget"}).status == 303
    assert "No budget" in client.as_(who.lead).get(f"/promotions/{row.id}").text


def test_the_person_can_decline_with_a_word(client: PageClient, who: make.Line) -> None:
    row = make.offered(who, gap_reason="soon", gap_note="Soon.")
    db.session.commit()
    own = client.as_(who.own)
    assert own.get(f"/my/promotion/{row.id}/decline").status == 200
    assert own.post(f"/my/promotion/{row.id}/decline", {"note": "Not now"}).status == 303
    assert "You declined" in own.get("/my/promotion").text
    assert "Not now" in client.as_(who.lead).get(f"/promotions/{row.id}").text


def test_after_the_day_the_text_is_sent_when_it_is_saved(
    client: PageClient, who: make.Line
) -> None:
    row = make.accepted(who, gap_reason="soon", gap_note="Soon.", starts_on=portal_clock.today())
    db.session.commit()
    hr, url = client.as_(who.hr), f"/promotions/{row.id}/announcement"
    page = hr.get(url)
    version = page.fields()["version"]
    assert hr.post(url, {"text": "", "version": version}).status == 422
    assert hr.post(url, {"text": "Well done!", "version": version}).status == 303
    news = client.as_(who.own).get(f"/promotions/{row.id}/news")
    assert "Well done!" in news.text


@pytest.mark.parametrize("lang", ["tr", "es", "ja"])
def test_the_pages_stand_in_every_language(client: PageClient, who: make.Line, lang: str) -> None:
    row = make.offered(who, gap_reason="soon", gap_note="Soon.")
    db.session.commit()
    assert client.as_(who.own).get(f"/my/promotion?lang={lang}").status == 200
    assert client.as_(who.hr).get(f"/promotions/{row.id}?lang={lang}").status == 200
