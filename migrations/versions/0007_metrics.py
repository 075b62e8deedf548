"""Metrics: versions of definitions, targets, figures that are never changed"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

APPEND_ONLY = ("metric_value",)


def upgrade():
    op.create_table('metric',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('state', sa.Enum('in_use', 'retired', name='metricstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('current_version_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['current_version_id'], ['metric_version.id'], name=op.f('fk_metric_current_version_id'), use_alter=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_metric')),
    sa.UniqueConstraint('key', name=op.f('uq_metric_key'))
    )
    op.create_table('metric_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('metric_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('formula', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('unit', sa.Enum('percent', 'seconds', 'minutes', 'score', 'count', 'money', 'ratio', name='unit', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('direction', sa.Enum('higher', 'lower', name='direction', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('combining', sa.Enum('mean', 'sum', name='combining', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('decimals', sa.Integer(), nullable=False),
    sa.Column('minimum_sample', sa.Integer(), nullable=False),
    sa.Column('lowest', sa.BigInteger(), nullable=False),
    sa.Column('highest', sa.BigInteger(), nullable=False),
    sa.Column('source', sa.String(length=255), nullable=False),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(unit = 'money') = (currency <> '')", name=op.f('ck_metric_version_currency')),
    sa.CheckConstraint('decimals BETWEEN 0 AND 4', name=op.f('ck_metric_version_decimals')),
    sa.CheckConstraint('lowest < highest', name=op.f('ck_metric_version_range')),
    sa.CheckConstraint('minimum_sample > 0', name=op.f('ck_metric_version_minimum_sample')),
    sa.ForeignKeyConstraint(['metric_id'], ['metric.id'], name=op.f('fk_metric_version_metric_id')),
    sa.ForeignKeyConstraint(['published_by_id'], ['account.id'], name=op.f('fk_metric_version_published_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_metric_version')),
    sa.UniqueConstraint('metric_id', 'number', name=op.f('uq_metric_version_metric_id_number'))
    )
    op.create_table('metric_target',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('metric_id', sa.Integer(), nullable=False),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('threshold', sa.BigInteger(), nullable=True),
    sa.Column('target', sa.BigInteger(), nullable=False),
    sa.Column('maximum', sa.BigInteger(), nullable=True),
    sa.Column('example', sa.Boolean(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.CheckConstraint('ends_on IS NULL OR ends_on >= starts_on', name=op.f('ck_metric_target_ordered')),
    sa.ForeignKeyConstraint(['metric_id'], ['metric.id'], name=op.f('fk_metric_target_metric_id')),
    sa.ForeignKeyConstraint(['role_id'], ['role.id'], name=op.f('fk_metric_target_role_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_metric_target_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_metric_target'))
    )
    with op.batch_alter_table('metric_target', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_metric_target_metric_id'), ['metric_id'], unique=False)
    op.create_table('metric_value',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('metric_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('period', sa.Date(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=True),
    sa.Column('sample', sa.Integer(), nullable=True),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('undone_import_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("replaces_id IS NULL OR reason <> ''", name=op.f('ck_metric_value_reason')),
    sa.CheckConstraint('(value IS NULL) = (sample IS NULL)', name=op.f('ck_metric_value_whole')),
    sa.CheckConstraint('sample > 0', name=op.f('ck_metric_value_sample')),
    sa.CheckConstraint('value IS NOT NULL OR replaces_id IS NOT NULL', name=op.f('ck_metric_value_taken_back')),
    sa.ForeignKeyConstraint(['import_id'], ['sheet_import.id'], name=op.f('fk_metric_value_import_id')),
    sa.ForeignKeyConstraint(['metric_id'], ['metric.id'], name=op.f('fk_metric_value_metric_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_metric_value_person_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['account.id'], name=op.f('fk_metric_value_recorded_by_id')),
    sa.ForeignKeyConstraint(['replaces_id'], ['metric_value.id'], name=op.f('fk_metric_value_replaces_id')),
    sa.ForeignKeyConstraint(['undone_import_id'], ['sheet_import.id'], name=op.f('fk_metric_value_undone_import_id')),
    sa.ForeignKeyConstraint(['version_id'], ['metric_version.id'], name=op.f('fk_metric_value_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_metric_value')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_metric_value_replaces_id'))
    )
    with op.batch_alter_table('metric_value', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_metric_value_import_id'), ['import_id'], unique=False)
        batch_op.create_index('ix_metric_value_metric_period', ['metric_id', 'period'], unique=False)
        batch_op.create_index('ix_metric_value_person_metric_period', ['person_id', 'metric_id', 'period'], unique=False)
        batch_op.create_index(batch_op.f('ix_metric_value_undone_import_id'), ['undone_import_id'], unique=False)
        batch_op.create_index('uq_metric_value_first', ['person_id', 'metric_id', 'period'], unique=True, sqlite_where=sa.text('replaces_id IS NULL'), postgresql_where=sa.text('replaces_id IS NULL'))

    postgres = op.get_bind().dialect.name == "postgresql"
    if postgres:
        op.create_foreign_key(
            "fk_metric_current_version_id", "metric", "metric_version",
            ["current_version_id"], ["id"],
        )
    for table in APPEND_ONLY:
        _guard(table, postgres=postgres)


def downgrade():
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("fk_metric_current_version_id", "metric")
    op.drop_table("metric_value")
    op.drop_table("metric_target")
    op.drop_table("metric_version")
    op.drop_table("metric")


def _guard(table, *, postgres):
    """Refuse changes to the rows of a table."""
    if postgres:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
