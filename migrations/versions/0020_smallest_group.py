"""One number of people below which no figures of a group are shown"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("smallest_group", sa.Integer(), server_default="5", nullable=False)
        )
        batch_op.create_check_constraint(
            op.f("ck_organisation_smallest_group"), "smallest_group >= 3"
        )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.alter_column("smallest_group", server_default=None)
    survey = sa.table("survey", sa.column("minimum", sa.Integer), sa.column("state", sa.String))
    op.execute(
        sa.update(survey)
        .where(survey.c.minimum < 5, survey.c.state.in_(["draft", "planned"]))
        .values(minimum=5)
    )


def downgrade():
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_organisation_smallest_group"), type_="check")
        batch_op.drop_column("smallest_group")
