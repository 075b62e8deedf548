"""The open postings beside what waits for someone: the newest few that the viewer may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from portal.accounts.models import Account
from portal.core.db import db
from portal.hiring import policy, queries
from portal.hiring.models import Posting
from portal.hiring.states import PostingState

MOST: Final = 5


def newest_postings(viewer: Account) -> Sequence[Any]:
    """Rows of ``queries.posting_rows``; none for those who have no part in hiring."""
    if not policy.see_hiring(viewer):
        return ()
    select = queries.posting_rows(viewer).where(Posting.state == PostingState.OPEN)
    return db.session.execute(select.order_by(Posting.id.desc()).limit(MOST)).all()
