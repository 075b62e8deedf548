"""Reading applications: whose they are, one with all it shows, and the next to screen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Account
from portal.core.audit import AuditEvent
from portal.hiring.models import Application, Posting, Requisition, ScreeningResult, StageCount
from portal.hiring.states import Stage

_REQUISITION = joinedload(Application.posting, innerjoin=True).joinedload(
    Posting.requisition, innerjoin=True
)
WITH_POSTING = (
    _REQUISITION.joinedload(Requisition.site, innerjoin=True),
    _REQUISITION.joinedload(Requisition.team, innerjoin=True),
    joinedload(Application.cv_file),
)
"""What the rules and the page of one application ask for, in the statement that loads it."""


def stage_counts(posting_id: int) -> sa.Select[*tuple[Any, ...]]:
    """``(stage, count)`` of a posting, kept by every move; a stage never reached is missing."""
    return sa.select(StageCount.stage, StageCount.count).where(StageCount.id == posting_id)


def application_of_key(status_key: str) -> sa.Select[*tuple[Any, ...]]:
    """The application of a candidate's status link, with its posting."""
    requisition = joinedload(Application.posting).joinedload(Posting.requisition)
    return (
        sa.select(Application)
        .where(Application.status_key == status_key)
        .options(
            requisition.joinedload(Requisition.site),
            joinedload(Application.person),
            joinedload(Application.cv_file),
        )
    )


def screening_results(application: Application) -> sa.Select[*tuple[Any, ...]]:
    """How it met each version of the criteria, the newest first, with who said so."""
    return (
        sa.select(ScreeningResult, Account.display_name)
        .join(Account, Account.id == ScreeningResult.screened_by_id)
        .where(ScreeningResult.application_id == application.id)
        .options(joinedload(ScreeningResult.criteria))
        .order_by(ScreeningResult.id.desc())
    )


def other_applications(application: Application) -> sa.Select[*tuple[Any, ...]]:
    """What else this person has applied for, the newest first."""
    return (
        sa.select(Application)
        .where(Application.person_id == application.person_id, Application.id != application.id)
        .options(_REQUISITION.joinedload(Requisition.site, innerjoin=True))
        .order_by(Application.id.desc())
    )


def trail(application: Application) -> sa.Select[*tuple[Any, ...]]:
    """What happened to an application, the newest first, with the name of who did it."""
    return (
        sa.select(AuditEvent, Account.display_name)
        .outerjoin(Account, Account.id == AuditEvent.account_id)
        .where(
            AuditEvent.subject_type == Application.__tablename__,
            AuditEvent.subject_id == application.id,
        )
        .order_by(AuditEvent.id.desc())
        .limit(100)
    )


def next_to_screen(
    posting_id: int, after: Application | None = None
) -> sa.Select[*tuple[Any, ...]]:
    """The id of the one that waits longest for its screening; ``after`` goes on from one."""
    ids = (
        sa.select(Application.id)
        .where(Application.posting_id == posting_id, Application.stage == Stage.APPLIED)
        .order_by(Application.stage_since, Application.id)
        .limit(1)
    )
    if after is None:
        return ids
    same = sa.and_(Application.stage_since == after.stage_since, Application.id > after.id)
    return ids.where(sa.or_(Application.stage_since > after.stage_since, same))


def moved_together(posting_id: int, by: Account, moment: datetime) -> sa.Select[*tuple[Any, ...]]:
    """The applications one person moved at one moment."""
    return sa.select(Application).where(
        Application.posting_id == posting_id,
        Application.moved_by_id == by.id,
        Application.stage_since == moment,
    )


def chosen(posting_id: int, ids: list[int]) -> sa.Select[*tuple[Any, ...]]:
    """The applications of one posting among ``ids``, ready to be moved."""
    return (
        sa.select(Application)
        .where(Application.posting_id == posting_id, Application.id.in_(ids))
        .options(joinedload(Application.posting).selectinload(Posting.criteria))
        .order_by(Application.id)
    )
