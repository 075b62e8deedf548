"""procrastinate as the worker on PostgreSQL: it listens, fetches and sends heartbeats."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable
from typing import Any

import procrastinate
from flask import Flask
from procrastinate import jobs, manager

from portal.core.db import db
from portal.core.jobs import postgres
from portal.core.jobs.execution import execute
from portal.core.jobs.queue import MAX_ATTEMPTS, Claim, lease, queue
from portal.core.jobs.registry import HANDLERS
from portal.core.jobs.runner import count_down, run_forever, tick
from portal.core.jobs.ticks import Ticker

log = logging.getLogger("portal.jobs")

Loop = Callable[[Flask, threading.Event, int | None], None]


def worker_for(app: Flask) -> Loop:
    """The worker's loop for the database in use."""
    with app.app_context():
        return listen_forever if queue() is postgres.QUEUE else run_forever


class SettledJobs(manager.JobManager):
    """Leaves a job that was run alone: ``execute`` has settled it in the job's own transaction."""

    async def finish_job(self, job: jobs.Job, status: jobs.Status, delete_job: bool) -> None:
        """Write the outcome only where the transaction itself could not."""
        if status is not jobs.Status.SUCCEEDED:
            await super().finish_job(job, status, delete_job)


def listen_forever(app: Flask, stop: threading.Event, most: int | None = None) -> None:
    """Work jobs off on PostgreSQL until ``stop`` is set; the job at hand is finished first.

    Having run ``most`` jobs it sets ``stop`` itself.
    """
    keeper = threading.Thread(target=_keep_house, args=(app, stop), name="jobs-keeper", daemon=True)
    keeper.start()
    asyncio.run(_listen(app, stop, count_down(stop, most)))
    keeper.join()


async def _listen(app: Flask, stop: threading.Event, one_more: Callable[[], None]) -> None:
    with app.app_context():
        silence = lease().total_seconds()
    engine = _build(app, one_more)
    async with engine.open_async():
        work = asyncio.create_task(
            engine.run_worker_async(
                queues=[postgres.NAME],
                concurrency=1,
                install_signal_handlers=False,
                fetch_job_polling_interval=min(5.0, silence / 2),
                update_heartbeat_interval=silence / 4,
                stalled_worker_timeout=silence,
            )
        )
        stopping = asyncio.create_task(asyncio.to_thread(stop.wait))
        await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work


def _build(app: Flask, one_more: Callable[[], None]) -> procrastinate.App:
    """Build procrastinate with every handler as a task of the same name."""
    with app.app_context():
        url = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    connector = procrastinate.PsycopgConnector(conninfo=url, min_size=1, max_size=3)
    engine = procrastinate.App(connector=connector)
    engine.job_manager = SettledJobs(connector)
    # Our own code settles failures; this net is for those it could not write down.
    retry = procrastinate.RetryStrategy(max_attempts=MAX_ATTEMPTS, exponential_wait=5)
    for name in HANDLERS:
        task = engine.task(name=name, pass_context=True, queue=postgres.NAME, retry=retry)
        task(_task(app, one_more))
    return engine


def _task(app: Flask, one_more: Callable[[], None]) -> Callable[..., None]:
    def run(context: procrastinate.JobContext, **payload: Any) -> None:  # noqa: ANN401 - any JSON
        job = context.job
        if job.id is None:
            return
        claim = Claim(job.id, job.task_name, payload, job.attempts + 1, str(job.worker_id))
        with app.app_context():
            execute(claim)
        one_more()

    return run


def _keep_house(app: Flask, stop: threading.Event) -> None:
    """Beside the worker: put ticks into the queue and take jobs away from dead workers."""
    ticker = Ticker()
    with app.app_context():
        length = lease()
    while not stop.is_set():
        try:
            with app.app_context():
                tick(ticker)
                queue().recover(length)
                db.session.commit()
        except Exception:
            log.exception("the worker could not look after its queue")
        stop.wait(min(5.0, length.total_seconds() / 2))
