"""The letter in each language: what it says, and what it leaves out."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pypdf
import pytest
from flask_babel import force_locale

from portal.core.brand import Brand
from portal.core.db import db
from portal.core.documents import Seal, render
from portal.core.i18n import LOCALES
from portal.offers import letters
from portal.offers import operations as offers
from portal.promotions.documents import LETTER, consent_to, letter_of
from tests.factories import people
from tests.factories import promotions as make
from tests.starter_words import assert_same_letter

pytestmark = pytest.mark.usefixtures("db_session", "clock")

BRAND = Brand(name="Halcyon", colour="#0f5c6e", address="12 Harbour Street\nDublin")
SEAL = Seal("A7KQ-2M9X", "https://portal.example/verify/A7KQ-2M9X",
            datetime(2026, 11, 24, 9, 0, tzinfo=UTC))  # fmt: skip


def test_the_starter_letter_says_the_same_in_every_language() -> None:
    content = letters.starter_content(LETTER)
    letters.check_content(LETTER, content)
    assert_same_letter(content, LETTER)


@pytest.mark.parametrize("language", LOCALES)
def test_the_letter_is_whole_in_each_language(language: str) -> None:
    who = make.line()
    who.person.language = language
    letter = letter_of(make.proposed(who, pay=60_000_000, pay_currency="TRY"))
    whole = " ".join([letter.subject, letter.greeting, *letter.paragraphs, letter.farewell])
    assert "{" not in whole
    assert len(letter.paragraphs) == 4
    assert len(letter.facts) == 7
    pdf = render("promotion_letter", letter, locale=language, brand=BRAND, country="TR",
                 time_zone="Europe/Istanbul", seal=SEAL)  # fmt: skip
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    text = "".join(page.extract_text() for page in reader.pages)
    assert len(reader.pages) == 1
    assert "600" in text


def test_pay_that_stays_is_not_spoken_of() -> None:
    letter = letter_of(make.proposed(make.line()))
    assert len(letter.paragraphs) == 3
    assert "Gross pay" not in dict(letter.facts)


def edited(**parts: Any) -> None:
    """HR keeps another English text."""
    row = offers.letter_in_force(LETTER)
    content = {**row.content, "en": {**row.content["en"], **parts}}
    offers.change_letter(row, content=content, by=people.account(roles=["hr"]))


def test_hr_words_the_letter() -> None:
    edited(body=["From {{ former_role_title }} to {{ role_title }}.", "Now {{ pay }}."])
    promotion = make.proposed(make.line())
    former, role = promotion.employment.role.title["en"], promotion.role.title["en"]
    assert letter_of(promotion).paragraphs == (f"From {former} to {role}.",)


def test_an_issued_letter_and_what_is_agreed_to_stay_as_they_were() -> None:
    promotion = make.offered(make.line())
    assert promotion.document is not None
    before = dict(promotion.document.payload)
    edited(subject="Onwards", consent="I, {{ person_name }}, take the role.")
    db.session.refresh(promotion.document)
    assert promotion.document.payload == before
    assert consent_to(promotion) == "I accept the promotion on the terms of the letter."
    with force_locale("es"):
        assert consent_to(promotion) == "Acepto el ascenso en las condiciones de la carta."
    later = make.offered(make.line())
    assert letter_of(later).subject == "Onwards"
    assert consent_to(later) == f"I, {later.person.display_name}, take the role."


def test_a_letter_from_before_texts_could_be_changed_keeps_the_starters_consent() -> None:
    promotion = make.offered(make.line())
    document = promotion.document
    assert document is not None
    fields = {name: value for name, value in document.payload["v"].items() if name != "consent"}
    document.payload = document.payload | {"v": fields}
    edited(consent="Yes!")
    assert consent_to(promotion) == "I accept the promotion on the terms of the letter."
