"""Mentoring from a request to the talk, and a round from its sign-up to its pairs."""

from __future__ import annotations

from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.walker import PHONE


def test_a_mentee_asks_and_the_two_talk(portal: Portal, enter: Open) -> None:
    asked = portal.value("select id from mentoring_pair where state = 'requested' limit 1")
    lead = enter("lead", size=PHONE)
    lead.go("/?all=1")
    assert "asks you to be their mentor" in lead.text("main")
    lead.go(f"/mentoring/pairs/{asked}")
    lead.press("/accept")
    assert "You are a pair now" in lead.text()
    lead.follow("a[href$='/sessions/plan']")
    lead.page.fill("[name=place]", "Room 3")
    lead.page.fill("[name=agenda]", "Where do you want to get?")
    lead.follow("form:has([name=starts_at]) [type=submit]")
    session = lead.number(r"/mentoring/sessions/(\d+)")
    lead.page.fill("[name=notes]", "We begin with listening")
    lead.press("/words")
    assert "Only the two of you can read it" in lead.text()
    notes = portal.value("select notes from mentoring_session where id = ?", session)
    assert notes == "We begin with listening"
    lead.page.click("details:has([name='do-title']) summary")
    lead.page.fill("[name='do-title']", "Listen to one call")
    lead.page.select_option("[name='do-owner']", index=1)
    lead.press("/actions")
    assert "Listen to one call" in lead.text("main")
    hr = enter("hr")
    hr.go(f"/mentoring/sessions/{session}", 403)
    hr.go(f"/mentoring/pairs/{asked}")
    assert "We begin with listening" not in hr.text()
    assert "Listen to one call" not in hr.text()


def test_a_round_is_matched_locked_and_published(portal: Portal, enter: Open) -> None:
    key = portal.value("select id from mentoring_programme where state = 'open' limit 1")
    hr = enter("hr")
    hr.go("/?all=1")
    assert "The sign-up is over." in hr.text("main")
    hr.go(f"/mentoring/programmes/{key}")
    hr.press("/move")
    hr.go(f"/mentoring/programmes/{key}/match")
    hr.press("/match/run")
    suggested = "select count(*) from mentoring_pair where state = 'proposed'"
    number = portal.value(suggested)
    assert number
    assert "Who stays alone, and why" in hr.text("main")
    hr.press("/lock")
    locked = portal.value("select mentee_id from mentoring_pair where locked limit 1")
    hr.page.click("main summary >> nth=0")
    hr.press("/match/run")
    assert portal.value("select mentee_id from mentoring_pair where locked limit 1") == locked
    hr.press("/match/publish")
    assert "told of each other" in hr.text()
    assert portal.value(suggested) == 0
    assert portal.value(
        "select count(*) from mentoring_pair where programme_id = ? and state = 'running'", key
    ) == number  # fmt: skip


def test_somebody_becomes_a_mentor(portal: Portal, enter: Open) -> None:
    phone = enter("interviewer2", size=PHONE)
    phone.go("/mentoring")
    phone.follow("a[href$='/mentoring/profile']")
    phone.page.check("[name=competencies] >> nth=0")
    phone.page.fill("[name=seats]", "2")
    phone.follow("form:has([name=seats]) [type=submit]")
    assert "Colleagues find you among the mentors." in phone.text()
    seats = "select seats from mentor_profile p join account a on a.person_id = p.person_id"
    assert portal.value(f"{seats} where a.email = 'interviewer2@demo.example'") == 2
