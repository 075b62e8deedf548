"""One hire, from the wish for a colleague to the first day."""

from __future__ import annotations

import io

import pypdf

from tests.journeys import steps_application as applying
from tests.journeys import steps_interview as interviewing
from tests.journeys import steps_offer as offering
from tests.journeys import steps_posting as posting_it
from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.steps_application import Candidate
from tests.journeys.walker import PHONE, Walker

ISIL = Candidate("Işıl", "Çağlayan", "isil.caglayan@mail.example")
FIRST = "Heard about"


def test_a_hire_from_requisition_to_first_day(portal: Portal, walk: Open, enter: Open) -> None:
    hr, director = enter("hr"), enter("director")
    phone = walk(lang="tr", size=PHONE)

    requisition = posting_it.ask_for_a_colleague(hr, portal)
    posting_it.approve(hr, director, requisition)
    posting = posting_it.compose(hr, requisition)
    slug = posting_it.publish(hr, portal, posting)
    posting_it.find_the_job(walk(), slug)

    status = applying.apply(phone, portal, slug, ISIL)
    applying.apply_twice(phone, portal, slug, ISIL)
    application = applying.screen(hr, portal, posting, ISIL)
    applying.move_on_the_board(hr, portal, posting, application)

    interview = interviewing.schedule(hr, portal, application)
    interviewing.check_invitation(enter("admin"), portal, ISIL)
    phone.go(status)
    score_blindly(portal, hr, enter, interview)
    interviewing.decide(hr, portal, interview, application)

    offer = offering.make_offer(hr, application)
    offering.approve_offer(director, offer)
    link = offering.send_offer(hr, portal, offer, ISIL)
    offering.accept(phone, link, ISIL)
    plan = offering.check_hired_once(portal, ISIL, requisition)
    phone.go(link)

    hr.go(f"/onboarding/plans/{plan}")
    begin(walk(lang="tr", size=PHONE), portal, plan)

    record = interviewing.print_record(hr, interview)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(record)).pages)
    assert ISIL.family_name in text


def score_blindly(portal: Portal, hr: Walker, enter: Open, interview: int) -> None:
    """Nobody sees a rating before both have submitted."""
    first, second = (enter(name, size=PHONE) for name in interviewing.PANEL)
    panel = f"/interviews/{interview}/panel"
    interviewing.open_scorecard(first, portal, interview, "interviewer1")
    interviewing.write_notes(first)
    interviewing.rate(first)
    for who in (first, second, hr):
        who.go(panel, status=403)
        who.go(f"/interviews/{interview}")
        assert FIRST not in who.page.content()
    interviewing.open_scorecard(second, portal, interview, "interviewer2")
    assert FIRST not in second.page.content()
    interviewing.rate(second)
    for who in (first, second, hr):
        who.go(panel)
        assert FIRST in who.page.content()


def begin(phone: Walker, portal: Portal, plan: int) -> None:
    """The new colleague chooses a password and finds what the interview asked for, with why."""
    phone.go(portal.mail("accounts/invitation", ISIL.email).link("/invitation/"))
    phone.page.fill("[name=password]", "gül bahçesinde bir sabah")
    phone.page.fill("[name=again]", "gül bahçesinde bir sabah")
    phone.follow(".form-actions [type=submit]")
    phone.go("/onboarding")
    phone.go(f"/onboarding/plans/{plan}")
    reasons = portal.rows(
        "select title ->> 'tr', reason ->> 'tr' from onboarding_task"
        " where plan_id = ? and competency_id is not null and owner_kind = 'hire'", plan,
    )  # fmt: skip
    assert reasons, "the interview asked for nothing"
    shown = phone.text("main")
    for title, reason in reasons:
        assert title in shown
        assert reason in shown
