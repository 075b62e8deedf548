"""What candidates may ask for their data."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from portal.core import files, search
from portal.core.audit import AuditEvent
from portal.core.errors import Refused
from portal.core.files import FileMissing, StoredFile
from portal.core.mail.models import OutgoingMail
from portal.hiring.models import StageCount
from portal.hiring.operations import (
    erase_application,
    export_application,
    receive_application,
    withdraw_application,
)
from portal.hiring.states import ApplicationSource, Stage
from tests.factories import hiring
from tests.factories import people as make
from tests.waiting import payloads

TERMS = {
    "given_name": "Pınar",
    "family_name": "Koç",
    "email": "pinar@example.com",
    "phone": "+905321234567",
    "headline": "Hotel desk",
    "letter": "A secret letter",
    "language": "tr",
    "source": ApplicationSource.CAREERS,
    "consent_country": "TR",
    "consent_text": "Kabul.",
    "answers": {"english": True},
}


@pytest.fixture
def application(db_session, clock):
    cv = files.store(b"my life", name="pinar.txt", media_type="text/plain")
    return receive_application(hiring.posting(), cv=cv, **TERMS)


def test_the_export_holds_everything_the_candidate_sent(application):
    data = export_application(application)
    text = json.dumps(data, ensure_ascii=False)
    for value in (
        "Pınar Koç",
        "pinar@example.com",
        "+905321234567",
        "Hotel desk",
        "A secret letter",
        "pinar.txt",
        "Kabul.",
    ):
        assert value in text
    assert data["basics"]["name"] == "Pınar Koç"
    assert "score" not in text


def test_an_application_that_goes_on_is_not_erased(application):
    with pytest.raises(Refused, match="Withdraw"):
        erase_application(application)


def test_erasing_leaves_nothing_personal_anywhere(db_session, application):
    person, stored = application.person, application.cv_file
    withdraw_application(application)
    erase_application(application)
    assert (application.display_name, application.letter, application.phone) == ("–", "", "")
    assert person.display_name == "–"
    assert "pinar" not in f"{person.email}{person.email_folded}{application.email}"
    assert db_session.scalars(sa.select(StoredFile)).all() == []
    assert db_session.scalars(sa.select(OutgoingMail)).all() == []
    for kind in ("candidate", "application", "person"):
        assert db_session.scalars(search.matches(kind, "pınar")).all() == []
    with pytest.raises(sa.exc.InvalidRequestError):
        db_session.refresh(stored)


def test_the_trail_of_hiring_keeps_no_personal_data(db_session, application):
    withdraw_application(application)
    erase_application(application)
    events = db_session.scalars(
        sa.select(AuditEvent).where(AuditEvent.subject_type == "application")
    )
    trail = json.dumps([[e.before, e.after] for e in events], ensure_ascii=False)
    assert "Koç" not in trail
    assert "secret" not in trail


def test_what_statistics_count_stays(db_session, application):
    applied_at, posting_id = application.applied_at, application.posting_id
    withdraw_application(application)
    erase_application(application)
    assert application.stage is Stage.WITHDRAWN
    assert application.applied_at == applied_at
    assert application.source is ApplicationSource.CAREERS
    kept = db_session.execute(
        sa.select(StageCount.stage, StageCount.count).where(StageCount.id == posting_id)
    )
    assert {stage: count for stage, count in kept if count} == {Stage.WITHDRAWN: 1}


def test_the_bytes_go_after_the_transaction(db_session, application):
    from portal.core.files.removal import remove_bytes

    stored = application.cv_file
    copy = StoredFile(key=stored.key, sha256=stored.sha256)
    withdraw_application(application)
    erase_application(application)
    assert files.read(copy) == b"my life"
    (payload,) = payloads("files.remove")
    remove_bytes(**payload)
    with pytest.raises(FileMissing):
        files.read(copy)


def test_a_person_known_for_something_else_stays_known(db_session, application):
    person = application.person
    other = receive_application(hiring.posting(), **TERMS)
    withdraw_application(application)
    erase_application(application)
    assert other.person is person
    assert person.given_name == "Pınar"
    assert application.person is not person
    assert application.person.display_name == "–"


def test_an_employed_person_stays_known(db_session, application):
    make.employment(person=application.person)
    person = application.person
    withdraw_application(application)
    erase_application(application)
    assert person.given_name == "Pınar"


def test_after_erasing_the_same_person_may_apply_again(db_session, application):
    receive_application(hiring.posting(), **TERMS)
    withdraw_application(application)
    erase_application(application)
    again = receive_application(application.posting, **TERMS)
    assert again.id != application.id


def test_erasing_twice_changes_nothing(db_session, application):
    withdraw_application(application)
    erase_application(application)
    person = application.person
    erase_application(application)
    assert application.person is person
