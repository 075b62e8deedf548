"""Telling somebody something, and ticking it off."""

from __future__ import annotations

import sqlalchemy as sa

from portal.core import clock
from portal.core.access import Viewer
from portal.core.db import Words, db
from portal.core.inbox.models import Notice
from portal.core.inbox.states import NoticeKind
from portal.core.returning import is_own_page


def tell(account_id: int, kind: NoticeKind, url: str, **params: str | int | Words) -> Notice:
    """Put a notice into someone's inbox; ``url`` is a path of this portal.

    Parameters fill the kind's label; a text per language is chosen when the notice is read.

    Raises:
        ValueError: if ``url`` leads out of the portal, or the label wants another parameter.

    """
    if not is_own_page(url):
        message = f"{url!r} leads out of the portal"
        raise ValueError(message)
    try:
        str(kind.label) % params
    except KeyError as error:
        message = f"{kind} needs the parameter {error}"
        raise ValueError(message) from None
    notice = Notice(
        account_id=account_id, kind=str(kind), params=params, url=url, created_at=clock.now()
    )
    db.session.add(notice)
    return notice


def mark_read(notice: Notice, *, by: Viewer) -> None:  # noqa: ARG001 - the rule has asked who
    """Tick a notice off; once is enough."""
    if notice.read_at is None:
        notice.read_at = clock.now()


def mark_all_read(*, by: Viewer) -> int:
    """Tick off everything in one's own inbox; returns how many notices that were."""
    changed = db.session.scalars(
        sa.update(Notice)
        .where(Notice.account_id == by.id, Notice.read_at.is_(None))
        .values(read_at=clock.now())
        .returning(Notice.id)
    )
    return len(changed.all())
