"""Receiving applications: one test for each way out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.core import clock as portal_clock
from portal.core import files, search
from portal.core.audit import AuditEvent
from portal.core.errors import Refused
from portal.core.files import StoredFile, Upload
from portal.core.mail.models import OutgoingMail
from portal.core.tokens import keyed_hash
from portal.hiring.models import Application, DemographicAnswer, StageCount
from portal.hiring.operations import apply as op
from portal.hiring.states import ApplicationSource, PostingState, Stage
from portal.people.models import Person
from tests.factories import hiring
from tests.factories import people as make


def receive(posting, **changes):
    terms = {
        "given_name": "Pınar",
        "family_name": "Koç",
        "email": "Pinar.Koc@example.com",
        "language": "tr",
        "source": ApplicationSource.INDEED,
        "consent_country": "TR",
        "consent_text": "Kabul ediyorum.",
        "answers": {"english": True, "evenings": False},
    }
    return op.receive_application(posting, **(terms | changes))


def number_of(db_session, model):
    return db_session.scalar(sa.select(sa.func.count()).select_from(model))


@pytest.fixture
def posting(db_session, clock):
    return hiring.posting()


def test_an_application_makes_a_person_and_is_counted(db_session, posting):
    application = receive(posting)
    assert application.person.given_name == "Pınar"
    assert application.stage is Stage.APPLIED
    assert application.answers == {"english": True, "evenings": False}
    count = db_session.scalars(sa.select(StageCount)).one()
    assert (count.id, count.stage, count.count) == (posting.id, Stage.APPLIED, 1)
    assert application.consent_at == portal_clock.now()


def test_the_candidate_gets_the_status_link_in_their_language(db_session, posting):
    application = receive(posting)
    mail = db_session.scalars(sa.select(OutgoingMail)).one()
    assert (mail.kind, mail.locale) == ("hiring/received", "tr")
    assert f"/careers/applications/{application.status_key}" in mail.text
    assert "Customer Service Associate (tr)" in mail.subject
    assert len(application.status_key) == 43


def test_a_known_person_is_reused_and_never_overwritten(db_session, posting):
    known = make.person("Pınar", "Yıldız", email="pinar.koc@example.com", phone="+902121234567")
    application = receive(posting, phone="+905321234567")
    assert application.person is known
    assert (known.family_name, known.phone) == ("Yıldız", "+902121234567")
    assert application.family_name == "Koç"


def test_the_same_person_cannot_apply_twice_to_one_posting(db_session, posting):
    first = receive(posting)
    with pytest.raises(op.AppliedAlready) as refused:
        receive(posting, email="PINAR.KOC@EXAMPLE.COM", given_name="Someone")
    assert refused.value.application is first
    assert number_of(db_session, Application) == 1
    assert number_of(db_session, Person) >= 1


def test_the_same_person_can_apply_to_another_posting(db_session, posting):
    receive(posting)
    other = receive(hiring.posting())
    assert number_of(db_session, Application) == 2
    assert other.person.email == "Pinar.Koc@example.com"


def test_two_at_the_same_moment_make_one(db_session, posting, monkeypatch):
    first = receive(posting)
    real, calls = op._require_first, []

    def late(*args):
        calls.append(args)
        if len(calls) > 1:
            real(*args)

    monkeypatch.setattr(op, "_require_first", late)
    with pytest.raises(op.AppliedAlready) as refused:
        receive(posting)
    assert refused.value.application is first
    assert number_of(db_session, Application) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"state": PostingState.DRAFT},
        {"state": PostingState.CLOSED},
        {"closes_on": date(2026, 11, 23)},
        {"opens_on": date(2026, 11, 25)},
    ],
)
def test_a_posting_that_is_not_open_takes_none(db_session, clock, changes):
    with pytest.raises(Refused, match="no applications"):
        receive(hiring.posting(**changes))
    assert number_of(db_session, Application) == 0


def test_the_last_day_counts_where_the_site_is(db_session, clock):
    posting = hiring.posting(closes_on=date(2026, 11, 24))
    receive(posting)
    clock(portal_clock.now() + timedelta(hours=12, minutes=30))
    with pytest.raises(Refused):
        receive(posting, email="other@example.com")


def test_answers_to_questions_nobody_asked_are_dropped(db_session, posting):
    application = receive(posting, answers={"english": True, "salary": True})
    assert application.answers == {"english": True}


def test_the_cv_is_kept_with_the_application(db_session, posting):
    application = receive(posting, cv=Upload(b"my life", "özgeçmiş.txt", "text/plain"))
    assert files.read(application.cv_file) == b"my life"
    assert application.cv_file.name == "özgeçmiş.txt"


def test_no_file_row_is_left_by_a_duplicate(db_session, posting):
    receive(posting)
    with pytest.raises(op.AppliedAlready):
        receive(posting, cv=Upload(b"my life", "cv.txt", "text/plain"))
    assert number_of(db_session, StoredFile) == 0


def test_demographic_answers_stand_apart(db_session, posting):
    application = receive(posting, demographics={"gender": "woman", "age_group": ""})
    answer = db_session.scalars(sa.select(DemographicAnswer)).one()
    assert answer.answers == {"gender": "woman"}
    assert answer.reference == keyed_hash("demographic-answer", application.id)
    assert str(application.id) != answer.reference


def test_no_demographic_answer_makes_no_row(db_session, posting):
    receive(posting)
    assert number_of(db_session, DemographicAnswer) == 0


@pytest.mark.parametrize("query", ["pinar", "KOÇ", "koc", "pinar.koc@example.com", "pın"])
def test_the_candidate_is_found_in_any_spelling(db_session, posting, query):
    application = receive(posting)
    found = db_session.scalars(search.matches("candidate", query)).all()
    assert found == [application.person_id]


def test_the_application_is_found_by_its_letter(db_session, posting):
    application = receive(posting, letter="I speak 日本語 and العربية 😀")
    assert db_session.scalars(search.matches("application", "日本")).all() == [application.id]
    assert db_session.scalars(search.matches("application", "العرب")).all() == [application.id]


def test_the_trail_knows_of_it_but_holds_nothing_personal(db_session, posting):
    receive(posting, letter="A secret letter")
    event = db_session.scalars(
        sa.select(AuditEvent).where(AuditEvent.action == "application.received")
    ).one()
    assert (event.before, event.after, event.account_id) == ({}, {}, None)


def test_a_second_try_gets_the_link_again_but_not_at_once(db_session, posting, clock):
    application = receive(posting)
    op.remind_of_application(application)
    assert number_of(db_session, OutgoingMail) == 1
    clock(portal_clock.now() + timedelta(minutes=11))
    op.remind_of_application(application)
    op.remind_of_application(application)
    mails = db_session.scalars(sa.select(OutgoingMail).order_by(OutgoingMail.id)).all()
    assert [mail.kind for mail in mails] == ["hiring/received", "hiring/applied_already"]
    assert application.status_key in mails[1].text
