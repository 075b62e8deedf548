"""What a colleague has written so far of the feedback they were asked for."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from portal.core import clock
from portal.core.errors import Refused
from portal.development.models import FeedbackReply
from portal.development.operations.feedback import Seen
from portal.development.states import ReplyState


def save_reply(reply: FeedbackReply, seen: Mapping[int, Seen], *, message: str) -> None:
    """Keep what was entered so far. A draft is nobody's business, so nothing is recorded.

    Raises:
        Refused: if it was sent or declined, or the request is closed.
    """
    if reply.state is not ReplyState.ASKED or not reply.request.is_open:
        raise Refused(_("This request is closed. Thank you for looking."))
    kept = {str(key): [one.level, one.not_seen, one.example] for key, one in seen.items()}
    reply.draft, reply.saved_at = {"message": message, "seen": kept}, clock.now()


def draft_of(reply: FeedbackReply) -> tuple[dict[int, Seen], str]:
    """What was kept last, by topic, and the message."""
    kept = reply.draft or {"message": "", "seen": {}}
    seen = {
        int(key): Seen(level, not_seen, example)
        for key, (level, not_seen, example) in kept["seen"].items()
    }
    return seen, kept["message"]
