"""Where the figures of a metric come from, in several languages"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

WORDS = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade():
    _replace(sa.Column("told", WORDS, server_default="{}", nullable=False), _in_english)


def downgrade():
    _replace(sa.Column("told", sa.String(255), server_default="", nullable=False), _in_one)


def _replace(column, convert):
    """Put another column in the place of ``source``, with what stood there."""
    op.add_column("metric_version", column)
    versions = sa.table(
        "metric_version",
        sa.column("id", sa.Integer),
        sa.column("source", sa.String if convert is _in_english else WORDS),
        sa.column("told", column.type),
    )
    connection = op.get_bind()
    for key, source in connection.execute(sa.select(versions.c.id, versions.c.source)).all():
        connection.execute(
            sa.update(versions).where(versions.c.id == key).values(told=convert(source))
        )
    op.drop_column("metric_version", "source")
    op.execute("ALTER TABLE metric_version RENAME COLUMN told TO source")


def _in_english(text):
    return {"en": text} if text else {}


def _in_one(words):
    return (words.get("en") or next(iter(words.values()), ""))[:255]
