"""Rounds of interview plans: each plan there is becomes one of one round"""

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
NAMES = (
    {"en": "First interview", "tr": "Birinci mülakat", "es": "Primera entrevista",
     "ja": "一次面接"},
    {"en": "Second interview", "tr": "İkinci mülakat", "es": "Segunda entrevista",
     "ja": "二次面接"},
    {"en": "Third interview", "tr": "Üçüncü mülakat", "es": "Tercera entrevista",
     "ja": "三次面接"},
)
ONLY = {"en": "Interview", "tr": "Mülakat", "es": "Entrevista", "ja": "面接"}
AROUND = (
    "plan_round", "plan_competency", "plan_question", "interview", "scorecard", "scorecard_answer",
    "panel_decision",
)
STANDS = sa.text("state != 'cancelled'")

plan = sa.table("interview_plan", sa.column("id"), sa.column("minutes"), sa.column("panel_size"))
plan_round = sa.table(
    "plan_round", sa.column("id", sa.Integer), sa.column("plan_id"), sa.column("name", JSON),
    sa.column("minutes"), sa.column("panel_size"), sa.column("order"),
)
question = sa.table(
    "plan_question", sa.column("id", sa.Integer), sa.column("plan_id"), sa.column("round_id"),
    sa.column("plan_competency_id"), sa.column("question_id"), sa.column("kind"),
    sa.column("text", JSON), sa.column("probes", JSON), sa.column("listen_for", JSON),
    sa.column("order"),
)
interview = sa.table(
    "interview", sa.column("id"), sa.column("application_id"), sa.column("plan_id"),
    sa.column("round_id"), sa.column("state"), sa.column("starts_at"), sa.column("minutes"),
)
scorecard = sa.table("scorecard", sa.column("id"), sa.column("interview_id"))
answer = sa.table("scorecard_answer", sa.column("scorecard_id"), sa.column("plan_question_id"))
amendment = sa.table(
    "scorecard_amendment", sa.column("id"), sa.column("scorecard_id"),
    sa.column("before", JSON), sa.column("after", JSON),
)


