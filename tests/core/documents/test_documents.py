"""From issuing a paper to the file that never changes."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import Any

import pypdf
import pytest
import sqlalchemy as sa
from flask import Flask

from portal.core import files, jobs
from portal.core.db import db
from portal.core.documents import (
    Document,
    DocumentState,
    codec,
    documents_of,
    issue,
    label_of,
    register_kind,
)
from portal.core.documents.jobs import render_document
from portal.core.documents.kinds import KINDS
from portal.core.documents.operations import keep_file, require_file, retry_document
from portal.core.errors import Refused
from tests.core.documents import demo
from tests.core.documents.printing import add_templates
from tests.factories import people


@pytest.fixture(autouse=True)
def letters(app: Flask) -> Iterator[None]:
    """Registers a kind that only the account that issued it may open."""
    add_templates(app)
    register_kind("test_letter", "Letter", lambda viewer, row: viewer.id == row.issued_by)
    yield
    del KINDS["test_letter"]


def issued(data: Any = demo.TURKISH, **changes: Any) -> Document:
    """A letter about a new person, by a new account of HR."""
    person, by = people.person(), people.account(roles=["hr"])
    values = {"kind": "test_letter", "subject": person, "locale": "tr", "by": by} | changes
    return issue("demo_letter", data, **values)


@pytest.mark.usefixtures("db_session")
class TestIssue:
    def test_the_data_is_frozen_and_the_file_is_to_follow(self) -> None:
        document = issued(time_zone="Europe/Istanbul", country="TR")

        assert codec.decode(document.payload) == demo.TURKISH
        assert document.state is DocumentState.QUEUED
        assert document.file is None
        assert len(document.verify_code.replace("-", "")) == 24

    def test_codes_never_repeat(self) -> None:
        assert issued().verify_code != issued().verify_code

    def test_the_kind_is_the_template_unless_given(self) -> None:
        assert issued(kind=None).kind == "demo_letter"

    def test_a_paper_that_is_not_ready_cannot_be_handed_out(self) -> None:
        with pytest.raises(Refused):
            require_file(issued())

    def test_papers_are_found_by_the_record_they_are_about(self) -> None:
        person = people.person()
        first, second = issued(subject=person), issued(subject=person, kind="other")
        issued()

        assert list(db.session.scalars(documents_of(person))) == [second, first]
        assert list(db.session.scalars(documents_of(person, "other"))) == [second]

    def test_an_unknown_kind_still_has_a_name(self) -> None:
        assert label_of("no_such_paper") == "no such paper"


@pytest.mark.usefixtures("db_session")
class TestPrinting:
    def test_the_job_makes_the_paper_ready(self, app: Flask) -> None:
        document = issued()
        db.session.commit()

        jobs.run_pending(app)

        db.session.expire_all()
        assert document.state is DocumentState.READY
        pdf = files.read(require_file(document))
        assert document.sha256 == hashlib.sha256(pdf).hexdigest()
        text = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
        assert document.verify_code in text
        assert "Şükrü Çağlayan" in text

    def test_running_the_job_again_changes_nothing(self, app: Flask) -> None:
        document = issued()
        db.session.commit()
        jobs.run_pending(app)
        db.session.expire_all()
        before = document.file_id

        render_document(document_id=document.id)

        assert document.file_id == before
        assert db.session.scalar(sa.select(sa.func.count()).select_from(files.StoredFile)) == 1

    def test_an_issued_file_is_never_replaced(self, app: Flask) -> None:
        document = issued()
        db.session.commit()
        jobs.run_pending(app)
        db.session.expire_all()
        before = document.sha256

        keep_file(document, b"%PDF-something else")

        assert document.sha256 == before

    def test_a_paper_that_cannot_be_printed_fails_and_can_be_tried_again(self, app: Flask) -> None:
        document = issued(demo.Term("no", "letter"))
        db.session.commit()
        jobs.run_pending(app)
        db.session.expire_all()

        assert document.state is DocumentState.FAILED
        assert "UndefinedError" in (document.error or "")

        document.payload = codec.encode(demo.ENGLISH)
        retry_document(document)
        db.session.commit()
        jobs.run_pending(app)
        db.session.expire_all()
        assert document.state is DocumentState.READY

    def test_a_ready_paper_is_not_tried_again(self, app: Flask) -> None:
        document = issued()
        db.session.commit()
        jobs.run_pending(app)
        db.session.expire_all()

        with pytest.raises(Refused):
            retry_document(document)
