"""Who asked for a mentor, if it was not the mentee"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("mentoring_pair", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_mentoring_pair_asked_by_id"), "account", ["asked_by_id"], ["id"]
        )


def downgrade():
    with op.batch_alter_table("mentoring_pair", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_mentoring_pair_asked_by_id"), type_="foreignkey")
        batch_op.drop_column("asked_by_id")
