"""What is said in a 1:1 stays there: pages, home, inbox, trail, exports and mails of all others."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.core.db import db
from portal.core.mail.models import OutgoingMail
from portal.meetings.models import MeetingSeries
from portal.meetings.states import SeriesState
from portal.people import operations as staffing
from portal.people.models import Team
from tests.factories import people
from tests.page import PageClient

WORDS = ("Shared-x1", "Agenda-x1", "Action-x1", "Place-x1", "Private-of")
OTHERS = ("hr", "manager", "peer", "former", "stranger", "admin", "executive")
READ = ("/meetings/{meeting}", "/meetings/{meeting}/move", "/meetings/series/{series}",
        "/meetings/series/{series}/change")  # fmt: skip
WRITE = (
    "/meetings/{meeting}/agenda", "/meetings/{meeting}/actions", "/meetings/{meeting}/notes",
    "/meetings/{meeting}/private-notes", "/meetings/{meeting}/hold", "/meetings/{meeting}/cancel",
    "/meetings/agenda/{item}/tick", "/meetings/agenda/{item}/remove",
    "/meetings/actions/{action}/finish", "/meetings/series/{series}/end",
    "/meetings/series/{series}/accept",
)  # fmt: skip
EVERYWHERE = (
    "/", "/inbox", "/my/meetings", "/my/goals", "/people", "/people/{person}", "/people/trail",
    "/settings/trail", "/settings/mail", "/search?q=Action-x1", "/goals/team",
    "/goals/people/{person}", "/account",
)  # fmt: skip


@pytest.fixture
def known(app: Flask, ids: dict[str, int]) -> dict[str, int]:
    with app.app_context():
        found = ids | {name: people.account(roles=[name]).id for name in ("admin", "executive")}
        db.session.commit()
        return found


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_opens_or_changes_anything(
    client: PageClient, known: dict[str, int], who: str
) -> None:
    other = client.as_(known[who])
    for path in READ:
        assert other.get(path.format(**known)).status == 403, path
    for path in WRITE:
        assert other.post(path.format(**known), {"text": "x"}).status == 403, path


@pytest.mark.parametrize("who", OTHERS)
def test_no_word_stands_on_any_page_of_anybody_else(
    client: PageClient, known: dict[str, int], who: str
) -> None:
    other = client.as_(known[who])
    for path in EVERYWHERE:
        page = other.get(path.format(**known), follow=True)
        html = page.html.replace("q=Action-x1", "").replace('value="Action-x1"', "")
        shown = [word for word in WORDS if word in html and path != "/search?q=Action-x1"]
        assert not shown, (path, shown)


def test_search_finds_no_word_of_it(client: PageClient, known: dict[str, int]) -> None:
    for who in ("hr", "lead", "member"):
        for word in ("Shared", "Agenda", "Private"):
            page = client.as_(known[who]).get(f"/search?q={word}-x1")
            assert f"/meetings/{known['meeting']}" not in page.html


@pytest.mark.parametrize(("who", "other"), [("member", "lead"), ("lead", "member")])
def test_each_sees_their_own_private_notes_and_never_the_others(
    client: PageClient, known: dict[str, int], who: str, other: str
) -> None:
    page = client.as_(known[who]).get(f"/meetings/{known['meeting']}")
    for word in ("Shared-x1", "Agenda-x1", "Action-x1", f"Private-of-{who}"):
        assert word in page.html
    assert f"Private-of-{other}" not in page.html


def test_a_new_manager_sees_nothing_and_the_two_keep_what_they_wrote(
    app: Flask, client: PageClient, known: dict[str, int]
) -> None:
    with app.app_context():
        new = people.person("Yeni", "Baş")
        account = people.account(person=new)
        people.employment(new, team=db.session.get_one(Team, known["team"]))
        staffing.set_team_lead(db.session.get_one(Team, known["team"]), lead=new, by=None)
        key = account.id
        db.session.commit()
        series = db.session.get_one(MeetingSeries, known["series"])
        assert series.state is SeriesState.ENDED
    path = f"/meetings/{known['meeting']}"
    assert client.as_(key).get(path).status == 403
    for who in ("lead", "member"):
        page = client.as_(known[who]).get(path)
        assert "Shared-x1" in page.html
        assert f"Private-of-{who}" in page.html


def test_mails_say_when_and_nothing_else(
    app: Flask, client: PageClient, known: dict[str, int]
) -> None:
    lead = client.as_(known["lead"])
    assert lead.post(f"/meetings/{known['meeting']}/cancel").status == 303
    with app.app_context():
        mails: Any = db.session.query(OutgoingMail).all()
        text = " ".join(f"{one.subject}{one.text}{one.html}{one.attachments}" for one in mails)
    assert mails
    for word in ("Shared-x1", "Agenda-x1", "Action-x1", "Private-of"):
        assert word not in text
