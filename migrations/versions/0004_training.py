"""Courses, sessions, programmes, enrolments, completions and hours"""

import re

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SOURCES = ("interview", "task", "manager", "self")


def upgrade():
    op.create_table('course',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('title', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('summary', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('outcome', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('kind', sa.Enum('session', 'self_paced', 'external', name='coursekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('draft', 'offered', 'retired', name='coursestate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('pass_mark', sa.Integer(), nullable=True),
    sa.Column('most_attempts', sa.Integer(), nullable=True),
    sa.Column('address', sa.String(length=500), nullable=False),
    sa.Column('self_enrol', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_course_minutes')),
    sa.CheckConstraint('most_attempts > 0', name=op.f('ck_course_most_attempts')),
    sa.CheckConstraint('pass_mark BETWEEN 1 AND 100', name=op.f('ck_course_pass_mark')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course')),
    sa.UniqueConstraint('key', name=op.f('uq_course_key'))
    )
    op.create_table('credit_category',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('name', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credit_category')),
    sa.UniqueConstraint('key', name=op.f('uq_credit_category_key'))
    )
    op.create_table('programme',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('title', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('summary', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('in_order', sa.Boolean(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'offered', 'retired', name='coursestate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme')),
    sa.UniqueConstraint('key', name=op.f('uq_programme_key'))
    )
    op.create_table('course_competency',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('competency_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.CheckConstraint('level BETWEEN 1 AND 5', name=op.f('ck_course_competency_level')),
    sa.ForeignKeyConstraint(['competency_id'], ['competency.id'], name=op.f('fk_course_competency_competency_id')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_course_competency_course_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_competency')),
    sa.UniqueConstraint('course_id', 'competency_id', name=op.f('uq_course_competency_course_id_competency_id'))
    )
    with op.batch_alter_table('course_competency', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_competency_competency_id'), ['competency_id'], unique=False)
    op.create_table('course_credit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_course_credit_minutes')),
    sa.ForeignKeyConstraint(['category_id'], ['credit_category.id'], name=op.f('fk_course_credit_category_id')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_course_credit_course_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_credit')),
    sa.UniqueConstraint('course_id', 'category_id', name=op.f('uq_course_credit_course_id_category_id'))
    )
    op.create_table('course_prerequisite',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('required_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('course_id <> required_id', name=op.f('ck_course_prerequisite_other')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_course_prerequisite_course_id')),
    sa.ForeignKeyConstraint(['required_id'], ['course.id'], name=op.f('fk_course_prerequisite_required_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_prerequisite')),
    sa.UniqueConstraint('course_id', 'required_id', name=op.f('uq_course_prerequisite_course_id_required_id'))
    )
    with op.batch_alter_table('course_prerequisite', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_prerequisite_required_id'), ['required_id'], unique=False)
    op.create_table('course_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('time_zone', sa.String(length=60), nullable=False),
    sa.Column('place', sa.String(length=255), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=True),
    sa.Column('trainer_id', sa.Integer(), nullable=True),
    sa.Column('trainer_name', sa.String(length=255), nullable=False),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('planned', 'held', 'cancelled', name='sessionstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('uid', sa.String(length=255), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_course_session_ordered')),
    sa.CheckConstraint('seats > 0', name=op.f('ck_course_session_seats')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_course_session_course_id')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_course_session_site_id')),
    sa.ForeignKeyConstraint(['trainer_id'], ['person.id'], name=op.f('fk_course_session_trainer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_session')),
    sa.UniqueConstraint('uid', name=op.f('uq_course_session_uid'))
    )
    with op.batch_alter_table('course_session', schema=None) as batch_op:
        batch_op.create_index('ix_course_session_course', ['course_id', 'starts_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_session_starts_at'), ['starts_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_session_trainer_id'), ['trainer_id'], unique=False)
    op.create_table('programme_course',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('order', sa.Integer(), nullable=False),
    sa.Column('optional', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_programme_course_course_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_course_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_course')),
    sa.UniqueConstraint('programme_id', 'course_id', name=op.f('uq_programme_course_programme_id_course_id'))
    )
    with op.batch_alter_table('programme_course', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_course_course_id'), ['course_id'], unique=False)
    op.create_table('enrolment_rule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=True),
    sa.Column('programme_id', sa.Integer(), nullable=True),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('site_id', sa.Integer(), nullable=True),
    sa.Column('due_days', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(course_id IS NULL) <> (programme_id IS NULL)', name=op.f('ck_enrolment_rule_one_target')),
    sa.CheckConstraint('due_days >= 0', name=op.f('ck_enrolment_rule_due_days')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_enrolment_rule_course_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_enrolment_rule_programme_id')),
    sa.ForeignKeyConstraint(['role_id'], ['role.id'], name=op.f('fk_enrolment_rule_role_id')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_enrolment_rule_site_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_enrolment_rule_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment_rule'))
    )
    with op.batch_alter_table('enrolment_rule', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enrolment_rule_course_id'), ['course_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_enrolment_rule_programme_id'), ['programme_id'], unique=False)
    op.create_table('enrolment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=True),
    sa.Column('programme_id', sa.Integer(), nullable=True),
    sa.Column('rule_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('waiting', 'enrolled', 'completed', 'failed', 'absent', 'cancelled', name='enrolmentstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('origin', sa.Enum('self', 'manager', 'rule', 'onboarding', 'certification', 'import', name='origin', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_enrolment_course_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_enrolment_person_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_enrolment_programme_id')),
    sa.ForeignKeyConstraint(['rule_id'], ['enrolment_rule.id'], name=op.f('fk_enrolment_rule_id')),
    sa.ForeignKeyConstraint(['session_id'], ['course_session.id'], name=op.f('fk_enrolment_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment'))
    )
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.create_index('ix_enrolment_course', ['course_id', 'state', 'id'], unique=False)
        batch_op.create_index('ix_enrolment_due', ['state', 'due_on'], unique=False)
        batch_op.create_index('ix_enrolment_rule', ['rule_id', 'person_id'], unique=False)
        batch_op.create_index('ix_enrolment_session', ['session_id', 'state', 'id'], unique=False)
        batch_op.create_index('uq_enrolment_live', ['person_id', 'course_id'], unique=True, sqlite_where=sa.text("state IN ('waiting', 'enrolled')"), postgresql_where=sa.text("state IN ('waiting', 'enrolled')"))
    op.create_table('programme_enrolment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('rule_id', sa.Integer(), nullable=True),
    sa.Column('origin', sa.Enum('self', 'manager', 'rule', 'onboarding', 'certification', 'import', name='origin', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('completed_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('completed_on IS NULL OR closed_at IS NOT NULL', name=op.f('ck_programme_enrolment_completed_is_closed')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_programme_enrolment_person_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_enrolment_programme_id')),
    sa.ForeignKeyConstraint(['rule_id'], ['enrolment_rule.id'], name=op.f('fk_programme_enrolment_rule_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_enrolment'))
    )
    with op.batch_alter_table('programme_enrolment', schema=None) as batch_op:
        batch_op.create_index('ix_programme_enrolment_programme', ['programme_id', 'closed_at', 'id'], unique=False)
        batch_op.create_index('ix_programme_enrolment_rule', ['rule_id', 'person_id'], unique=False)
        batch_op.create_index('uq_programme_enrolment_live', ['person_id', 'programme_id'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
    op.create_table('sheet_import',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('applied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('applied_rows', sa.Integer(), nullable=True),
    sa.CheckConstraint('(applied_at IS NULL) = (applied_rows IS NULL)', name=op.f('ck_sheet_import_applied')),
    sa.ForeignKeyConstraint(['created_by_id'], ['account.id'], name=op.f('fk_sheet_import_created_by_id')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_sheet_import_file_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet_import'))
    )
    with op.batch_alter_table('sheet_import', schema=None) as batch_op:
        batch_op.create_index('uq_sheet_import_applied', ['kind', 'sha256'], unique=True, sqlite_where=sa.text('applied_at IS NOT NULL'), postgresql_where=sa.text('applied_at IS NOT NULL'))
        batch_op.create_index('ix_sheet_import_kind', ['kind', 'id'], unique=False)
    op.create_table('attempt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('taken_on', sa.Date(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('passed', sa.Boolean(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('score BETWEEN 0 AND 100', name=op.f('ck_attempt_score')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_attempt_enrolment_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['account.id'], name=op.f('fk_attempt_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt')),
    sa.UniqueConstraint('enrolment_id', 'number', name=op.f('uq_attempt_enrolment_id_number'))
    )
    op.create_table('completion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=True),
    sa.Column('completed_on', sa.Date(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('origin', sa.Enum('self', 'manager', 'rule', 'onboarding', 'certification', 'import', name='origin', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_completion_course_id')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_completion_enrolment_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_completion_person_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['account.id'], name=op.f('fk_completion_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_completion')),
    sa.UniqueConstraint('person_id', 'course_id', 'completed_on', name=op.f('uq_completion_person_id_course_id_completed_on'))
    )
    with op.batch_alter_table('completion', schema=None) as batch_op:
        batch_op.create_index('ix_completion_course', ['course_id', 'completed_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_completion_enrolment_id'), ['enrolment_id'], unique=False)
    op.create_table('credit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('earned_on', sa.Date(), nullable=False),
    sa.Column('completion_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=255), nullable=False),
    sa.Column('provider', sa.String(length=255), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('claimed', 'counted', 'refused', name='creditstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decision_note', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_credit_minutes')),
    sa.ForeignKeyConstraint(['category_id'], ['credit_category.id'], name=op.f('fk_credit_category_id')),
    sa.ForeignKeyConstraint(['completion_id'], ['completion.id'], name=op.f('fk_credit_completion_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['account.id'], name=op.f('fk_credit_decided_by_id')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_credit_file_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_credit_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credit')),
    sa.UniqueConstraint('completion_id', 'category_id', name=op.f('uq_credit_completion_id_category_id'))
    )
    with op.batch_alter_table('credit', schema=None) as batch_op:
        batch_op.create_index('ix_credit_person', ['person_id', 'earned_on'], unique=False)
        batch_op.create_index('ix_credit_state', ['state', 'id'], unique=False)
    _allow_sources((*SOURCES, "course"))
    _guard("completion")


def downgrade():
    _unguard("completion")
    op.drop_table("credit")
    op.drop_table("completion")
    op.drop_table("attempt")
    op.drop_table("sheet_import")
    op.drop_table("programme_enrolment")
    op.drop_table("enrolment")
    op.drop_table("enrolment_rule")
    op.drop_table("programme_course")
    op.drop_table("course_session")
    op.drop_table("course_prerequisite")
    op.drop_table("course_credit")
    op.drop_table("course_competency")
    op.drop_table("programme")
    op.drop_table("credit_category")
    op.drop_table("course")
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


def _guard(table):
    """Refuse changes to the rows of a table."""
    if op.get_bind().dialect.name == "postgresql":
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


def _unguard(table):
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        return
    for verb in ("update", "delete"):
        op.execute(f"DROP TRIGGER {table}_no_{verb}")
