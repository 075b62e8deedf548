"""The mails of the tests, and a mail server when one asks for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from tests.core.mail.kinds import TEMPLATES
from tests.smtp import MailServer, mail_server


@pytest.fixture(autouse=True)
def test_mails(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the application find the templates of the tests beside its own."""
    loader = ChoiceLoader([DictLoader(TEMPLATES), app.jinja_env.loader])  # type: ignore[list-item]
    monkeypatch.setattr(app.jinja_env, "loader", loader)


@pytest.fixture
def smtp(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A mail server that the application is set to use."""
    with mail_server() as server:
        monkeypatch.setitem(app.config, "SMTP_URL", server.url)
        yield server
