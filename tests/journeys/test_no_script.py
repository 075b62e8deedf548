"""The public way to a signed contract, and a scorecard, without any JavaScript."""

from __future__ import annotations

from tests.journeys import steps_interview as interviewing
from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.steps_application import Candidate, fill_in
from tests.journeys.walker import PHONE

OKAN = Candidate("Okan", "Ağaoğlu", "okan.agaoglu@mail.example")
JOB = "customer-service-associate-istanbul"


def test_apply_and_follow_the_application(portal: Portal, walk: Open) -> None:
    phone = walk(lang="tr", size=PHONE, java_script_enabled=False)
    phone.go("/careers")
    phone.follow(f'a[href*="/careers/{JOB}"]')
    phone.follow(f'a[href*="/careers/{JOB}/apply"]')
    fill_in(phone, OKAN)
    phone.follow(".form-actions [type=submit]")
    status = portal.mail("hiring/received", OKAN.email).link("/careers/applications/")
    phone.go(status)
    assert OKAN.name in phone.text("main")
    phone.follow('a[href$="/withdraw"]')
    phone.follow("main form [type=submit]")
    assert portal.value("select stage from application where email = ?", OKAN.email) == "withdrawn"


def test_accept_an_offer(portal: Portal, walk: Open) -> None:
    phone = walk(lang="tr", size=PHONE, java_script_enabled=False)
    who, requisition = someone_with_an_offer(portal, "tr")
    hired = portal.value("select hired from requisition where id = ?", requisition)
    link = portal.mail("offers/offer", who.email).link("/offer/")
    phone.go(link)
    phone.follow('a[href$="/accept"]')
    phone.page.fill("[name=typed_name]", "Someone Else")
    phone.follow(".form-actions [type=submit]", status=422)
    phone.page.fill("[name=typed_name]", who.name)
    phone.follow(".form-actions [type=submit]")
    phone.go(link)
    assert portal.value("select hired from requisition where id = ?", requisition) == hired + 1
    assert len(portal.mails("accounts/invitation", who.email)) == 1


def test_sign_in_and_submit_a_scorecard(portal: Portal, walk: Open) -> None:
    phone = walk(size=PHONE, java_script_enabled=False)
    phone.go("/sign-in")
    phone.page.fill("[name=email]", "interviewer2@demo.example")
    phone.page.fill("[name=password]", "demo")
    with phone.page.expect_navigation():
        phone.page.locator("form").first.locator("[type=submit]").click()
    phone.lang = str(phone.page.locator("html").get_attribute("lang"))
    phone.settle()
    card, interview = due_scorecard(portal, "interviewer2@demo.example")
    interviewing.open_scorecard(phone, portal, interview, "interviewer2")
    phone.page.locator("textarea[name^=note-]").first.fill("Kept without a script.")
    phone.follow("#scorecard [formaction]")
    assert "Kept without a script." in phone.page.content()
    phone.follow("#scorecard .savebar .btn-primary", status=422)
    interviewing.rate(phone)
    assert portal.value("select state from scorecard where id = ?", card) == "submitted"


def someone_with_an_offer(portal: Portal, language: str) -> tuple[Candidate, int]:
    """A candidate of the demo who has a sent offer, and the requisition it fills."""
    ((given, family, email, requisition),) = portal.rows(
        "select a.given_name, a.family_name, a.email, p.requisition_id from offer o"
        " join application a on a.id = o.application_id join posting p on p.id = a.posting_id"
        " where o.state = 'sent' and a.language = ? order by o.id limit 1", language,
    )  # fmt: skip
    return Candidate(given, family, email), requisition


def due_scorecard(portal: Portal, email: str) -> tuple[int, int]:
    """A scorecard of the demo that waits for somebody since its interview, and that interview."""
    found = portal.rows(
        "select s.id, i.id from scorecard s join interview i on i.id = s.interview_id"
        " join account a on a.id = s.account_id where a.email = ? and s.state = 'draft'"
        " and i.state = 'scheduled' and i.starts_at < CURRENT_TIMESTAMP order by i.id", email,
    )  # fmt: skip
    assert found, f"nothing waits for {email}"
    return found[0]
