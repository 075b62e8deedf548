"""The letter in each language: what it says, and what it leaves out."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pypdf
import pytest

from portal.core.brand import Brand
from portal.core.documents import Seal, render
from portal.core.i18n import LOCALES
from portal.promotions.documents import letter_of, texts
from tests.factories import promotions as make

pytestmark = pytest.mark.usefixtures("db_session", "clock")

BRAND = Brand(name="Halcyon", colour="#0f5c6e", address="12 Harbour Street\nDublin")
SEAL = Seal("A7KQ-2M9X", "https://portal.example/verify/A7KQ-2M9X",
            datetime(2026, 11, 24, 9, 0, tzinfo=UTC))  # fmt: skip


def test_every_part_stands_in_every_language() -> None:
    for part, written in texts().items():
        assert set(written) == set(LOCALES), part
        assert all(written.values()), part


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
