"""Succession: settings, key positions with nominations, the talent grid, saved scenarios"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ONLY_ADDED = ("position_assessment", "nomination_change", "grid_placement")


def upgrade():
    op.create_table(
        "readiness_level",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("months_from", sa.Integer(), nullable=False),
        sa.Column("months_to", sa.Integer(), nullable=True),
        sa.Column("is_ready", sa.Boolean(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "months_from >= 0 AND months_from <= months_to", name=op.f("ck_readiness_level_months")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readiness_level")),
        sa.UniqueConstraint("key", name=op.f("uq_readiness_level_key")),
    )
    op.create_table(
        "succession_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tell_nominees", sa.Boolean(), nullable=False),
        sa.Column("stale_months", sa.Integer(), nullable=False),
        sa.Column("review_months", sa.Integer(), nullable=False),
        sa.Column("stuck_months", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "stale_months > 0 AND review_months > 0 AND stuck_months > 0",
            name=op.f("ck_succession_settings_months"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_succession_settings")),
    )
    op.create_table(
        "succession_scenario",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column(
            "leaver_ids", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("leaves_on", sa.Date(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["account.id"], name=op.f("fk_succession_scenario_saved_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_succession_scenario_team_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_succession_scenario")),
    )
    with op.batch_alter_table("succession_scenario", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_succession_scenario_saved_by_id"), ["saved_by_id"], unique=False
        )

    op.create_table(
        "talent_grid",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column(
            "x_title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "y_title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "columns", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("rows", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "boxes", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("size BETWEEN 2 AND 5", name=op.f("ck_talent_grid_size")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["account.id"], name=op.f("fk_talent_grid_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talent_grid")),
    )
    op.create_table(
        "grid_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "closed",
                name="sessionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grid_id"], ["talent_grid.id"], name=op.f("fk_grid_session_grid_id")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["account.id"], name=op.f("fk_grid_session_opened_by_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_grid_session_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_session")),
    )
    op.create_table(
        "key_position",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "active",
                "ended",
                name="positionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("looked_at_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'ended') = (ended_at IS NOT NULL)", name=op.f("ck_key_position_ended")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_key_position_position_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_position")),
        sa.UniqueConstraint("position_id", name=op.f("uq_key_position_position_id")),
    )
    op.create_table(
        "grid_placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("placed_person_id", sa.Integer(), nullable=False),
        sa.Column("x", sa.Integer(), nullable=False),
        sa.Column("y", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("placed_on", sa.Date(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("evidence <> ''", name=op.f("ck_grid_placement_evidence")),
        sa.CheckConstraint(
            "x BETWEEN 0 AND 4 AND y BETWEEN 0 AND 4", name=op.f("ck_grid_placement_box")
        ),
        sa.ForeignKeyConstraint(
            ["grid_id"], ["talent_grid.id"], name=op.f("fk_grid_placement_grid_id")
        ),
        sa.ForeignKeyConstraint(
            ["placed_person_id"], ["person.id"], name=op.f("fk_grid_placement_placed_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["account.id"], name=op.f("fk_grid_placement_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["grid_session.id"], name=op.f("fk_grid_placement_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_placement")),
    )
    with op.batch_alter_table("grid_placement", schema=None) as batch_op:
        batch_op.create_index(
            "ix_grid_placement_person", ["placed_person_id", "grid_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_grid_placement_session_id"), ["session_id"], unique=False
        )

    op.create_table(
        "nomination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_position_id", sa.Integer(), nullable=False),
        sa.Column("nominee_id", sa.Integer(), nullable=False),
        sa.Column("level_id", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("is_emergency", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "lines", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.Column("level_since", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "approved",
                "refused",
                "ended",
                name="nominationstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "end_reason",
            sa.Enum(
                "took_over",
                "left",
                "wish",
                "changed",
                "position",
                name="endreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'ended') = (end_reason IS NOT NULL)", name=op.f("ck_nomination_ended")
        ),
        sa.CheckConstraint(
            "level_id IS NOT NULL OR is_emergency", name=op.f("ck_nomination_purpose")
        ),
        sa.CheckConstraint("rank > 0", name=op.f("ck_nomination_rank")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_nomination_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["key_position_id"], ["key_position.id"], name=op.f("fk_nomination_key_position_id")
        ),
        sa.ForeignKeyConstraint(
            ["level_id"], ["readiness_level.id"], name=op.f("fk_nomination_level_id")
        ),
        sa.ForeignKeyConstraint(
            ["nominee_id"], ["person.id"], name=op.f("fk_nomination_nominee_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["account.id"], name=op.f("fk_nomination_proposed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
    )
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.create_index("ix_nomination_nominee", ["nominee_id", "state"], unique=False)
        batch_op.create_index(
            "uq_nomination_open",
            ["key_position_id", "nominee_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('proposed', 'approved')"),
            postgresql_where=sa.text("state IN ('proposed', 'approved')"),
        )

    op.create_table(
        "position_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_position_id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column(
            "impact",
            sa.Enum(
                "low",
                "medium",
                "high",
                "critical",
                name="impact",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "risk",
            sa.Enum(
                "low",
                "medium",
                "high",
                name="lossrisk",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reasons", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assessed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessed_by_id"], ["account.id"], name=op.f("fk_position_assessment_assessed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["person.id"], name=op.f("fk_position_assessment_holder_id")
        ),
        sa.ForeignKeyConstraint(
            ["key_position_id"],
            ["key_position.id"],
            name=op.f("fk_position_assessment_key_position_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position_assessment")),
    )
    with op.batch_alter_table("position_assessment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_position_assessment_key_position_id"), ["key_position_id"], unique=False
        )

    op.create_table(
        "nomination_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("fact", sa.String(length=60), nullable=False),
        sa.Column("level_id", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("is_emergency", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["account.id"], name=op.f("fk_nomination_change_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["level_id"], ["readiness_level.id"], name=op.f("fk_nomination_change_level_id")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_nomination_change_nomination_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_change")),
    )
    with op.batch_alter_table("nomination_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_nomination_change_nomination_id"), ["nomination_id"], unique=False
        )

    op.create_table(
        "succession_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "course",
                "mentor",
                "assessment",
                "shadowing",
                "project",
                "other",
                name="actionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'course') = (course_id IS NOT NULL)", name=op.f("ck_succession_action_course")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_succession_action_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["account.id"], name=op.f("fk_succession_action_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_succession_action_nomination_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_succession_action")),
    )
    with op.batch_alter_table("succession_action", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_succession_action_nomination_id"), ["nomination_id"], unique=False
        )

    for table in ONLY_ADDED:
        _guard(table)


def downgrade():
    for table in ONLY_ADDED:
        _unguard(table)
    with op.batch_alter_table("succession_action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_succession_action_nomination_id"))

    op.drop_table("succession_action")
    with op.batch_alter_table("nomination_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_nomination_change_nomination_id"))

    op.drop_table("nomination_change")
    with op.batch_alter_table("position_assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_position_assessment_key_position_id"))

    op.drop_table("position_assessment")
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_nomination_open",
            sqlite_where=sa.text("state IN ('proposed', 'approved')"),
            postgresql_where=sa.text("state IN ('proposed', 'approved')"),
        )
        batch_op.drop_index("ix_nomination_nominee")

    op.drop_table("nomination")
    with op.batch_alter_table("grid_placement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grid_placement_session_id"))
        batch_op.drop_index("ix_grid_placement_person")

    op.drop_table("grid_placement")
    op.drop_table("key_position")
    op.drop_table("grid_session")
    op.drop_table("talent_grid")
    with op.batch_alter_table("succession_scenario", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_succession_scenario_saved_by_id"))

    op.drop_table("succession_scenario")
    op.drop_table("succession_settings")
    op.drop_table("readiness_level")


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
    """Let rows be changed again."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        return
    for verb in ("update", "delete"):
        op.execute(f"DROP TRIGGER {table}_no_{verb}")
