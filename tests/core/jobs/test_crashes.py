"""Real workers killed with SIGKILL: the job runs again, and the mail goes out once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.databases import NewDatabase
from tests.smtp import MailServer, mail_server

SCRIPT = Path(__file__).with_name("crash_app.py")
ROOT = Path(__file__).parents[3]


@pytest.fixture
def smtp() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


class Stage:
    """A prepared database with its workers."""

    def __init__(self, database: str, smtp: MailServer, folder: Path) -> None:
        self.notes = folder / "notes"
        self.engine = sa.create_engine(database, poolclass=sa.NullPool)
        self.environment = os.environ | {
            "CRASH_DATABASE": database,
            "CRASH_NOTES": str(self.notes),
            "CRASH_SMTP": smtp.url,
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        self.tell("prepare")

    def tell(self, *words: str) -> None:
        command = [sys.executable, str(SCRIPT), *words]
        subprocess.run(command, env=self.environment, check=True, cwd=ROOT)

    @contextmanager
    def worker(self, processes: int = 1, **extra: str) -> Iterator[subprocess.Popen[bytes]]:
        child = subprocess.Popen(
            [sys.executable, str(SCRIPT), "work", str(processes)],
            env=self.environment | extra,
            cwd=ROOT,
            start_new_session=True,
        )
        try:
            yield child
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()

    def ran(self) -> int:
        return len(self.runners())

    def runners(self) -> list[str]:
        return self.notes.read_text().split() if self.notes.exists() else []

    def mails(self) -> list[str]:
        with self.engine.connect() as connection:
            return list(connection.scalars(sa.text("SELECT state FROM outgoing_mail")))


@pytest.fixture
def stage(new_database: NewDatabase, smtp: MailServer, tmp_path: Path) -> Stage:
    return Stage(new_database(), smtp, tmp_path)


def wait_for(what: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@pytest.mark.slow
def test_a_job_whose_worker_is_killed_runs_again_and_its_mail_goes_out_once(
    stage: Stage, smtp: MailServer
) -> None:
    with stage.worker(CRASH_HOLD="1") as first:
        wait_for(lambda: stage.ran() == 1)
        first.kill()
        first.wait()
    assert stage.mails() == [], "what the killed job had written is rolled back"
    with stage.worker() as second:
        wait_for(lambda: stage.mails() == ["sent"])
        time.sleep(1.5)
        second.terminate()
        assert second.wait(10) == 0, "a worker asked to stop ends in peace"
    assert stage.ran() == 2
    assert len(smtp.taken) == 1
    assert smtp.taken[0].rcpt_tos == ["aya@example.com"]


@pytest.mark.slow
def test_a_mail_whose_worker_is_killed_while_the_server_answers_is_not_sent_twice(
    stage: Stage, smtp: MailServer
) -> None:
    smtp.may_answer.clear()
    with stage.worker() as first:
        wait_for(lambda: smtp.taken)
        first.kill()
        first.wait()
    assert stage.mails() == ["sending"]
    smtp.may_answer.set()
    with stage.worker():
        wait_for(lambda: stage.mails() == ["unconfirmed"])
        time.sleep(0.5)
    assert len(smtp.taken) == 1


@pytest.mark.slow
def test_several_processes_share_the_work_and_stop_together(stage: Stage, smtp: MailServer) -> None:
    with stage.worker(processes=2) as crew:
        wait_for(lambda: stage.mails() == ["sent"])
        crew.terminate()
        assert crew.wait(15) == 0
    assert stage.ran() == 1
    assert len(smtp.taken) == 1


@pytest.mark.slow
def test_a_process_that_has_done_its_share_makes_room_for_a_new_one(
    stage: Stage, smtp: MailServer
) -> None:
    stage.tell("add", "7")
    with stage.worker(processes=2, CRASH_JOBS="2") as crew:
        wait_for(lambda: stage.mails() == ["sent"] * 8, seconds=50)
        crew.terminate()
        assert crew.wait(15) == 0
    runs = Counter(stage.runners())
    assert runs.total() == 8, "no job is lost or run twice on the way"
    assert len(runs) > 2, "two processes could not have done it"
    assert len(smtp.taken) == 8


@pytest.mark.slow
def test_a_worker_of_one_process_goes_on(stage: Stage) -> None:
    stage.tell("add", "2")
    with stage.worker(CRASH_JOBS="1") as only:
        wait_for(lambda: stage.mails() == ["sent"] * 3)
        assert only.poll() is None
    assert len(set(stage.runners())) == 1
