"""Ending a posting: by hand, by date, or because its requisition is over."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.states import require_move
from portal.hiring.models import Posting
from portal.hiring.states import POSTING_MOVES, HiringFact, PostingState


def end_posting(posting: Posting, *, by: Account | None) -> None:
    """Take a posting off the careers site; ``by`` is ``None`` when its last day is over.

    Raises:
        Refused: if it is not open.
    """
    require_move(POSTING_MOVES, posting.state, PostingState.CLOSED)
    posting.state = PostingState.CLOSED
    posting.closed_at = posting.changed_at = clock.now()
    audit.record(HiringFact.POSTING_CLOSED, posting, by=by)
