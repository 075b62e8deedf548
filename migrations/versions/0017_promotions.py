"""Promotions with the steps of their approval, and who is open to moves"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "move_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column(
            "role_ids", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "site_ids", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_move_wish_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move_wish")),
        sa.UniqueConstraint("person_id", name=op.f("uq_move_wish_person_id")),
    )
    op.create_table(
        "promotion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("employment_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("manager_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("leads_team", sa.Boolean(), nullable=False),
        sa.Column("pay", sa.BigInteger(), nullable=True),
        sa.Column("pay_currency", sa.String(length=3), nullable=False),
        sa.Column(
            "pay_period",
            sa.Enum(
                "hour",
                "month",
                "year",
                name="payperiod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("in_band", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "readiness", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "gap_reason",
            sa.Enum(
                "soon",
                "shown_elsewhere",
                "learns_on_the_job",
                "urgent",
                "requirement_doubted",
                name="gapreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("gap_note", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "in_approval",
                "returned",
                "approved",
                "offered",
                "accepted",
                "effective",
                "declined",
                "lapsed",
                "withdrawn",
                "ended",
                name="promotionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("terms_hash", sa.String(length=64), nullable=False),
        sa.Column("by_line", sa.Boolean(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_note", sa.Text(), nullable=False),
        sa.Column("effected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announcement", sa.Text(), nullable=False),
        sa.Column("announce_by_mail", sa.Boolean(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_note", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(pay IS NULL) = (pay_currency = '')", name=op.f("ck_promotion_currency")
        ),
        sa.CheckConstraint(
            "(state = 'effective') = (effected_at IS NOT NULL)",
            name=op.f("ck_promotion_effected_at"),
        ),
        sa.CheckConstraint(
            "announced_at IS NULL OR state = 'effective'", name=op.f("ck_promotion_announced_at")
        ),
        sa.CheckConstraint(
            "gap_reason IS NULL OR gap_note <> ''", name=op.f("ck_promotion_gap_note")
        ),
        sa.CheckConstraint("pay > 0", name=op.f("ck_promotion_pay")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_promotion_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["employment_id"], ["employment.id"], name=op.f("fk_promotion_employment_id")
        ),
        sa.ForeignKeyConstraint(
            ["manager_id"], ["person.id"], name=op.f("fk_promotion_manager_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_promotion_person_id")),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_promotion_position_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["account.id"], name=op.f("fk_promotion_proposed_by_id")
        ),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_promotion_role_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_promotion_site_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_promotion_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promotion")),
    )
    with op.batch_alter_table("promotion", schema=None) as batch_op:
        batch_op.create_index("ix_promotion_person_id", ["person_id", "id"], unique=False)
        batch_op.create_index("ix_promotion_state", ["state", "starts_on"], unique=False)
        batch_op.create_index(
            "uq_promotion_live_person",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text(
                "state IN ('accepted', 'approved', 'in_approval', 'offered', 'returned')"
            ),
            postgresql_where=sa.text(
                "state IN ('accepted', 'approved', 'in_approval', 'offered', 'returned')"
            ),
        )
        batch_op.create_index(
            "uq_promotion_live_position",
            ["position_id"],
            unique=True,
            sqlite_where=sa.text(
                "state IN ('accepted', 'approved', 'in_approval', 'offered', 'returned')"
            ),
            postgresql_where=sa.text(
                "state IN ('accepted', 'approved', 'in_approval', 'offered', 'returned')"
            ),
        )

    op.create_table(
        "promotion_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("promotion_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "manager",
                "hr",
                "director",
                name="stepkind",
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
                "open",
                "approved",
                "refused",
                name="stepstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("terms_hash", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('approved', 'refused')) = (decided_at IS NOT NULL)",
            name=op.f("ck_promotion_step_decided"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_promotion_step_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotion.id"], name=op.f("fk_promotion_step_promotion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promotion_step")),
        sa.UniqueConstraint(
            "promotion_id",
            "round",
            "number",
            name=op.f("uq_promotion_step_promotion_id_round_number"),
        ),
    )
    with op.batch_alter_table("promotion_step", schema=None) as batch_op:
        batch_op.create_index("ix_promotion_step_state", ["state", "kind"], unique=False)


def downgrade():
    with op.batch_alter_table("promotion_step", schema=None) as batch_op:
        batch_op.drop_index("ix_promotion_step_state")

    op.drop_table("promotion_step")
    with op.batch_alter_table("promotion", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_promotion_live_position",
            sqlite_where=sa.text(
                "state IN ('accepted', 'approved', 'in_approval', 'offered', 'returned')"
            ),
            postgresql_where=sa.text(
                "state IN ('accepted', 'approved', 'in_approval', 'offered', 'returned')"
            ),
        )
        batch_op.drop_index(
            "uq_promotion_live_person",
            sqlite_where=sa.text(
                "state IN ('accepted', 'approved', 'in_approval', 'offered', 'returned')"
            ),
            postgresql_where=sa.text(
                "state IN ('accepted', 'approved', 'in_approval', 'offered', 'returned')"
            ),
        )
        batch_op.drop_index("ix_promotion_state")
        batch_op.drop_index("ix_promotion_person_id")

    op.drop_table("promotion")
    op.drop_table("move_wish")
