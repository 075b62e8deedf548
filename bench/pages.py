"""Pages: what one costs to a person who waits for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bench.clock import WARM, Figure, Statements, spread, timed
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
    """The application, the visitors, and the floor they are compared with."""

    def __init__(self, app: Flask, found: Places, floor: float, times: int) -> None:
        self.app, self.found, self.floor, self.times = app, found, floor, times
        with app.app_context():
            self.statements = Statements(db.engine)
        self.clients: dict[str, FlaskClient] = {
            "hr": visitor(app, found.hr),
            "manager": visitor(app, found.manager),
            "interviewer": visitor(app, found.interviewer),
            "candidate": visitor(app, None),
        }

    def page(self, visit: Visit) -> Figure:
        """Time one page."""
        client = self.clients[visit.by]
        first = client.get(visit.path)
        if first.status_code != 200:
            return Figure(visit.work, value=f"answers {first.status_code}", reached=False)
        with self.statements.counted() as sent:
            plain = client.get(visit.path)
        packed = client.get(visit.path, headers={"Accept-Encoding": "br"})
        taken = timed(lambda _number: client.get(visit.path).get_data(), self.times, WARM)
        median, worst = spread(taken)
        ok = median <= visit.target and worst <= visit.limit and len(sent) <= MOST_QUERIES
        return Figure(
            visit.work, median, worst, len(sent), len(plain.data), len(packed.data),
            median / self.floor, target=f"{visit.target:g} ms", reached=ok,
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
    yield Visit("careers list", "/careers", "candidate", 8)
    yield Visit("public job page", f"/careers/{found.slug}", "candidate", 3)


def deep(client: FlaskClient, path: str) -> str:
    """The address of a page far in, found as people find it: by following the last link."""
    for _page in range(DEEP - 1):
        answer: TestResponse = client.get(path)
        links = [link.replace("&amp;", "&") for link in NEXT.findall(answer.text)]
        if not links:
            break
        path = links[-1] if links[-1].startswith("/") else path.split("?")[0] + links[-1]
    return path


def measure_pages(bench: Bench) -> Iterator[Figure]:
    """Every page in turn."""
    for visit in visits(bench):
        yield bench.page(visit)
