"""Certifications as rules, awards that are never changed, digital badges"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

APPEND_ONLY = ("award", "award_evidence", "award_check", "award_revocation")


def upgrade():
    op.create_table('badge_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kid', sa.String(length=80), nullable=False),
    sa.Column('public_jwk', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('private_sealed', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_badge_key')),
    sa.UniqueConstraint('kid', name=op.f('uq_badge_key_kid'))
    )
    op.create_table('certification',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('state', sa.Enum('in_use', 'retired', name='certificationstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('current_version_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['current_version_id'], ['certification_version.id'], name=op.f('fk_certification_current_version_id'), use_alter=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certification')),
    sa.UniqueConstraint('key', name=op.f('uq_certification_key'))
    )
    op.create_table('client_queue',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('name', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('minimum', sa.Integer(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.CheckConstraint('minimum >= 0', name=op.f('ck_client_queue_minimum')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_client_queue')),
    sa.UniqueConstraint('key', name=op.f('uq_client_queue_key'))
    )
    op.create_table('certification_mandate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('certification_id', sa.Integer(), nullable=False),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('site_id', sa.Integer(), nullable=True),
    sa.Column('queue_id', sa.Integer(), nullable=True),
    sa.Column('within_days', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.CheckConstraint('ends_on IS NULL OR ends_on >= starts_on', name=op.f('ck_certification_mandate_ordered')),
    sa.CheckConstraint('role_id IS NOT NULL OR team_id IS NOT NULL OR site_id IS NOT NULL OR queue_id IS NOT NULL', name=op.f('ck_certification_mandate_any_condition')),
    sa.CheckConstraint('within_days >= 0', name=op.f('ck_certification_mandate_within_days')),
    sa.ForeignKeyConstraint(['certification_id'], ['certification.id'], name=op.f('fk_certification_mandate_certification_id')),
    sa.ForeignKeyConstraint(['queue_id'], ['client_queue.id'], name=op.f('fk_certification_mandate_queue_id')),
    sa.ForeignKeyConstraint(['role_id'], ['role.id'], name=op.f('fk_certification_mandate_role_id')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_certification_mandate_site_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_certification_mandate_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certification_mandate'))
    )
    with op.batch_alter_table('certification_mandate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certification_mandate_certification_id'), ['certification_id'], unique=False)
    op.create_table('certification_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('certification_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('short', sa.String(length=40), nullable=False),
    sa.Column('issuer', sa.String(length=255), nullable=False),
    sa.Column('description', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('mode', sa.Enum('none', 'completion', 'previous_expiry', 'fixed', 'month_end', 'year_end', 'separation', name='expirymode', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('period_months', sa.Integer(), nullable=True),
    sa.Column('fixed_on', sa.Date(), nullable=True),
    sa.Column('least_months', sa.Integer(), nullable=False),
    sa.Column('lapse_months', sa.Integer(), nullable=True),
    sa.Column('window_days', sa.Integer(), nullable=False),
    sa.Column('expiring_days', sa.Integer(), nullable=False),
    sa.Column('grace_days', sa.Integer(), nullable=False),
    sa.Column('renewal_minutes', sa.Integer(), nullable=False),
    sa.Column('renewal_minima', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('needs_check', sa.Boolean(), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=False),
    sa.Column('voids_older', sa.Boolean(), nullable=False),
    sa.Column('void_from', sa.Date(), nullable=True),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('period_months > 0', name=op.f('ck_certification_version_period_months')),
    sa.CheckConstraint('window_days >= 0 AND grace_days >= 0', name=op.f('ck_certification_version_days')),
    sa.ForeignKeyConstraint(['certification_id'], ['certification.id'], name=op.f('fk_certification_version_certification_id')),
    sa.ForeignKeyConstraint(['published_by_id'], ['account.id'], name=op.f('fk_certification_version_published_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certification_version')),
    sa.UniqueConstraint('certification_id', 'number', name=op.f('uq_certification_version_certification_id_number'))
    )
    op.create_table('certification_waiver',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('certification_id', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('granted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('granted_by_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('ends_on IS NULL OR ends_on >= starts_on', name=op.f('ck_certification_waiver_ordered')),
    sa.ForeignKeyConstraint(['certification_id'], ['certification.id'], name=op.f('fk_certification_waiver_certification_id')),
    sa.ForeignKeyConstraint(['granted_by_id'], ['account.id'], name=op.f('fk_certification_waiver_granted_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_certification_waiver_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certification_waiver'))
    )
    with op.batch_alter_table('certification_waiver', schema=None) as batch_op:
        batch_op.create_index('ix_certification_waiver_person', ['person_id', 'certification_id'], unique=False)
    op.create_table('client_queue_team',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('queue_id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['queue_id'], ['client_queue.id'], name=op.f('fk_client_queue_team_queue_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_client_queue_team_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_client_queue_team')),
    sa.UniqueConstraint('queue_id', 'team_id', name=op.f('uq_client_queue_team_queue_id_team_id'))
    )
    with op.batch_alter_table('client_queue_team', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_client_queue_team_team_id'), ['team_id'], unique=False)
    op.create_table('award',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('certification_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('supersedes_id', sa.Integer(), nullable=True),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('source', sa.Enum('earned', 'uploaded', 'import', name='awardsource', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reference', sa.String(length=120), nullable=False),
    sa.Column('needs_check', sa.Boolean(), nullable=False),
    sa.Column('awarded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('awarded_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('expires_on IS NULL OR expires_on >= issued_on', name=op.f('ck_award_ordered')),
    sa.ForeignKeyConstraint(['awarded_by_id'], ['account.id'], name=op.f('fk_award_awarded_by_id')),
    sa.ForeignKeyConstraint(['certification_id'], ['certification.id'], name=op.f('fk_award_certification_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_award_person_id')),
    sa.ForeignKeyConstraint(['supersedes_id'], ['award.id'], name=op.f('fk_award_supersedes_id')),
    sa.ForeignKeyConstraint(['version_id'], ['certification_version.id'], name=op.f('fk_award_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award'))
    )
    with op.batch_alter_table('award', schema=None) as batch_op:
        batch_op.create_index('ix_award_certification', ['certification_id', 'expires_on'], unique=False)
        batch_op.create_index('ix_award_expires', ['expires_on', 'id'], unique=False)
        batch_op.create_index('ix_award_person', ['person_id', 'certification_id', 'issued_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_award_supersedes_id'), ['supersedes_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_award_version_id'), ['version_id'], unique=False)
    op.create_table('certification_criterion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('exam', 'education', 'experience', 'ethics', name='criterionkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('text', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=True),
    sa.Column('needs_file', sa.Boolean(), nullable=False),
    sa.Column('at_first', sa.Boolean(), nullable=False),
    sa.Column('at_renewal', sa.Boolean(), nullable=False),
    sa.Column('order', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_certification_criterion_course_id')),
    sa.ForeignKeyConstraint(['version_id'], ['certification_version.id'], name=op.f('fk_certification_criterion_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certification_criterion'))
    )
    with op.batch_alter_table('certification_criterion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certification_criterion_course_id'), ['course_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_certification_criterion_version_id'), ['version_id'], unique=False)
    op.create_table('certification_prerequisite',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('required_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['required_id'], ['certification.id'], name=op.f('fk_certification_prerequisite_required_id')),
    sa.ForeignKeyConstraint(['version_id'], ['certification_version.id'], name=op.f('fk_certification_prerequisite_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certification_prerequisite')),
    sa.UniqueConstraint('version_id', 'required_id', name=op.f('uq_certification_prerequisite_version_id_required_id'))
    )
    with op.batch_alter_table('certification_prerequisite', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certification_prerequisite_required_id'), ['required_id'], unique=False)
    op.create_table('award_check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('award_id', sa.Integer(), nullable=False),
    sa.Column('agreed', sa.Boolean(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('checked_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['award_id'], ['award.id'], name=op.f('fk_award_check_award_id')),
    sa.ForeignKeyConstraint(['checked_by_id'], ['account.id'], name=op.f('fk_award_check_checked_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_check')),
    sa.UniqueConstraint('award_id', name=op.f('uq_award_check_award_id'))
    )
    op.create_table('award_lapse',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('award_id', sa.Integer(), nullable=False),
    sa.Column('left_on', sa.Date(), nullable=False),
    sa.Column('lapses_on', sa.Date(), nullable=False),
    sa.Column('returned_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['award_id'], ['award.id'], name=op.f('fk_award_lapse_award_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_lapse')),
    sa.UniqueConstraint('award_id', 'left_on', name=op.f('uq_award_lapse_award_id_left_on'))
    )
    op.create_table('award_reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('award_id', sa.Integer(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['award_id'], ['award.id'], name=op.f('fk_award_reminder_award_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_award_reminder_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_reminder')),
    sa.UniqueConstraint('award_id', 'days', 'person_id', name=op.f('uq_award_reminder_award_id_days_person_id'))
    )
    op.create_table('award_revocation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('award_id', sa.Integer(), nullable=False),
    sa.Column('revoked_on', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['award_id'], ['award.id'], name=op.f('fk_award_revocation_award_id')),
    sa.ForeignKeyConstraint(['revoked_by_id'], ['account.id'], name=op.f('fk_award_revocation_revoked_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_revocation')),
    sa.UniqueConstraint('award_id', name=op.f('uq_award_revocation_award_id'))
    )
    op.create_table('badge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=60), nullable=False),
    sa.Column('award_id', sa.Integer(), nullable=False),
    sa.Column('key_id', sa.Integer(), nullable=False),
    sa.Column('status_index', sa.Integer(), nullable=False),
    sa.Column('credential', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('token', sa.Text(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['award_id'], ['award.id'], name=op.f('fk_badge_award_id')),
    sa.ForeignKeyConstraint(['key_id'], ['badge_key.id'], name=op.f('fk_badge_key_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_badge')),
    sa.UniqueConstraint('status_index', name=op.f('uq_badge_status_index')),
    sa.UniqueConstraint('uid', name=op.f('uq_badge_uid'))
    )
    with op.batch_alter_table('badge', schema=None) as batch_op:
        batch_op.create_index('ix_badge_award', ['award_id'], unique=False)
        batch_op.create_index('uq_badge_published', ['award_id'], unique=True, sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))

    op.create_table('certification_pursuit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('certification_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('renews_id', sa.Integer(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('award_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['award_id'], ['award.id'], name='fk_certification_pursuit_award'),
    sa.ForeignKeyConstraint(['certification_id'], ['certification.id'], name=op.f('fk_certification_pursuit_certification_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_certification_pursuit_person_id')),
    sa.ForeignKeyConstraint(['renews_id'], ['award.id'], name=op.f('fk_certification_pursuit_renews_id')),
    sa.ForeignKeyConstraint(['version_id'], ['certification_version.id'], name=op.f('fk_certification_pursuit_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certification_pursuit')),
    sa.UniqueConstraint('award_id', name=op.f('uq_certification_pursuit_award_id'))
    )
    with op.batch_alter_table('certification_pursuit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certification_pursuit_certification_id'), ['certification_id'], unique=False)
        batch_op.create_index('uq_certification_pursuit_open', ['person_id', 'certification_id'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
    op.create_table('award_evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('award_id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('completion_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['award_id'], ['award.id'], name=op.f('fk_award_evidence_award_id')),
    sa.ForeignKeyConstraint(['completion_id'], ['completion.id'], name=op.f('fk_award_evidence_completion_id')),
    sa.ForeignKeyConstraint(['criterion_id'], ['certification_criterion.id'], name=op.f('fk_award_evidence_criterion_id')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_award_evidence_file_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_evidence'))
    )
    with op.batch_alter_table('award_evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_award_evidence_award_id'), ['award_id'], unique=False)
    op.create_table('certification_pursuit_evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pursuit_id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('given_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['criterion_id'], ['certification_criterion.id'], name=op.f('fk_certification_pursuit_evidence_criterion_id')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_certification_pursuit_evidence_file_id')),
    sa.ForeignKeyConstraint(['given_by_id'], ['account.id'], name=op.f('fk_certification_pursuit_evidence_given_by_id')),
    sa.ForeignKeyConstraint(['pursuit_id'], ['certification_pursuit.id'], name=op.f('fk_certification_pursuit_evidence_pursuit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certification_pursuit_evidence'))
    )
    with op.batch_alter_table('certification_pursuit_evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certification_pursuit_evidence_pursuit_id'), ['pursuit_id'], unique=False)
    postgres = op.get_bind().dialect.name == "postgresql"
    if postgres:
        op.create_foreign_key(
            "fk_certification_current_version_id", "certification", "certification_version",
            ["current_version_id"], ["id"],
        )
    for table in APPEND_ONLY:
        _guard(table, postgres=postgres)


def downgrade():
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("fk_certification_current_version_id", "certification")
    op.drop_table("certification_pursuit_evidence")
    op.drop_table("award_evidence")
    op.drop_table("certification_pursuit")
    op.drop_table("badge")
    op.drop_table("award_revocation")
    op.drop_table("award_reminder")
    op.drop_table("award_lapse")
    op.drop_table("award_check")
    op.drop_table("certification_prerequisite")
    op.drop_table("certification_criterion")
    op.drop_table("award")
    op.drop_table("client_queue_team")
    op.drop_table("certification_waiver")
    op.drop_table("certification_version")
    op.drop_table("certification_mandate")
    op.drop_table("client_queue")
    op.drop_table("certification")
    op.drop_table("badge_key")


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
