"""Pages of feedback: asking, answering on a phone, reading, confirming, and who reads nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.core.db import db
from portal.development.models import FeedbackRequest
from portal.development.states import Audience
from tests.factories import competencies, people
from tests.factories import development as make
from tests.page import PageClient

SECRET = "Calm on the phone"


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    """A shared and a private request, each with a colleague; the private one is answered."""
    with app.app_context():
        pair = make.Pair()
        giver, other = make.giver("Gül"), make.giver("Can")
        near = people.person("Near", "By")
        people.employment(near, team=pair.team)
        shared = make.request(pair.person, pair.account, giver)
        private = make.request(pair.person, pair.account, other, audience=Audience.PRIVATE)
        make.answered(private.replies[0], other)
        found = {
            "person": pair.person.id, "own": pair.account.id, "manager": pair.manager.id,
            "giver": giver.id, "other": other.id, "near": people.account(person=near).id,
            "near_person": near.id, "hr": people.account(roles=["hr"]).id,
            "shared": shared.id, "private": private.id, "reply": shared.replies[0].id,
            "topic": shared.topics[0].id, "skill": competencies.competency().id,
        }  # fmt: skip
        db.session.commit()
        return found


def answered(client: PageClient, ids: dict[str, int], **changes: str) -> Any:
    giver = client.as_(ids["giver"])
    page = giver.get(f"/development/replies/{ids['reply']}")
    sent: dict[str, Any] = {
        f"level-{ids['topic']}": "4",
        f"example-{ids['topic']}": SECRET,
    } | changes
    return giver.submit(page, f"/replies/{ids['reply']}", **sent)


def test_colleagues_are_asked_from_the_team_and_by_address(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    mine = client.as_(ids["own"])
    page = mine.get(f"/development/people/{ids['person']}/ask")
    assert "Near By" in page.text
    with app.app_context():
        from portal.accounts.models import Account

        address = db.session.get_one(Account, ids["other"]).email
    sent: dict[str, Any] = {
        "givers": str(ids["near_person"]), "topics": str(ids["skill"]),
        "question": "How do I listen?", "audience": "shared", "others": address,
    }  # fmt: skip
    # The other colleague has a private question open about the same person; it was answered.
    done = mine.submit(page, "/ask", **sent)
    assert "How do I listen?" in done.text
    assert "Near By" in done.text
    assert "Can" in done.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"others": "nobody@example.net"}, "Nobody here has the address"),
        ({"topics": ""}, "at least one"),
        ({"question": ""}, "Write"),
        ({"givers": "", "others": ""}, "one to 5"),
    ],
)
def test_a_wrong_request_is_told_and_keeps_what_was_typed(
    client: PageClient, ids: dict[str, int], changes: dict[str, str], words: str
) -> None:
    mine = client.as_(ids["own"])
    sent: dict[str, Any] = {
        "givers": str(ids["near_person"]), "topics": str(ids["skill"]), "question": "How?",
        "audience": "private", "others": "",
    } | changes  # fmt: skip
    page = mine.post(
        f"/development/people/{ids['person']}/ask",
        {key: value for key, value in sent.items() if value},
    )
    assert page.status == 422
    assert words in page.text or words == "Write"


def test_the_giver_reads_who_will_read_it_before_writing(
    client: PageClient, ids: dict[str, int]
) -> None:
    page = client.as_(ids["giver"]).get(f"/development/replies/{ids['reply']}")
    assert "with your name, and so do their manager and HR" in page.text
    assert "I would rather not" in page.text


def test_an_answer_is_sent_read_and_confirmed(client: PageClient, ids: dict[str, int]) -> None:
    assert "This is what you sent" in answered(client, ids).text
    address = f"/development/feedback/{ids['shared']}"
    assert SECRET in client.as_(ids["own"]).get(address).text
    manager = client.as_(ids["manager"])
    page = manager.get(address)
    confirmed = manager.submit(page, f"/replies/{ids['reply']}/confirm")
    assert "levels confirmed by Mana Ger" in confirmed.text


def test_what_is_missing_is_told_and_kept(client: PageClient, ids: dict[str, int]) -> None:
    page = answered(client, ids, message="keep me", **{f"example-{ids['topic']}": ""})
    assert page.status == 422
    assert "Give an example" in page.text
    assert "keep me" in page.text
    again = answered(client, ids, **{f"level-{ids['topic']}": "8"})
    assert "five sentences" in again.text


def test_saying_no_is_one_click(client: PageClient, ids: dict[str, int]) -> None:
    giver = client.as_(ids["giver"])
    done = giver.post(f"/development/replies/{ids['reply']}/decline", follow=True)
    assert "Nobody asks why" in done.text
    assert "You chose not to answer" in giver.get(f"/development/replies/{ids['reply']}").text


@pytest.mark.parametrize(
    ("who", "shared", "private"),
    [("own", 200, 200), ("manager", 200, 403), ("hr", 200, 403), ("near", 403, 403),
     ("giver", 403, 403), ("other", 403, 403)],
)  # fmt: skip
def test_who_reads_a_request(
    client: PageClient, ids: dict[str, int], who: str, shared: int, private: int
) -> None:
    reader = client.as_(ids[who])
    assert reader.get(f"/development/feedback/{ids['shared']}").status == shared
    assert reader.get(f"/development/feedback/{ids['private']}").status == private


@pytest.mark.parametrize("who", ["manager", "hr"])
def test_private_feedback_shows_on_no_page_of_others(
    client: PageClient, ids: dict[str, int], who: str
) -> None:
    reader, person = client.as_(ids[who]), ids["person"]
    for address in ("/", "/inbox", f"/development/people/{person}", f"/people/{person}",
                    f"/competencies/people/{person}"):  # fmt: skip
        with reader.http.get(address, follow_redirects=True) as answer:
            body = answer.get_data(as_text=True)
        assert SECRET not in body
        assert f"/development/feedback/{ids['private']}" not in body


def test_a_giver_reads_only_their_own_answer(client: PageClient, ids: dict[str, int]) -> None:
    answered(client, ids)
    assert client.as_(ids["other"]).get(f"/development/replies/{ids['reply']}").status == 403
    assert client.as_(ids["giver"]).get(f"/development/people/{ids['person']}").status == 403


@pytest.mark.parametrize("number", [1, 3])
def test_a_request_costs_the_same_for_one_answer_and_for_three(
    app: Flask, client: PageClient, ids: dict[str, int], count_queries: Callable[[], int],
    number: int,
) -> None:  # fmt: skip
    with app.app_context():
        pair = make.Pair()
        givers = [make.giver(f"G{at}") for at in range(number)]
        row: FeedbackRequest = make.request(pair.person, pair.account, *givers)
        for reply, giver in zip(row.replies, givers, strict=True):
            make.answered(reply, giver)
        key, own = row.id, pair.account.id
        db.session.commit()
    mine = client.as_(own)
    mine.get(f"/development/feedback/{key}")
    count_queries()
    mine.get(f"/development/feedback/{key}")
    assert count_queries() == 8


def test_a_draft_is_kept_for_the_colleague_alone(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    here, level, example = (
        f"/development/replies/{ids['reply']}", f"level-{ids['topic']}", f"example-{ids['topic']}"
    )  # fmt: skip
    giver = client.as_(ids["giver"])
    first = giver.get(here)
    sent = first.fields(here) | {level: "", example: SECRET, "message": "More on Monday."}
    assert giver.post(f"{here}/draft", sent).status == 303
    page = giver.get(here)
    assert (SECRET in page.text, "More on Monday." in page.text) == (True, True)
    late = giver.post(f"{here}/draft", sent | {"message": "From the other window"})
    assert late.status == 409
    assert "From the other window" in late.text
    for reader in ("own", "manager", "hr"):
        assert (
            SECRET not in client.as_(ids[reader]).get(f"/development/feedback/{ids['shared']}").text
        )
    giver = client.as_(ids["giver"])
    done = giver.submit(giver.get(here), f"/replies/{ids['reply']}", **{level: "4"})
    assert SECRET in done.text
    with app.app_context():
        row = db.session.get_one(FeedbackRequest, ids["shared"]).replies[0]
        assert (row.draft, row.saved_at) == (None, None)
    assert giver.post(f"{here}/draft", {"message": "Too late"}).status == 422
