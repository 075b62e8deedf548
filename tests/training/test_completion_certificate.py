"""The certificate of completion in four languages, as text of the PDF, and who may read it."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pypdf
import pytest
from flask_babel import force_locale

from portal.core import i18n
from portal.core.brand import Brand
from portal.core.documents import Seal, render
from portal.training.documents import certificate_of, may_read
from portal.training.operations import issue_completion_certificate
from tests.factories import competencies, people
from tests.factories import training as make

pytestmark = pytest.mark.usefixtures("db_session")

BRAND = Brand(name="Halcyon", colour="#0f5c6e", address="12 Harbour Street\nDublin")
SEAL = Seal("A7KQ-2M9X", "https://portal.example/verify/A7KQ-2M9X",
            datetime(2026, 11, 24, 9, 0, tzinfo=UTC))  # fmt: skip
DAYS = {
    "en": "November 20, 2026", "tr": "20 Kasım 2026", "es": "20 de noviembre de 2026",
    "ja": "2026年11月20日",
}  # fmt: skip


def completed(**values):
    course = make.course("Listening")
    make.teaches(course, competencies.competency("empathy"), 4)
    make.worth(course, make.category("ethics"), 90)
    person = people.person("Işıl", "Ağaoğlu", **values)
    return make.completion(person, course, completed_on=date(2026, 11, 20), score=85)


@pytest.mark.parametrize("language", ["en", "tr", "es", "ja"])
def test_the_certificate_names_person_course_day_score_hours_and_level(language: str) -> None:
    data = certificate_of(completed(), language)
    pdf = render("completion_certificate", data, locale=language, brand=BRAND, seal=SEAL)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/Lang"] == language
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    with force_locale(language):
        score = i18n.percent(0.85)
    title = "Listening" if language == "en" else f"Listening ({language})"
    for part in ("Işıl", "Ağaoğlu", title, DAYS[language], score, "Ethics", "Empathy", "A7KQ"):
        assert "".join(part.split()) in text, part


def test_it_is_issued_once_in_the_language_of_who_holds_it() -> None:
    completion = completed(language="ja")
    hr = people.account(roles=["hr"])
    document = issue_completion_certificate(completion, by=hr)
    assert document.locale == "ja"
    assert issue_completion_certificate(completion, by=None) is document


def test_who_sees_the_training_reads_the_certificate() -> None:
    completion = completed()
    boss = people.person()
    people.employment(completion.person, manager=boss)
    document = issue_completion_certificate(completion, by=None)
    may = {
        "self": people.account(person=completion.person),
        "manager": people.account(person=boss),
        "hr": people.account(roles=["hr"]),
        "executive": people.account(roles=["executive"]),
        "peer": people.account(),
    }
    assert [name for name, viewer in may.items() if may_read(viewer, document)] == [
        "self", "manager", "hr",
    ]  # fmt: skip
