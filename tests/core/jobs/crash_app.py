"""A kernel of its own for the crash tests; settings come in variables.

Called as ``crash_app.py prepare|add JOBS|work PROCESSES``.

Its job ``crash.write`` writes a mail, notes that it ran, and with CRASH_HOLD waits to be killed.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from jinja2 import ChoiceLoader, DictLoader

from config import Testing
from portal.core import access, i18n, jobs, mail
from portal.core import app as kernel
from portal.core.db import Model, db

NOTES = Path(os.environ["CRASH_NOTES"])
TABLES = ("job", "job_tick", "outgoing_mail", "stored_file")


def build() -> kernel.Portal:
    app = kernel.Portal()
    kernel.load_settings(
        app,
        Testing(),
        SQLALCHEMY_DATABASE_URI=os.environ["CRASH_DATABASE"],
        SMTP_URL=os.environ["CRASH_SMTP"],
        VAR=NOTES.parent,
        FILES_URL=f"file://{NOTES.parent}/files",
        JOBS_LEASE_SECONDS=1,
        JOBS_POLL_SECONDS=0.05,
        JOBS_A_PROCESS=int(os.environ.get("CRASH_JOBS", "1000")),
    )
    for part in (kernel, access, i18n, jobs, mail):
        part.register(app)
    texts = DictLoader(
        {
            "mail/crash.subject.txt": "Your hour",
            "mail/crash.txt": "Come at nine.",
            "mail/crash.html": "<p>Come at nine.</p>",
        }
    )
    app.jinja_loader = ChoiceLoader([texts, app.jinja_loader])
    return app


@jobs.handler("crash.write")
def write() -> None:
    mail.send("crash", to="aya@example.com", locale="en", context={})
    with NOTES.open("a") as notes:
        notes.write(f"{os.getpid()}\n")
    if os.environ.get("CRASH_HOLD"):
        time.sleep(60)


def prepare() -> None:
    app = build()
    with app.app_context():
        tables = [Model.metadata.tables[name] for name in TABLES]
        Model.metadata.create_all(db.engine, tables=tables)
        if db.engine.dialect.name == "postgresql":
            from portal.core.jobs import postgres

            with db.engine.begin() as connection:
                postgres.create_schema(connection)
    add(app, 1)


def add(app: kernel.Portal, number: int) -> None:
    with app.app_context():
        for _number in range(number):
            jobs.enqueue("crash.write")
        db.session.commit()


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare()
    elif sys.argv[1] == "add":
        add(build(), int(sys.argv[2]))
    else:
        build().test_cli_runner().invoke(
            args=["worker", "--processes", sys.argv[2]], catch_exceptions=False
        )
