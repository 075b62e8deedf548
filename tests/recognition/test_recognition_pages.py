"""The wall, writing thanks, one's own, values and the download: what people see and send."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.core import search
from portal.core.db import db
from portal.people.operations import SEARCH_KIND
from portal.recognition.models import MAY_CHANGE, OrganisationValue
from portal.recognition.states import ThanksVisibility
from tests.conftest import MOMENT
from tests.factories import people
from tests.factories import recognition as make
from tests.page import PageClient

SECRET = "Only between the two of us."


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    """Ada and Bob of one team, Carla of another; one public thanks and a private one."""
    with app.app_context():
        team, other = people.team("Cards"), people.team("Claims")
        chief = people.person("Chief", "One")
        people.employment(chief, team=team)
        ada, bob = make.colleague("Ada", team=team), make.colleague("Bob", team=team, manager=chief)
        carla = make.colleague("Carla", team=other)
        for one in (ada, bob, carla):
            who = make.person_of(one)
            search.index(SEARCH_KIND, who.id, who.given_name, who.family_name, "905321234567")
        value = make.value("Helping")
        public = make.thanks(ada, bob, values=[value])
        private = make.thanks(
            ada, bob, values=[value], message=SECRET, visibility=ThanksVisibility.PRIVATE
        )
        found = {
            "ada": ada.id, "bob": bob.id, "carla": carla.id, "value": value.id,
            "bob person": bob.person_id, "carla person": carla.person_id,
            "team": team.id, "other": other.id, "public": public.id, "private": private.id,
            "chief": people.account(person=chief).id,
            "hr": people.account(roles=["hr"]).id, "admin": people.account(roles=["admin"]).id,
        }  # fmt: skip
        db.session.commit()
        return found


def sent(ids: dict[str, int], **values: Any) -> dict[str, Any]:
    return {
        "receivers": ids["carla person"], "values": ids["value"], "visibility": "public",
        "message": "You found the missing invoice.",
    } | values  # fmt: skip


def test_private_words_are_on_no_page_of_others(client: PageClient, ids: dict[str, int]) -> None:
    pages = ("/recognition", "/recognition/mine", f"/people/{ids['bob person']}", "/inbox",
             "/recognition/export/csv", "/search?q=Bob", "/")  # fmt: skip
    for who in ("carla", "hr", "admin"):
        browser = client.as_(ids[who])
        for path in pages:
            with browser.http.get(path) as answer:
                assert SECRET not in answer.get_data(as_text=True), (who, path)
        assert browser.get(f"/recognition/{ids['private']}").status == 403


def test_private_words_are_for_the_person_the_writer_and_the_manager(
    client: PageClient, ids: dict[str, int]
) -> None:
    assert SECRET in client.as_(ids["bob"]).get("/recognition/mine").text
    assert SECRET in client.as_(ids["ada"]).get("/recognition/mine?side=given").text
    assert SECRET in client.as_(ids["chief"]).get(f"/recognition/{ids['private']}").text


def test_a_thanks_is_written_and_read_on_the_wall(client: PageClient, ids: dict[str, int]) -> None:
    page = client.as_(ids["bob"]).post("/recognition/give", sent(ids), follow=True)
    assert (page.status, page.h1) == (200, "Thanks from Bob One")
    assert "missing invoice" in client.as_(ids["carla"]).get("/recognition").text


def test_finding_a_colleague_keeps_what_is_written(client: PageClient, ids: dict[str, int]) -> None:
    bob = client.as_(ids["bob"])
    page = bob.post("/recognition/give", sent(ids, receivers="", find="carl", look="1"))
    assert page.tree.xpath(f"//input[@name='receivers'][@value='{ids['carla person']}']")
    page = bob.post("/recognition/give", sent(ids, find="Zzz", look="1"))
    assert page.status == 200
    assert "missing invoice" in page.html
    assert page.tree.xpath(f"//input[@name='receivers'][@value='{ids['carla person']}'][@checked]")


def test_ones_team_is_offered_and_a_link_can_name_somebody(
    client: PageClient, ids: dict[str, int]
) -> None:
    page = client.as_(ids["ada"]).get(f"/recognition/give?to={ids['carla person']}")
    offered = page.tree.xpath("//input[@name='receivers']/@value")
    assert str(ids["bob person"]) in offered
    assert page.tree.xpath("//input[@name='receivers'][@checked]/@value") == [
        str(ids["carla person"])
    ]


def test_what_is_wrong_is_said_beside_the_field(client: PageClient, ids: dict[str, int]) -> None:
    page = client.as_(ids["bob"]).post("/recognition/give", sent(ids, message="Short", values=""))
    assert page.status == 422
    assert page.tree.xpath("//textarea[@name='message']")[0].text.strip() == "Short"
    assert "Write at least 10 characters." in page.text
    assert "Choose at least one value." in page.text


def test_the_wall_is_narrowed(client: PageClient, ids: dict[str, int]) -> None:
    browser, words = client.as_(ids["carla"]), make.WORDS
    for query, there in (
        (f"team={ids['team']}", True), (f"team={ids['other']}", False),
        ("q=ada", True), ("q=carla", False), ("q=90532", False), (f"value={ids['value']}", True),
        ("month=2026-11-01", True), ("month=2026-10-01", False),
    ):  # fmt: skip
        assert (words in browser.get(f"/recognition?{query}").text) is there, query


def test_a_clap_leads_back_and_is_counted_once(client: PageClient, ids: dict[str, int]) -> None:
    browser = client.as_(ids["carla"])
    url = f"/recognition/{ids['public']}/clap"
    page = browser.post(url, headers={"Referer": "http://localhost/recognition?month=2026-11-01"})
    assert (page.status, page.location) == (303, "/recognition?month=2026-11-01")
    assert "Clapped · 1" in browser.get("/recognition").text
    assert browser.post(f"/recognition/{ids['private']}/clap").status == 403
    assert client.as_(ids["bob"]).post(url).status == 403


def test_a_correction_from_an_old_page_keeps_what_was_typed(
    client: PageClient, ids: dict[str, int]
) -> None:
    browser, url = client.as_(ids["ada"]), f"/recognition/{ids['public']}/edit"
    page = browser.get(url)
    browser.submit(page, message="The first correction.")
    late = browser.submit(page, message="The second correction.", follow=False)
    assert late.status == 422
    assert "Someone changed this" in late.text
    assert "The second correction." in late.html


def test_after_half_an_hour_the_form_says_so(
    client: PageClient, ids: dict[str, int], clock: Any
) -> None:
    clock(MOMENT + MAY_CHANGE + timedelta(minutes=1))
    page = client.as_(ids["ada"]).get(f"/recognition/{ids['public']}/edit")
    assert page.status == 409
    assert "30 minutes" in page.text


def test_hr_hides_and_the_writer_reads_why(client: PageClient, ids: dict[str, int]) -> None:
    hr, url = client.as_(ids["hr"]), f"/recognition/{ids['public']}/hide"
    assert hr.post(url, {"version": 1}).status == 422
    hr.post(url, {"version": 1, "reason": "Names a customer."})
    assert make.WORDS not in client.as_(ids["carla"]).get("/recognition").text
    page = client.as_(ids["ada"]).get(f"/recognition/{ids['public']}")
    assert "Names a customer." in page.text


def test_the_download_is_hrs_and_holds_the_wall(client: PageClient, ids: dict[str, int]) -> None:
    with client.as_(ids["hr"]).http.get("/recognition/export/csv") as answer:
        assert "Ada One,Bob One,Helping" in answer.get_data(as_text=True)
    assert client.as_(ids["ada"]).get("/recognition/export/csv").status == 403


def test_values_are_added_retired_and_used_again(
    client: PageClient, ids: dict[str, int], app: Flask
) -> None:
    hr = client.as_(ids["hr"])
    page = hr.get("/settings/values/add")
    hr.submit(page, **{"name-en": "Courage", "description-en": "Says what is."})
    hr.post(f"/settings/values/{ids['value']}/retire")
    listed = hr.get("/settings/values")
    assert "Courage" in listed.text
    assert "Retired" in listed.text
    offered = client.as_(ids["ada"]).get("/recognition/give").text
    assert "Courage" in offered
    assert "Helping" not in offered
    hr.post(f"/settings/values/{ids['value']}/resume")
    with app.app_context():
        assert db.session.get_one(OrganisationValue, ids["value"]).is_in_use


def test_a_value_changed_by_two_keeps_what_the_second_typed(
    client: PageClient, ids: dict[str, int]
) -> None:
    hr = client.as_(ids["hr"])
    page = hr.get(f"/settings/values/{ids['value']}")
    hr.submit(page, **{"name-en": "First"})
    late = hr.submit(page, follow=False, **{"name-en": "Second"})
    assert late.status == 422
    assert "Someone changed this" in late.text
    assert "Second" in late.html


def test_the_digest_is_stopped_and_taken_again(client: PageClient, ids: dict[str, int]) -> None:
    ada = client.as_(ids["ada"])
    assert "Stop the digest" in ada.get("/recognition/mine").text
    stopped = ada.post("/recognition/digest", {"wanted": "no"}, follow=True)
    assert "Get the digest" in stopped.text
    assert "Stop the digest" in ada.post("/recognition/digest", {"wanted": "yes"}, follow=True).text


def test_the_wall_costs_the_same_with_one_thanks_and_with_three(
    client: PageClient, ids: dict[str, int], app: Flask, count_queries: Callable[[], int]
) -> None:
    browser = client.as_(ids["carla"])
    browser.get("/recognition")
    costs = []
    for _round in range(2):
        count_queries()
        browser.get("/recognition")
        costs.append(count_queries())
        with app.app_context():
            ada, bob = (db.session.get_one(Account, ids[who]) for who in ("ada", "bob"))
            make.thanks(ada, bob)
            make.thanks(bob, ada)
            db.session.commit()
    assert costs == [QUERIES] * 2


QUERIES = 8
"""Session, unread notices and commit's own look aside: teams, values, page, three parts, claps."""


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("who", "path", "cost"),
    [
        ("carla", "/recognition/mine", 7), ("carla", "/recognition/mine?side=given", 7),
        ("hr", "/settings/values", 3),
    ],
)  # fmt: skip
def test_the_other_lists_cost_the_same_with_one_row_and_with_three(
    client: PageClient, ids: dict[str, int], app: Flask, count_queries: Callable[[], int],
    who: str, path: str, cost: int, number: int,
) -> None:  # fmt: skip
    with app.app_context():
        bob, carla = (db.session.get_one(Account, ids[one]) for one in ("bob", "carla"))
        for _one in range(number):
            make.thanks(bob, carla)
            make.thanks(carla, bob)
        db.session.commit()
    browser = client.as_(ids[who])
    browser.get(path)
    count_queries()
    assert browser.get(path).status == 200
    assert count_queries() == cost
