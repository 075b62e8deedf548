"""What interviews looked like before rounds is kept when the database comes to know them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

import config
from portal import create_app
from portal.core.administration import MIGRATIONS
from portal.core.db import db

DAY = "2026-11-20 09:00:00+00:00"
WORDS = '{"en": "Why?"}'


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of the release before."""
    if os.environ.get("PORTAL_TEST_DATABASE") == "postgresql":
        from tests.postgres import fresh_database

        with fresh_database() as url:
            yield from _app(url, tmp_path)
    else:
        yield from _app(f"sqlite:///{tmp_path / 'old.db'}", tmp_path)


def _app(url: str, var: Path) -> Iterator[Flask]:
    built = create_app(
        config.Testing(), VAR=var, FILES_URL=f"file://{var / 'files'}", SQLALCHEMY_DATABASE_URI=url
    )
    with built.app_context():
        run("0002")
        yield built
        db.engine.dispose()


def run(revision: str, *, down: bool = False) -> None:
    """Bring the database of this application to a revision."""
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", MIGRATIONS)
    with db.engine.execution_options(write=True).connect() as connection:
        settings.attributes["connection"] = connection
        (command.downgrade if down else command.upgrade)(settings, revision)


def write(*statements: str) -> None:
    """Rows as the release before wrote them; nothing here depends on today's models."""
    with db.engine.execution_options(write=True).begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def read(text: str) -> list[tuple[Any, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(text))]


def fill() -> None:
    """Two plans; of the first, one application was interviewed twice by the same questions."""
    without_checks(
        *neighbours(),
        *(
            "INSERT INTO interview_plan (id, requisition_id, state, minutes, panel_size, cut,"
            f" content_hash, created_at, version) VALUES ({key}, {key}, 'published', {minutes}, 3,"
            f" 340, 'hash', '{DAY}', 1)"
            for key, minutes in ((1, 50), (2, 30))
        ),
        "INSERT INTO plan_competency (id, plan_id, competency_version_id, required_level, weight,"
        ' "order") VALUES (1, 1, 1, 3, 100, 1)',
        *(
            "INSERT INTO plan_question (id, plan_id, plan_competency_id, question_id, kind, text,"
            f" probes, listen_for, \"order\") VALUES ({place + 10}, 1, 1, 1, 'behavioural',"
            f" '{WORDS}', '[]', '[]', {place})"
            for place in (1, 2)
        ),
        *(
            "INSERT INTO interview (id, application_id, plan_id, starts_at, minutes, time_zone,"
            " place, uid, sequence, state, created_at, version) VALUES"
            f" ({key}, 1, 1, '2026-11-2{key} 09:00:00+00:00', 45, 'UTC', 'x', 'u{key}', 0,"
            f" '{state}', '{DAY}', 1)"
            for key, state in ((1, "cancelled"), (2, "complete"), (3, "scheduled"))
        ),
        *(
            "INSERT INTO scorecard (id, interview_id, account_id, state, steps, submitted_at,"
            f" version) VALUES ({key}, {key}, 1, 'submitted', '[]', '{DAY}', 1)"
            for key in (2, 3)
        ),
        *(
            "INSERT INTO scorecard_answer (scorecard_id, plan_question_id, note, rating,"
            f" not_observed) VALUES ({card}, {asked}, '', 4, false)"
            for card in (2, 3)
            for asked in (11, 12)
        ),
        "INSERT INTO scorecard_amendment (id, scorecard_id, reason, before, after, made_at)"
        f" VALUES (1, 3, 'r', '{{\"12\": null}}', '{{\"12\": {{\"rating\": 4}}}}', '{DAY}')",
    )


def without_checks(*statements: str) -> None:
    """Write rows whose neighbours don't matter here."""
    with db.engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        off, on = (
            (["PRAGMA foreign_keys = OFF", "PRAGMA ignore_check_constraints = ON"],
             ["PRAGMA ignore_check_constraints = OFF", "PRAGMA foreign_keys = ON"])
            if connection.dialect.name == "sqlite"
            else (["SET session_replication_role = replica"], ["RESET session_replication_role"])
        )  # fmt: skip
        for statement in (*off, *statements, *on):
            raw.execute(statement)
        raw.commit()


