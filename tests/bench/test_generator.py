"""The generated sets are whole, exact, the same every time, and the pages work on them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

import config
from bench.generator import Size, generate
from bench.visitors import places, visitor
from portal import create_app
from portal.core.db import db, mapper_registry
from portal.hiring.models import Application, StageCount
from portal.hiring.states import OPEN_STAGES
from tests.databases import NewDatabase

TINY = Size("tiny", employees=100, applications=1_500, evergreen=200, postings=12)


def made_in(folder: Path, database: str) -> Flask:
    built = create_app(
        config.Testing(),
        VAR=folder,
        FILES_URL=f"file://{folder / 'files'}",
        SQLALCHEMY_DATABASE_URI=database,
    )
    with built.app_context():
        generate(TINY, quiet=True)
    return built


@pytest.fixture(scope="module")
def tiny(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    built = made_in(tmp_path_factory.mktemp("tiny"), new_database())
    yield built
    with built.app_context():
        db.engine.dispose()


def test_every_row_finds_the_rows_it_names(tiny: Flask) -> None:
    keys = [
        (key.parent, key.column)
        for table in mapper_registry.metadata.tables.values()
        for key in table.foreign_keys
    ]
    with tiny.app_context():
        orphans = {str(names): _orphans(names, named) for names, named in keys}
    assert {key: number for key, number in orphans.items() if number} == {}
    assert len(keys) > 50


def _orphans(names: sa.Column[int], named: sa.Column[int]) -> int:
    """How many rows name one that is not there."""
    there = named.table.alias()
    lost = names.is_not(None) & ~sa.exists().where(there.c[named.name] == names)
    return db.session.scalar(sa.select(sa.func.count()).select_from(names.table).where(lost)) or 0


def test_the_counts_of_the_stages_are_exact(tiny: Flask) -> None:
    with tiny.app_context():
        counted = sa.select(Application.posting_id, Application.stage, sa.func.count()).group_by(
            Application.posting_id, Application.stage
        )
        kept = sa.select(StageCount.id, StageCount.stage, StageCount.count)
        assert sorted(map(tuple, db.session.execute(counted))) == sorted(
            map(tuple, db.session.execute(kept))
        )


def test_the_evergreen_posting_holds_its_number_of_open_applications(tiny: Flask) -> None:
    with tiny.app_context():
        rows = sa.select(sa.func.count(Application.id), sa.func.count(Application.id.distinct()))
        everything = db.session.execute(rows).one()
        assert everything == (TINY.applications, TINY.applications)
        of_first = rows.where(Application.posting_id == 1, Application.stage.in_(OPEN_STAGES))
        assert db.session.execute(of_first).one()[0] == TINY.evergreen


def test_home_board_search_and_job_page_answer_on_it(tiny: Flask) -> None:
    found = places(tiny)
    hr = visitor(tiny, found.hr)
    for path in ("/", "/hiring/postings/1/board", "/hiring/candidates?q=gallag"):
        assert hr.get(path).status_code == 200, path
    stranger = visitor(tiny, None)
    assert stranger.get(f"/careers/{found.slug}").status_code == 200
    card = found.drafts[0]
    page = visitor(tiny, card[0]).get(f"/interviews/scorecards/{card[1]}")
    assert page.status_code == 200


def test_two_runs_give_the_same_people(
    tiny: Flask, new_database: NewDatabase, tmp_path: Path
) -> None:
    again = made_in(tmp_path, new_database())
    assert fingerprint(tiny) == fingerprint(again)
    with again.app_context():
        db.engine.dispose()


def fingerprint(app: Flask) -> str:
    with app.app_context():
        rows = sa.select(
            Application.person_id,
            Application.posting_id,
            Application.email,
            Application.stage,
            Application.applied_at,
            Application.status_key,
        ).order_by(Application.id)
        return hashlib.sha256(repr(db.session.execute(rows).all()).encode()).hexdigest()
