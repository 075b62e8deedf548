"""The pages on which HR words the letters, and their preview."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pypdf
import pytest
from flask import Flask

from portal.core.db import db
from portal.core.i18n import LOCALES
from portal.offers import operations, queries
from portal.offers.letters import LETTERS
from portal.offers.models import LetterTemplate
from tests.factories import offers as make
from tests.factories import people
from tests.main_form import typed
from tests.page import PageClient

STANDARD = "/settings/letters/standard"
NAMES = [
    "Offer letter",
    "Probation letter: passed",
    "Probation letter: extended",
    "Probation letter: not continued",
    "Promotion letter",
]


@pytest.fixture
def hr(app: Flask, client: PageClient, clock: Any) -> PageClient:
    with app.app_context():
        key = make.hr().id
        db.session.commit()
    return client.as_(key)


def newest(app: Flask, key: str) -> LetterTemplate | None:
    with app.app_context():
        return db.session.scalar(queries.newest_template(key))


def test_the_list_leads_to_every_letter_with_its_version(app: Flask, hr: PageClient) -> None:
    page = hr.get("/settings/letters")
    assert page.h1 == "Letters"
    assert sorted(page.tree.xpath("//tbody/tr/td[1]//b/text()")) == sorted(NAMES)
    assert page.tree.xpath("//tbody/tr/td[2]/text()") == ["1"] * 5
    assert newest(app, "standard") is None, "reading the list stores nothing"
    for url in page.tree.xpath("//tbody//a/@href"):
        assert hr.get(url).h1 in NAMES
    fields = typed(hr.get("/settings/letters/promotion"))
    hr.post("/settings/letters/promotion", fields | {"greeting": "Hello {{ person_name }},"})
    row = hr.get("/settings/letters").tree.xpath("//tr[contains(., 'Promotion letter')]/td")
    assert [cell.text_content().strip() for cell in row[1:]] == ["2", "Nov 24, 2026"]


def test_the_list_costs_the_same_with_one_version_and_with_many(
    app: Flask, hr: PageClient, count_queries: Callable[[], int]
) -> None:
    def cost() -> int:
        count_queries()
        assert hr.get("/settings/letters").status == 200
        return count_queries()

    cost()
    one = cost()
    with app.app_context():
        operations.load_letters(by=None)
        for letter in LETTERS.values():
            template = operations.letter_in_force(letter)
            content = {**template.content, "en": {**template.content["en"], "subject": "New"}}
            operations.change_letter(template, content=content, by=make.hr())
        db.session.commit()
    assert cost() == one == 3
    assert len(hr.get("/settings/letters").tree.xpath("//tbody/tr")) == len(LETTERS)


def test_a_letter_is_kept_language_by_language(app: Flask, hr: PageClient) -> None:
    page = hr.get(STANDARD)
    tabs = [str(text) for text in page.tree.xpath("//nav[@class='views']/a/text()")]
    assert tabs == ["English", "Türkçe", "Español", "日本語"]
    url = f"{STANDARD}?in=tr"
    form = typed(hr.get(url))
    assert form["subject"].startswith("İş teklifi")
    page = hr.post(url, form | {"body": "Merhaba {{ maas }}\r\n\r\nSon"})
    assert page.status == 422
    assert "Unknown placeholder: maas" in page.text
    assert page.tree.xpath("//*[@id='body-error']")
    assert "{{ maas }}" in typed(page)["body"]
    assert newest(app, "standard") is None
    page = hr.post(url, form | {"body": "Bir\r\n\r\nİki\r\nüç"}, follow=True)
    assert "New version saved" in page.text
    kept = newest(app, "standard")
    assert kept is not None
    assert (kept.number, kept.content["tr"]["body"]) == (2, ["Bir", "İki üç"])
    assert kept.content["en"]["greeting"] == "Dear {{ candidate_name }},"


@pytest.mark.parametrize("key", ["probation-pass", "probation-extend", "probation-end"])
def test_each_letter_has_its_own_parts_and_placeholders(
    app: Flask, hr: PageClient, key: str
) -> None:
    url = f"/settings/letters/{key}?in=es"
    page = hr.get(url)
    fields = typed(page)
    assert {"subject", "greeting", "body", "farewell"} <= fields.keys()
    assert not {"closing", "consent"} & fields.keys()
    names = {text.strip("{} ") for text in page.tree.xpath("//aside//code/text()")}
    assert names == LETTERS[key].placeholders
    page = hr.post(url, fields | {"farewell": "Con {{ pay }}"})
    assert page.status == 422
    assert page.tree.xpath("//*[@id='farewell-error' and contains(., 'pay')]")
    assert hr.post(url, fields | {"farewell": "Un saludo,"}).status == 303
    kept = newest(app, key)
    assert kept is not None
    assert (kept.number, kept.content["es"]["farewell"]) == (2, "Un saludo,")


def test_saving_what_stands_there_is_refused(hr: PageClient) -> None:
    page = hr.post(STANDARD, typed(hr.get(STANDARD)))
    assert page.status == 422
    assert "Nothing has changed" in page.text


def test_two_editors_lose_nothing(app: Flask, hr: PageClient) -> None:
    fields = typed(hr.get(STANDARD))
    assert hr.post(STANDARD, fields | {"greeting": "First"}).status == 303
    page = hr.post(STANDARD, fields | {"greeting": "Second"})
    assert page.status == 422
    assert "Someone changed this" in page.text
    kept = newest(app, "standard")
    assert kept is not None
    assert kept.content["en"]["greeting"] == "First"
    assert typed(page)["greeting"] == "Second"
    assert hr.post(STANDARD, typed(page)).status == 303, "once seen, it is a decision"


@pytest.mark.parametrize("language", LOCALES)
def test_the_preview_shows_where_the_placeholders_stand(hr: PageClient, language: str) -> None:
    for letter in LETTERS.values():
        response = hr.http.get(f"/settings/letters/{letter.key}/preview?in={language}")
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Content-Disposition"].startswith("inline")
        reader = pypdf.PdfReader(io.BytesIO(response.data))
        assert reader.trailer["/Root"]["/Lang"] == language
        text = "".join("".join(page.extract_text() for page in reader.pages).split())
        assert "{" not in text
        assert "‹role_title›" in text


def test_only_hr_words_letters(app: Flask, client: PageClient, clock: Any) -> None:
    with app.app_context():
        others = [people.account(roles=[role]).id for role in ("executive", "manager", "admin")]
        db.session.commit()
    for account in others:
        for url in ("/settings/letters", STANDARD, f"{STANDARD}/preview"):
            assert client.as_(account).get(url).status == 403


def test_a_letter_there_is_not_is_not_found(hr: PageClient) -> None:
    assert hr.get("/settings/letters/dismissal").status == 404
    assert hr.get("/settings/letters/dismissal/preview").status == 404
