"""Fills an empty database: the schema by the migrations, the starter content, then one set."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from alembic.command import upgrade
from alembic.config import Config

from bench.generator.answers import load_answers, load_people, plan_answers
from bench.generator.certificates import load_certificates
from bench.generator.entries import load_entries
from bench.generator.events import load_events
from bench.generator.growth import load_growth
from bench.generator.hires import load_hires
from bench.generator.openings import load_openings, plan_openings
from bench.generator.organisation import found
from bench.generator.progress import Progress
from bench.generator.sizes import Size
from bench.generator.talks import load_talks
from bench.generator.together import load_together
from bench.generator.world import World
from portal.competencies import operations as competencies
from portal.core import files
from portal.core.administration import MIGRATIONS
from portal.core.db import Model, db, session_writes
from portal.hiring.models import Application
from portal.interviews import operations as interviews
from portal.offers import operations as offers
from portal.onboarding import operations as onboarding
from portal.people import operations as people

REAL_FILES = 20
CACHE_KIB = 400_000
PARTS = (
    load_people,
    load_openings,
    load_answers,
    load_talks,
    load_hires,
    load_certificates,
    load_together,
    load_growth,
    load_events,
    load_entries,
)
"""In this order every row finds the rows it names."""


def generate(size: Size, *, quiet: bool = False) -> World:
    """Fill the database of the present application; needs an app context."""
    _migrate()
    _start()
    world = World(size, Progress(quiet=quiet))
    if world.connection.dialect.name == "sqlite":
        # Indexes of millions of rows grow several times faster when they fit into the cache.
        world.connection.exec_driver_sql(f"PRAGMA cache_size=-{CACHE_KIB}")
    found(world)
    world.known["evergreen"] = size.evergreen, size.evergreen_total
    world.known["events_by"] = world.ids("hr")
    plan_openings(world)
    plan_answers(world)
    for load in PARTS:
        load(world)
    _finish()
    _store_some(world)
    return world


def _migrate() -> None:
    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    with db.engine.execution_options(write=True).connect() as connection:
        config.attributes["connection"] = connection
        upgrade(config, "head")


def _start() -> None:
    """Organisation and starter content, through the operations that load them everywhere."""
    with session_writes():
        people.change_organisation(
            name="Larkfield", legal_name="Larkfield Customer Services Ltd",
            address="12 Hanover Quay\nDublin", email="people@larkfield.example",
            colour="#0f5c6e", by=None,
        )  # fmt: skip
        people.load_roles(None)
        title = {
            "en": "HR partner",
            "tr": "İK iş ortağı",
            "es": "Recursos humanos",
            "ja": "人事担当",
        }
        people.add_role(
            key="hr_partner", family="support", level=2, title=title, summary=title, by=None
        )
        competencies.load_competencies(None)
        competencies.load_requirements(None)
        interviews.load_questions(by=None)
        offers.load_letters(by=None)
        onboarding.load_templates(by=None)
        db.session.commit()


def _store_some(world: World) -> None:
    """Real bytes behind the CVs of the first few applications at the evergreen posting."""
    with session_writes():
        rows = sa.select(Application).where(
            Application.posting_id == 1, Application.cv_file_id.is_not(None)
        )
        for application in db.session.scalars(rows.order_by(Application.id).limit(REAL_FILES)):
            data = cv(application.id)
            application.cv_file = files.store(data, name="cv.pdf", media_type="application/pdf")
        db.session.commit()
    world.files += REAL_FILES


def cv(number: int, size: int = 200 * 1024) -> bytes:
    """A one-page PDF padded to a size with bytes that don't compress."""
    page = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    )
    noise = hashlib.shake_256(str(number).encode()).digest(size - 400)
    body = b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n" % (len(noise), noise)
    tail = b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF\n"
    return page + body + tail


def _finish() -> None:
    """Let the planner know the data, and PostgreSQL's sequences the ids that were given."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
            connection.commit()
        return
    with db.engine.connect() as connection:
        for table in Model.metadata.sorted_tables:
            keys = [column.name for column in table.primary_key]
            counted = isinstance(table.c.id.type, sa.Integer) if keys == ["id"] else False
            if counted and table.name != "audit_seal":
                connection.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "  # noqa: S608
                    f"(SELECT coalesce(max(id), 0) + 1 FROM {table.name}), false)"
                )
        connection.commit()
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")


__all__ = ["cv", "generate"]
