"""Background work as rows of the request's own transaction, run by workers until it succeeds."""

from portal.core.jobs.queue import enqueue
from portal.core.jobs.registry import handler, periodic
from portal.core.jobs.runner import run_in_thread, run_pending

__all__ = ["enqueue", "handler", "periodic", "run_in_thread", "run_pending"]
