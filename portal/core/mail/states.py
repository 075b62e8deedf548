"""Where a mail stands, and from where it may be sent again."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import State, Tone


class MailState(State):
    """Where an outgoing mail stands."""

    QUEUED = "queued", _l("Waiting to be sent"), Tone.INFO, "clock"
    SENDING = "sending", _l("Being sent"), Tone.INFO, "send"
    SENT = "sent", _l("Sent"), Tone.OK, "check-circle"
    KEPT = "kept", _l("Kept here"), Tone.NEUTRAL, "inbox"
    UNCONFIRMED = "unconfirmed", _l("Perhaps sent: not confirmed"), Tone.WARN, "question-circle"
    FAILED = "failed", _l("Not sent"), Tone.BAD, "x-circle"


AGAIN: dict[MailState, frozenset[MailState]] = {
    state: frozenset({MailState.QUEUED})
    for state in (MailState.KEPT, MailState.UNCONFIRMED, MailState.FAILED)
}
"""The moves a person may make; all others belong to the delivery."""


class MailFact(Fact):
    """What the trail records of mail."""

    RESENT = "mail.resent", _l("Sent a mail again")
