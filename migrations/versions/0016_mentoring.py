"""Mentoring: programmes, mentors, matches, pairs and their sessions"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "mentor_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column(
            "languages", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "shifts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats BETWEEN 1 AND 10", name=op.f("ck_mentor_profile_seats")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mentor_profile_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_profile")),
        sa.UniqueConstraint("person_id", name=op.f("uq_mentor_profile_person_id")),
    )
    op.create_table(
        "mentor_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_mentor_offer_competency_id")
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["mentor_profile.id"], name=op.f("fk_mentor_offer_profile_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_offer")),
        sa.UniqueConstraint(
            "profile_id", "competency_id", name=op.f("uq_mentor_offer_profile_id_competency_id")
        ),
    )
    with op.batch_alter_table("mentor_offer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mentor_offer_competency_id"), ["competency_id"], unique=False
        )

    op.create_table(
        "mentoring_programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "summary", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "round",
                "open",
                name="programmekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "open",
                "matching",
                "running",
                "closed",
                name="programmestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "mode",
            sa.Enum(
                "total",
                "everyone",
                name="matchmode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "weights", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "questions", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("sessions_asked", sa.Integer(), nullable=False),
        sa.Column("join_until", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("mid_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "sessions_asked BETWEEN 1 AND 60", name=op.f("ck_mentoring_programme_sessions")
        ),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_mentoring_programme_ordered")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["account.id"], name=op.f("fk_mentoring_programme_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_programme")),
    )
    op.create_table(
        "mentoring_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "mentor",
                "mentee",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column(
            "languages", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "shifts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("hopes", sa.Text(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(side = 'mentor') = (seats IS NOT NULL)", name=op.f("ck_mentoring_entry_seats")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mentoring_entry_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["mentoring_programme.id"],
            name=op.f("fk_mentoring_entry_programme_id"),
        ),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_mentoring_entry_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_entry")),
        sa.UniqueConstraint(
            "programme_id",
            "person_id",
            "side",
            name=op.f("uq_mentoring_entry_programme_id_person_id_side"),
        ),
    )
    with op.batch_alter_table("mentoring_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mentoring_entry_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "mentoring_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "total",
                "everyone",
                name="matchmode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "weights", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column(
            "unmatched", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ran_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["mentoring_programme.id"],
            name=op.f("fk_mentoring_match_programme_id"),
        ),
        sa.ForeignKeyConstraint(
            ["ran_by_id"], ["account.id"], name=op.f("fk_mentoring_match_ran_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_match")),
    )
    with op.batch_alter_table("mentoring_match", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mentoring_match_programme_id"), ["programme_id"], unique=False
        )

    op.create_table(
        "mentoring_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "wish",
                "not_with",
                name="wishkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["person.id"], name=op.f("fk_mentoring_wish_other_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mentoring_wish_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["mentoring_programme.id"],
            name=op.f("fk_mentoring_wish_programme_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_wish")),
        sa.UniqueConstraint(
            "programme_id",
            "person_id",
            "other_id",
            name=op.f("uq_mentoring_wish_programme_id_person_id_other_id"),
        ),
    )
    with op.batch_alter_table("mentoring_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentoring_wish_other_id"), ["other_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_mentoring_wish_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "mentoring_goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_mentoring_goal_level")),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_mentoring_goal_competency_id")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["mentoring_entry.id"], name=op.f("fk_mentoring_goal_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_goal")),
        sa.UniqueConstraint(
            "entry_id", "competency_id", name=op.f("uq_mentoring_goal_entry_id_competency_id")
        ),
    )
    op.create_table(
        "mentoring_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=True),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("mentee_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "declined",
                "proposed",
                "running",
                "paused",
                "ended",
                name="pairstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column(
            "terms", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "bests", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column(
            "end_reason",
            sa.Enum(
                "done",
                "fit",
                "time",
                "line",
                "left",
                name="endreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("end_note", sa.Text(), nullable=False),
        sa.Column(
            "asked", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'ended') = (end_reason IS NOT NULL)", name=op.f("ck_mentoring_pair_ended")
        ),
        sa.CheckConstraint("mentor_id <> mentee_id", name=op.f("ck_mentoring_pair_two")),
        sa.ForeignKeyConstraint(
            ["match_id"], ["mentoring_match.id"], name=op.f("fk_mentoring_pair_match_id")
        ),
        sa.ForeignKeyConstraint(
            ["mentee_id"], ["person.id"], name=op.f("fk_mentoring_pair_mentee_id")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["person.id"], name=op.f("fk_mentoring_pair_mentor_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["mentoring_programme.id"],
            name=op.f("fk_mentoring_pair_programme_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_pair")),
    )
    with op.batch_alter_table("mentoring_pair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentoring_pair_match_id"), ["match_id"], unique=False)
        batch_op.create_index("ix_mentoring_pair_mentee_id", ["mentee_id", "state"], unique=False)
        batch_op.create_index("ix_mentoring_pair_mentor_id", ["mentor_id", "state"], unique=False)
        batch_op.create_index(
            "ix_mentoring_pair_programme_id", ["programme_id", "state"], unique=False
        )
        batch_op.create_index(
            "uq_mentoring_pair_present",
            ["programme_id", "mentee_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('requested', 'proposed', 'running', 'paused')"),
            postgresql_where=sa.text("state IN ('requested', 'proposed', 'running', 'paused')"),
        )

    op.create_table(
        "mentoring_feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "mid",
                "end",
                name="feedbackpart",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "answers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["mentoring_pair.id"], name=op.f("fk_mentoring_feedback_pair_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mentoring_feedback_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_feedback")),
        sa.UniqueConstraint(
            "pair_id",
            "person_id",
            "part",
            name=op.f("uq_mentoring_feedback_pair_id_person_id_part"),
        ),
    )
    with op.batch_alter_table("mentoring_feedback", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mentoring_feedback_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "mentoring_pair_goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_mentoring_pair_goal_level")),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_mentoring_pair_goal_competency_id")
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["mentoring_pair.id"], name=op.f("fk_mentoring_pair_goal_pair_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_pair_goal")),
        sa.UniqueConstraint(
            "pair_id", "competency_id", name=op.f("uq_mentoring_pair_goal_pair_id_competency_id")
        ),
    )
    op.create_table(
        "mentoring_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "held",
                "cancelled",
                name="meetingstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("uid", sa.String(length=80), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 15 AND 480", name=op.f("ck_mentoring_session_minutes")),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["mentoring_pair.id"], name=op.f("fk_mentoring_session_pair_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_session")),
        sa.UniqueConstraint("uid", name=op.f("uq_mentoring_session_uid")),
    )
    with op.batch_alter_table("mentoring_session", schema=None) as batch_op:
        batch_op.create_index(
            "ix_mentoring_session_pair_id", ["pair_id", "starts_at"], unique=False
        )

    op.create_table(
        "mentoring_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["person.id"], name=op.f("fk_mentoring_action_owner_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["mentoring_session.id"], name=op.f("fk_mentoring_action_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_action")),
    )
    with op.batch_alter_table("mentoring_action", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mentoring_action_owner_id"), ["owner_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_mentoring_action_session_id"), ["session_id"], unique=False
        )



def downgrade():
    with op.batch_alter_table("mentoring_action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentoring_action_session_id"))
        batch_op.drop_index(batch_op.f("ix_mentoring_action_owner_id"))

    op.drop_table("mentoring_action")
    with op.batch_alter_table("mentoring_session", schema=None) as batch_op:
        batch_op.drop_index("ix_mentoring_session_pair_id")

    op.drop_table("mentoring_session")
    op.drop_table("mentoring_pair_goal")
    with op.batch_alter_table("mentoring_feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentoring_feedback_person_id"))

    op.drop_table("mentoring_feedback")
    with op.batch_alter_table("mentoring_pair", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_mentoring_pair_present",
            sqlite_where=sa.text("state IN ('requested', 'proposed', 'running', 'paused')"),
            postgresql_where=sa.text("state IN ('requested', 'proposed', 'running', 'paused')"),
        )
        batch_op.drop_index("ix_mentoring_pair_programme_id")
        batch_op.drop_index("ix_mentoring_pair_mentor_id")
        batch_op.drop_index("ix_mentoring_pair_mentee_id")
        batch_op.drop_index(batch_op.f("ix_mentoring_pair_match_id"))

    op.drop_table("mentoring_pair")
    op.drop_table("mentoring_goal")
    with op.batch_alter_table("mentoring_wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentoring_wish_person_id"))
        batch_op.drop_index(batch_op.f("ix_mentoring_wish_other_id"))

    op.drop_table("mentoring_wish")
    with op.batch_alter_table("mentoring_match", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentoring_match_programme_id"))

    op.drop_table("mentoring_match")
    with op.batch_alter_table("mentoring_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentoring_entry_person_id"))

    op.drop_table("mentoring_entry")
    op.drop_table("mentoring_programme")
    with op.batch_alter_table("mentor_offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentor_offer_competency_id"))

    op.drop_table("mentor_offer")
    op.drop_table("mentor_profile")
