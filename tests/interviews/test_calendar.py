"""The calendar entries, read by the icalendar library."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from portal.core import clock
from portal.core.mail.models import OutgoingMail
from portal.hiring.states import Stage
from portal.interviews import operations as op
from portal.interviews.calendar import calendar_object, zones_shown
from portal.interviews.models import Interview
from tests.factories import hiring, people
from tests.factories import interviews as make

pytestmark = pytest.mark.usefixtures("clock")


def scheduled() -> Interview:
    application = hiring.application(stage=Stage.SCREENED, given_name="Ağça", language="tr")
    make.plan(application.posting.requisition)
    return op.schedule_interview(
        application,
        panel=[make.interviewer("Mert"), make.interviewer("Selin")],
        starts_at=clock.now() + timedelta(days=1),
        minutes=45,
        time_zone="Europe/Istanbul",
        place="Büyükdere Cad. 1; kat 3, oda 4",
        by=people.account(roles=["hr"]),
    )


def sent_to(session: Any, address: str) -> list[Calendar]:
    """What this address got, in order; each part says its method to mail programs too."""
    found = []
    mails = sa.select(OutgoingMail).where(OutgoingMail.to_address == address)
    for mail in session.scalars(mails.order_by(OutgoingMail.id)):
        [part] = mail.attachments
        calendar = Calendar.from_ical(base64.b64decode(part["content"]))
        assert part["method"] == calendar["method"]
        assert part["media_type"] == "text/calendar"
        found.append(calendar)
    return found


def event(calendar: Calendar) -> Any:
    [found] = calendar.walk("VEVENT")
    return found


def test_the_invitation_is_a_request_with_zone_organiser_and_attendee(db_session: Any) -> None:
    made = scheduled()
    [calendar] = sent_to(db_session, made.application.email)
    entry = event(calendar)
    assert calendar["method"] == "REQUEST"
    assert (entry["uid"], entry["sequence"], entry["status"]) == (made.uid, 0, "CONFIRMED")
    assert entry["dtstart"].dt == made.starts_at
    assert entry["dtend"].dt - entry["dtstart"].dt == timedelta(minutes=45)
    assert entry["dtstart"].params["TZID"] == "Europe/Istanbul"
    [zone] = calendar.walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Istanbul"
    assert zone.to_tz().utcoffset(made.starts_at.replace(tzinfo=None)) == timedelta(hours=3)
    assert entry["location"] == "Büyükdere Cad. 1; kat 3, oda 4"
    assert str(entry["organizer"]).lower().startswith("mailto:")
    assert str(entry["attendee"]).lower() == f"mailto:{made.application.email}"
    assert entry["attendee"].params["CN"] == made.application.display_name
    assert entry["attendee"].params["RSVP"] == "TRUE"
    assert "Associate" in entry["summary"]


def test_an_update_keeps_the_uid_and_counts_the_sequence_up(db_session: Any) -> None:
    made = scheduled()
    later = made.starts_at + timedelta(days=2)
    op.reschedule_interview(
        made, starts_at=later, minutes=30, place="Room 5", by=people.account(roles=["hr"])
    )
    first, second = sent_to(db_session, made.application.email)
    assert second["method"] == "REQUEST"
    assert event(second)["uid"] == event(first)["uid"]
    assert [event(each)["sequence"] for each in (first, second)] == [0, 1]
    assert event(second)["dtstart"].dt == later


def test_calling_it_off_is_a_cancel_of_the_same_entry(db_session: Any) -> None:
    made = scheduled()
    op.cancel_interview(made, by=people.account(roles=["hr"]))
    _request, cancel = sent_to(db_session, made.application.email)
    assert cancel["method"] == "CANCEL"
    entry = event(cancel)
    assert (entry["uid"], entry["sequence"], entry["status"]) == (made.uid, 1, "CANCELLED")
    for card in made.scorecards:
        assert [each["method"] for each in sent_to(db_session, card.account.email)] == [
            "REQUEST",
            "CANCEL",
        ]


def test_nobody_learns_anothers_address_from_a_calendar_entry(db_session: Any) -> None:
    made = scheduled()
    candidate, interviewer = made.application, made.scorecards[0].account
    [theirs] = sent_to(db_session, candidate.email)
    [ours] = sent_to(db_session, interviewer.email)
    assert interviewer.email not in theirs.to_ical().decode()
    assert candidate.email not in ours.to_ical().decode()
    assert candidate.display_name in event(ours)["summary"]


def test_an_entry_across_the_change_of_clocks_has_the_right_offset(db_session: Any) -> None:
    made = make.interview(time_zone="Europe/Madrid")
    for days, hours in ((0, 1), (150, 2)):
        made.starts_at = clock.now() + timedelta(days=days, hours=1)
        calendar = Calendar.from_ical(calendar_object(made))
        assert event(calendar)["dtstart"].dt.utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("country", "zones"),
    [
        ("JP", ["Europe/Istanbul", "Asia/Tokyo"]),
        ("TR", ["Europe/Istanbul"]),
        ("ES", ["Europe/Istanbul", "UTC"]),
        ("ZZ", ["Europe/Istanbul", "UTC"]),
    ],
)
def test_a_candidate_reads_the_time_of_the_place_and_of_home(
    db_session: Any, country: str, zones: list[str]
) -> None:
    application = hiring.application(stage=Stage.INTERVIEW, consent_country=country)
    assert zones_shown(make.interview(application)) == zones
