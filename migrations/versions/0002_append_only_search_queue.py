"""Tables that can't be rewritten, the search index, and the job engine of PostgreSQL"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("audit_event", "audit_seal", "evidence")

SQLITE_SEARCH = """
    CREATE VIRTUAL TABLE search_entry USING fts5(
        text, tokenize = "ascii tokenchars '_'", prefix = '1 2 3', detail = none
    )
"""
POSTGRESQL_SEARCH = """
    CREATE TABLE search_entry (
        rowid bigint PRIMARY KEY,
        text text NOT NULL,
        words tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(text, ' '))) STORED
    )
"""


def upgrade():
    if op.get_bind().dialect.name == "postgresql":
        op.create_foreign_key(
            "fk_competency_current_version_id", "competency", "competency_version",
            ["current_version_id"], ["id"],
        )
        op.execute(POSTGRESQL_SEARCH)
        op.execute("CREATE INDEX ix_search_entry_words ON search_entry USING gin (words)")
        _guard_postgresql()
        _job_engine()
    else:
        op.execute(SQLITE_SEARCH)
        _guard_sqlite()


def _guard_sqlite():
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _guard_postgresql():
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def _job_engine():
    """The tables of procrastinate 3.10; a later release of it brings its own changes."""
    from procrastinate.schema import SchemaManager

    connection = op.get_bind().execution_options(no_parameters=True)
    connection.exec_driver_sql(SchemaManager.get_schema())


def downgrade():
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute("DROP FUNCTION refuse_change()")
        op.drop_constraint("fk_competency_current_version_id", "competency")
    else:
        for table in APPEND_ONLY:
            for verb in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{verb}")
    op.execute("DROP TABLE search_entry")
