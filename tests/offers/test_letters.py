"""Letters: placeholders, paragraphs left out, nothing run, and the PDF as it is read."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import pypdf
import pytest

from portal.core.brand import Brand
from portal.core.db import db
from portal.core.documents import Seal, render
from portal.core.errors import NotFound, Refused, Stale
from portal.core.i18n import LOCALES
from portal.offers import letters, operations, queries
from portal.offers.documents import LETTER, OfferLetter, letter_of, values_of
from portal.offers.letters import LETTERS, letter_named, starter_content
from portal.offers.models import LetterTemplate, Offer
from tests.factories import hiring, people
from tests.factories import offers as make

pytestmark = pytest.mark.usefixtures("db_session", "clock")

BRAND = Brand(name="Halcyon", colour="#0f5c6e", address="12 Harbour Street\nDublin")
SEAL = Seal("A7KQ-2M9X", "https://portal.example/verify/A7KQ-2M9X",
            datetime(2026, 11, 24, 9, 0, tzinfo=UTC))  # fmt: skip


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def pdf_of(letter: OfferLetter, locale: str = "en") -> bytes:
    return render(
        "offer_letter",
        letter,
        locale=locale,
        brand=BRAND,
        country="TR",
        time_zone="Europe/Istanbul",
        seal=SEAL,
    )


def offer_to(given: str, family: str, language: str, **values: Any) -> Offer:
    title = {
        "en": "Customer Service Associate", "tr": "Müşteri Hizmetleri Temsilcisi",
        "es": "Representante de servicio al cliente", "ja": "カスタマーサービス担当",
    }  # fmt: skip
    role = people.role(title=title["en"])
    role.title = title
    people.pay_band(role)
    row = make.candidate(
        requisition=hiring.requisition(role=role), given_name=given, family_name=family,
        language=language,
    )  # fmt: skip
    return make.draft(row, language=language, **values)


def changed(template: LetterTemplate, language: str = "en", **parts: Any) -> dict[str, Any]:
    return {**template.content, language: {**template.content[language], **parts}}


def template() -> LetterTemplate:
    operations.load_letters(by=None)
    return db.session.scalars(queries.newest_template("standard")).one()


def test_every_placeholder_is_filled_from_the_terms() -> None:
    offer = offer_to("Ceren", "Arslan", "en")
    values = values_of(offer)
    assert set(values) == LETTER.placeholders
    assert values["candidate_name"] == "Ceren Arslan"
    assert values["start_date"] == "January 4, 2027"
    assert values["expires_on"] == "December 8, 2026"
    assert values["bonus"].startswith("up to 10 %")
    letter = letter_of(offer)
    text = "\n".join((letter.subject, letter.greeting, *letter.paragraphs, *letter.closing))
    assert "{{" not in text
    assert values["pay"] in text
    assert letter.farewell == ("Yours sincerely,",)
    assert letter.signature == values["organisation_name"]


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ({"bonus_percent": 0}, "bonus arrangement"),
        ({"benefits": ()}, "these benefits"),
        ({"probation_months": 0}, "probation period"),
    ],
)
def test_a_paragraph_about_what_is_not_agreed_is_left_out(term: dict[str, Any], words: str) -> None:
    full = letter_of(make.draft())
    less = letter_of(make.draft(**term))
    assert any(words in paragraph for paragraph in full.paragraphs)
    assert not any(words in paragraph for paragraph in less.paragraphs)
    assert len(less.paragraphs) == len(full.paragraphs) - 1
    assert len(less.terms) + len(less.benefits) < len(full.terms) + len(full.benefits)


def test_a_closing_about_what_is_not_agreed_is_blank() -> None:
    operations.change_letter(
        row := template(), content=changed(row, closing="{{ bonus }}"), by=make.hr()
    )
    letter = letter_of(make.draft(bonus_percent=0))
    assert (letter.closing, letter.farewell, letter.signature) == ((), (), "")


@pytest.mark.parametrize("part", ["subject", "greeting", "body", "closing", "consent"])
@pytest.mark.parametrize("bad", ["{{ salary }}", "{% if pay %}", "{# note #}", "{{ pay|upper }}",
                                 "{{ 7*7 }}", "{{ pay.__class__ }}", "{{ }}",
                                 "{{ pay }", "{{{{ pay }}}}", "pay }}", "%}"])  # fmt: skip
def test_an_unknown_placeholder_is_refused_at_its_field(part: str, bad: str) -> None:
    row = template()
    text: Any = [f"Hello {bad}"] if part == "body" else f"Hello {bad}"
    with pytest.raises(Refused) as refused:
        operations.change_letter(row, content=changed(row, "es", **{part: text}), by=make.hr())
    assert refused.value.field == f"es-{part}"


def test_a_letter_takes_no_placeholder_of_another() -> None:
    (extended, ended) = (operations.letter_in_force(letter_named(f"probation-{way}"))
                         for way in ("extend", "end"))  # fmt: skip
    for row, name in ((extended, "last_day"), (ended, "probation_ends_on"), (ended, "pay")):
        content = changed(row, "ja", farewell=f"{{{{ {name} }}}}")
        with pytest.raises(Refused, match=name) as refused:
            operations.change_letter(row, content=content, by=make.hr())
        assert refused.value.field == "ja-farewell"


def test_the_starter_is_number_1_when_a_letter_is_first_needed() -> None:
    letter = letter_named("promotion")
    assert db.session.scalars(queries.newest_template("promotion")).all() == []
    first = operations.letter_in_force(letter)
    assert (first.number, first.content, first.created_by_id) == (1, starter_content(letter), None)
    assert operations.letter_in_force(letter) is first
    second = operations.change_letter(first, content=changed(first, subject="New"), by=make.hr())
    assert operations.letter_in_force(letter) is second
    assert first.content == starter_content(letter), "what was sent can still be looked up"


def test_loading_adds_every_letter_that_is_missing() -> None:
    operations.letter_in_force(LETTER)
    assert operations.load_letters(by=None) == len(LETTERS) - 1
    assert operations.load_letters(by=None) == 0


def test_the_first_of_two_editors_wins() -> None:
    row, hr = template(), make.hr()
    operations.change_letter(row, content=changed(row, subject="First"), by=hr)
    with pytest.raises(Stale, match="Someone changed this"):
        operations.change_letter(row, content=changed(row, subject="Second"), by=hr)
    newest = operations.letter_in_force(LETTER)
    assert (newest.number, newest.content["en"]["subject"]) == (2, "First")


def test_who_finds_the_starter_stored_meanwhile_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = template()
    found = letters.present_version

    def too_early(letter: letters.Letter) -> LetterTemplate:
        version = found(letter)
        return LetterTemplate(key=version.key, number=1, content={}, created_at=version.created_at)

    monkeypatch.setattr(letters, "present_version", too_early)
    assert operations.letter_in_force(LETTER) is stored


def test_there_is_no_letter_of_an_unknown_name() -> None:
    with pytest.raises(NotFound):
        letter_named("dismissal")


@pytest.mark.parametrize("blank", ["", [], None])
def test_no_part_of_a_letter_is_blank(blank: Any) -> None:
    row = template()
    with pytest.raises(Refused) as refused:
        operations.change_letter(row, content=changed(row, "ja", body=blank), by=make.hr())
    assert refused.value.field == "ja-body"


def test_a_letter_without_a_change_makes_no_version() -> None:
    row = template()
    with pytest.raises(Refused, match="Nothing has changed"):
        operations.change_letter(row, content=dict(row.content), by=make.hr())
    assert (
        operations.change_letter(
            row, content=changed(row, greeting="Hello {{candidate_name}}!"), by=make.hr()
        ).number
        == 2
    )
    assert operations.load_letters(by=None) == 0


@pytest.mark.parametrize(
    "name",
    [
        "{{ 7*7 }}",
        "{{ config.SECRET_KEY }}",
        "{% for x in [1,2] %}x{% endfor %}",
        "<b>Bold</b>",
        "<img src='file:///etc/passwd'>",
        "{{ pay }}",
    ],
)
def test_what_people_type_is_printed_and_never_run(name: str) -> None:
    offer = offer_to(name, "Arslan", "en", shift=name)
    letter = letter_of(offer)
    assert letter.greeting == f"Dear {name} Arslan,"
    text = "".join("".join(pages_of(pdf_of(letter))).split())
    assert f"Dear{''.join(name.split())}Arslan," in text


def test_the_same_letter_is_the_same_to_the_byte() -> None:
    letter = letter_of(offer_to("Işıl", "Ağaoğlu", "tr"))
    assert pdf_of(letter, "tr") == pdf_of(letter, "tr")


READ = {
    "en": ("Ceren", "Arslan", "Ceren Arslan", "January 4, 2027", "Yours sincerely,"),
    "tr": ("İIşığ", "Öztürkçe", "İIşığ Öztürkçe", "4 Ocak 2027", "Saygılarımızla,"),
    "es": ("Íñigo", "Peña Núñez", "Íñigo Peña Núñez", "4 de enero de 2027", "Atentamente,"),
    "ja": ("①㈱真弓", "髙﨑", "髙﨑 ①㈱真弓", "2027年1月4日", "敬具"),
}


@pytest.mark.parametrize("locale", LOCALES)
def test_the_paper_says_name_pay_and_days_in_the_language_of_the_candidate(locale: str) -> None:
    given, family, name, day, farewell = READ[locale]
    offer = offer_to(given, family, locale, shift="İ ı ğ ş Ğ Ş 髙 﨑 ㈱ ①")
    letter = letter_of(offer)
    pdf = pdf_of(letter, locale)
    first, second = pages_of(pdf)
    squeezed = "".join(first.split())
    pay = "".join(values_of(offer)["pay"].split())
    for wanted in (name, day, pay, farewell, values_of(offer)["role_title"]):
        assert "".join(wanted.split()) in squeezed, wanted
    assert all(letter in second for letter in ["İ", "ı", "ğ", "ş", "Ğ", "Ş", "髙", "﨑", "㈱", "①"])
    assert day in second
    assert "A7KQ-2M9X" in first
    assert "A7KQ-2M9X" in second
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == letter.subject
    assert str(reader.trailer["/Root"]["/Lang"]).startswith(locale)


def test_yen_have_no_decimals() -> None:
    row = make.candidate()
    offer = make.draft(row, language="ja", pay=5_600_000, pay_currency="JPY",
                       starts_on=date(2027, 1, 4))  # fmt: skip
    assert "5,600,000" in values_of(offer)["pay"]
    assert offer.in_band is False, "the band is in lira"
