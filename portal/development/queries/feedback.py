"""Requests for feedback, and whose answer or word they wait for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.accounts.models import Account
from portal.development.models import (
    FeedbackAnswer,
    FeedbackReply,
    FeedbackRequest,
    FeedbackTopic,
)
from portal.development.queries.answering import managed_by
from portal.development.states import Audience, ReplyState, RequestState

ASKED = (
    joinedload(FeedbackReply.request, innerjoin=True).options(
        joinedload(FeedbackRequest.person, innerjoin=True),
        selectinload(FeedbackRequest.topics).joinedload(
            FeedbackTopic.competency_version, innerjoin=True
        ),
    ),
)
"""What an answer is about, with the sentences of every topic."""


def requests_about(person_id: int, viewer: Account) -> sa.Select[FeedbackRequest]:
    """Requests about a person that this account may read, newest first."""
    found = (
        sa.select(FeedbackRequest)
        .where(FeedbackRequest.person_id == person_id)
        .options(selectinload(FeedbackRequest.replies))
        .order_by(FeedbackRequest.id.desc())
    )
    if viewer.person_id == person_id:
        return found
    return found.where(FeedbackRequest.audience == Audience.SHARED)


def request_in_full(request_id: int) -> sa.Select[FeedbackRequest]:
    """One request with its topics and every answer."""
    replies = selectinload(FeedbackRequest.replies)
    return (
        sa.select(FeedbackRequest)
        .where(FeedbackRequest.id == request_id)
        .options(
            joinedload(FeedbackRequest.person, innerjoin=True),
            joinedload(FeedbackRequest.created_by, innerjoin=True),
            selectinload(FeedbackRequest.topics).joinedload(
                FeedbackTopic.competency_version, innerjoin=True
            ),
            replies.joinedload(FeedbackReply.giver, innerjoin=True),
            replies.joinedload(FeedbackReply.confirmed_by),
            replies.selectinload(FeedbackReply.answers),
        )
    )


def _of_open_requests() -> sa.Select[FeedbackReply]:
    """What open requests still wait for, with whom it is about."""
    return (
        sa.select(FeedbackReply)
        .join(FeedbackReply.request)
        .join(FeedbackRequest.person)
        .where(
            FeedbackReply.state == ReplyState.ASKED, FeedbackRequest.state == RequestState.OPEN
        )
        .options(
            contains_eager(FeedbackReply.request).options(
                contains_eager(FeedbackRequest.person)
            )
        )
    )  # fmt: skip


def replies_to_give(viewer: Account) -> sa.Select[FeedbackReply]:
    """What this account has been asked and not answered, the most urgent first."""
    return (
        _of_open_requests()
        .where(FeedbackReply.giver_id == viewer.person_id)
        .order_by(FeedbackRequest.closes_on, FeedbackReply.id)
    )


def open_replies(person_id: int, giver_ids: Collection[int]) -> sa.Select[FeedbackReply]:
    """Colleagues who have an open question about this person already."""
    return _of_open_requests().where(
        FeedbackRequest.person_id == person_id, FeedbackReply.giver_id.in_(giver_ids)
    )


def replies_to_remind(until: date) -> sa.Select[FeedbackReply]:
    """Unanswered ones whose request closes by then and who were never reminded."""
    return (
        _of_open_requests()
        .where(FeedbackReply.reminded_at.is_(None), FeedbackRequest.closes_on <= until)
        .order_by(FeedbackReply.id)
    )


def requests_to_close(day: date) -> sa.Select[FeedbackRequest]:
    """Open requests whose last day lies behind."""
    return (
        sa.select(FeedbackRequest)
        .where(FeedbackRequest.state == RequestState.OPEN, FeedbackRequest.closes_on < day)
        .order_by(FeedbackRequest.id)
    )


def replies_to_confirm(viewer: Account) -> sa.Select[FeedbackReply]:
    """Answers with levels about people whose manager the viewer is, oldest first."""
    has_level = sa.exists().where(
        FeedbackAnswer.reply_id == FeedbackReply.id, FeedbackAnswer.level.is_not(None)
    )
    return (
        sa.select(FeedbackReply)
        .join(FeedbackReply.request)
        .join(FeedbackRequest.person)
        .where(
            FeedbackReply.state == ReplyState.ANSWERED,
            FeedbackReply.confirmed_at.is_(None),
            FeedbackReply.giver_id != viewer.person_id,
            FeedbackRequest.audience == Audience.SHARED,
            managed_by(viewer),
            has_level,
        )
        .options(
            contains_eager(FeedbackReply.request).options(
                contains_eager(FeedbackRequest.person)
            ),
            joinedload(FeedbackReply.giver, innerjoin=True),
        )
        .order_by(FeedbackReply.answered_at, FeedbackReply.id)
    )  # fmt: skip
