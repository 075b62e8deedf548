"""Feedback of colleagues on chosen competencies."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.competencies.models import CompetencyVersion
from portal.core.db import Id, Json, Model, Versioned, enum_column
from portal.development.states import Audience, ReplyState, RequestState
from portal.people.models import Person


class FeedbackRequest(Versioned, Model):
    """One question about a person to a few colleagues; ``closes_on`` is the last day to answer."""

    __tablename__ = "feedback_request"
    __private__ = frozenset({"question"})
    __table_args__ = (
        sa.Index("ix_feedback_request_person", "person_id", "id"),
        sa.Index("ix_feedback_request_open", "state", "closes_on"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    question: Mapped[str] = mapped_column(sa.Text)
    audience: Mapped[Audience] = mapped_column(enum_column(Audience))
    state: Mapped[RequestState] = mapped_column(
        enum_column(RequestState), default=RequestState.OPEN
    )
    closes_on: Mapped[date]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    person: Mapped[Person] = relationship()
    created_by: Mapped[Account] = relationship()
    topics: Mapped[list[FeedbackTopic]] = relationship(
        back_populates="request", order_by="FeedbackTopic.order, FeedbackTopic.id"
    )
    replies: Mapped[list[FeedbackReply]] = relationship(
        back_populates="request", order_by="FeedbackReply.id"
    )

    @property
    def is_open(self) -> bool:
        """Whether colleagues may still answer."""
        return self.state is RequestState.OPEN


class FeedbackTopic(Model):
    """A competency that is asked about, as it was worded then."""

    __tablename__ = "feedback_topic"
    __table_args__ = (sa.UniqueConstraint("request_id", "competency_version_id"),)

    id: Mapped[Id]
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("feedback_request.id"))
    competency_version_id: Mapped[int] = mapped_column(sa.ForeignKey("competency_version.id"))
    order: Mapped[int] = mapped_column(default=0)

    request: Mapped[FeedbackRequest] = relationship(back_populates="topics")
    competency_version: Mapped[CompetencyVersion] = relationship()


class FeedbackReply(Versioned, Model):
    """What one colleague says; its levels are evidence from the day the manager confirmed them.

    ``draft`` is what the colleague has written so far, ``{"message": text, "seen": {topic id:
    [level or None, not seen, example]}}``. Nobody else reads it, and it goes with the answer.
    """

    __tablename__ = "feedback_reply"
    __private__ = frozenset({"message", "draft"})
    __table_args__ = (
        sa.UniqueConstraint("request_id", "giver_id"),
        sa.Index("ix_feedback_reply_giver", "giver_id", "state"),
        sa.Index("ix_feedback_reply_confirm", "state", "confirmed_at"),
        sa.CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name="answered"),
        sa.CheckConstraint("confirmed_at IS NULL OR state = 'answered'", name="confirmed"),
    )

    id: Mapped[Id]
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("feedback_request.id"))
    giver_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    state: Mapped[ReplyState] = mapped_column(enum_column(ReplyState), default=ReplyState.ASKED)
    message: Mapped[str] = mapped_column(sa.Text, default="")
    draft: Mapped[Json | None]
    saved_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    request: Mapped[FeedbackRequest] = relationship(back_populates="replies")
    giver: Mapped[Person] = relationship()
    confirmed_by: Mapped[Account | None] = relationship()
    answers: Mapped[list[FeedbackAnswer]] = relationship(
        back_populates="reply", cascade="all, delete-orphan"
    )

    @property
    def person(self) -> Person:
        """Whom it is about."""
        return self.request.person

    @property
    def has_levels(self) -> bool:
        """Whether there is anything that could count as evidence."""
        return any(one.level is not None for one in self.answers)


class FeedbackAnswer(Model):
    """A level a colleague has seen, or that they have not, with an example."""

    __tablename__ = "feedback_answer"
    __private__ = frozenset({"level", "not_seen", "example"})
    __table_args__ = (
        sa.UniqueConstraint("reply_id", "topic_id"),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        sa.CheckConstraint("(level IS NULL) = not_seen", name="one"),
    )

    id: Mapped[Id]
    reply_id: Mapped[int] = mapped_column(sa.ForeignKey("feedback_reply.id"))
    topic_id: Mapped[int] = mapped_column(sa.ForeignKey("feedback_topic.id"))
    level: Mapped[int | None]
    not_seen: Mapped[bool] = mapped_column(default=False)
    example: Mapped[str] = mapped_column(sa.Text, default="")

    reply: Mapped[FeedbackReply] = relationship(back_populates="answers")
    topic: Mapped[FeedbackTopic] = relationship()
