"""The letter about a probation in four languages, as text of the PDF."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pypdf
import pytest

from portal.core.brand import Brand
from portal.core.db import db
from portal.core.documents import Seal, render
from portal.offers import letters
from portal.offers import operations as offers
from portal.onboarding import operations
from portal.onboarding.documents import LETTERS, letter_of
from portal.onboarding.starter import probation_pack
from portal.onboarding.states import ProbationOutcome
from tests.factories import onboarding as make
from tests.factories import people
from tests.starter_words import assert_complete, assert_same_letter

pytestmark = pytest.mark.usefixtures("db_session", "clock")

BRAND = Brand(name="Halcyon", colour="#0f5c6e", address="12 Harbour Street\nDublin")
SEAL = Seal("A7KQ-2M9X", "https://portal.example/verify/A7KQ-2M9X",
            datetime(2026, 11, 24, 9, 0, tzinfo=UTC))  # fmt: skip
DAYS = {
    "en": "January 29, 2027", "tr": "29 Ocak 2027", "es": "29 de enero de 2027",
    "ja": "2027年1月29日",
}  # fmt: skip
SUBJECTS = {
    (ProbationOutcome.PASS, "en"): "You have passed your probation",
    (ProbationOutcome.PASS, "tr"): "Deneme süreniz başarıyla tamamlandı",
    (ProbationOutcome.EXTEND, "es"): "Ampliación de su período de prueba",
    (ProbationOutcome.EXTEND, "ja"): "試用期間延長のお知らせ",
    (ProbationOutcome.END, "en"): "Your employment does not continue after the probation",
    (ProbationOutcome.END, "ja"): "試用期間終了に伴う雇用終了のお知らせ",
}


def text_of(outcome: ProbationOutcome, language: str, message: str = "") -> str:
    person = people.person("Işıl", "Ağaoğlu", language=language)
    plan = make.plan(make.hire(person=person), probation_ends_on=date(2027, 2, 28))
    until = None if outcome is ProbationOutcome.PASS else date(2027, 1, 29)
    hr = people.account(roles=["hr"])
    decision = make.decision(plan, hr, outcome=outcome, until=until, message=message)
    pdf = render("probation_letter", letter_of(decision), locale=language, brand=BRAND, seal=SEAL)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert reader.trailer["/Root"]["/Lang"] == language
    return "".join("".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("language", ["en", "tr", "es", "ja"])
@pytest.mark.parametrize("outcome", list(ProbationOutcome))
def test_the_letter_says_what_was_decided_in_the_persons_language(
    outcome: ProbationOutcome, language: str
) -> None:
    text = text_of(outcome, language)
    assert "Işıl" in text
    assert "Halcyon" in text
    assert "Exactinwriting" not in text, "the reason stays in the file"
    assert "calmonthetelephone" not in text.lower()
    written = letters.starter_content(LETTERS[outcome])[language]["subject"]
    subject = SUBJECTS.get((outcome, language), written)
    assert "".join(subject.split()) in text
    shown = "".join(DAYS[language].split()) in text
    assert shown is (outcome is not ProbationOutcome.PASS)
    assert "{" not in text


def test_words_to_the_person_are_printed_and_never_run() -> None:
    text = text_of(ProbationOutcome.PASS, "en", "Well done {name}!\n<b>{{ 7*7 }}</b>")
    assert "Welldone{name}!" in text
    assert "<b>{{7*7}}</b>" in text


def test_every_text_speaks_four_languages() -> None:
    assert_complete(probation_pack())


@pytest.mark.parametrize("outcome", list(ProbationOutcome))
def test_the_starter_letters_say_the_same_in_every_language(outcome: ProbationOutcome) -> None:
    content = letters.starter_content(LETTERS[outcome])
    letters.check_content(LETTERS[outcome], content)
    assert_same_letter(content, LETTERS[outcome])


def test_hr_words_each_letter_and_an_issued_one_stays_as_it_was() -> None:
    plan = make.plan(make.hire(), probation_ends_on=date(2027, 2, 28))
    hr = people.account(roles=["hr"])
    decision = make.decision(plan, hr, outcome=ProbationOutcome.PASS)
    operations.confirm_probation(decision, by=people.account(roles=["hr"]))
    assert decision.document is not None
    before = dict(decision.document.payload)
    row = offers.letter_in_force(LETTERS[ProbationOutcome.PASS])
    body = ["Well done at {{ site_name }}.", "It ended on {{ probation_ends_on }}."]
    content = {**row.content, "en": {**row.content["en"], "body": body}}
    offers.change_letter(row, content=content, by=hr)
    db.session.refresh(decision.document)
    assert decision.document.payload == before
    site = plan.employment.site.name["en"]
    again = letter_of(decision).paragraphs
    assert again == (f"Well done at {site}.", "It ended on February 28, 2027.")
    other = make.plan(make.hire(), probation_ends_on=date(2027, 2, 28))
    extended = make.decision(other, hr, outcome=ProbationOutcome.EXTEND, until=date(2027, 3, 31))
    assert "March 31, 2027" in letter_of(extended).paragraphs[0], "the others are as they were"
