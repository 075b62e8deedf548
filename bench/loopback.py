"""A small HTTP client for load: one process with a thread and an open connection per visitor."""

from __future__ import annotations

import json
import multiprocessing
import socket
import threading
import time
from dataclasses import dataclass, field
from queue import SimpleQueue
from urllib.parse import urlencode

from bench.clock import spread


@dataclass
class Request:
    """What one visitor asks for again and again; with ``form`` it is a POST."""

    port: int
    path: str
    cookie: str
    headers: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] | None = None

    def once(self) -> tuple[int, bytes]:
        """Ask on a connection of its own."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            return ask(connection, self.text())

    def text(self) -> bytes:
        """The request as it goes over the wire."""
        lines = [
            f"{'GET' if self.form is None else 'POST'} {self.path} HTTP/1.1", "Host: 127.0.0.1",
            "Accept-Encoding: br" if self.form is None else "Accept-Encoding: identity",
        ]  # fmt: skip
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        body = urlencode(self.form).encode() if self.form is not None else b""
        if self.form is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded",
                      f"Content-Length: {len(body)}"]  # fmt: skip
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(frozen=True)
class Load:
    """What came of it: answers a second, wrong answers, and milliseconds an answer took."""

    speed: float
    wrong: int
    median: float
    p95: float


def ask(connection: socket.socket, text: bytes) -> tuple[int, bytes]:
    """Send a request and read its whole answer."""
    connection.sendall(text)
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _gap, body = data.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)
    while len(body) < length:
        body += _more(connection)
    return int(head.split(b" ", 2)[1]), body


def _more(connection: socket.socket) -> bytes:
    piece = connection.recv(65536)
    if not piece:
        message = "the server hung up"
        raise ConnectionError(message)
    return piece


def load(requests: list[Request], *, seconds: float) -> Load:
    """Let the visitors ask for so long, from a process of their own."""
    context = multiprocessing.get_context("fork")
    results = context.SimpleQueue()
    child = context.Process(target=_visit, args=(requests, seconds, results))
    child.start()
    taken, wrong, passed = results.get()
    child.join()
    median, p95 = spread(taken) if taken else (0.0, 0.0)
    return Load(len(taken) / passed, wrong, median, p95)


def _visit(requests: list[Request], seconds: float, results: SimpleQueue[object]) -> None:
    taken: list[float] = []
    wrong: list[str] = []
    began = time.perf_counter()
    ends = began + seconds
    threads = [threading.Thread(target=_one, args=(one, ends, taken, wrong)) for one in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put((taken, len(wrong), time.perf_counter() - began))


def _one(request: Request, ends: float, taken: list[float], wrong: list[str]) -> None:
    """Ask until the time is over; a saved draft says which version to send next."""
    with socket.create_connection(("127.0.0.1", request.port), timeout=30) as connection:
        text = request.text()
        while (now := time.perf_counter()) < ends:
            try:
                status, body = ask(connection, text)
            except OSError as error:
                wrong.append(repr(error))
                return
            taken.append((time.perf_counter() - now) * 1000)
            if status != 200:
                wrong.append(str(status))
            elif request.form is not None:
                request.form["version"] = str(json.loads(body)["version"])
                text = request.text()
