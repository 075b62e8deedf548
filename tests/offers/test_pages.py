"""Pages of offers for HR, approvers and the hiring manager, and what offers add to hiring."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.core.db import db
from portal.core.documents.operations import keep_file
from portal.hiring.models import Application
from portal.hiring.states import Stage
from portal.offers import operations
from portal.offers.models import Offer
from portal.offers.states import OfferState
from tests.factories import hiring, people
from tests.factories import offers as make
from tests.main_form import send, typed
from tests.page import Page, PageClient


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    """A candidate at the decision and the accounts around them."""
    with app.app_context():
        row = make.candidate(given_name="Ceren", family_name="Arslan")
        requisition = row.posting.requisition
        requisition.team.lead = people.person("Lena", "Lead")
        boss = requisition.hiring_manager
        found = {
            "application": row.id, "requisition": requisition.id,
            "hr": make.hr().id, "hr2": make.hr().id, "director": make.director().id,
            "manager": people.account(person=boss, roles=["manager"]).id,
            "lead": people.account(person=requisition.team.lead, leads=requisition.team).id,
            "other": people.account(roles=["manager"]).id,
            "admin": people.account(roles=["admin"]).id,
            "associate": people.account().id,
        }  # fmt: skip
        db.session.commit()
    return found


def made(app: Flask, ids: dict[str, int], how: Callable[..., Any], **values: Any) -> int:
    """The id of an offer brought so far by the first HR account."""
    from portal.accounts.models import Account

    with app.app_context():
        row = db.session.get_one(Application, ids["application"])
        offer = how(row, db.session.get_one(Account, ids["hr"]), **values)
        key = (offer[0] if isinstance(offer, tuple) else offer).id
        db.session.commit()
    return key


def state(app: Flask) -> OfferState:
    with app.app_context():
        return db.session.scalars(sa.select(Offer.state).order_by(Offer.id.desc())).first()


def print_letter(app: Flask, key: int) -> None:
    with app.app_context():
        document = db.session.get_one(Offer, key).document
        assert document is not None
        keep_file(document, make.PAPER)
        db.session.commit()


def test_an_offer_goes_from_draft_over_two_people_to_the_candidate(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    hr = client.as_(ids["hr"])
    page = hr.get(f"/offers/new/{ids['application']}")
    assert page.h1 == "Offer to Ceren Arslan"
    assert "Pay band" in page.text
    fields = typed(page)
    assert fields["pay"] == "540,000.00", "the middle of what the requisition allows"
    page = send(hr, page, pay="560,000", bonus_percent="10", expires_on="2026-12-08",
                starts_on="2027-01-04", team=fields["team"] or "1")  # fmt: skip
    assert page.status == 200, page.text
    assert "Offer drafted" in page.text
    assert "Approved" not in page.text
    url = page.response.request.path
    page = hr.submit(page, f"{url}/submit")
    assert "Sent for approval" in page.text
    assert "Your decision" not in page.text, "nobody decides on an offer of their own"
    director = client.as_(ids["director"])
    page = director.get(url)
    page = director.submit(page, f"{url}/decide", agreed="no", note="")
    assert page.status == 422
    assert "Say what should change." in page.text
    page = director.submit(page, f"{url}/decide", agreed="yes", note="Well done")
    assert "You approved these terms." in page.text
    assert "Well done" in page.text
    page = hr.get(url)
    assert "Send to candidate" not in page.text, "the letter is not printed yet"
    print_letter(app, int(url.rpartition("/")[2]))
    page = hr.submit(hr.get(url), f"{url}/send")
    assert "is on its way to Ceren Arslan" in page.text
    assert "Change terms" not in page.text
    assert hr.post(f"{url}/send").status == 403, "a second press sends nothing"
    page = hr.submit(page, f"{url}/withdraw")
    assert "Offer withdrawn." in page.text
    assert state(app) is OfferState.WITHDRAWN


def ticked(page: Page) -> list[str]:
    return [str(key) for key in page.tree.xpath("//input[@name='benefits' and @checked]/@value")]


def test_the_benefits_of_the_role_are_offered_and_those_left_out_stay_out(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    with app.app_context():
        role = db.session.get_one(Application, ids["application"]).posting.requisition.role
        role.benefits = [people.in_words(text) for text in ("Training", "Meals", "Insurance")]
        db.session.commit()
    hr = client.as_(ids["hr"])
    assert ticked(hr.get(f"/offers/new/{ids['application']}")) == ["0", "1", "2"]
    key = made(app, ids, make.draft)
    with app.app_context():
        offer = db.session.get_one(Offer, key)
        offer.benefits = offer.role.benefits[1:]
        db.session.commit()
    page = hr.get(f"/offers/{key}/edit")
    assert ticked(page) == ["1", "2"]
    bad = hr.post(f"/offers/{key}/edit", typed(page) | {"pay": "x", "benefits": ["2"]})
    assert (bad.status, ticked(bad)) == (422, ["2"])
    hr.post(f"/offers/{key}/edit", typed(page) | {"benefits": ["2"]})
    with app.app_context():
        kept = db.session.get_one(Offer, key).benefits
    assert [text["en"] for text in kept] == ["Insurance"]


def test_terms_that_make_no_sense_come_back_with_all_that_was_typed(
    client: PageClient, ids: dict[str, int]
) -> None:
    hr = client.as_(ids["hr"])
    page = hr.get(f"/offers/new/{ids['application']}")
    page = send(hr, page, pay="0", expires_on="2027-02-01", starts_on="2027-01-04", shift="Nights")
    assert page.status == 422
    assert typed(page)["shift"] == "Nights"
    assert page.tree.xpath("//*[@id='pay-error']")
    page = send(hr, page, pay="560000", expires_on="2027-02-01", starts_on="2027-01-04")
    assert page.tree.xpath("//*[@id='expires_on-error']"), page.text
    assert "The answer must come before the first day." in page.text


def test_changing_terms_under_someone_is_noticed(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    key = made(app, ids, make.draft)
    one, two = client.as_(ids["hr"]), client.as_(ids["hr2"])
    first, second = (who.get(f"/offers/{key}/edit") for who in (one, two))
    assert "Terms saved." in send(one, first, pay="570,000").text
    page = send(two, second, pay="580,000")
    assert page.status == 422
    assert "Someone changed this" in page.text
    assert typed(page)["pay"] == "580,000"


def test_an_approver_decides_on_what_stood_on_the_page(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    key = made(app, ids, make.in_approval)
    manager = client.as_(ids["manager"])
    page = manager.get(f"/offers/{key}")
    with app.app_context():
        offer = db.session.get_one(Offer, key)
        hr = people.account(roles=["hr"])
        operations.change_offer(offer, make.terms(offer.application, pay=70_000_000), by=hr)
        operations.submit_offer(offer, by=hr)
        db.session.commit()
    answer = manager.post(
        f"/offers/{key}/decide",
        {"terms": page.fields(f"/offers/{key}/decide")["terms"], "agreed": "yes", "note": ""},
    )
    assert answer.status == 409
    assert "have changed since you opened them" in answer.text
    assert state(app) is OfferState.IN_APPROVAL


@pytest.mark.parametrize(
    ("who", "status"),
    [("hr", 200), ("director", 200), ("manager", 200), ("lead", 403), ("other", 403),
     ("admin", 403), ("associate", 403)],
)  # fmt: skip
def test_who_opens_an_offer(
    app: Flask, client: PageClient, ids: dict[str, int], who: str, status: int
) -> None:
    key = made(app, ids, make.in_approval)
    reader = client.as_(ids[who])
    assert reader.get(f"/offers/{key}").status == status
    if who != "hr":
        for path in ("edit", "submit", "send", "withdraw"):
            assert reader.post(f"/offers/{key}/{path}").status == 403
        assert reader.get(f"/offers/new/{ids['application']}").status == 403
    if status == 403:
        assert reader.post(f"/offers/{key}/decide").status == 403


def test_a_stranger_is_sent_to_sign_in(app: Flask, client: PageClient, ids: dict[str, int]) -> None:
    key = made(app, ids, make.draft)
    for url in ("/offers", f"/offers/{key}", "/settings/letters", "/settings/letters/standard"):
        page = client.get(url)
        assert (page.status, "/sign-in" in page.location) == (303, True)
    assert client.as_(ids["hr"]).get("/offers/999999").status == 404


def test_the_list_shows_each_their_own(app: Flask, client: PageClient, ids: dict[str, int]) -> None:
    made(app, ids, make.draft)
    for who, sees in {"hr": True, "manager": True, "director": True, "other": False}.items():
        page = client.as_(ids[who]).get("/offers")
        assert ("Ceren Arslan" in page.text, page.status) == (sees, 200)
    hr = client.as_(ids["hr"])
    assert "Ceren Arslan" in hr.get("/offers?state=draft").text
    assert "Ceren Arslan" not in hr.get("/offers?state=sent").text
    assert hr.get("/offers?state=nonsense").status == 200
    assert client.as_(ids["associate"]).get("/offers").status == 403


def test_the_list_costs_the_same_with_one_offer_and_with_three(
    app: Flask, client: PageClient, ids: dict[str, int], count_queries: Callable[[], int]
) -> None:
    made(app, ids, make.draft)
    hr = client.as_(ids["hr"])

    def cost() -> int:
        count_queries()
        page = hr.get("/offers")
        assert page.status == 200
        return count_queries()

    cost()
    one = cost()
    with app.app_context():
        for _more in range(2):
            make.draft()
        db.session.commit()
    assert cost() == one
    assert len(hr.get("/offers").tree.xpath("//tbody/tr")) == 3
    assert one <= 6


def test_the_list_goes_on_to_the_next_page(
    app: Flask, client: PageClient, ids: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    made(app, ids, make.draft)
    with app.app_context():
        make.draft()
        db.session.commit()
    from portal.offers.routes import offer as routes

    monkeypatch.setattr(routes, "SIZE", 1)
    hr = client.as_(ids["hr"])
    first = hr.get("/offers")
    (following,) = first.tree.xpath("//a[@rel='next']/@href")
    second = hr.get(following)
    names = [page.tree.xpath("//tbody/tr/td[1]/a/text()") for page in (first, second)]
    assert names[0] != names[1]
    assert [len(found) for found in names] == [1, 1]


def test_the_application_leads_to_its_offer(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    url = f"/hiring/applications/{ids['application']}"
    hr = client.as_(ids["hr"])
    page = hr.get(url)
    assert "Make offer" not in page.text, "no panel has decided yet"
    with app.app_context():
        db.session.get_one(Application, ids["application"]).stage = Stage.OFFER
        db.session.commit()
    page = hr.get(url)
    way = f"/offers/new/{ids['application']}"
    assert page.tree.xpath(f"//a[@href='{way}']/text()") == ["Make offer"]
    key = made(app, ids, make.draft)
    page = hr.get(url)
    assert page.tree.xpath(f"//a[@href='/offers/{key}' and contains(., 'Open offer')]")
    assert "First day Jan 4, 2027" in page.text
    lead = client.as_(ids["lead"]).get(url)
    assert lead.status == 200
    assert "First day Jan 4, 2027" in lead.text
    assert f"/offers/{key}" not in lead.html, "a lead sees that there is one, not its pay"


def test_the_candidate_reads_on_their_page_that_an_offer_is_in_the_mail(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    made(app, ids, make.sent)
    with app.app_context():
        status_key = db.session.get_one(Application, ids["application"]).status_key
    page = client.get(f"/careers/applications/{status_key}")
    assert page.status == 200
    assert "You have an offer from us" in page.text
    assert "December 8, 2026" in page.text
    assert "/offer/" not in page.html, "the way to it stands only in the mail"


def test_another_posting_of_the_manager_is_none_of_their_colleagues_business(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    with app.app_context():
        foreign = make.draft(make.candidate(requisition=hiring.requisition(
            role=people.role(), wanted_start=date(2027, 1, 1))))  # fmt: skip
        key = foreign.id
        db.session.commit()
    assert client.as_(ids["manager"]).get(f"/offers/{key}").status == 403
