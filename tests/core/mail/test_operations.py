"""Writing mail and sending it again: each way out."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from jinja2 import TemplateNotFound

from portal.core import audit, brand, clock, jobs
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.mail import Attachment, operations, send
from portal.core.mail.composition import BlankMail
from portal.core.mail.models import OutgoingMail
from portal.core.mail.states import MailState
from tests.smtp import MailServer

pytestmark = pytest.mark.usefixtures("db_session", "clock")
SOMEONE: Any = SimpleNamespace(id=1, person_id=1)


@pytest.fixture(autouse=True)
def organisation(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    known = brand.Brand(
        name="Kıyı Çağrı", colour="#0f5c6e", address="İzmir", email="hr@example.com"
    )
    monkeypatch.setitem(app.extensions, "brand", lambda: known)


def hello(**values: Any) -> OutgoingMail:
    defaults = {"to": "aya@example.com", "locale": "en", "context": {"who": "Ayşe"}}
    return send("test/hello", **(defaults | values))


def count() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(OutgoingMail)) or 0


def test_a_mail_is_written_whole() -> None:
    mail = hello(name="Ayşe\r\nBcc: x@example.com", person_id=7)
    assert mail.subject == "Welcome Ayşe"
    assert mail.text.startswith("Dear Ayşe,\n\nsee http://localhost/settings/outbox/7\n")
    assert "Kıyı Çağrı" in mail.text
    assert "automatically" in mail.text
    assert "Questions? Write to hr@example.com." in mail.text
    assert "<p>Dear Ayşe</p>" in mail.html
    assert 'lang="en"' in mail.html
    assert "max-width:600px" in mail.html
    assert "#0f5c6e" in mail.html
    assert mail.to_name == "Ayşe Bcc: x@example.com"
    assert mail.person_id == 7


def test_names_in_html_are_escaped_and_in_text_are_not() -> None:
    mail = hello(context={"who": "<b>O'Neil</b>"})
    assert "&lt;b&gt;" in mail.html
    assert "Dear <b>O'Neil</b>," in mail.text
    assert mail.subject == "Welcome <b>O'Neil</b>"


def test_the_language_is_the_recipients_and_afterwards_the_readers_again() -> None:
    from flask_babel import force_locale, get_locale

    with force_locale("es"):
        assert 'lang="ja"' in hello(locale="ja").html
        assert str(get_locale()) == "es"


def test_without_a_mail_server_it_is_kept(app: Flask) -> None:
    mail = hello()
    assert mail.state is MailState.KEPT
    db.session.commit()
    assert jobs.run_pending(app) == 0


def test_with_a_mail_server_it_waits_for_a_worker(smtp: MailServer) -> None:
    assert hello().state is MailState.QUEUED
    assert smtp.taken == []


def test_a_key_is_used_once() -> None:
    first = hello(key="application-7")
    assert hello(key="application-7", context={"who": "Can"}) is first
    assert count() == 1


def test_each_mail_has_a_message_id_of_its_own() -> None:
    assert hello().message_id != hello().message_id


@pytest.mark.parametrize(
    "address",
    ["", "aya", "aya@", "a b@example.com", "a@example.com\nBcc: x@example.com", "a@b@c.com"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="is not a mail address") as refused:
        hello(to=address)
    assert refused.value.field == "email"
    assert count() == 0


def test_addresses_of_every_script_are_taken() -> None:
    assert hello(to="aya@örnek.com.tr").to_address == "aya@örnek.com.tr"


@pytest.mark.parametrize("kind", ["blank", "bodiless", "hollow"])
def test_a_blank_mail_is_never_written(kind: str) -> None:
    with pytest.raises(BlankMail, match=kind):
        send(f"test/{kind}", to="aya@example.com", locale="en", context={})
    assert count() == 0


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(TemplateNotFound):
        send("test/none", to="aya@example.com", locale="en", context={})


@pytest.mark.parametrize(
    "part",
    [
        Attachment("a", "text/plain"),
        Attachment("a", "text/plain", b"x", 1),
        Attachment("a", "text/plain", b"x" * 300_000),
    ],
)
def test_an_attachment_has_a_small_content_or_a_file(part: Attachment) -> None:
    with pytest.raises(ValueError, match="give a stored file"):
        hello(attachments=[part])


@pytest.mark.parametrize("state", [MailState.KEPT, MailState.FAILED, MailState.UNCONFIRMED])
def test_what_did_not_surely_arrive_can_be_sent_again(
    app: Flask, smtp: MailServer, state: MailState
) -> None:
    mail = hello(send_after=clock.now() + timedelta(days=3))
    db.session.commit()
    mail.state, mail.error = state, "x"
    operations.resend(mail, by=SOMEONE)
    db.session.commit()
    assert (mail.state, mail.error) == (MailState.QUEUED, "")
    event = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert event.action == "mail.resent"


@pytest.mark.parametrize("state", [MailState.SENT, MailState.QUEUED, MailState.SENDING])
def test_what_arrived_or_is_under_way_is_not_sent_again(smtp: MailServer, state: MailState) -> None:
    mail = hello()
    mail.state = state
    with pytest.raises(Refused):
        operations.resend(mail, by=SOMEONE)


def test_without_a_mail_server_nothing_can_be_sent_again() -> None:
    with pytest.raises(Refused, match="No mail server is set"):
        operations.resend(hello(), by=SOMEONE)


def test_the_trail_has_a_label_for_it() -> None:
    assert audit.labels()["mail.resent"] == "Sent a mail again"
