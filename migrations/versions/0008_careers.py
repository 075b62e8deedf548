"""Careers: versions of the ladder and of what roles ask for, experience and education"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "career_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "experience",
                "education",
                name="claimkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("family", sa.String(length=60), nullable=False),
        sa.Column("leading", sa.Boolean(), nullable=False),
        sa.Column(
            "education",
            sa.Enum(
                "school",
                "vocational",
                "bachelor",
                "master",
                "doctorate",
                name="educationlevel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "confirmed",
                "refused",
                name="claimstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'education') = (education IS NOT NULL)", name=op.f("ck_career_claim_education")
        ),
        sa.CheckConstraint(
            "(kind = 'experience') = (starts_on IS NOT NULL)",
            name=op.f("ck_career_claim_experience"),
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at IS NULL)", name=op.f("ck_career_claim_decided")
        ),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_career_claim_ordered")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["account.id"], name=op.f("fk_career_claim_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_career_claim_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_career_claim_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_career_claim_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_career_claim")),
    )
    with op.batch_alter_table("career_claim", schema=None) as batch_op:
        batch_op.create_index("ix_career_claim_person", ["person_id", "state"], unique=False)
        batch_op.create_index("ix_career_claim_state", ["state", "id"], unique=False)

    op.create_table(
        "ladder_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["account.id"], name=op.f("fk_ladder_version_published_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_version")),
        sa.UniqueConstraint("number", name=op.f("uq_ladder_version_number")),
    )
    op.create_table(
        "requirement_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["account.id"], name=op.f("fk_requirement_set_published_by_id")
        ),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_requirement_set_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement_set")),
        sa.UniqueConstraint("role_id", "number", name=op.f("uq_requirement_set_role_id_number")),
    )
    op.create_table(
        "ladder_edge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("from_role_id", sa.Integer(), nullable=False),
        sa.Column("to_role_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "up",
                "lateral",
                "specialist",
                name="edgekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("from_role_id <> to_role_id", name=op.f("ck_ladder_edge_other")),
        sa.ForeignKeyConstraint(
            ["from_role_id"], ["role.id"], name=op.f("fk_ladder_edge_from_role_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_role_id"], ["role.id"], name=op.f("fk_ladder_edge_to_role_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["ladder_version.id"], name=op.f("fk_ladder_edge_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_edge")),
        sa.UniqueConstraint(
            "version_id",
            "from_role_id",
            "to_role_id",
            name=op.f("uq_ladder_edge_version_id_from_role_id_to_role_id"),
        ),
    )
    op.create_table(
        "path_requirement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "competency",
                "experience",
                "education",
                "certification",
                "course",
                "programme",
                "review",
                "metric",
                name="requirementkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "options", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "education",
            sa.Enum(
                "school",
                "vocational",
                "bachelor",
                "master",
                "doctorate",
                name="educationlevel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("certification_id", sa.Integer(), nullable=True),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("rating", sa.Double(), nullable=True),
        sa.Column("metric_id", sa.Integer(), nullable=True),
        sa.Column("mark", sa.BigInteger(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'certification') = (certification_id IS NOT NULL)",
            name=op.f("ck_path_requirement_certification"),
        ),
        sa.CheckConstraint(
            "(kind = 'course') = (course_id IS NOT NULL)", name=op.f("ck_path_requirement_course")
        ),
        sa.CheckConstraint(
            "(kind = 'education') = (education IS NOT NULL)",
            name=op.f("ck_path_requirement_education"),
        ),
        sa.CheckConstraint(
            "(kind = 'programme') = (programme_id IS NOT NULL)",
            name=op.f("ck_path_requirement_programme"),
        ),
        sa.CheckConstraint(
            "(kind = 'metric') = (metric_id IS NOT NULL)",
            name=op.f("ck_path_requirement_metric"),
        ),
        sa.CheckConstraint(
            "metric_id IS NULL OR (mark IS NOT NULL AND months > 0)",
            name=op.f("ck_path_requirement_metric_mark"),
        ),
        sa.ForeignKeyConstraint(
            ["metric_id"], ["metric.id"], name=op.f("fk_path_requirement_metric_id")
        ),
        sa.CheckConstraint(
            "(kind = 'review') = (rating IS NOT NULL)", name=op.f("ck_path_requirement_review")
        ),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_path_requirement_rating")),
        sa.ForeignKeyConstraint(
            ["certification_id"],
            ["certification.id"],
            name=op.f("fk_path_requirement_certification_id"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_path_requirement_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_path_requirement_programme_id")
        ),
        sa.ForeignKeyConstraint(
            ["set_id"], ["requirement_set.id"], name=op.f("fk_path_requirement_set_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_path_requirement")),
    )
    with op.batch_alter_table("path_requirement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_path_requirement_set_id"), ["set_id"], unique=False)


def downgrade():
    with op.batch_alter_table("path_requirement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_path_requirement_set_id"))

    op.drop_table("path_requirement")
    op.drop_table("ladder_edge")
    op.drop_table("requirement_set")
    op.drop_table("ladder_version")
    with op.batch_alter_table("career_claim", schema=None) as batch_op:
        batch_op.drop_index("ix_career_claim_state")
        batch_op.drop_index("ix_career_claim_person")

    op.drop_table("career_claim")
