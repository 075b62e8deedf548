"""Handing mail to a real server: what arrives, and what becomes of a mail that does not."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from flask import Flask

from portal.core import files, jobs
from portal.core.db import db
from portal.core.mail import Attachment, delivery, send
from portal.core.mail.message import build
from portal.core.mail.models import OutgoingMail
from portal.core.mail.states import MailState
from tests.conftest import MOMENT
from tests.smtp import MailServer

pytestmark = pytest.mark.usefixtures("db_session", "clock")
ICS = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Görüşme 面接\r\nEND:VCALENDAR\r\n".encode()


def hello(**values: Any) -> OutgoingMail:
    defaults = {"to": "aya@example.com", "locale": "en", "context": {"who": "Ayşe 髙"}}
    mail = send("test/hello", **(defaults | values))
    db.session.commit()
    return mail


def run(app: Flask) -> None:
    jobs.run_pending(app)
    db.session.expire_all()


def parsed(server: MailServer) -> EmailMessage:
    message = message_from_bytes(server.taken[0].content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_text_and_html_arrive_in_one_message(app: Flask, smtp: MailServer) -> None:
    mail = hello(name="Ayşe, Yılmaz")
    run(app)
    assert (mail.state, mail.sent_at, mail.attempts) == (MailState.SENT, MOMENT, 1)
    message = parsed(smtp)
    assert message["Subject"] == "Welcome Ayşe 髙"
    assert message["To"].addresses[0].display_name == "Ayşe, Yılmaz"
    assert message["Message-ID"] == mail.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    assert message["Date"].datetime == MOMENT
    assert message.get_body(("plain",)).get_content().split() == mail.text.split()  # type: ignore[union-attr]
    assert message.get_body(("html",)).get_content().split() == mail.html.split()  # type: ignore[union-attr]
    assert smtp.taken[0].content.isascii()


def test_an_international_domain_travels_in_ascii(app: Flask, smtp: MailServer) -> None:
    hello(to="aya@örnek.com.tr")
    run(app)
    assert smtp.taken[0].rcpt_tos == ["aya@xn--rnek-4qa.com.tr"]


def test_an_invitation_is_both_an_alternative_and_a_file(app: Flask, smtp: MailServer) -> None:
    hello(attachments=[Attachment.calendar(ICS)])
    run(app)
    parts = {part.get_content_type(): part for part in parsed(smtp).walk()}
    calendar = parts["text/calendar"]
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_content_charset() == "utf-8"
    assert "面接" in calendar.get_content()
    assert not calendar.is_attachment()
    assert parts["application/ics"].get_filename() == "invite.ics"
    assert parts["application/ics"].get_content() == ICS


def test_a_stored_file_is_attached_under_its_name(app: Flask, smtp: MailServer) -> None:
    letter = files.store(b"%PDF-1.7", name="Teklif mektubu.pdf", media_type="application/pdf")
    hello(attachments=[Attachment.stored(letter)])
    run(app)
    [part] = list(parsed(smtp).iter_attachments())
    assert part.get_filename() == "Teklif mektubu.pdf"
    assert part.get_content() == b"%PDF-1.7"


def test_a_vanished_attachment_fails_the_mail_with_its_name(app: Flask, smtp: MailServer) -> None:
    mail = hello(attachments=[Attachment("letter.pdf", "application/pdf", file_id=999)])
    run(app)
    assert mail.state is MailState.FAILED
    assert "letter.pdf" in mail.error
    assert smtp.taken == []


def test_a_mail_waits_for_its_moment(
    app: Flask, smtp: MailServer, clock: Callable[[datetime], None]
) -> None:
    mail = hello(send_after=MOMENT + timedelta(hours=1))
    run(app)
    assert mail.state is MailState.QUEUED
    clock(MOMENT + timedelta(hours=1, seconds=1))
    run(app)
    assert mail.state is MailState.SENT


def test_a_refusal_for_good_fails_the_mail_at_once(app: Flask, smtp: MailServer) -> None:
    smtp.answers = ["550 no such person"]
    mail = hello()
    run(app)
    assert (mail.state, mail.error) == (MailState.FAILED, "550 no such person")


def test_a_refusal_for_now_is_tried_again(
    app: Flask, smtp: MailServer, clock: Callable[[datetime], None]
) -> None:
    smtp.answers = ["451 busy"]
    mail = hello()
    run(app)
    assert (mail.state, mail.error) == (MailState.QUEUED, "451 busy")
    clock(MOMENT + timedelta(minutes=1))
    run(app)
    assert (mail.state, mail.error, len(smtp.taken)) == (MailState.SENT, "", 1)


def test_a_server_that_is_away_is_tried_five_times(
    app: Flask, monkeypatch: pytest.MonkeyPatch, clock: Callable[[datetime], None]
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    monkeypatch.setitem(app.config, "SMTP_URL", f"smtp://127.0.0.1:{port}")
    mail = hello()
    for day in range(7):
        clock(MOMENT + timedelta(days=day))
        run(app)
    assert (mail.state, mail.attempts) == (MailState.FAILED, 5)
    assert "ConnectionRefusedError" in mail.error


def test_a_broken_connection_after_the_handover_is_not_confirmed(
    app: Flask, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise ConnectionResetError

    monkeypatch.setattr("smtplib.SMTP.send_message", broken)
    mail = hello()
    run(app)
    assert mail.state is MailState.UNCONFIRMED


def test_a_mail_found_being_sent_is_not_confirmed(app: Flask, smtp: MailServer) -> None:
    mail = hello()
    mail.state = MailState.SENDING
    db.session.commit()
    run(app)
    assert mail.state is MailState.UNCONFIRMED
    assert smtp.taken == []


@pytest.mark.parametrize("state", [MailState.SENT, MailState.KEPT, MailState.FAILED])
def test_only_waiting_mail_is_sent(app: Flask, smtp: MailServer, state: MailState) -> None:
    mail = hello()
    mail.state = state
    db.session.commit()
    run(app)
    assert mail.state is state
    assert smtp.taken == []


def test_mail_is_kept_when_the_server_was_unset_meanwhile(
    app: Flask, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = hello()
    monkeypatch.setitem(app.config, "SMTP_URL", "")
    run(app)
    assert mail.state is MailState.KEPT


def test_a_mail_that_is_gone_is_no_fault(app: Flask) -> None:
    delivery.deliver(999)


def test_sign_in_and_encryption_come_from_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[tuple[Any, ...]] = []

    class Fake:
        def __init__(self, host: str, port: int, **_options: Any) -> None:
            steps.append((type(self).__name__, host, port))

        def starttls(self, context: Any) -> None:
            steps.append(("starttls", context.check_hostname))

        def login(self, user: str, password: str) -> None:
            steps.append(("login", user, password))

    class FakeSsl(Fake): ...

    monkeypatch.setattr("smtplib.SMTP", Fake)
    monkeypatch.setattr("smtplib.SMTP_SSL", FakeSsl)
    delivery._connect("smtp://me%40x:p%2Fw@mail.example:587?starttls=1")
    delivery._connect("smtps://mail.example")
    assert steps == [
        ("Fake", "mail.example", 587),
        ("starttls", True),
        ("login", "me@x", "p/w"),
        ("FakeSsl", "mail.example", 465),
    ]


def test_a_failed_sign_in_is_tried_later(
    app: Flask, smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SMTP_URL", smtp.url.replace("//", "//me:pw@"))
    mail = hello()
    run(app)
    assert mail.state is MailState.QUEUED
    assert "AUTH" in mail.error


def test_no_header_can_be_smuggled_in(app: Flask, smtp: MailServer) -> None:
    mail = hello()
    mail.subject = "Hello\r\nBcc: x@example.com"
    with pytest.raises(ValueError):
        build(mail, sender="Portal <portal@example.com>", at=MOMENT)
    db.session.commit()
    run(app)
    assert mail.state is MailState.FAILED
