"""A whole portal of its own for the journeys: web, worker, database, files and mail."""

from __future__ import annotations

import itertools
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError

import sqlalchemy as sa

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Mail:
    """One mail as it went out."""

    id: int
    kind: str
    to: str
    locale: str
    subject: str
    text: str

    def link(self, part: str) -> str:
        """The path of the link whose address contains ``part``."""
        for address in re.findall(r"https?://[^\s<>]+", self.text):
            if part in address:
                return re.sub(r"^https?://[^/]+", "", address)
        message = f"no link with {part} in:\n{self.text}"
        raise AssertionError(message)


class Portal:
    """The demo organisation behind a real web server and a real worker."""

    def __init__(self, var: Path, database: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.var = var
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PORTAL_")}
        self.environment = kept | {
            "PORTAL_VAR": str(var), "PORTAL_DEMO": "1", "PORTAL_BASE_URL": self.url,
            "PORTAL_DATABASE_URL": database,
        }  # fmt: skip
        self.engine = sa.create_engine(database, poolclass=sa.NullPool)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Migrate, load the demo, serve, and wait until the first page comes."""
        self._run("migrate")
        self._run("demo")
        command = [sys.executable, "-m", "portal", "serve", "--port", str(self.port)]
        with (self.var / "server.log").open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        self._wait()

    def stop(self) -> None:
        """End web server and worker."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)

    @property
    def log(self) -> str:
        """What the server has said."""
        return (self.var / "server.log").read_text(errors="replace")

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a query finds in the database; each ``?`` stands for the next value."""
        numbers = itertools.count()
        named = sa.text(re.sub(r"\?", lambda _mark: f":v{next(numbers)}", query))
        with self.engine.connect() as base:
            found = base.execute(named, {f"v{at}": value for at, value in enumerate(values)})
            return [tuple(row) for row in found]

    def value(self, query: str, *values: Any) -> Any:
        """The first value of the first row a query finds."""
        found = self.rows(query, *values)
        assert found, f"nothing found by {query} {values}"
        return found[0][0]

    def mails(self, kind: str, to: str) -> list[Mail]:
        """Mails of a kind to somebody, the latest last."""
        found = self.rows(
            "select id, kind, to_address, locale, subject, text from outgoing_mail"
            " where kind = ? and to_address = ? order by id", kind, to,
        )  # fmt: skip
        return [Mail(*row) for row in found]

    def mail(self, kind: str, to: str) -> Mail:
        """The only mail of a kind to somebody."""
        (only,) = self.mails(kind, to)
        return only

    def _run(self, *command: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "portal", *command], cwd=ROOT, env=self.environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr

    def _wait(self) -> None:
        for _attempt in range(600):
            try:
                with urllib.request.urlopen(f"{self.url}/health/ready", timeout=5):
                    return
            except (URLError, ConnectionError):
                time.sleep(0.2)
        message = f"The portal did not start:\n{self.log}"
        raise RuntimeError(message)
