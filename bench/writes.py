"""What people send: an application with its CV, a draft of a scorecard, eight at a time."""

from __future__ import annotations

import io
import threading
import time
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient

from bench.clock import Figure
from bench.generator.generate import cv
from bench.pages import Bench
from bench.visitors import csrf, visitor

THREADS = 8
SAVES_EACH = 40


def measure_writes(bench: Bench) -> Iterator[Figure]:
    """Each kind of writing."""
    yield _apply(bench)
    yield _draft(bench)
    yield _together(bench)


class Fields(HTMLParser):
    """The fields of the form that takes files, with the values it starts with."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take hidden values, first choices of groups, and nothing else."""
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag != "input" or not name:
            return
        hidden = given.get("type") == "hidden"
        if hidden or name.startswith("must_"):
            self.values.setdefault(name, value)


def _apply(bench: Bench) -> Figure:
    path = f"/careers/{bench.found.slug}/apply"
    client = bench.clients["candidate"]
    form = Fields()
    form.feed(client.get(path).text)
    paper = cv(0)
    started = time.time_ns()

    def send(number: int) -> Any:  # noqa: ANN401 - a test response
        # An address of its own for each, since the form takes only ten a minute from one.
        here = {"REMOTE_ADDR": f"10.{number // 62500}.{number // 250 % 250}.{number % 250}"}
        data = form.values | {
            "csrf_token": token, "given_name": "Ada", "family_name": f"Applicant {number}",
            "email": f"ada.{started}.{number}@people.example", "consent": "y", "language": "en",
            "letter": "I like to help people.", "cv": (io.BytesIO(paper), "cv.pdf"),
        }  # fmt: skip
        return client.post(path, data=data, environ_overrides=here)

    token = csrf(bench.app, client)
    first = send(10**6)
    if first.status_code != 303:
        return Figure("send an application", value=f"answers {first.status_code}", reached=False)
    with bench.statements.counted() as sent:
        send(10**6 + 1)
    figure = bench.time("send an application, CV 200 KiB", send, 15)
    figure.queries, figure.size = len(sent), len(paper)
    return figure


def draft_of(client: FlaskClient, card: int) -> dict[str, str]:
    """What the page of a scorecard would send, with a note and a rating for each question."""
    page = client.get(f"/interviews/scorecards/{card}").text
    form = Fields()
    form.feed(page)
    keys = {part.split('"')[0] for part in page.split('name="rating-')[1:]}
    values = {"version": form.values.get("version", "1")}
    for key in keys:
        values |= {f"rating-{key}": "4", f"note-{key}": "Stayed calm and asked back."}
    return values


class Saver:
    """One interviewer who keeps saving a scorecard, as the page does while they type."""

    def __init__(self, bench: Bench, account: int, card: int) -> None:
        self.client = visitor(bench.app, account)
        self.path = f"/interviews/scorecards/{card}/draft"
        self.values = draft_of(self.client, card)
        token = csrf(bench.app, self.client)
        self.headers = {"X-CSRFToken": token, "Accept": "application/json"}

    def save(self, number: int) -> int:
        """Save once; returns the status."""
        for name in self.values:
            if name.startswith("note-"):
                self.values[name] = f"Stayed calm and asked back, {number} times."
        answer = self.client.post(self.path, data=self.values, headers=self.headers)
        if answer.status_code == 200:
            self.values["version"] = str(answer.json["version"])
        return answer.status_code


def _draft(bench: Bench) -> Figure:
    saver = Saver(bench, *bench.found.drafts[0])
    status = saver.save(0)
    if status != 200:
        return Figure("save a draft", value=f"answers {status}", reached=False)
    with bench.statements.counted() as sent:
        saver.save(1)
    figure = bench.time("save a draft of a scorecard", lambda number: saver.save(number + 2), 8)
    figure.queries = len(sent)
    return figure


def _together(bench: Bench) -> Figure:
    """Eight threads in one process: not the fastest way to serve, but the hardest on the lock."""
    savers = [Saver(bench, *pair) for pair in bench.found.drafts[1 : THREADS + 1]]
    statuses: Counter[int] = Counter()
    failures: list[str] = []

    def work(saver: Saver) -> None:
        for number in range(SAVES_EACH):
            try:
                statuses[saver.save(number)] += 1
            except Exception as error:  # noqa: BLE001 - every kind is counted
                failures.append(repr(error))

    threads = [threading.Thread(target=work, args=(saver,)) for saver in savers]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    speed = len(savers) * SAVES_EACH / (time.perf_counter() - began)
    wrong = sum(count for status, count in statuses.items() if status != 200) + len(failures)
    return Figure(
        "drafts saved by 8 threads of one process", value=f"{speed:.0f}/s, {wrong} errors",
        target="0 errors", reached=wrong == 0,
    )  # fmt: skip
