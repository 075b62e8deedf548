"""Pages: what one costs to a person who waits for it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bench.clock import WARM, Deadline, Figure, Statements, spread, timed_beside
from bench.floor import Floor
from bench.visitors import NO_PERSON, Places, visitor
from portal.core.db import db

MOST_QUERIES = 12
NEXT = re.compile(r'href="([^"]*[?&](?:amp;)?cursor=[^"]*)"')
DEEP = 20
NAMES = (
    ("search: part of a Latin name", "gallag"),
    ("search: Turkish with İ and ş", "İnce"),
    ("search: Turkish, two words", "ayşe şim"),
    ("search: Japanese, two letters", "髙橋"),
    ("search: Arabic", "حداد"),
    ("search: nobody", NO_PERSON),
)


@dataclass(frozen=True)
class Visit:
    """A page, who opens it, and how fast it should come."""

    work: str
    path: str
    by: str
    target: float
    worst: float | None = None

    @property
    def limit(self) -> float:
        """The slowest twentieth may take three times as long, unless said otherwise."""
        return self.worst or self.target * 3


class Bench:
    """The application, its visitors, and the floor they are compared with."""

    def __init__(self, app: Flask, found: Places, floor: Floor, times: int) -> None:
        self.app, self.found, self.floor, self.times = app, found, floor, times
        with app.app_context():
            self.statements = Statements(db.engine)
            self.deadline = Deadline(db.engine)
        self.clients: dict[str, FlaskClient] = {
            "hr": visitor(app, found.hr),
            "manager": visitor(app, found.manager),
            "interviewer": visitor(app, found.interviewer),
            "candidate": visitor(app, None),
        }

    def page(self, visit: Visit) -> Figure:
        """Time one page."""
        client = self.clients[visit.by]
        began = time.monotonic()
        first = client.get(visit.path)
        if first.status_code != 200:
            passed = time.monotonic() - began
            return Figure(visit.work, value=f"answers {first.status_code} after {passed:.0f} s",
                          target=f"{visit.target:g} ms", reached=False)  # fmt: skip
        with self.statements.counted() as sent:
            plain = client.get(visit.path)
        packed = client.get(visit.path, headers={"Accept-Encoding": "br"})
        figure = self.time(
            visit.work, lambda _number: client.get(visit.path).get_data(), visit.target
        )
        figure.queries, figure.size, figure.packed = len(sent), len(plain.data), len(packed.data)
        in_time = (figure.p95 or 0) <= visit.limit and len(sent) <= MOST_QUERIES
        figure.reached = bool(figure.reached) and in_time
        return figure

    def time(self, name: str, work: Callable[[int], object], target: float) -> Figure:
        """Time a piece of work by turns with the floor."""
        taken, plain, cpu = timed_beside(work, self.floor.fetch, self.times, WARM)
        median, worst = spread(taken)
        return Figure(
            name, median, worst, ratio=median / spread(plain)[0], cpu=spread(cpu)[0],
            target=f"{target:g} ms", reached=median <= target,
        )  # fmt: skip


def visits(bench: Bench) -> Iterator[Visit]:
    """Every page that is measured."""
    found = bench.found
    board = "/hiring/postings/1"
    yield Visit("home of HR", "/", "hr", 10)
    yield Visit("home of an interviewer", "/", "interviewer", 10)
    yield Visit("home of a manager", "/", "manager", 10)
    yield Visit("hiring overview", "/hiring", "hr", 8)
    yield Visit("board of the largest posting", f"{board}/board", "hr", 8)
    yield Visit("table of it", f"{board}/table", "hr", 8)
    yield Visit(f"table of it, page {DEEP}", deep(bench.clients["hr"], f"{board}/table"), "hr", 8)
    for work, asked in NAMES:
        yield Visit(work, f"/hiring/candidates?q={quote(asked)}", "hr", 8, 30)
    mail = quote(found.email.split("@")[0])
    yield Visit("search: part of an e-mail", f"/hiring/candidates?q={mail}", "hr", 8, 30)
    yield Visit("search everything", "/search?q=gallag", "hr", 8, 30)
    yield Visit("application", f"/hiring/applications/{found.application}", "hr", 6)
    yield Visit("application after the panel", f"/hiring/applications/{found.interviewed}", "hr", 6)
    yield Visit("own interviews", "/interviews", "interviewer", 8)
    card = found.drafts[0][1]
    yield Visit("scorecard", f"/interviews/scorecards/{card}", "interviewer", 8)
    yield Visit("offers", "/offers", "hr", 8)
    yield Visit("onboarding", "/onboarding", "hr", 8)
    yield Visit("people", "/people", "hr", 8)
    yield Visit("people by name", "/people?q=%C5%9Fah", "hr", 8)
    yield Visit("person", "/people/10", "hr", 6)
    yield Visit("audit trail", "/settings/trail", "hr", 8)
    yield from working_together()
    yield Visit("careers list", "/careers", "candidate", 8)
    yield Visit("public job page", f"/careers/{found.slug}", "candidate", 3)


def working_together() -> Iterator[Visit]:
    """How people grow and work together, as HR and a manager see it."""
    yield Visit("reviews of all, of HR", "/reviews/team", "hr", 30)
    yield Visit("reviews of a branch, of a manager", "/reviews/team", "manager", 30)
    yield Visit("own reviews and parts to write", "/my/reviews", "manager", 30)
    yield Visit("goals of a branch, of a manager", "/goals/team", "manager", 30)
    yield Visit("thanks of all", "/recognition", "hr", 30)
    yield Visit("own path", "/my/path", "manager", 30)
    yield Visit("moves between roles", "/paths/explorer", "hr", 30)
    yield Visit("key positions", "/succession", "hr", 30)
    yield Visit("mentoring", "/mentoring", "manager", 30)


def deep(client: FlaskClient, path: str) -> str:
    """The address of a page far in, found as people find it: by following the last link."""
    for _page in range(DEEP - 1):
        answer: TestResponse = client.get(path)
        links = [link.replace("&amp;", "&") for link in NEXT.findall(answer.text)]
        if not links:
            break
        path = (
            links[-1] if links[-1].startswith("/") else path.split("?", maxsplit=1)[0] + links[-1]
        )
    return path


def measure_pages(bench: Bench) -> Iterator[Figure]:
    """Every page in turn."""
    for visit in visits(bench):
        yield bench.page(visit)
