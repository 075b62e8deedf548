"""Asking for a mentor on behalf of somebody one answers for, from their page to the answer."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.core.db import db
from tests.factories import competencies, people
from tests.factories import mentoring as make
from tests.page import PageClient

Ids = dict[str, int]


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> Ids:
    """A lead with somebody, a mentor with one place elsewhere, and a programme to ask in."""
    with app.app_context():
        skill, boss = competencies.competency("Listening"), people.person("Bo", "Lead")
        team = people.team("Support", lead=boss)
        people.employment(boss, team=people.team())
        person = people.employment(people.person("Ada", "Mentee"), team=team).person
        mentor = people.employment(people.person("Can", "Mentor")).person
        make.all_year()
        found = {
            "skill": skill.id, "person": person.id, "profile": make.profile(mentor, skill).id,
            "lead": people.account(person=boss, leads=team).id,
            "own": people.account(person=person).id,
            "mentor": people.account(person=mentor).id,
            "hr": people.account(roles=["hr"]).id,
            "peer": people.account(person=people.employment(team=team).person).id,
        }  # fmt: skip
        db.session.commit()
        return found


def ask_url(ids: Ids) -> str:
    return f"/mentoring/mentors/{ids['profile']}/ask/{ids['person']}"


@pytest.mark.parametrize("who", ["lead", "hr"])
def test_from_a_person_s_page_to_a_request_they_can_take_back(
    client: PageClient, ids: Ids, who: str
) -> None:
    asker = client.as_(ids[who])
    page = asker.get(f"/people/{ids['person']}")
    assert page.tree.xpath(f"//a[@href='/people/{ids['person']}/mentors']")
    page = asker.get(f"/people/{ids['person']}/mentors")
    assert page.h1 == "Mentors for Ada Mentee"
    assert page.tree.xpath(f"//a[@href='{ask_url(ids)}']")
    page = asker.get(ask_url(ids))
    assert page.h1 == "Ask Can Mentor to be the mentor of Ada Mentee"
    empty = asker.submit(page)
    assert empty.status == 422
    page = asker.submit(page, others=str(ids["skill"]), message="A good match")
    at = page.response.request.path
    assert "Ada Mentee has been told" in page.text
    assert "has not answered yet" in page.text
    assert "A good match" not in page.text
    own = client.as_(ids["own"])
    seen = own.get(at)
    assert "asked for you" in seen.text
    assert "A good match" in seen.text
    assert "asks you to be the mentor of Ada Mentee" in client.as_(ids["mentor"]).get("/").text
    assert "asks for Ada Mentee" in client.as_(ids["mentor"]).get(at).text
    assert "take the request back" not in own.submit(seen, "/withdraw").text


@pytest.mark.parametrize(("answer", "words"), [
    ("accept", "Can Mentor is the mentor of Ada Mentee now, as you asked"),
    ("decline", "Can Mentor can’t be the mentor of Ada Mentee now"),
])  # fmt: skip
def test_who_asked_hears_the_answer(client: PageClient, ids: Ids, answer: str, words: str) -> None:
    lead = client.as_(ids["lead"])
    page = lead.submit(lead.get(ask_url(ids)), others=str(ids["skill"]), message="Please")
    at = page.response.request.path
    mentor = client.as_(ids["mentor"])
    mentor.submit(mentor.get(at), f"/{answer}")
    assert words in client.as_(ids["lead"]).get("/inbox").text


@pytest.mark.parametrize("who", ["own", "peer", "mentor"])
def test_others_ask_for_nobody_else(client: PageClient, ids: Ids, who: str) -> None:
    reader = client.as_(ids[who])
    assert reader.get(f"/people/{ids['person']}/mentors").status == 403
    assert reader.get(ask_url(ids)).status == 403
    assert reader.post(ask_url(ids), {}).status == 403


def test_who_has_left_is_asked_for_by_nobody(client: PageClient, ids: Ids, app: Flask) -> None:
    with app.app_context():
        gone = people.person("Gone")
        key = gone.id
        db.session.commit()
    page = client.as_(ids["hr"]).get(f"/people/{key}")
    assert "Find a mentor" not in page.text
