"""The letter about a probation in four languages, as text of the PDF."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pypdf
import pytest

from portal.core.brand import Brand
from portal.core.documents import Seal, render
from portal.onboarding.documents import letter_of
from portal.onboarding.starter import probation_pack
from portal.onboarding.states import ProbationOutcome
from tests.factories import onboarding as make
from tests.factories import people
from tests.starter_words import assert_complete

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
    written = probation_pack()["letter"][str(outcome)]["subject"][language]
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