def upgrade():
    op.create_table('plan_round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('name', JSON, nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('panel_size', sa.Integer(), nullable=False),
    sa.Column('order', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['plan_id'], ['interview_plan.id'], name=op.f('fk_plan_round_plan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_round'))
    )
    op.create_index(op.f('ix_plan_round_plan_id'), 'plan_round', ['plan_id'], unique=False)
    for table in ("plan_question", "interview"):
        op.add_column(table, sa.Column("round_id", sa.Integer(), nullable=True))
    _one_round_each()
    _rounds_of_second_interviews()
    for table in ("plan_question", "interview"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("round_id", existing_type=sa.Integer(), nullable=False)
            batch_op.create_foreign_key(
                op.f(f"fk_{table}_round_id"), "plan_round", ["round_id"], ["id"]
            )
    op.create_index(op.f('ix_plan_question_round_id'), 'plan_question', ['round_id'], unique=False)
    op.create_index(
        'ix_interview_one_each_round', 'interview', ['application_id', 'round_id'], unique=True,
        sqlite_where=STANDS, postgresql_where=STANDS,
    )
    with op.batch_alter_table("interview_plan", schema=None) as batch_op:
        batch_op.drop_column("minutes")
        batch_op.drop_column("panel_size")
    _check_references()


def _one_round_each():
    """A round for each plan, with its length, panel, questions and interviews."""
    op.execute(
        sa.insert(plan_round).from_select(
            ["plan_id", "name", "minutes", "panel_size", "order"],
            sa.select(
                plan.c.id, sa.literal(ONLY, JSON), plan.c.minutes, plan.c.panel_size, sa.literal(1)
            ),
        )
    )
    for table in (question, interview):
        of_plan = sa.select(plan_round.c.id).where(plan_round.c.plan_id == table.c.plan_id)
        op.execute(sa.update(table).values(round_id=of_plan.scalar_subquery()))


def _rounds_of_second_interviews():
    """Where somebody was interviewed twice, the second talk becomes a round of its own.

    It was asked by the same questions, so its round gets copies of them.
    """
    bind = op.get_bind()
    held = bind.execute(
        sa.select(interview.c.id, interview.c.plan_id, interview.c.application_id)
        .where(interview.c.state != "cancelled")
        .order_by(interview.c.application_id, interview.c.starts_at, interview.c.id)
    ).all()
    places, made = {}, {}
    for row in held:
        places[row.application_id] = place = places.get(row.application_id, 0) + 1
        if place > 1:
            if (row.plan_id, place) not in made:
                made[row.plan_id, place] = _copy_of_first(bind, row.plan_id, place)
            _move_interview(bind, row.id, *made[row.plan_id, place])


def _copy_of_first(bind, plan_id, place):
    """The id of a new round with copies of the first one's questions, and which became which."""
    of_plan = (plan_round.c.plan_id == plan_id) & (plan_round.c.order == 1)
    first = bind.execute(sa.select(plan_round).where(of_plan)).one()
    if first.name == ONLY:
        bind.execute(sa.update(plan_round).where(of_plan).values(name=NAMES[0]))
    values = {
        "plan_id": plan_id, "name": _name(place), "minutes": first.minutes,
        "panel_size": first.panel_size, "order": place,
    }
    fresh = bind.execute(sa.insert(plan_round).values(values).returning(plan_round.c.id)).scalar()
    rows = bind.execute(
        sa.select(question).where(question.c.round_id == first.id).order_by(question.c.order)
    ).mappings().all()
    copies = {}
    for row in rows:
        copied = dict(row) | {"round_id": fresh, "order": row["order"] + (place - 1) * len(rows)}
        copied.pop("id")
        copies[row["id"]] = bind.execute(
            sa.insert(question).values(copied).returning(question.c.id)
        ).scalar()
    return fresh, copies


def _name(place):
    if place <= len(NAMES):
        return NAMES[place - 1]
    return {language: f"{word} {place}" for language, word in ONLY.items()}


def _move_interview(bind, interview_id, round_id, copies):
    bind.execute(
        sa.update(interview).where(interview.c.id == interview_id).values(round_id=round_id)
    )
    cards = sa.select(scorecard.c.id).where(scorecard.c.interview_id == interview_id)
    for old, new in copies.items():
        bind.execute(
            sa.update(answer)
            .where(answer.c.scorecard_id.in_(cards), answer.c.plan_question_id == old)
            .values(plan_question_id=new)
        )
    rows = bind.execute(sa.select(amendment).where(amendment.c.scorecard_id.in_(cards))).all()
    for row in rows:
        bind.execute(
            sa.update(amendment).where(amendment.c.id == row.id).values(
                before=_renamed(row.before, copies), after=_renamed(row.after, copies)
            )
        )


def _renamed(entries, copies):
    """What an amendment keeps, by the ids of the copied questions."""
    names = {str(old): str(new) for old, new in copies.items()}
    entries = json.loads(entries) if isinstance(entries, str) else entries
    return {names.get(key, key): entry for key, entry in (entries or {}).items()}


def _check_references():
    """Tables were made anew with SQLite's checks off: nothing around them may point nowhere."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in AROUND:
        broken = op.get_bind().exec_driver_sql(f"PRAGMA foreign_key_check({table})").fetchall()
        if broken:
            raise RuntimeError(f"rows of {table} that refer to nothing: {broken[:5]}")


def downgrade():
    """Back to one talk for each plan; questions of later rounds stay in the plan."""
    with op.batch_alter_table("interview_plan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("minutes", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("panel_size", sa.Integer(), nullable=True))
    for name in ("minutes", "panel_size"):
        first = sa.select(plan_round.c[name]).where(
            plan_round.c.plan_id == plan.c.id, plan_round.c.order == 1
        )
        op.execute(sa.update(plan).values({name: first.scalar_subquery()}))
    with op.batch_alter_table("interview_plan", schema=None) as batch_op:
        for name in ("minutes", "panel_size"):
            batch_op.alter_column(name, existing_type=sa.Integer(), nullable=False)
    op.drop_index(
        'ix_interview_one_each_round', table_name='interview',
        sqlite_where=STANDS, postgresql_where=STANDS,
    )
    op.drop_index(op.f('ix_plan_question_round_id'), table_name='plan_question')
    for table in ("plan_question", "interview"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(op.f(f"fk_{table}_round_id"), type_="foreignkey")
            batch_op.drop_column("round_id")
    op.drop_table("plan_round")
