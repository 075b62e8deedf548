"""HR's pages: ladder and requirements, without JavaScript, in four languages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal.careers import queries
from portal.careers.states import EdgeKind
from portal.core.db import db
from tests.factories import careers as make
from tests.factories import certification, metrics, people
from tests.page import PageClient

DAY = date(2026, 11, 24)


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    with app.app_context():
        one, two = people.role("Associate"), people.role("Team lead", level=3)
        paper = certification.certification("Complaints")
        make.ladder((one, two))
        found = {
            "metric": metrics.metric().id, "one": one.id, "two": two.id, "paper": paper.id,
            "hr": people.account(roles=["hr"]).id, "anybody": people.account().id,
        }  # fmt: skip
        db.session.commit()
        return found


def test_everybody_sees_the_ladder_drawn_and_as_a_table(
    client: PageClient, ids: dict[str, int]
) -> None:
    page = client.as_(ids["anybody"]).get("/paths/ladder")
    assert page.tree.find(".//figure/svg") is not None
    cells = [cell.text_content() for cell in page.tree.find(".//table").iter("td")]
    assert cells == ["Associate", "Step up", "Team lead"]
    assert "Versions" not in page.text


def test_hr_publishes_a_step_more(app: Flask, client: PageClient, ids: dict[str, int]) -> None:
    hr = client.as_(ids["hr"])
    page = hr.get("/paths/ladder/edit")
    more = hr.submit(page, step="more")
    assert len(more.tree.xpath("//fieldset")) == len(page.tree.xpath("//fieldset")) + 1
    sent = {"steps-1-start": ids["two"], "steps-1-kind": "lateral", "steps-1-end": ids["one"]}
    done = hr.submit(page, step="publish", **{key: str(value) for key, value in sent.items()})
    assert "Version 2 is published." in done.text
    with app.app_context():
        ladder = db.session.scalar(queries.ladder_on(DAY))
        assert ladder is not None
        assert [edge.kind for edge in ladder.edges] == [EdgeKind.UP, EdgeKind.LATERAL]
    links = done.tree.xpath("//a[contains(@href, '/paths/ladder/') and text() = '1']/@href")
    assert "Version 1, from" in hr.get(links[0]).text


def test_a_circle_is_told_at_the_steps(client: PageClient, ids: dict[str, int]) -> None:
    hr = client.as_(ids["hr"])
    sent = {"steps-1-start": str(ids["two"]), "steps-1-kind": "up", "steps-1-end": str(ids["one"])}
    page = hr.submit(hr.get("/paths/ladder/edit"), step="publish", **sent)
    assert page.status == 422
    assert "Associate → Team lead → Associate" in page.text


def test_a_step_can_be_taken_away(client: PageClient, ids: dict[str, int]) -> None:
    hr = client.as_(ids["hr"])
    changes = {"steps-0-remove": "y"}
    page = hr.submit(hr.get("/paths/ladder/edit"), step="publish", **changes)
    assert "Add at least one step." in page.text


def test_half_a_step_is_not_dropped(client: PageClient, ids: dict[str, int]) -> None:
    hr = client.as_(ids["hr"])
    sent = {"steps-1-start": str(ids["two"])}
    page = hr.submit(hr.get("/paths/ladder/edit"), step="publish", **sent)
    assert page.status == 422
    assert page.tree.xpath("//select[@name='steps-1-end'][@aria-invalid='true']")


def test_hr_says_what_a_role_asks_for(app: Flask, client: PageClient, ids: dict[str, int]) -> None:
    hr = client.as_(ids["hr"])
    address = f"/paths/roles/{ids['two']}"
    sent = {
        "demands-0-alternative": "1", "demands-0-months": "24", "demands-0-kind": "family",
        "demands-0-family": "customer_service",
        "demands-1-alternative": "2", "demands-1-months": "12", "demands-1-kind": "role",
        "demands-1-role": str(ids["one"]),
        "experience_text-en": "Two years", "experience_text-ja": "2年",
        "marks-0-metric": str(ids["metric"]), "marks-0-mark": "85", "marks-0-months": "3",
        "education": "bachelor", "rating": "3.5", "certifications": str(ids["paper"]),
    }  # fmt: skip
    done = hr.submit(hr.get(f"{address}/edit"), step="publish", **sent)
    assert "Version 1 is published." in done.text
    for text in (
        "Experience: 2 years in Customer service or 1 year as Associate", "Two years",
        "Education: Bachelor or higher", "Certificate: Complaints", "Last review: at least 3.5",
        "over 3 months",
    ):  # fmt: skip
        assert text in done.text
    shown = hr.get(f"{address}/edit").fields()
    assert (shown["demands-1-months"], shown["experience_text-ja"]) == ("12", "2年")
    assert shown["certifications"] == str(ids["paper"])
    again = hr.submit(hr.get(f"{address}/edit"), step="publish")
    assert "Version 1 is published." in again.text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"demands-0-months": "12", "demands-0-kind": "role"}, "Choose the role in which"),
        ({"demands-0-months": "x"}, "number"),
        ({"demands-0-role": "two"}, "Fill this in."),
        ({"marks-0-mark": "80"}, "Fill this in."),
        ({"rating": "9"}, "5"),
        ({"marks-0-metric": "metric"}, "Say what the metric must reach"),
    ],
)
def test_what_makes_no_sense_comes_back(
    client: PageClient, ids: dict[str, int], sent: dict[str, str], words: str
) -> None:
    hr = client.as_(ids["hr"])
    named = {key: str(ids.get(value, value)) for key, value in sent.items()}
    page = hr.submit(hr.get(f"/paths/roles/{ids['two']}/edit"), step="publish", **named)
    assert page.status == 422
    assert words in page.text


def test_a_row_more_publishes_nothing(client: PageClient, ids: dict[str, int]) -> None:
    hr = client.as_(ids["hr"])
    page = hr.get(f"/paths/roles/{ids['two']}/edit")
    more = hr.submit(page, step="more")
    assert "demands-2-months" in more.fields()
    assert "Version 1" not in hr.get(f"/paths/roles/{ids['two']}").text


def test_all_roles_lead_to_what_they_ask_for(client: PageClient, ids: dict[str, int]) -> None:
    page = client.as_(ids["hr"]).get("/paths/roles")
    assert f"/paths/roles/{ids['two']}" in page.html


def test_a_form_sent_empty_comes_back(client: PageClient, ids: dict[str, int]) -> None:
    hr = client.as_(ids["hr"])
    for address in (f"/paths/roles/{ids['two']}/edit", "/paths/ladder/edit"):
        assert hr.post(address).status == 422
