"""The offer, its approval, the letter, and the answer on a phone."""

from __future__ import annotations

import io

import pypdf

from tests.journeys.server import Portal
from tests.journeys.steps_application import Candidate
from tests.journeys.steps_posting import day
from tests.journeys.walker import Walker


def make_offer(hr: Walker, application: int) -> int:
    """HR drafts an offer inside the band and asks for approval; returns its id."""
    hr.go(f"/offers/new/{application}")
    hr.page.fill("[name=starts_on]", day(30))
    hr.page.fill("[name=expires_on]", day(10))
    hr.follow(".form-actions [type=submit]")
    offer = hr.number(r"/offers/(\d+)")
    hr.press("/submit")
    return offer


def approve_offer(director: Walker, offer: int) -> None:
    """A second person approves exactly these terms."""
    director.go("/?all=1")
    director.follow(f'.main a[href$="/offers/{offer}"]')
    director.page.check("[name=agreed][value=yes]")
    director.press("/decide")


def send_offer(hr: Walker, portal: Portal, offer: int, who: Candidate) -> str:
    """HR sends the letter once it is made; returns the path in the candidate's mail."""
    send = f'form[action$="/offers/{offer}/send"]'
    for _attempt in range(30):
        hr.page.goto(f"/offers/{offer}")
        if hr.has(send):
            break
        hr.page.wait_for_timeout(1000)
    hr.settle()
    hr.press(f"/offers/{offer}/send")
    mail = portal.mail("offers/offer", who.email)
    assert mail.locale == "tr"
    return mail.link("/offer/")


def accept(phone: Walker, link: str, who: Candidate) -> None:
    """The candidate reads the letter and accepts with a hasty finger."""
    phone.go(link)
    letter = phone.one('a[href$="/letter"]').get_attribute("href")
    answer = phone.context.request.get(str(letter))
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.body())).pages)
    assert who.family_name in text
    phone.follow('a[href$="/accept"]')
    phone.page.fill("[name=typed_name]", who.name)
    with phone.page.expect_navigation():
        phone.one(".form-actions [type=submit]").dblclick()
    phone.page.wait_for_load_state("load")
    phone.settle()


def check_hired_once(portal: Portal, who: Candidate, requisition: int) -> int:
    """One opening filled, one employment, one invitation, one plan; returns the plan's id."""
    assert portal.rows("select hired, openings from requisition where id = ?", requisition) == [
        (1, 1)
    ]
    ((person, stage),) = portal.rows(
        "select person_id, stage from application where email = ?", who.email
    )
    assert stage == "hired"
    assert portal.value("select count(*) from employment where person_id = ?", person) == 1
    assert len(portal.mails("accounts/invitation", who.email)) == 1
    assert len(portal.mails("offers/accepted", who.email)) == 1
    ((plan,),) = portal.rows("select id from onboarding_plan where person_id = ?", person)
    return int(plan)
