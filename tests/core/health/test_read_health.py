"""The page that tells an administrator what to mend."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from portal.core import administration, audit, clock, files
from portal.core.db import db
from portal.core.files.storage import PROBES
from portal.core.health import database, machine, routes
from portal.core.health.findings import Check, Finding, worst
from portal.core.health.states import HealthState
from portal.core.jobs import enqueue
from portal.core.jobs.models import Job, JobState, JobTick
from portal.core.mail.models import OutgoingMail
from portal.core.mail.states import MailState
from portal.people.states import PeopleFact
from tests.conftest import MOMENT
from tests.factories import people
from tests.page import PageClient

pytestmark = pytest.mark.usefixtures("db_session", "clock")

Later = Callable[[timedelta], None]


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def later(clock: Callable[[datetime], None]) -> Later:
    return lambda pause: clock(MOMENT + pause)


def judged(check: Check) -> HealthState:
    return check().state


def administrator(client: PageClient) -> PageClient:
    account = people.account(roles=["admin"])
    db.session.commit()
    return client.as_(account)


def test_the_page_shows_every_part_and_the_state_of_the_worst(client: PageClient) -> None:
    page = administrator(client).get("/settings/health")
    rows = page.tree.xpath("//tbody/tr")
    assert len(rows) == len(routes.CHECKS)
    assert page.tree.xpath("//header//*[contains(@class, 'pill')]/text()")[-1] == "To be mended"
    assert "Start one with: portal worker" in page.text


def test_the_settings_lead_to_it_for_administrators_only(client: PageClient) -> None:
    assert "/settings/health" in administrator(client).get("/settings").html
    other = people.account(roles=["hr"])
    db.session.commit()
    assert "/settings/health" not in client.as_(other).get("/settings").html
    assert client.as_(other).get("/settings/health").status == 403


def test_its_statements_are_few_and_none_counts_a_whole_table(client: PageClient) -> None:
    reader = administrator(client)
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(" ".join(statement.split()))

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        reader.get("/settings/health")
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
    large = ("FROM audit_event", "FROM audit_seal", "FROM outgoing_mail", "FROM job ",
             "FROM procrastinate_jobs")  # fmt: skip
    walks = [one for one in seen if any(name in one for name in large)]
    assert len(walks) == 7
    assert [one for one in walks if "LIMIT" not in one] == []


def test_it_says_which_database_it_is() -> None:
    name = db.session.get_bind().dialect.name
    assert database.database().found.lower().startswith(f"{name} ")


def test_a_schema_of_another_release_is_to_be_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    assert judged(database.schema) is HealthState.GOOD
    monkeypatch.setattr(administration, "fits_schema", lambda _connection: False)
    assert database.schema().advice == "Run: portal migrate"


def test_a_worker_is_missed_when_it_is_silent_for_long(later: Later) -> None:
    assert judged(database.worker) is HealthState.BAD
    db.session.add(JobTick(name="audit.seal", at=clock.now()))
    db.session.flush()
    assert judged(database.worker) is HealthState.GOOD
    later(timedelta(minutes=15))
    assert database.worker() == Finding(
        "Worker", HealthState.BAD, "Last seen 15 minutes ago.", "Start one with: portal worker"
    )


def test_a_job_that_waits_too_long_is_worth_a_look(later: Later) -> None:
    assert database.waiting_jobs().found == "Nothing is waiting."
    enqueue("test.soon", run_at=clock.now())
    enqueue("test.tomorrow", run_at=clock.now() + timedelta(days=1))
    assert database.waiting_jobs().found.startswith("1 is waiting, the oldest since Nov 24, 2026")
    assert judged(database.waiting_jobs) is HealthState.GOOD
    later(timedelta(minutes=15))
    assert judged(database.waiting_jobs) is HealthState.WATCH


def test_a_job_that_is_to_run_at_once_is_due() -> None:
    enqueue("test.now")
    assert database.waiting_jobs().found.startswith("1 is waiting")


def test_failed_jobs_are_forgotten_after_a_week(later: Later) -> None:
    assert judged(database.failed_jobs) is HealthState.GOOD
    now = clock.now()
    db.session.add(
        Job(name="test.bad", payload={}, state=JobState.FAILED, run_at=now, created_at=now,
            finished_at=now)
    )  # fmt: skip
    db.session.flush()
    assert database.failed_jobs().found == "1 in the last seven days."
    later(timedelta(days=7))
    assert judged(database.failed_jobs) is HealthState.GOOD


@pytest.mark.parametrize(
    ("check", "state", "verdict"),
    [
        (database.waiting_mail, MailState.QUEUED, HealthState.GOOD),
        (database.failed_mail, MailState.FAILED, HealthState.WATCH),
        (database.unconfirmed_mail, MailState.UNCONFIRMED, HealthState.WATCH),
    ],
)
def test_mail_in_each_state_is_counted(
    client: PageClient, check: Check, state: MailState, verdict: HealthState
) -> None:
    mail = OutgoingMail(
        kind="test/hello", to_address="aya@example.com", locale="en", subject="Hello", text="",
        html="", attachments=[], message_id="<1@localhost>", state=MailState.SENT,
        created_at=clock.now(),
    )  # fmt: skip
    db.session.add(mail)
    reader = administrator(client)
    assert "All is well" in row_of(reader, state)
    mail.state = state
    db.session.commit()
    found = row_of(reader, state)
    assert "1" in found
    assert str(verdict.label) in found


def row_of(reader: PageClient, state: MailState) -> str:
    page = reader.get("/settings/health")
    [row] = page.tree.xpath(f"//tr[.//a[contains(@href, 'state={state}')]]")
    return " ".join(row.text_content().split())


def test_counting_stops_at_a_thousand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "COUNTED", 3)
    for number in range(4):
        enqueue("test.many", run_at=clock.now() - timedelta(hours=number))
    assert database.waiting_jobs().found.startswith("2+ are waiting")


def test_events_that_stay_unsealed_are_worth_a_look(later: Later) -> None:
    subject = people.account()
    event = audit.record(PeopleFact.PERSON_ADDED, subject, by=None)
    db.session.flush()
    assert database.trail() == Finding("Audit trail", HealthState.GOOD, "Nothing is sealed yet.")
    later(timedelta(minutes=15))
    assert "portal seal-audit" in database.trail().advice
    audit.seal()
    sealed = f"Sealed up to event {event.id:,}."
    assert database.trail() == Finding("Audit trail", HealthState.GOOD, sealed)


def test_papers_without_their_libraries_are_to_be_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "missing_for_papers", lambda: ["No Pango.", "No fonts."])
    assert machine.papers() == Finding("Papers", HealthState.BAD, "No Pango.", "No fonts.")
    monkeypatch.setattr(machine, "missing_for_papers", list)
    assert "harfbuzz-subset" in machine.papers().found


def test_the_store_is_tried_and_left_as_it_was(app) -> None:
    assert machine.storage().found == "Kept in a folder."
    kept = app.config["FILES_URL"].removeprefix("file://")
    assert list(Path(kept, PROBES).iterdir()) == []


def test_a_store_that_does_not_answer_is_to_be_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise PermissionError("secret place")

    monkeypatch.setattr(files, "probe", fail)
    finding = machine.storage()
    assert (finding.state, finding.found) == (
        HealthState.BAD, "Does not answer: PermissionError",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("free", "state"),
    [(50.0, HealthState.GOOD), (4.9, HealthState.WATCH), (0.9, HealthState.BAD)],
)
def test_a_disk_that_fills_up_is_told_in_time(
    monkeypatch: pytest.MonkeyPatch, free: float, state: HealthState
) -> None:
    usage = Usage(100 * machine.GIB, 0, int(free * machine.GIB))
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    assert machine.disk().state is state
    assert machine.disk().found == f"{free:.1f} of 100.0 GiB are free."


def test_the_mail_server_is_named_without_its_password(app, monkeypatch) -> None:
    assert judged(machine.mail_server) is HealthState.WATCH
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://me:secret@mail.example:587")
    assert machine.mail_server().found == "Mail leaves through mail.example."


def test_the_worst_part_decides() -> None:
    good, bad = (Finding("", state, "") for state in (HealthState.GOOD, HealthState.BAD))
    assert worst([bad, good]) is HealthState.BAD
    assert worst([good]) is HealthState.GOOD
