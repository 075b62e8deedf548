"""``portal worker``: works the queue off in as many processes as asked."""

from __future__ import annotations

import logging
import multiprocessing
import signal
import threading
from multiprocessing.process import BaseProcess
from types import FrameType

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from portal.core.db import db
from portal.core.jobs.queue import JOBS_A_PROCESS
from portal.core.jobs.runner import run_pending


@click.command()
@click.option(
    "--processes",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="How many jobs to run at the same time.",
)
@click.option("--once", is_flag=True, help="Run what is due now, then stop.")
@with_appcontext
def worker(processes: int, once: bool) -> None:
    """Send mail, print papers and do other work that waits in the queue.

    Stops on SIGTERM or Ctrl-C after finishing the jobs at hand. A worker that is killed loses
    nothing: its job runs again. Of several processes each makes room for a new one now and then.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    if once:
        click.echo(f"{run_pending(app)} jobs run.")
        return
    from portal.core.jobs.engine import worker_for

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    stop = _stop_on_signal()
    click.echo(f"Working with {processes} process(es). Ctrl-C stops.")
    if processes == 1:
        worker_for(app)(app, stop, None)
    else:
        _supervise(app, processes, stop)
    click.echo("Stopped.")


def _stop_on_signal() -> threading.Event:
    stop = threading.Event()

    def handle(_number: int, _frame: FrameType | None) -> None:
        # Setting an event the interrupted thread may just be waiting on can lock it up.
        threading.Thread(target=stop.set).start()

    signal.signal(signal.SIGTERM, handle)
    signal.signal(signal.SIGINT, handle)
    return stop


def _supervise(app: Flask, processes: int, stop: threading.Event) -> None:
    """Keep so many children alive; forward the wish to stop and wait for them.

    A child ends by itself after so many jobs, and with it goes the memory that printing took.
    """
    # Connections must not be shared with children.
    for engine in db.engines.values():
        engine.dispose()
    crew = [_start(app) for _number in range(processes)]
    while not stop.wait(1):
        for index, child in enumerate(crew):
            if not child.is_alive():
                click.echo(
                    f"Process {child.pid} {_how_it_ended(child)}; starting another.", err=True
                )
                crew[index] = _start(app)
    for child in crew:
        child.terminate()
    for child in crew:
        child.join()


def _how_it_ended(child: BaseProcess) -> str:
    return f"ended with {child.exitcode}" if child.exitcode else "has done its share"


def _start(app: Flask) -> BaseProcess:
    child = multiprocessing.get_context("fork").Process(target=_work, args=(app,))
    child.start()
    return child


def _work(app: Flask) -> None:
    from portal.core.jobs.engine import worker_for

    most = int(app.config.get("JOBS_A_PROCESS", JOBS_A_PROCESS))
    worker_for(app)(app, _stop_on_signal(), most)
