"""The loops that work jobs off: until none is left, in a worker process, or in a thread."""

from __future__ import annotations

import itertools
import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask import Flask

from portal.core.db import db
from portal.core.jobs import postgres
from portal.core.jobs.execution import execute
from portal.core.jobs.queue import POLL, Claim, lease, queue
from portal.core.jobs.ticks import Ticker

log = logging.getLogger("portal.jobs")

IN_PROCESS_LEASE = timedelta(minutes=15)
"""``run_pending`` sends no heartbeat, so it takes its jobs for longer."""


def run_pending(app: Flask, limit: int | None = None) -> int:
    """Run every job that is due, also those that these jobs add; returns how many were run.

    Commit first: a job sees nothing of the caller's open transaction.
    """
    ran = 0
    with app.app_context(), _enrolled() as owner:
        while (limit is None or ran < limit) and (claim := _claim(owner, IN_PROCESS_LEASE)):
            with app.app_context():
                execute(claim)
            ran += 1
    return ran


@contextmanager
def _enrolled() -> Iterator[str]:
    """A name to take jobs under; procrastinate wants a worker's number."""
    if queue() is not postgres.QUEUE:
        yield owner_name()
        return
    owner = postgres.QUEUE.register_worker()
    db.session.commit()
    try:
        yield owner
    finally:
        postgres.QUEUE.unregister_worker(owner)
        db.session.commit()


def _claim(owner: str, length: timedelta) -> Claim | None:
    try:
        if not queue().has_work():
            return None
        claim = queue().claim(owner, length)
        db.session.commit()
        return claim
    finally:
        db.session.remove()


def owner_name() -> str:
    """Host and process for people, and a random part so that no two workers ever share it."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


def count_down(stop: threading.Event, most: int | None) -> Callable[[], None]:
    """Set ``stop`` once what this returns has been called ``most`` times: after each job."""
    jobs = itertools.count(1)

    def one_more() -> None:
        if next(jobs) == most:
            stop.set()

    return one_more


def run_forever(app: Flask, stop: threading.Event, most: int | None = None) -> None:
    """Work jobs off on SQLite until ``stop`` is set; the job at hand is finished first.

    Having run ``most`` jobs it sets ``stop`` itself.
    """
    ticker, one_more = Ticker(), count_down(stop, most)
    owner = owner_name()
    with app.app_context():
        pause = float(app.config.get("JOBS_POLL_SECONDS", POLL))
        length = lease()
    while not stop.is_set():
        try:
            with app.app_context():
                tick(ticker)
                claim = _claim(owner, length)
            if claim is None:
                stop.wait(pause)
                continue
            with _heartbeat(app, claim, length), app.app_context():
                execute(claim)
            one_more()
        except Exception:
            # A locked or restarting database must not end the worker; it looks again soon.
            log.exception("the worker could not reach its queue")
            stop.wait(5)


def tick(ticker: Ticker) -> None:
    """Put the periodic jobs that are due into the queue and commit."""
    try:
        ticker.tick()
        db.session.commit()
    finally:
        db.session.remove()


@contextmanager
def _heartbeat(app: Flask, claim: Claim, length: timedelta) -> Iterator[None]:
    """Renew the job's lease for as long as it runs, from a thread of its own."""
    done = threading.Event()

    def beat() -> None:
        while not done.wait(length.total_seconds() / 3):
            with app.app_context():
                try:
                    queue().renew(claim, length)
                    db.session.commit()
                except Exception:
                    # While the job itself holds SQLite's write lock nobody can take it over
                    # either, so a beat that comes to nothing does no harm.
                    log.debug("heartbeat of job %s failed", claim.id, exc_info=True)
                finally:
                    db.session.remove()

    thread = threading.Thread(target=beat, name="job-heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def run_in_thread(app: Flask) -> threading.Event:
    """Work jobs off beside a development server; set the returned event to stop."""
    from portal.core.jobs import engine

    stop = threading.Event()
    target = engine.worker_for(app)
    threading.Thread(target=target, args=(app, stop, None), name="jobs", daemon=True).start()
    return stop
