"""Recognition and surveys: values, thanks and claps; questions, receipts and counted answers"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('organisation_value',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=True),
    sa.Column('name', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('description', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation_value')),
    sa.UniqueConstraint('key', name=op.f('uq_organisation_value_key'))
    )
    op.create_table('recognition_digest',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_recognition_digest_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recognition_digest')),
    sa.UniqueConstraint('person_id', 'month', name=op.f('uq_recognition_digest_person_id_month'))
    )
    op.create_table('recognition_digest_refusal',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_recognition_digest_refusal_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_recognition_digest_refusal'))
    )
    op.create_table('survey',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('series', sa.String(length=60), nullable=False),
    sa.Column('title', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('intro', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('state', sa.Enum('draft', 'planned', 'open', 'closed', name='surveystate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('audience', sa.Enum('all', 'team', 'role', name='surveyaudience', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.Column('minimum', sa.Integer(), nullable=False),
    sa.Column('counted', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(audience = 'role') = (role_id IS NOT NULL)", name=op.f('ck_survey_role')),
    sa.CheckConstraint("(audience = 'team') = (team_id IS NOT NULL)", name=op.f('ck_survey_team')),
    sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f('ck_survey_closed')),
    sa.CheckConstraint('minimum >= 3', name=op.f('ck_survey_minimum')),
    sa.CheckConstraint('opens_on <= closes_on', name=op.f('ck_survey_ordered')),
    sa.ForeignKeyConstraint(['role_id'], ['role.id'], name=op.f('fk_survey_role_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_survey_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey'))
    )
    with op.batch_alter_table('survey', schema=None) as batch_op:
        batch_op.create_index('ix_survey_series', ['series', 'closed_at'], unique=False)
        batch_op.create_index('ix_survey_state', ['state', 'closes_on'], unique=False)

    op.create_table('thanks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('writer_id', sa.Integer(), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('visibility', sa.Enum('public', 'private', name='thanksvisibility', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hidden_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hidden_by_id', sa.Integer(), nullable=True),
    sa.Column('hidden_reason', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(hidden_at IS NULL) = (hidden_reason = '')", name=op.f('ck_thanks_hidden')),
    sa.CheckConstraint('length(message) BETWEEN 10 AND 1000', name=op.f('ck_thanks_message')),
    sa.ForeignKeyConstraint(['hidden_by_id'], ['account.id'], name=op.f('fk_thanks_hidden_by_id')),
    sa.ForeignKeyConstraint(['writer_id'], ['person.id'], name=op.f('fk_thanks_writer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_thanks'))
    )
    with op.batch_alter_table('thanks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_thanks_writer_id'), ['writer_id'], unique=False)
        batch_op.create_index('ix_thanks_written_at', ['written_at', 'id'], unique=False)

    op.create_table('survey_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('scale', 'recommend', 'choice', 'text', name='surveyquestionkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('text', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('choices', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_question_survey_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_question')),
    sa.UniqueConstraint('survey_id', 'key', name=op.f('uq_survey_question_survey_id_key'))
    )
    op.create_table('survey_receipt',
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('path', sa.String(400).with_variant(sa.String(400, "C"), "postgresql"), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('tenure', sa.Enum('under_1', '1_to_2', '3_to_5', 'over_5', name='tenureband', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('answered', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_survey_receipt_person_id')),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_survey_receipt_site_id')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_receipt_survey_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_survey_receipt_team_id')),
    sa.PrimaryKeyConstraint('survey_id', 'person_id', name=op.f('pk_survey_receipt'))
    )
    with op.batch_alter_table('survey_receipt', schema=None) as batch_op:
        batch_op.create_index('ix_survey_receipt_person', ['person_id', 'answered'], unique=False)
        batch_op.create_index('ix_survey_receipt_team', ['team_id'], unique=False)

    op.create_table('thanks_clap',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('thanks_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_thanks_clap_person_id')),
    sa.ForeignKeyConstraint(['thanks_id'], ['thanks.id'], name=op.f('fk_thanks_clap_thanks_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_thanks_clap')),
    sa.UniqueConstraint('thanks_id', 'person_id', name=op.f('uq_thanks_clap_thanks_id_person_id'))
    )
    op.create_table('thanks_receiver',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('thanks_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_thanks_receiver_person_id')),
    sa.ForeignKeyConstraint(['thanks_id'], ['thanks.id'], name=op.f('fk_thanks_receiver_thanks_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_thanks_receiver')),
    sa.UniqueConstraint('thanks_id', 'person_id', name=op.f('uq_thanks_receiver_thanks_id_person_id'))
    )
    with op.batch_alter_table('thanks_receiver', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_thanks_receiver_person_id'), ['person_id'], unique=False)

    op.create_table('thanks_value',
    sa.Column('thanks_id', sa.Integer(), nullable=False),
    sa.Column('value_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['thanks_id'], ['thanks.id'], name=op.f('fk_thanks_value_thanks_id')),
    sa.ForeignKeyConstraint(['value_id'], ['organisation_value.id'], name=op.f('fk_thanks_value_value_id')),
    sa.PrimaryKeyConstraint('thanks_id', 'value_id', name=op.f('pk_thanks_value'))
    )
    with op.batch_alter_table('thanks_value', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_thanks_value_value_id'), ['value_id'], unique=False)

    op.create_table('survey_tally',
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('grouping', sa.String(length=30), nullable=False),
    sa.Column('value', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['survey_question.id'], name=op.f('fk_survey_tally_question_id')),
    sa.PrimaryKeyConstraint('question_id', 'grouping', 'value', name=op.f('pk_survey_tally'))
    )
    op.create_table('survey_text',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['survey_question.id'], name=op.f('fk_survey_text_question_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_text')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('survey_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_text_question_id'), ['question_id'], unique=False)


def downgrade():
    op.drop_table("survey_text")
    op.drop_table("survey_tally")
    op.drop_table("thanks_value")
    op.drop_table("thanks_receiver")
    op.drop_table("thanks_clap")
    op.drop_table("survey_receipt")
    op.drop_table("survey_question")
    op.drop_table("thanks")
    op.drop_table("survey")
    op.drop_table("recognition_digest_refusal")
    op.drop_table("recognition_digest")
    op.drop_table("organisation_value")
