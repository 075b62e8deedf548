"""Offer letters: one, warm, beside WeasyPrint alone, and five hundred in the background."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from bench.clock import Figure, spread, timed_beside
from portal.core.brand import brand
from portal.core.db import db, session_writes
from portal.core.documents import codec, engine
from portal.core.documents.models import Document
from portal.core.documents.operations import order_of, print_order
from portal.core.documents.paper import sheet_of
from portal.core.documents.rendering import to_html
from portal.core.documents.states import DocumentState
from portal.offers.documents import issue_letter
from portal.offers.models import Offer

LETTERS = {"S": 200, "M": 500, "L": 500}
PATIENCE = 300


def measure_papers(app: Flask, size: str, times: int) -> Iterator[Figure]:
    """One warm letter and many."""
    yield from one_letter(app, min(times, 30))
    yield from many_letters(app, LETTERS.get(size, 20))


def one_letter(app: Flask, times: int) -> Iterator[Figure]:
    """The same letter by our own function and by WeasyPrint with everything it needs at hand."""
    with app.app_context(), session_writes():
        offer = db.session.scalars(sa.select(Offer).order_by(Offer.id).limit(1)).one()
        document = issue_letter(offer, by=None)
        order, ours = order_of(document), brand()
        print_order(order)
        html = to_html(
            order.template, codec.decode(order.payload), locale=order.locale, brand=ours,
            time_zone=order.time_zone, seal=order.seal,
        )  # fmt: skip
        weasyprint, fonts = engine._engine()  # noqa: SLF001 - the floor uses what we use
        sheets = [engine._style(), engine._sheet(sheet_of(order.country))]  # noqa: SLF001

        def alone(_number: int) -> None:
            weasyprint.HTML(string=html).write_pdf(font_config=fonts, stylesheets=sheets)

        alone(0)
        taken, plain, cpu = timed_beside(lambda _number: print_order(order), alone, times)
        (median, worst), (floor, floor_worst) = spread(taken), spread(plain)
        db.session.rollback()
    yield Figure("WeasyPrint alone, the same letter", floor, floor_worst)
    reached = median / floor <= 1.25
    yield Figure("one letter, warm", median, worst, ratio=median / floor, cpu=spread(cpu)[0],
                 target="1.25 x alone", reached=reached)  # fmt: skip


def many_letters(app: Flask, number: int) -> Iterator[Figure]:
    """Five hundred letters for the offers there are."""
    yield from in_background(app, lambda: _order(app, number), number, what="letters", target=45)


def in_background(
    app: Flask, order: Callable[[], int], number: int, *, what: str, target: float
) -> Iterator[Figure]:
    """Two worker processes print what a bulk order has put into the queue.

    ``order`` issues so many papers and returns the id before the first; ``target`` is papers a
    second.
    """
    first = order()
    command = [sys.executable, "-m", "portal", "worker", "--processes", "2"]
    began = time.perf_counter()
    worker = subprocess.Popen(  # noqa: S603 - our own command
        command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    started, half, memory = 0.0, 0.0, [0.0, 0.0]
    done = 0
    while time.perf_counter() - began < PATIENCE and worker.poll() is None:
        done = _ready(app, first)
        now = time.perf_counter()
        if done and not started:
            started, warm = now, done
        if done >= number // 2 and not half:
            half, memory[0] = now, _memory(worker.pid)
        if done >= number:
            memory[1] = _memory(worker.pid)
            break
        time.sleep(0.1)
    passed = time.perf_counter() - started if started else 0
    os.killpg(worker.pid, signal.SIGTERM)
    worker.wait(timeout=60)
    if done < number:
        yield Figure(f"{what} in the background", value=f"{done} of {number}", reached=False)
        return
    speed = (number - warm) / passed
    yield Figure(f"{number} {what}, 2 processes", value=f"{speed:.1f}/s", target=f"{target:g}/s",
                 reached=speed >= target)  # fmt: skip
    grown = memory[1] - memory[0]
    text = f"{memory[1]:.0f} MiB, {grown:+.1f} since half"
    yield Figure("memory of a printing process", value=text,
                 target="flat", reached=grown < 8)  # fmt: skip


def _order(app: Flask, number: int) -> int:
    """Issue letters for so many offers; returns the id before the first."""
    with app.app_context(), session_writes():
        last = db.session.scalar(sa.select(sa.func.max(Document.id))) or 0
        offers = db.session.scalars(sa.select(Offer).order_by(Offer.id).limit(number)).all()
        for place in range(number):
            issue_letter(offers[place % len(offers)], by=None)
        db.session.commit()
        return last


def _ready(app: Flask, first: int) -> int:
    wanted = sa.select(sa.func.count()).select_from(Document)
    ready = wanted.where(Document.id > first, Document.state == DocumentState.READY)
    # Not by the session: outside a request its transactions take SQLite's write lock.
    with app.app_context(), db.engine.connect() as connection:
        return connection.execute(ready).scalar_one()


def _memory(parent: int) -> float:
    """The largest resident set of a process's children, in MiB."""
    return max((resident(child) for child in children(parent)), default=0.0)


def children(parent: int) -> list[int]:
    """The processes below one, at any depth."""
    found = []
    for path in Path(f"/proc/{parent}/task").glob("*/children"):
        for child in path.read_text().split():
            found += [int(child), *children(int(child))]
    return found


def resident(process: int) -> float:
    """Resident memory in MiB."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0
