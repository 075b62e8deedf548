"""A real server: start, memory, imports, and pages per second over loopback."""

from __future__ import annotations

import compileall
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.clock import Figure
from bench.loopback import Request, load
from bench.pages import Bench
from bench.papers import children, resident
from bench.visitors import cookie_of
from bench.writes import Saver
from portal.core.app import ROOT

HEAVY = ("weasyprint", "scipy", "networkx", "openbadgeslib", "pyld")
SECONDS = 6
CHECK = """
import json, sys
from portal import create_app
client = create_app().test_client()
for path in sys.argv[1:]:
    client.get(path, headers={"Cookie": ""})
print(json.dumps([name for name in %r if name in sys.modules]))
"""


def measure_serving(bench: Bench) -> Iterator[Figure]:
    """Start and memory first, then load."""
    # As after the first start of any installation, also where Python is told to keep no byte code.
    compileall.compile_dir(ROOT / "portal", quiet=2)
    yield _imports(bench)
    with served(1) as (port, pid, seconds):
        yield Figure("start to first page", value=f"{seconds:.2f} s", target="1.5 s",
                     reached=seconds <= 1.5)  # fmt: skip
        signed_in = Request(port, "/hiring/postings/1/table", cookie_of(bench.clients["hr"]))
        load([signed_in] * 4, seconds=2)
        workers = [one for one in children(pid) if resident(one) > 30]
        memory = max((resident(one) for one in workers), default=resident(pid))
        yield Figure("memory of a web worker", value=f"{memory:.0f} MiB", target="120 MiB",
                     reached=memory <= 120)  # fmt: skip
    with served(2) as (port, _pid, _seconds):
        yield from _pages(bench, port)
        yield _saves(bench, port)


def _imports(bench: Bench) -> Figure:
    found = bench.found
    paths = ["/careers", f"/careers/{found.slug}", "/sign-in"]
    command = [sys.executable, "-c", CHECK % (HEAVY,), *paths]
    done = subprocess.run(  # noqa: S603 - our own command
        command, env=os.environ, capture_output=True, check=True, text=True
    )
    loaded = json.loads(done.stdout)
    text = ", ".join(loaded) or "none"
    return Figure("WeasyPrint, scipy, networkx in a web worker", value=text, target="none",
                  reached=not loaded)  # fmt: skip


def _pages(bench: Bench, port: int) -> Iterator[Figure]:
    table = Request(port, "/hiring/postings/1/table", cookie_of(bench.clients["hr"]))
    home = Request(port, "/interviews", cookie_of(bench.clients["interviewer"]))
    public = Request(port, f"/careers/{bench.found.slug}", "")
    for work, request, least in (
        ("table of the largest posting, 2 workers", table, 250),
        ("list of own interviews, 2 workers", home, 250),
        ("public job page, 2 workers", public, 1000),
    ):
        load([request] * 8, seconds=1)
        result = load([request] * 8, seconds=SECONDS)
        text = f"{result.speed:.0f}/s" + (f", {result.wrong} errors" if result.wrong else "")
        yield Figure(work, result.median, result.p95, value=text, target=f"{least}/s",
                     reached=result.speed >= least and not result.wrong)  # fmt: skip


def _saves(bench: Bench, port: int) -> Figure:
    """Eight interviewers save at the same time, each a scorecard of their own."""
    requests = []
    for account, card in bench.found.drafts[10:18]:
        saver = Saver(bench, account, card)
        requests.append(
            Request(port, saver.path, cookie_of(saver.client), saver.headers, saver.values)
        )
    result = load(requests, seconds=SECONDS)
    return Figure(
        "drafts saved by 8 people, 2 workers", result.median, result.p95,
        value=f"{result.speed:.0f}/s, {result.wrong} errors", target="500/s",
        reached=result.speed >= 500 and not result.wrong,
    )  # fmt: skip


@contextmanager
def served(workers: int) -> Iterator[tuple[int, int, float]]:
    """A server on a free port: its port, its process, and how long its first page took."""
    port = _free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", str(workers), "--blocking-threads", "4",
        "--backpressure", "64", "--log-level", "critical", "--factory", "portal:create_app",
    ]  # fmt: skip
    began = time.perf_counter()
    server = subprocess.Popen(command, env=os.environ, start_new_session=True)  # noqa: S603
    try:
        _wait_for(port, server)
        yield port, server.pid, time.perf_counter() - began
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends and server.poll() is None:
        try:
            if Request(port, "/careers", "").once()[0] == 200:
                return
        except OSError:
            time.sleep(0.02)
    message = "the server did not answer"
    raise RuntimeError(message)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
