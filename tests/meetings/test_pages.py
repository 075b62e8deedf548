"""The pages of 1:1s: setting up, agenda, actions, notes that save themselves, and their cost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.core.db import db
from portal.meetings.models import Meeting, MeetingSeries
from tests.factories import goals
from tests.factories import meetings as make
from tests.meetings.conftest import person
from tests.page import PageClient

JSON = {"Accept": "application/json"}


def test_1_1s_are_set_up_with_somebody_near(client: PageClient, ids: dict[str, int]) -> None:
    lead = client.as_(ids["lead"])
    page = lead.get("/meetings/series/add")
    groups = [one.get("label") for one in page.tree.xpath("//select[@name='person']/optgroup")]
    assert groups == ["Your people", "Your manager"]
    peer = page.tree.xpath("//option[contains(., 'Peer')]/@value")[0]
    page = lead.submit(page, person=peer, rhythm="weekly", first_at="2026-12-01T10:00")
    assert page.h1 == "1:1s with Peer Kaya"
    assert "Both of you get an entry" in page.text


def test_somebody_far_is_asked_by_their_address(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    with app.app_context():
        email = db.session.get_one(Account, ids["stranger"]).email
    member = client.as_(ids["member"])
    page = member.submit(
        member.get("/meetings/series/add"), email=email, first_at="2026-12-01T10:00"
    )
    assert "Stranger Kaya is asked." in page.text
    path = page.response.request.path
    other = client.as_(ids["stranger"])
    assert "would like to meet you regularly" in other.get("/").text
    page = other.submit(other.get(path), "/accept")
    assert "You meet from now on." in page.text


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ({}, "Choose somebody"),
        ({"email": "nobody@example.com"}, "Nobody who works here"),
        ({"minutes": "2"}, "from 5 to 480"),
        ({"first_at": "2026-01-01T10:00", "email": "lead"}, "still to come"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(
    app: Flask, client: PageClient, ids: dict[str, int], sent: dict[str, str], text: str
) -> None:
    if sent.get("email") == "lead":
        with app.app_context():
            sent = sent | {"email": person(ids["lead_person"]).email}
    peer = client.as_(ids["peer"])
    page = peer.submit(peer.get("/meetings/series/add"), place="Room 9", **sent)
    assert page.status == 422
    assert text in page.text
    assert page.fields()["place"] == "Room 9"


def test_both_fill_the_agenda_and_tick_it_off(client: PageClient, ids: dict[str, int]) -> None:
    path = f"/meetings/{ids['meeting']}"
    member, lead = client.as_(ids["member"]), client.as_(ids["lead"])
    member.submit(member.get(path), "/agenda", text="Holidays")
    page = lead.get(path)
    assert "Holidays" in page.text
    page = lead.submit(page, f"/agenda/{ids['item']}/tick")
    assert [one.text_content() for one in page.tree.xpath("//del")] == ["Agenda-x1"]
    assert member.submit(member.get(path), "/agenda", text="").status == 422


def test_an_action_is_given_and_done(client: PageClient, ids: dict[str, int]) -> None:
    path = f"/meetings/{ids['meeting']}"
    member, lead = client.as_(ids["member"]), client.as_(ids["lead"])
    page = lead.submit(
        lead.get(path), "/actions", title="Ask the team", owner=str(ids["person"]),
        due_on="2026-11-27",
    )  # fmt: skip
    assert page.status == 200
    assert "Ask the team" in member.get("/").text
    page = member.submit(member.get("/my/meetings"), f"/actions/{ids['action']}/finish")
    assert "The action is done." in page.text
    assert "Action-x1" not in member.get("/my/meetings").text
    page = lead.submit(
        lead.get(path), "/actions", title="Late", owner=str(ids["person"]), due_on="2026-01-01"
    )
    assert page.status == 422
    assert page.fields("/actions")["title"] == "Late"


@pytest.mark.parametrize(("place", "field"), [("notes", "notes"), ("private-notes", "own")])
def test_notes_save_themselves_and_notice_another_hand(
    client: PageClient, ids: dict[str, int], place: str, field: str
) -> None:
    path = f"/meetings/{ids['meeting']}"
    member = client.as_(ids["member"])
    page = member.get(path)
    sent = page.fields(f"/{place}") | {field: "First"}
    answer = member.post(f"{path}/{place}", sent, headers=JSON).response
    assert answer.json == {"version": int(sent["version"]) + 1}
    stale = member.post(f"{path}/{place}", sent | {field: "Second"}, headers=JSON).response
    assert stale.status_code == 409
    page = member.post(f"{path}/{place}", sent | {field: "Second"})
    assert page.status == 409
    assert "Your text is kept below." in page.text
    assert page.fields(f"/{place}")[field].strip() == "Second"
    page = member.submit(page, f"/{place}")
    assert "The notes are saved." in page.text


def test_a_meeting_is_moved_held_and_the_next_one_planned(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    path = f"/meetings/{ids['meeting']}"
    lead = client.as_(ids["lead"])
    page = lead.submit(lead.get(f"{path}/move"), starts_at="2026-11-24T11:00", place="Room 8")
    assert "Moved. Both calendars are told." in page.text
    assert "Room 8" in page.text
    assert lead.post(f"{path}/move", {"version": "99", "starts_at": "2026-11-25T11:00",
                                      "minutes": "30"}).status == 409  # fmt: skip
    page = lead.submit(lead.get(path), "/hold")
    assert "Meeting held" in page.text
    page = lead.get(f"/meetings/series/{ids['series']}")
    assert len(page.tree.xpath("//ul[@class='rows']/li")) == 2
    with app.app_context():
        assert db.session.query(Meeting).count() == 2


def test_the_rhythm_changes_and_the_series_ends(client: PageClient, ids: dict[str, int]) -> None:
    path = f"/meetings/series/{ids['series']}"
    member = client.as_(ids["member"])
    page = member.submit(
        member.get(f"{path}/change"), rhythm="monthly", first_at="2026-12-03T10:00"
    )
    assert "Every four weeks" in page.text
    page = member.submit(page, "/end")
    assert "The 1:1s have ended." in page.text
    assert member.get(f"{path}/change").status == 403


def test_goals_are_suggested_to_both_and_to_nobody_who_may_not_see_them(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    with app.app_context():
        goals.goal(person(ids["person"]), title="Goal-x1")
        db.session.commit()
    path = f"/meetings/{ids['meeting']}"
    assert "Goal-x1" in client.as_(ids["lead"]).get(path).text
    assert "Goal-x1" in client.as_(ids["member"]).get(path).text
    with app.app_context():
        person(ids["person"]).employments[0].manager_id = None
        team = person(ids["person"]).employments[0].team
        team.lead = None
        db.session.get_one(Account, ids["lead"]).led_paths = []
        db.session.commit()
    assert "Goal-x1" not in client.as_(ids["lead"]).get(path).text


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_for_one_row_and_for_three(
    app: Flask, client: PageClient, ids: dict[str, int], count_queries: Callable[[], int],
    number: int,
) -> None:  # fmt: skip
    with app.app_context():
        series = db.session.get_one(MeetingSeries, ids["series"])
        meeting = db.session.get_one(Meeting, ids["meeting"])
        for _one in range(number):
            make.meeting(make.series(guest=person(ids["person"])))
            make.item(meeting, series.host)
            make.action(meeting, series.guest)
        db.session.commit()
    member = client.as_(ids["member"])
    member.get("/inbox")
    costs = []
    for path in (
        "/my/meetings",
        f"/meetings/{ids['meeting']}",
        f"/meetings/series/{ids['series']}",
    ):
        count_queries()
        assert member.get(path).status == 200
        costs.append(count_queries())
    assert costs == COSTS


COSTS = [4, 7, 4]
"""Statements of the list, of one meeting, and of one series."""
