"""Assessments, feedback of colleagues and career plans"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "complete",
                "agreed",
                "cancelled",
                name="assessmentstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("talk_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'agreed') = (agreed_at IS NOT NULL)", name=op.f("ck_assessment_agreed")
        ),
        sa.CheckConstraint(
            "agreed_at IS NULL OR talk_on IS NOT NULL", name=op.f("ck_assessment_talked")
        ),
        sa.ForeignKeyConstraint(
            ["agreed_by_id"], ["account.id"], name=op.f("fk_assessment_agreed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["account.id"], name=op.f("fk_assessment_created_by_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assessment_person_id")),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_assessment_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index("ix_assessment_person", ["person_id", "state"], unique=False)
        batch_op.create_index("ix_assessment_state", ["state", "due_on"], unique=False)
        batch_op.create_index(
            "uq_assessment_live",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('open', 'complete')"),
            postgresql_where=sa.text("state IN ('open', 'complete')"),
        )

    op.create_table(
        "career_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("person_signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("manager_signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("manager_signed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(manager_signed_at IS NULL) = (manager_signed_by_id IS NULL)",
            name=op.f("ck_career_plan_manager_signed"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["account.id"], name=op.f("fk_career_plan_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["manager_signed_by_id"],
            ["account.id"],
            name=op.f("fk_career_plan_manager_signed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_career_plan_person_id")
        ),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_career_plan_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_career_plan")),
    )
    with op.batch_alter_table("career_plan", schema=None) as batch_op:
        batch_op.create_index("ix_career_plan_person", ["person_id", "id"], unique=False)
        batch_op.create_index(
            "uq_career_plan_live",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "feedback_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "shared",
                "private",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "closed",
                name="requeststate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["account.id"], name=op.f("fk_feedback_request_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_feedback_request_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_request")),
    )
    with op.batch_alter_table("feedback_request", schema=None) as batch_op:
        batch_op.create_index("ix_feedback_request_open", ["state", "closes_on"], unique=False)
        batch_op.create_index("ix_feedback_request_person", ["person_id", "id"], unique=False)

    op.create_table(
        "assessment_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("competency_version_id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("agreed_level", sa.Integer(), nullable=True),
        sa.Column("agreed_note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "agreed_level BETWEEN 1 AND 5", name=op.f("ck_assessment_line_agreed_level")
        ),
        sa.CheckConstraint("wanted BETWEEN 1 AND 5", name=op.f("ck_assessment_line_wanted")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_assessment_line_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["competency_version_id"],
            ["competency_version.id"],
            name=op.f("fk_assessment_line_competency_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_line")),
        sa.UniqueConstraint(
            "assessment_id",
            "competency_version_id",
            name=op.f("uq_assessment_line_assessment_id_competency_version_id"),
        ),
    )
    op.create_table(
        "assessment_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "self", "manager", name="side", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_assessment_sheet_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_assessment_sheet_author_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_sheet")),
        sa.UniqueConstraint(
            "assessment_id", "side", name=op.f("uq_assessment_sheet_assessment_id_side")
        ),
    )
    with op.batch_alter_table("assessment_sheet", schema=None) as batch_op:
        batch_op.create_index("ix_assessment_sheet_open", ["side", "submitted_at"], unique=False)

    op.create_table(
        "feedback_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "answered",
                "declined",
                name="replystate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("draft", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'asked') = (answered_at IS NULL)", name=op.f("ck_feedback_reply_answered")
        ),
        sa.CheckConstraint(
            "confirmed_at IS NULL OR state = 'answered'", name=op.f("ck_feedback_reply_confirmed")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["account.id"], name=op.f("fk_feedback_reply_confirmed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["giver_id"], ["person.id"], name=op.f("fk_feedback_reply_giver_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["feedback_request.id"], name=op.f("fk_feedback_reply_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_reply")),
        sa.UniqueConstraint(
            "request_id", "giver_id", name=op.f("uq_feedback_reply_request_id_giver_id")
        ),
    )
    with op.batch_alter_table("feedback_reply", schema=None) as batch_op:
        batch_op.create_index("ix_feedback_reply_confirm", ["state", "confirmed_at"], unique=False)
        batch_op.create_index("ix_feedback_reply_giver", ["giver_id", "state"], unique=False)

    op.create_table(
        "feedback_topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("competency_version_id", sa.Integer(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_version_id"],
            ["competency_version.id"],
            name=op.f("fk_feedback_topic_competency_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["feedback_request.id"], name=op.f("fk_feedback_topic_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_topic")),
        sa.UniqueConstraint(
            "request_id",
            "competency_version_id",
            name=op.f("uq_feedback_topic_request_id_competency_version_id"),
        ),
    )
    op.create_table(
        "plan_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "course",
                "programme",
                "certification",
                "mentor",
                "shadowing",
                "project",
                "reading",
                "other",
                name="planactionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("need", sa.String(length=60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind IN ('course', 'programme', 'certification')) = (subject_id IS NOT NULL)",
            name=op.f("ck_plan_action_linked"),
        ),
        sa.CheckConstraint(
            "subject_id IS NOT NULL OR title <> ''", name=op.f("ck_plan_action_named")
        ),
        sa.CheckConstraint(
            "done_on IS NULL OR dropped_on IS NULL", name=op.f("ck_plan_action_one_end")
        ),
        sa.CheckConstraint(
            "subject_id IS NULL OR done_on IS NULL", name=op.f("ck_plan_action_not_typed")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["account.id"], name=op.f("fk_plan_action_created_by_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["career_plan.id"], name=op.f("fk_plan_action_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_action")),
    )
    with op.batch_alter_table("plan_action", schema=None) as batch_op:
        batch_op.create_index("ix_plan_action_due", ["due_on"], unique=False)
        batch_op.create_index("ix_plan_action_plan", ["plan_id"], unique=False)

    op.create_table(
        "assessment_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("cannot_say", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_assessment_answer_level")),
        sa.CheckConstraint(
            "level IS NULL OR NOT cannot_say", name=op.f("ck_assessment_answer_one")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["assessment_line.id"], name=op.f("fk_assessment_answer_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["assessment_sheet.id"], name=op.f("fk_assessment_answer_sheet_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_answer")),
        sa.UniqueConstraint(
            "sheet_id", "line_id", name=op.f("uq_assessment_answer_sheet_id_line_id")
        ),
    )
    op.create_table(
        "assessment_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_assessment_file_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["assessment_sheet.id"], name=op.f("fk_assessment_file_sheet_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_file")),
    )
    with op.batch_alter_table("assessment_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_file_sheet_id"), ["sheet_id"], unique=False)

    op.create_table(
        "feedback_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("not_seen", sa.Boolean(), nullable=False),
        sa.Column("example", sa.Text(), nullable=False),
        sa.CheckConstraint("(level IS NULL) = not_seen", name=op.f("ck_feedback_answer_one")),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_feedback_answer_level")),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["feedback_reply.id"], name=op.f("fk_feedback_answer_reply_id")
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["feedback_topic.id"], name=op.f("fk_feedback_answer_topic_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_answer")),
        sa.UniqueConstraint(
            "reply_id", "topic_id", name=op.f("uq_feedback_answer_reply_id_topic_id")
        ),
    )


def downgrade():
    for table in (
        "feedback_answer",
        "assessment_file",
        "assessment_answer",
        "plan_action",
        "feedback_topic",
        "feedback_reply",
        "assessment_sheet",
        "assessment_line",
        "feedback_request",
        "career_plan",
        "assessment",
    ):
        op.drop_table(table)
