"""Onboarding: versions of templates, plans with a manager and a last day, check-ins, probation"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "probation_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "pass",
                "extend",
                "end",
                name="probationoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "confirmed",
                "returned",
                name="decisionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'pass') = (until IS NULL)", name=op.f("ck_probation_decision_until")
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)",
            name=op.f("ck_probation_decision_decided"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_probation_decision_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_probation_decision_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["onboarding_plan.id"], name=op.f("fk_probation_decision_plan_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["account.id"], name=op.f("fk_probation_decision_proposed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_probation_decision")),
    )
    with op.batch_alter_table("probation_decision", schema=None) as batch_op:
        batch_op.create_index(
            "ix_probation_decision_open",
            ["plan_id"],
            unique=True,
            sqlite_where=sa.text("state = 'proposed'"),
            postgresql_where=sa.text("state = 'proposed'"),
        )
        batch_op.create_index("ix_probation_decision_plan_id", ["plan_id", "id"], unique=False)

    op.create_table(
        "onboarding_check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("hire_words", sa.Text(), nullable=False),
        sa.Column("manager_words", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["task_id"], ["onboarding_task.id"], name=op.f("fk_onboarding_check_in_task_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_onboarding_check_in")),
        sa.UniqueConstraint("task_id", name=op.f("uq_onboarding_check_in_task_id")),
    )
    with op.batch_alter_table("onboarding_plan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("manager_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("finish_by", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("probation_ends_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("told_overdue_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_onboarding_plan_manager_id"), ["manager_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_onboarding_plan_template_id"), ["template_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_onboarding_plan_manager_id"), "person", ["manager_id"], ["id"]
        )

    with op.batch_alter_table("onboarding_task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("agreed_at_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("course_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_onboarding_task_course_id"), ["course_id"], unique=False
        )
        batch_op.create_index(
            "ix_onboarding_task_holding",
            ["plan_id", "due_on"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL AND blocking = 1"),
            postgresql_where=sa.text("done_at IS NULL AND blocking"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_onboarding_task_course_id"), "course", ["course_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_onboarding_task_agreed_at_id"),
            "onboarding_task",
            ["agreed_at_id"],
            ["id"],
        )

    with op.batch_alter_table("onboarding_template", schema=None) as batch_op:
        batch_op.add_column(
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
                server_default="published",
            )
        )
        batch_op.add_column(sa.Column("finish_within_days", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("probation_months", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_unique_constraint(
            batch_op.f("uq_onboarding_template_key_number"), ["key", "number"]
        )
        batch_op.create_check_constraint("finish_within", "finish_within_days > 0")
        batch_op.create_check_constraint("probation", "probation_months >= 0")

    _carry_over()
    with op.batch_alter_table("onboarding_template", schema=None) as batch_op:
        for name in ("state", "probation_months", "version"):
            batch_op.alter_column(name, server_default=None)
        batch_op.drop_column("is_active")


def _carry_over():
    """Old versions count as replaced, each plan gets its manager, each milestone its check-in."""
    op.execute("UPDATE onboarding_template SET state = 'retired' WHERE NOT is_active")
    op.execute(
        "UPDATE onboarding_template SET state = 'replaced' WHERE is_active AND EXISTS ("
        "SELECT 1 FROM onboarding_template AS newer WHERE newer.key = onboarding_template.key "
        "AND newer.is_active AND newer.number > onboarding_template.number)"
    )
    op.execute(
        "UPDATE onboarding_plan SET manager_id = (SELECT employment.manager_id FROM employment "
        "WHERE employment.id = onboarding_plan.employment_id)"
    )
    op.execute(
        "INSERT INTO onboarding_check_in (task_id, hire_words, manager_words, held_on) "
        "SELECT id, '', evidence, date(done_at) FROM onboarding_task WHERE milestone IS NOT NULL"
    )


def downgrade():
    with op.batch_alter_table("onboarding_template", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_active", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        batch_op.drop_constraint(batch_op.f("uq_onboarding_template_key_number"), type_="unique")
        for name in ("templatestate", "finish_within", "probation"):
            batch_op.drop_constraint(op.f(f"ck_onboarding_template_{name}"), type_="check")
        batch_op.drop_column("version")
        batch_op.drop_column("published_at")
        batch_op.drop_column("probation_months")
        batch_op.drop_column("finish_within_days")
        batch_op.drop_column("state")

    with op.batch_alter_table("onboarding_template") as batch_op:
        batch_op.alter_column("is_active", server_default=None)

    with op.batch_alter_table("onboarding_task", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_onboarding_task_agreed_at_id"), type_="foreignkey")
        batch_op.drop_column("agreed_at_id")
        batch_op.drop_constraint(batch_op.f("fk_onboarding_task_course_id"), type_="foreignkey")
        batch_op.drop_index("ix_onboarding_task_holding")
        batch_op.drop_index(batch_op.f("ix_onboarding_task_course_id"))
        batch_op.drop_column("course_id")

    with op.batch_alter_table("onboarding_plan", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_onboarding_plan_manager_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_onboarding_plan_template_id"))
        batch_op.drop_index(batch_op.f("ix_onboarding_plan_manager_id"))
        batch_op.drop_column("stopped_at")
        batch_op.drop_column("told_overdue_at")
        batch_op.drop_column("probation_ends_on")
        batch_op.drop_column("finish_by")
        batch_op.drop_column("manager_id")

    op.drop_table("onboarding_check_in")
    with op.batch_alter_table("probation_decision", schema=None) as batch_op:
        batch_op.drop_index("ix_probation_decision_plan_id")
        batch_op.drop_index(
            "ix_probation_decision_open",
            sqlite_where=sa.text("state = 'proposed'"),
            postgresql_where=sa.text("state = 'proposed'"),
        )

    op.drop_table("probation_decision")
