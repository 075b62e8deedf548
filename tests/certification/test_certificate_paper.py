"""The certificate as a PDF in four languages, and what the public page says of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pypdf
import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.certification import operations
from portal.certification.documents.certificate import KIND, Certificate, certificate_of
from portal.certification.models import Award
from portal.certification.states import AwardSource, CertificationFact
from portal.core import jobs
from portal.core.audit import AuditEvent
from portal.core.brand import Brand
from portal.core.db import db
from portal.core.documents import Document, Seal, render
from portal.people.models import Person
from tests.factories import certification as make
from tests.factories import people
from tests.page import Page, PageClient

BRAND = Brand(name="Halcyon", colour="#0f5c6e", address="12 Harbour Street\nDublin")
SEAL = Seal("7K2M-8QXA-41ZB-9TRD-33VN-6HJP", "https://portal.example/verify/7K2M-8QXA",
            datetime(2026, 11, 24, 9, 0, tzinfo=UTC))  # fmt: skip
NAMES = {
    "en": ("Niamh", "O’Brien"),
    "tr": ("Iğdır", "Şıkoğlu İnce"),
    "es": ("María José", "Núñez Ibáñez"),
    "ja": ("美﨑", "髙橋"),
}
CERTIFICATION = {
    "en": "Certified Customer Service Specialist",
    "tr": "Sertifikalı Müşteri Hizmetleri Uzmanı",
    "es": "Especialista certificado en atención al cliente",
    "ja": "認定カスタマーサービススペシャリスト",
}
ASKED = {
    "en": "Pass the exam with at least 75 %.",
    "tr": "Sınavı en az %75 ile geçmek.",
    "es": "Aprobar el examen con un 75 % como mínimo.",
    "ja": "試験に75％以上で合格すること。",
}


def holder(language: str, **values: Any) -> Person:
    given, family = NAMES[language]
    row = people.person(given, family, language=language, **values)
    people.employment(row)
    return row


def award(language: str, **values: Any) -> Award:
    """An award of a certification with eight criteria, as many as any in the starter pack."""
    asked = [make.criterion() for _number in range(8)]
    for row in asked:
        row.text = ASKED
    series = make.certification(criteria=asked, issuer="Halcyon")
    series.current.name = CERTIFICATION
    return make.award(holder(language), series, date(2026, 3, 1), date(2028, 2, 29), **values)


def pdf_of(data: Certificate, language: str, **options: Any) -> bytes:
    return render(KIND, data, locale=language, brand=BRAND, seal=SEAL, **options)


def text_of(pdf: bytes) -> str:
    return " ".join(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


@pytest.mark.parametrize("language", ["en", "tr", "es", "ja"])
@pytest.mark.usefixtures("db_session", "clock")
@pytest.mark.parametrize("country", ["TR", "US"])
def test_it_is_one_page_in_the_holders_language(language: str, country: str) -> None:
    row = award(language)
    pdf = pdf_of(certificate_of(row), language, country=country)
    text = text_of(pdf).replace(" ", "")
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1
    assert row.person.display_name.replace(" ", "") in text
    assert CERTIFICATION[language].replace(" ", "") in text
    assert text.count(ASKED[language].replace(" ", "")) == 8
    assert SEAL.code in text


@pytest.mark.usefixtures("db_session", "clock")
def test_a_japanese_name_has_the_family_first() -> None:
    data = certificate_of(award("ja"))
    assert data.holder == "髙橋 美﨑"
    assert {"2026年3月1日", "2028年2月29日"} <= {value for _label, value in data.rows}


@pytest.mark.usefixtures("db_session", "clock")
def test_a_renewal_lists_what_renewal_asks_for() -> None:
    first = make.criterion()
    later = make.criterion(at_first=False, at_renewal=True)
    series, person = make.certification(criteria=[first, later]), holder("en")
    old = make.award(person, series, date(2024, 3, 1), date(2026, 3, 1))
    new = make.award(person, series, date(2026, 2, 20), date(2028, 2, 20), supersedes=old)
    assert certificate_of(old).met == (first.text["en"],)
    assert certificate_of(new).met == (later.text["en"],)


@pytest.mark.usefixtures("db_session", "clock")
def test_a_corrected_first_award_is_no_renewal() -> None:
    first = make.criterion()
    series, person = make.certification(criteria=[first]), holder("en")
    wrong = make.award(person, series, date(2024, 3, 1), date(2026, 3, 1))
    make.revocation(wrong, date(2024, 3, 1))
    db.session.expire_all()
    right = make.award(person, series, date(2026, 2, 20), supersedes=wrong)
    assert certificate_of(right).met == (first.text["en"],)
    assert dict(certificate_of(right).rows)["Valid until"] == "Without end"


@pytest.mark.usefixtures("db_session", "clock")
def test_what_was_brought_along_is_said_to_be_checked_only() -> None:
    row = award("en", source=AwardSource.UPLOADED, needs_check=True, reference="FR-20")
    data = certificate_of(row)
    assert "has checked the certificate" in data.statement
    assert data.met == ()
    assert dict(data.rows)["Number"] == "FR-20"


class Paper:
    """A certificate asked for by its holder, and printed."""

    def __init__(self, app: Flask, client: PageClient) -> None:
        self.client = client
        with app.app_context():
            row = award("tr")
            self.account = people.account(person=row.person).id
            self.award_id = row.id
            db.session.commit()
        asked = self.ask()
        jobs.run_pending(app)
        with app.app_context():
            document = db.session.query(Document).filter_by(kind=KIND).one()
            self.code, self.id = document.verify_code, document.id
        assert asked.status == 303
        assert asked.location.endswith(f"/documents/{self.id}")

    def ask(self) -> Page:
        url = f"/certification/awards/{self.award_id}/certificate"
        return self.client.as_(self.account).post(url)

    def verify(self) -> Page:
        return self.client.get(f"/verify/{self.code}")


@pytest.fixture
def paper(app: Flask, client: PageClient, clock: Any) -> Paper:
    return Paper(app, client)


def test_asked_for_again_it_is_the_same_paper(app: Flask, paper: Paper) -> None:
    assert paper.ask().location.endswith(f"/documents/{paper.id}")
    with app.app_context():
        facts = db.session.query(AuditEvent).filter_by(
            action=str(CertificationFact.CERTIFICATE_ISSUED)
        )
        assert facts.count() == 1


def test_holder_and_hr_open_it_and_strangers_do_not(
    app: Flask, client: PageClient, paper: Paper
) -> None:
    with app.app_context():
        hr, peer = people.account(roles=["hr"]).id, people.account().id
        db.session.commit()
    url = f"/documents/{paper.id}/file"
    assert client.as_(paper.account).http.get(url).mimetype == "application/pdf"
    assert client.as_(hr).get(url).status == 200
    assert client.as_(peer).get(url).status == 403
    award_page = client.as_(paper.account).get(f"/certification/awards/{paper.award_id}")
    assert "Open the certificate" in award_page.text


def test_the_public_page_says_how_it_stands_today(
    app: Flask, paper: Paper, clock: Callable[[datetime], None]
) -> None:
    assert "Valid This certificate is valid until February 29, 2028." in paper.verify().text
    clock(datetime(2028, 3, 1, 9, 0, tzinfo=UTC))
    assert "Expired This certificate was valid until February 29, 2028." in paper.verify().text
    with app.app_context():
        make.revocation(db.session.get_one(Award, paper.award_id), date(2027, 5, 4),
                        reason="Cheated in the exam.")  # fmt: skip
        db.session.commit()
    assert "Revoked This certificate was revoked on May 4, 2027." in paper.verify().text


def test_the_public_page_says_that_a_newer_one_took_its_place(app: Flask, paper: Paper) -> None:
    with app.app_context():
        old = db.session.get_one(Award, paper.award_id)
        make.award(old.person, old.certification, date(2026, 11, 20), date(2028, 11, 20),
                   supersedes=old)  # fmt: skip
        db.session.commit()
    assert "has replaced this one on November 20, 2026" in paper.verify().text


def test_the_public_page_says_nothing_about_the_person(app: Flask, paper: Paper) -> None:
    with app.app_context():
        row = db.session.get_one(Award, paper.award_id)
        make.revocation(row, date(2026, 11, 1), reason="Cheated in the exam.")
        secrets = [row.person.given_name, row.person.family_name, row.person.email, "Cheated"]
        db.session.commit()
    html = paper.verify().html
    assert not [secret for secret in secrets if secret in html]


def test_a_certificate_is_printed_in_the_time_before_its_last_day_only(
    app: Flask, client: PageClient, clock: Callable[[datetime], None]
) -> None:
    with app.app_context():
        row = award("en")
        account = people.account(person=row.person).id
        award_id = row.id
        db.session.commit()
    clock(datetime(2028, 3, 1, 9, 0, tzinfo=UTC))
    mine = client.as_(account)
    assert mine.post(f"/certification/awards/{award_id}/certificate").status == 409
    assert "Make the certificate" not in mine.get(f"/certification/awards/{award_id}").text
    clock(datetime(2028, 2, 29, 9, 0, tzinfo=UTC))
    with app.app_context():
        operations.issue_certificate(
            db.session.get_one(Award, award_id), by=db.session.get_one(Account, account)
        )


@pytest.mark.usefixtures("db_session", "clock")
def test_a_long_name_and_long_criteria_stay_on_one_page() -> None:
    data = Certificate(
        "María de los Ángeles Fernández-Villaverde Etxeberria",
        "Especialista certificada en atención al cliente de servicios financieros",
        "Halcyon confirms that she has met every requirement. " * 2,
        ("Aprobar el examen final con un 75 % como mínimo y presentar el código ético.",) * 8,
        (("Certificación de", "Instituto de atención al cliente"), *[("Válido", "2028")] * 3),
    )
    pdf = pdf_of(data, "es", country="US")
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1