NEIGHBOURS = ("requisition", "competency_version", "question", "application", "account")


def neighbours() -> list[str]:
    """Rows the ones above refer to, with something in every column that needs it."""
    return [*_rules_off(), *(_neighbour(table, key) for table in NEIGHBOURS for key in (1, 2))]


def _rules_off() -> list[str]:
    """PostgreSQL has no switch for its check constraints."""
    if db.engine.dialect.name != "postgresql":
        return []
    shape = sa.inspect(db.engine)
    return [
        f"ALTER TABLE {table} DROP CONSTRAINT {rule['name']}"
        for table in NEIGHBOURS
        for rule in shape.get_check_constraints(table)
    ]


def _neighbour(table: str, key: int) -> str:
    columns = [c for c in sa.inspect(db.engine).get_columns(table) if not c["nullable"]]
    names = ", ".join(f'"{column["name"]}"' for column in columns)
    values = ", ".join(_some(column["type"], key) for column in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({values})"


def _some(kind: Any, key: int) -> str:
    for kinds, value in (
        (sa.Boolean, "true"),
        (sa.Integer | sa.Numeric, str(key)),
        (sa.DateTime | sa.Date, f"'{DAY}'"),
        (sa.JSON, "'{}'"),
    ):
        if isinstance(kind, kinds):
            return value
    return f"'{key}'"


def test_every_plan_gets_a_round_with_its_length_panel_questions_and_interviews(old: Flask) -> None:
    fill()
    run("0003")
    rounds = read('SELECT plan_id, "order", minutes, panel_size FROM plan_round ORDER BY 1, 2')
    assert rounds == [(1, 1, 50, 3), (1, 2, 50, 3), (2, 1, 30, 3)]
    names = dict(read("SELECT plan_id || '-' || \"order\", name FROM plan_round"))
    english = {
        key: (json.loads(name) if isinstance(name, str) else name)["en"]
        for key, name in names.items()
    }
    assert english == {"1-1": "First interview", "1-2": "Second interview", "2-1": "Interview"}


def test_a_second_talk_becomes_a_round_with_copies_of_the_questions(old: Flask) -> None:
    fill()
    run("0003")
    places = read(
        'SELECT i.id, r."order" FROM interview i JOIN plan_round r ON r.id = i.round_id ORDER BY 1'
    )
    assert places == [(1, 1), (2, 1), (3, 2)]
    answered = read(
        'SELECT a.scorecard_id, q."order", r."order" FROM scorecard_answer a'
        " JOIN plan_question q ON q.id = a.plan_question_id"
        " JOIN plan_round r ON r.id = q.round_id ORDER BY 1, 2"
    )
    assert answered == [(2, 1, 1), (2, 2, 1), (3, 3, 2), (3, 4, 2)]
    [(copy,)] = read('SELECT id FROM plan_question WHERE "order" = 4')
    [(before, after)] = read("SELECT before, after FROM scorecard_amendment")
    for entries in (before, after):
        assert str(copy) in (json.loads(entries) if isinstance(entries, str) else entries)


def test_the_tables_keep_their_rules(old: Flask) -> None:
    fill()
    run("0003")
    twice = (
        "INSERT INTO interview (id, application_id, plan_id, round_id, starts_at, minutes,"
        " time_zone, place, uid, sequence, state, created_at, version)"
        " SELECT 9, application_id, plan_id, round_id, starts_at, minutes, time_zone, place,"
        " 'u9', 0, '{state}', created_at, 1 FROM interview WHERE id = 2"
    )
    for state in ("scheduled", "nonsense"):
        with pytest.raises(sa.exc.IntegrityError):
            write(twice.format(state=state))
    write(twice.format(state="cancelled"))


def test_the_way_back_keeps_what_was_there(old: Flask) -> None:
    fill()
    run("0003")
    run("0002", down=True)
    assert read("SELECT id, minutes, panel_size FROM interview_plan ORDER BY 1") == [
        (1, 50, 3),
        (2, 30, 3),
    ]
    assert len(read("SELECT id FROM interview")) == 3
