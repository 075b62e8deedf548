"""Planning and scheduling an interview, scoring it on a phone, and deciding."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from tests.journeys.server import Portal
from tests.journeys.steps_application import Candidate, stage
from tests.journeys.walker import Walker

ISTANBUL = ZoneInfo("Europe/Istanbul")
PANEL = ("interviewer1", "interviewer2")
SAVED = "[data-save-state][data-now=saved]"


def schedule(hr: Walker, portal: Portal, application: int) -> int:
    """HR pins the plan and invites candidate and panel; returns the interview's id."""
    hr.go(f"/interviews/schedule/{application}")
    hr.press("/plan")
    hr.press("/publish")
    hr.go(f"/interviews/schedule/{application}")
    soon = datetime.now(ISTANBUL) + timedelta(minutes=2)
    hr.page.fill("[name=starts_at]", soon.strftime("%Y-%m-%dT%H:%M"))
    hr.page.fill("[name=place]", "Büyükdere Cad. 100, room 4")
    for name in PANEL:
        account = portal.value("select id from account where email = ?", f"{name}@demo.example")
        hr.page.check(f'[name=panel][value="{account}"]')
    hr.follow(".form-actions [type=submit]")
    interview = portal.value("select id from interview where application_id = ?", application)
    # A scorecard may be submitted from the day of the interview on.
    if soon.date() != datetime.now(ISTANBUL).date():
        time.sleep(120)
    return int(interview)


def check_invitation(admin: Walker, portal: Portal, who: Candidate) -> None:
    """The calendar file of the mail is a request that every calendar understands."""
    mail = portal.mail("interviews/invitation", who.email)
    assert mail.locale == "tr"
    admin.go(f"/settings/outbox/{mail.id}")
    sent = admin.context.request.get(f"/settings/outbox/{mail.id}/attachments/0")
    calendar = icalendar.Calendar.from_ical(sent.body())
    assert calendar["METHOD"] == "REQUEST"
    assert calendar.walk("VTIMEZONE")[0]["TZID"] == "Europe/Istanbul"
    (event,) = calendar.walk("VEVENT")
    attendees = event["ATTENDEE"]
    first = attendees[0] if isinstance(attendees, list) else attendees
    assert str(first).lower() == f"mailto:{who.email}"
    assert event["DTSTART"].params["TZID"] == "Europe/Istanbul"
    for name in ("UID", "SEQUENCE", "DTSTAMP", "ORGANIZER", "SUMMARY", "LOCATION"):
        assert name in event, name


def open_scorecard(phone: Walker, portal: Portal, interview: int, name: str) -> None:
    """The interviewer finds the scorecard from the list of interviews."""
    card = portal.value(
        "select s.id from scorecard s join account a on a.id = s.account_id"
        " where s.interview_id = ? and a.email = ?", interview, f"{name}@demo.example",
    )  # fmt: skip
    phone.go("/interviews")
    phone.follow(f'.main a[href$="/interviews/scorecards/{card}"]')


def write_notes(phone: Walker) -> None:
    """Notes save themselves, survive a reload, and wait on the phone while it is offline."""
    page = phone.page
    first, second = page.locator("textarea[name^=note-]").all()[:2]
    first.fill("Stayed calm, asked what happened, offered a refund.")
    page.locator(SAVED).wait_for()
    phone.go(phone.path)
    first = page.locator("textarea[name^=note-]").first
    assert first.input_value().startswith("Stayed calm")
    with phone.offline():
        second.fill("Written in the lift.")
        page.locator("[data-save-state][data-now=offline]").wait_for()
    page.locator(SAVED).wait_for()
    phone.go(phone.path)
    assert page.locator("textarea[name^=note-]").nth(1).input_value() == "Written in the lift."


def rate(phone: Walker, *, weak: int = 2, others: int = 5) -> None:
    """The first competency is weak, the rest strong; every question has a note."""
    page = phone.page
    names = page.locator("textarea[name^=note-]").evaluate_all("all => all.map(e => e.name)")
    keys = [name.removeprefix("note-") for name in names]
    legends = [
        phone.text(f'fieldset:has([name="rating-{key}"]) legend') for key in keys
    ]  # fmt: skip
    for key, legend in zip(keys, legends, strict=True):
        page.fill(f'[name="note-{key}"]', f"Heard about {key}: an example with an outcome.")
        level = weak if legend == legends[0] else others
        page.check(f'[name="rating-{key}"][value="{level}"]')
    for box in page.locator("[name=steps]").all():
        box.check()
    phone.follow("#scorecard .savebar .btn-primary")


def decide(hr: Walker, portal: Portal, interview: int, application: int) -> None:
    """HR reads both side by side and follows the score."""
    hr.go(f"/interviews/{interview}/panel")
    hr.page.check("[name=outcome][value=advance]")
    hr.press("/decision")
    assert stage(portal, application) == "decision"
    found = portal.value(
        "select count(*) from evidence where person_id ="
        " (select person_id from application where id = ?)", application,
    )  # fmt: skip
    assert found > 0


def print_record(hr: Walker, interview: int) -> bytes:
    """HR prints the decision record; the page shows it when the worker has made it."""
    hr.go(f"/interviews/{interview}/panel")
    hr.page.locator('form[action$="/record"] [name=language]').select_option("en")
    hr.press("/record")
    if "/documents/" not in hr.path:
        hr.follow('.main a[href*="/documents/"]')
    hr.page.locator('.main a[href$="/file"]').wait_for(timeout=30_000)
    hr.settle()
    answer = hr.context.request.get(f"{hr.path.split('?')[0]}/file")
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()
