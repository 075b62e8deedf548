"""Background work as rows of the request's own transaction, run by workers until it succeeds."""

from flask import Flask

from portal.core.jobs import cli
from portal.core.jobs.queue import enqueue
from portal.core.jobs.registry import handler, periodic
from portal.core.jobs.runner import run_in_thread, run_pending

__all__ = ["enqueue", "handler", "periodic", "register", "run_in_thread", "run_pending"]


def register(app: Flask) -> None:
    """Add the command that starts workers."""
    app.cli.add_command(cli.worker)
