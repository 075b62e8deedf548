"""Reviews: templates, cycles, parts, results, signatures and signed editions"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

APPEND_ONLY = ("calibration_change", "review_signature", "review_record")


def upgrade():
    op.create_table(
        "review_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "sections", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "weights", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "replaced",
                "retired",
                name="templatestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_template")),
        sa.UniqueConstraint("key", "number", name=op.f("uq_review_template_key_number")),
    )
    op.create_table(
        "review_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "week",
                "day",
                "late",
                name="reminderstage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_review_reminder_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_reminder")),
        sa.UniqueConstraint(
            "person_id", "subject", "stage", name=op.f("uq_review_reminder_person_id_subject_stage")
        ),
    )
    op.create_table(
        "review_cycle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column(
            "population", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "weights", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("least_raters", sa.Integer(), nullable=False),
        sa.Column("peers_wanted", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("peers_due_on", sa.Date(), nullable=False),
        sa.Column("parts_due_on", sa.Date(), nullable=False),
        sa.Column("manager_due_on", sa.Date(), nullable=False),
        sa.Column("calibration_due_on", sa.Date(), nullable=False),
        sa.Column("signing_due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "running",
                "closed",
                "cancelled",
                name="cyclestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("launched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("least_raters >= 3", name=op.f("ck_review_cycle_least_raters")),
        sa.CheckConstraint(
            "opens_on <= peers_due_on AND peers_due_on <= parts_due_on AND parts_due_on <= manager_due_on AND manager_due_on <= calibration_due_on AND calibration_due_on <= signing_due_on",
            name=op.f("ck_review_cycle_calendar"),
        ),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_review_cycle_period")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["account.id"], name=op.f("fk_review_cycle_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["template_id"], ["review_template.id"], name=op.f("fk_review_cycle_template_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_cycle")),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("manager_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "writing",
                "calibration",
                "released",
                "signed",
                "cancelled",
                name="reviewstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column(
            "competencies", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("rating", sa.Double(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column(
            "development", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column(
            "ending",
            sa.Enum(
                "left",
                "closed",
                name="reviewend",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("calibrated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'signed') = (signed_at IS NOT NULL)", name=op.f("ck_review_signed")
        ),
        sa.CheckConstraint(
            "state NOT IN ('released', 'signed') OR released_at IS NOT NULL",
            name=op.f("ck_review_released"),
        ),
        sa.CheckConstraint("person_id <> manager_id", name=op.f("ck_review_other")),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_review_rating")),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_review_score")),
        sa.ForeignKeyConstraint(["cycle_id"], ["review_cycle.id"], name=op.f("fk_review_cycle_id")),
        sa.ForeignKeyConstraint(["manager_id"], ["person.id"], name=op.f("fk_review_manager_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_review_person_id")),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_review_role_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_review_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("cycle_id", "person_id", name=op.f("uq_review_cycle_id_person_id")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index("ix_review_manager", ["manager_id", "state"], unique=False)
        batch_op.create_index("ix_review_person", ["person_id", "state"], unique=False)

    op.create_table(
        "calibration_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("before", sa.Double(), nullable=True),
        sa.Column("after", sa.Double(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_calibration_change_reason")),
        sa.CheckConstraint("after BETWEEN 1 AND 5", name=op.f("ck_calibration_change_after")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["account.id"], name=op.f("fk_calibration_change_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_calibration_change_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_change")),
    )
    with op.batch_alter_table("calibration_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_calibration_change_review_id"), ["review_id"], unique=False
        )

    op.create_table(
        "review_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "self",
                "manager",
                "peer",
                "upward",
                name="partkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "named",
                "refused",
                "open",
                "submitted",
                "declined",
                "unused",
                name="partstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "answers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("named_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'submitted') = (submitted_at IS NOT NULL)",
            name=op.f("ck_review_part_submitted"),
        ),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_review_part_score")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_review_part_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_review_part_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["named_by_id"], ["account.id"], name=op.f("fk_review_part_named_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_review_part_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_part")),
    )
    with op.batch_alter_table("review_part", schema=None) as batch_op:
        batch_op.create_index("ix_review_part_author", ["author_id", "state"], unique=False)
        batch_op.create_index("ix_review_part_review", ["review_id", "kind"], unique=False)
        batch_op.create_index(
            "uq_review_part_author", ["review_id", "author_id", "kind"], unique=True
        )

    op.create_table(
        "review_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Double(), nullable=True),
        sa.Column(
            "content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_review_record_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_record")),
        sa.UniqueConstraint(
            "review_id", "edition", name=op.f("uq_review_record_review_id_edition")
        ),
    )
    op.create_table(
        "review_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column(
            "signer",
            sa.Enum(
                "person",
                "manager",
                name="signer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_review_signature_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_review_signature_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_signature")),
        sa.UniqueConstraint(
            "review_id",
            "edition",
            "signer",
            name=op.f("uq_review_signature_review_id_edition_signer"),
        ),
    )
    op.create_table(
        "part_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("competency_version_id", sa.Integer(), nullable=True),
        sa.Column("goal_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("cannot_tell", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_part_rating_level")),
        sa.ForeignKeyConstraint(
            ["competency_version_id"],
            ["competency_version.id"],
            name=op.f("fk_part_rating_competency_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["part_id"], ["review_part.id"], name=op.f("fk_part_rating_part_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part_rating")),
        sa.UniqueConstraint("part_id", "subject", name=op.f("uq_part_rating_part_id_subject")),
    )
    op.create_table(
        "review_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "zip",
                "print",
                name="batchkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "ready",
                "failed",
                name="batchstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "record_ids", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ordered_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'ready') = (file_id IS NOT NULL)",
            name=op.f("ck_review_batch_ready_has_file"),
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["review_cycle.id"], name=op.f("fk_review_batch_cycle_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_review_batch_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["ordered_by_id"], ["account.id"], name=op.f("fk_review_batch_ordered_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_batch")),
    )
    postgres = op.get_bind().dialect.name == "postgresql"
    for table in APPEND_ONLY:
        _guard(table, postgres=postgres)


def downgrade():
    op.drop_table("review_batch")
    op.drop_table("part_rating")
    op.drop_table("review_signature")
    op.drop_table("review_record")
    with op.batch_alter_table("review_part", schema=None) as batch_op:
        batch_op.drop_index("uq_review_part_author")
        batch_op.drop_index("ix_review_part_review")
        batch_op.drop_index("ix_review_part_author")

    op.drop_table("review_part")
    with op.batch_alter_table("calibration_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calibration_change_review_id"))

    op.drop_table("calibration_change")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index("ix_review_person")
        batch_op.drop_index("ix_review_manager")

    op.drop_table("review")
    op.drop_table("review_cycle")
    op.drop_table("review_reminder")
    op.drop_table("review_template")


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
