"""Surveys and their questions, who is asked, and answers: counted, never kept by person."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Id, Json, Model, Path, Versioned, Words, enum_column
from portal.people.models import USUAL_GROUP, Role, Team
from portal.surveys.states import SurveyAudience, SurveyQuestionKind, SurveyState, TenureBand


class Survey(Versioned, Model):
    """A few questions to many people; ``series`` ties it to earlier ones it is compared with.

    ``counted`` are the groups whose answers are counted at all. Those in which fewer than
    ``minimum`` are asked never are; once the survey is over, only groups that may be shown remain,
    and the numbers of all others are deleted. The ``minimum`` is never under what the organisation
    asks for: it rises with it until the survey is over.
    """

    __tablename__ = "survey"
    __table_args__ = (
        sa.Index("ix_survey_state", "state", "closes_on"),
        sa.Index("ix_survey_series", "series", "closed_at"),
        sa.CheckConstraint("minimum >= 3", name="minimum"),
        sa.CheckConstraint("opens_on <= closes_on", name="ordered"),
        sa.CheckConstraint("(audience = 'team') = (team_id IS NOT NULL)", name="team"),
        sa.CheckConstraint("(audience = 'role') = (role_id IS NOT NULL)", name="role"),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
    )

    id: Mapped[Id]
    series: Mapped[str] = mapped_column(sa.String(60))
    title: Mapped[Words]
    intro: Mapped[Words]
    state: Mapped[SurveyState] = mapped_column(enum_column(SurveyState), default=SurveyState.DRAFT)
    audience: Mapped[SurveyAudience] = mapped_column(
        enum_column(SurveyAudience), default=SurveyAudience.ALL
    )
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"))
    role_id: Mapped[int | None] = mapped_column(sa.ForeignKey("role.id"))
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    minimum: Mapped[int] = mapped_column(default=USUAL_GROUP)
    counted: Mapped[list[str]] = mapped_column(default=list)
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    team: Mapped[Team | None] = relationship()
    role: Mapped[Role | None] = relationship()
    questions: Mapped[list[SurveyQuestion]] = relationship(
        back_populates="survey",
        order_by="SurveyQuestion.position, SurveyQuestion.id",
        cascade="all, delete-orphan",
    )

    @property
    def is_open(self) -> bool:
        """Whether it takes answers."""
        return self.state is SurveyState.OPEN

    @property
    def is_over(self) -> bool:
        """Whether it has results."""
        return self.state is SurveyState.CLOSED

    @property
    def may_change(self) -> bool:
        """Whether nobody has seen it yet."""
        return self.state in {SurveyState.DRAFT, SurveyState.PLANNED}


class SurveyQuestion(Versioned, Model):
    """One question; ``key`` is the same in every survey of a series that asks it.

    ``choices`` are the answers to choose from, each in several languages. Own words may be left
    out, every other question is answered.
    """

    __tablename__ = "survey_question"
    __table_args__ = (sa.UniqueConstraint("survey_id", "key"),)

    id: Mapped[Id]
    survey_id: Mapped[int] = mapped_column(sa.ForeignKey("survey.id"))
    key: Mapped[str] = mapped_column(sa.String(60))
    position: Mapped[int]
    kind: Mapped[SurveyQuestionKind] = mapped_column(enum_column(SurveyQuestionKind))
    text: Mapped[Words]
    choices: Mapped[list[Json]] = mapped_column(default=list)

    survey: Mapped[Survey] = relationship(back_populates="questions")

    @property
    def answers(self) -> range:
        """The numbers an answer can be; of a choice its place in the list."""
        if self.kind is SurveyQuestionKind.SCALE:
            return range(1, 6)
        if self.kind is SurveyQuestionKind.RECOMMEND:
            return range(11)
        return range(len(self.choices))

    @property
    def is_counted(self) -> bool:
        """Whether answers are numbers."""
        return self.kind is not SurveyQuestionKind.TEXT


class SurveyReceipt(Model):
    """That somebody is asked, and whether they have answered; not when, and not what.

    Team with its path, site and time here are those of the day the survey opened.
    """

    __tablename__ = "survey_receipt"
    __table_args__ = (
        sa.Index("ix_survey_receipt_person", "person_id", "answered"),
        sa.Index("ix_survey_receipt_team", "team_id"),
    )

    survey_id: Mapped[int] = mapped_column(sa.ForeignKey("survey.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"))
    path: Mapped[Path]
    site_id: Mapped[int] = mapped_column(sa.ForeignKey("site.id"))
    tenure: Mapped[TenureBand] = mapped_column(enum_column(TenureBand))
    answered: Mapped[bool] = mapped_column(default=False)


class SurveyTally(Model):
    """How often a question was answered so in a group, such as ``all``, ``team:4``, ``site:1``.

    The rows are there from the opening on, so that nothing tells in which order answers came.
    Groups are counted apart: no row says which team at which site somebody belongs to.
    """

    __tablename__ = "survey_tally"

    question_id: Mapped[int] = mapped_column(sa.ForeignKey("survey_question.id"), primary_key=True)
    grouping: Mapped[str] = mapped_column(sa.String(30), primary_key=True)
    value: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    times: Mapped[int] = mapped_column(default=0)


class SurveyText(Model):
    """An answer in own words, under a random key and without group, time or order."""

    __tablename__ = "survey_text"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    question_id: Mapped[int] = mapped_column(sa.ForeignKey("survey_question.id"), index=True)
    text: Mapped[str] = mapped_column(sa.Text)
