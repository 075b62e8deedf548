"""Each person is led to what is theirs, by letters of which none leads to two places."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.core.db import db
from portal.home.navigation import GROUPS
from tests.factories import people
from tests.page import PageClient


@pytest.fixture
def ids(app: Flask, client: PageClient) -> dict[str, int]:
    with app.app_context():
        found = {
            "associate": people.account().id,
            "lead": people.account(leads=people.team()).id,
            "hr": people.account(roles=["hr"]).id,
        }
        db.session.commit()
    return found


def places(client: PageClient, account: int, path: str = "/") -> tuple[list[str], list[str]]:
    """The labels of the navigation, and those marked as the present place."""
    page = client.as_(account).get(path)
    links = page.tree.xpath("//ul[@class='nav-list']//a")
    return (
        [link.text_content().strip() for link in links],
        [link.text_content().strip() for link in links if link.get("aria-current") == "page"],
    )


def test_team_certificates_are_for_who_answers_for_people(
    client: PageClient, ids: dict[str, int]
) -> None:
    shown = {who: "Team certificates" in places(client, key)[0] for who, key in ids.items()}
    assert shown == {"associate": False, "lead": True, "hr": True}


@pytest.mark.parametrize(
    ("who", "path", "here"),
    [
        ("associate", "/my/certificates", "My certificates"),
        ("lead", "/my/certificates", "My certificates"),
        ("lead", "/certification/matrix", "Team certificates"),
        ("lead", "/training", "Training"),
        ("hr", "/", "Home"),
    ],
)
def test_one_place_is_the_present_one(
    client: PageClient, ids: dict[str, int], who: str, path: str, here: str
) -> None:
    assert places(client, ids[who], path)[1] == [here]


@pytest.mark.parametrize("who", ["associate", "lead", "hr"])
def test_no_letter_leads_to_two_places(client: PageClient, ids: dict[str, int], who: str) -> None:
    page = client.as_(ids[who]).get("/")
    keys = page.tree.xpath("//ul[@class='nav-list']//a/@data-go")
    assert len(keys) == len(set(keys)) == len(places(client, ids[who])[0])
    assert {place.key for place in (one for _heading, places_ in GROUPS for one in places_)} >= set(
        keys
    )
