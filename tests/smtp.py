"""A real SMTP server for the tests, on a free port of this machine."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class MailServer:
    """Keeps what it takes; can wait before it answers, and answer something else."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.answers: list[str] = []
        self.may_answer = Event()
        self.may_answer.set()
        self.url = ""

    async def handle_DATA(  # noqa: N802 - the name aiosmtpd calls
        self, _server: SMTP, _session: Any, envelope: Any
    ) -> str:
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer.startswith("250"):
            self.taken.append(envelope)
        await asyncio.to_thread(self.may_answer.wait, 20)
        return answer


@contextmanager
def mail_server(**options: Any) -> Iterator[MailServer]:
    """Run a server for as long as the block lasts."""
    server = MailServer()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port, **options)
    controller.start()
    server.url = f"smtp://127.0.0.1:{port}"
    try:
        yield server
    finally:
        server.may_answer.set()
        controller.stop()
