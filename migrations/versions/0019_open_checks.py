"""Certificates that wait for a check, and indexes for what waits on the home page"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

OPENED = "INSERT INTO award_open_check (award_id) VALUES (NEW.id)"
CLOSED = "DELETE FROM award_open_check WHERE award_id = NEW.award_id"
FOUND = """
    INSERT INTO award_open_check (award_id)
    SELECT id FROM award WHERE needs_check
    AND NOT EXISTS (SELECT 1 FROM award_check WHERE award_check.award_id = award.id)
    AND NOT EXISTS (SELECT 1 FROM award_revocation WHERE award_revocation.award_id = award.id)
"""
UNSIGNED = "closed_at IS NULL AND (person_signed_at IS NULL OR manager_signed_at IS NULL)"
NAMED = "state = 'named'"


def upgrade():
    op.create_table(
        "award_open_check",
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["award_id"], ["award.id"], name=op.f("fk_award_open_check_award_id")
        ),
        sa.PrimaryKeyConstraint("award_id", name=op.f("pk_award_open_check")),
    )
    op.execute(FOUND)
    _watch("award", "NEW.needs_check", OPENED)
    _watch("award_check", None, CLOSED)
    _watch("award_revocation", None, CLOSED)
    op.create_index("ix_goal_state", "goal", ["state", "ends_on"])
    op.create_index(
        "ix_career_plan_unsigned", "career_plan", ["person_id"],
        sqlite_where=sa.text(UNSIGNED), postgresql_where=sa.text(UNSIGNED),
    )  # fmt: skip
    op.create_index(
        "ix_review_part_named", "review_part", ["review_id"],
        sqlite_where=sa.text(NAMED), postgresql_where=sa.text(NAMED),
    )  # fmt: skip


def downgrade():
    op.drop_index("ix_review_part_named", "review_part")
    op.drop_index("ix_career_plan_unsigned", "career_plan")
    op.drop_index("ix_goal_state", "goal")
    postgres = op.get_bind().dialect.name == "postgresql"
    for table in ("award", "award_check", "award_revocation"):
        op.execute(f"DROP TRIGGER {table}_open_check{f' ON {table}' if postgres else ''}")
        if postgres:
            op.execute(f"DROP FUNCTION {table}_open_check()")
    op.drop_table("award_open_check")


def _watch(table, condition, statement):
    """Run the statement after each new row, as far as the condition holds."""
    when = f"WHEN ({condition}) " if condition else ""
    trigger = f"CREATE TRIGGER {table}_open_check AFTER INSERT ON {table} FOR EACH ROW {when}"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {table}_open_check() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {statement}; RETURN NULL; END $$"
        )
        op.execute(f"{trigger}EXECUTE FUNCTION {table}_open_check()")
    else:
        op.execute(f"{trigger}BEGIN {statement}; END")
