"""Hands one mail to the server, so that a crash at any moment never sends it twice."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

import sqlalchemy as sa
from flask import current_app

from portal.core import clock
from portal.core.db import db
from portal.core.jobs.queue import MAX_ATTEMPTS
from portal.core.mail.message import build
from portal.core.mail.models import OutgoingMail
from portal.core.mail.states import MailState

TIMEOUT = 30


class TryLater(Exception):  # noqa: N818 - ends the job, which then runs again
    """The server did not take the mail now and has certainly not sent it."""


class Undeliverable(Exception):  # noqa: N818 - an answer, not a fault
    """The server refuses this mail for good."""


class Unconfirmed(Exception):  # noqa: N818 - as above
    """The connection broke after the message had gone out: it may be on its way."""


def deliver(mail_id: int) -> None:
    """Send a waiting mail and write down what became of it.

    The claim commits before the server is called. A worker that dies in between leaves the mail
    "being sent"; the next run cannot know whether the server took it, and says so instead of
    sending it twice.

    Raises:
        TryLater: if another try makes sense; the mail waits again.

    """
    mail = _claim(mail_id)
    if mail is None:
        return
    try:
        message = build(mail, sender=current_app.config["MAIL_FROM"], at=clock.now())
        # Reading the mail has opened a transaction; the server's time must not hold its locks.
        db.session.commit()
        _hand_to_server(message)
    except TryLater as error:
        _settle(mail, MailState.QUEUED, str(error))
        if mail.attempts >= MAX_ATTEMPTS:
            mail.state = MailState.FAILED
            return
        db.session.commit()
        raise
    except Unconfirmed as error:
        _settle(mail, MailState.UNCONFIRMED, str(error))
    except (Undeliverable, LookupError, ValueError) as error:
        # A vanished attachment or an impossible header cannot get better by waiting.
        _settle(mail, MailState.FAILED, str(error))
    else:
        _settle(mail, MailState.SENT, "")
        mail.sent_at = clock.now()


def _claim(mail_id: int) -> OutgoingMail | None:
    """The mail, marked and committed as being sent, or ``None`` if there is nothing to send."""
    statement = sa.select(OutgoingMail).where(OutgoingMail.id == mail_id).with_for_update()
    mail = db.session.scalar(statement)
    if mail is not None and mail.state is MailState.SENDING:
        _settle(mail, MailState.UNCONFIRMED, "The worker stopped while it was sending.")
        return None
    if mail is None or mail.state is not MailState.QUEUED:
        return None
    if not current_app.config["SMTP_URL"]:
        mail.state = MailState.KEPT
        return None
    mail.state = MailState.SENDING
    mail.attempts += 1
    db.session.commit()
    return mail


def _settle(mail: OutgoingMail, state: MailState, error: str) -> None:
    mail.state = state
    mail.error = error


def _hand_to_server(message: EmailMessage) -> None:
    try:
        server = _connect(current_app.config["SMTP_URL"])
    except (OSError, smtplib.SMTPException) as error:
        raise TryLater(_words(error)) from error
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        raise _by_code(code, answer) from error
    except smtplib.SMTPResponseException as error:
        raise _by_code(error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Undeliverable(_words(error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unconfirmed(_words(error)) from error
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()


def _connect(address: str) -> smtplib.SMTP:
    """Open a connection as ``smtp://user:password@host:port?starttls=1`` or ``smtps://…`` says."""
    url = urlsplit(address)
    host = url.hostname or "localhost"
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, url.port or 465, timeout=TIMEOUT, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(host, url.port or 25, timeout=TIMEOUT)
    try:
        if parse_qs(url.query).get("starttls", ["0"])[0] == "1":
            server.starttls(context=ssl.create_default_context())
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _by_code(code: int, answer: bytes | str) -> TryLater | Undeliverable:
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    kind = TryLater if 400 <= code < 500 else Undeliverable
    return kind(f"{code} {text}")


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
