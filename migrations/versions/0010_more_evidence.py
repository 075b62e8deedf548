"""Evidence may come from reviews, assessments, feedback and mentoring"""

import re

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SOURCES = ("interview", "task", "course", "manager", "self")


def upgrade():
    _allow_sources((*SOURCES, "review", "assessment", "feedback", "mentoring"))


def downgrade():
    _allow_sources(SOURCES)


def _allow_sources(sources):
    """Which sources a row of the evidence ledger may name."""
    condition = f"source IN ({', '.join(repr(source) for source in sources)})"
    name = "ck_evidence_evidencesource"
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f(name), "evidence", type_="check")
        op.create_check_constraint(op.f(name), "evidence", condition)
    else:
        _rewrite("evidence", rf"CONSTRAINT {name} CHECK \(source IN \([^)]*\)\)",
                 f"CONSTRAINT {name} CHECK ({condition})")


def _rewrite(table, pattern, replacement):
    """Give a table of SQLite another definition, with its rows, indexes and triggers."""
    connection = op.get_bind()
    parts = connection.exec_driver_sql(
        "SELECT type, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL", (table,)
    ).all()
    definition = next(sql for kind, sql in parts if kind == "table")
    changed, found = re.subn(pattern, replacement, definition)
    assert found == 1, definition
    fresh = re.sub(rf'CREATE TABLE "?{table}"?', f"CREATE TABLE {table}_new", changed, count=1)
    for statement in (
        fresh,
        f"INSERT INTO {table}_new SELECT * FROM {table}",
        f"DROP TABLE {table}",
        f"ALTER TABLE {table}_new RENAME TO {table}",
        *(sql for kind, sql in parts if kind != "table"),
    ):
        connection.exec_driver_sql(statement)
