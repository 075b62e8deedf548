"""The inbox of one account."""

from __future__ import annotations

from typing import Any, cast

import sqlalchemy as sa

from portal.core.db import db
from portal.core.inbox.models import Notice


def unread_count(account_id: int) -> int:
    """How many notices wait for an account."""
    unread = sa.select(sa.func.count()).where(
        Notice.account_id == account_id, Notice.read_at.is_(None)
    )
    return db.session.scalar(unread) or 0


def inbox(account_id: int) -> sa.Select[Any]:
    """The notices of an account as list rows."""
    notice = Notice
    rows: Any = sa.select(
        notice.id, notice.kind, notice.params, notice.url, notice.created_at, notice.read_at
    )
    return cast("sa.Select[Any]", rows.where(notice.account_id == account_id))
