"""Where a paper stands between being asked for and being ready."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.core.states import State, Tone


class DocumentState(State):
    """Ready papers never change again; a failed one may be tried again."""

    QUEUED = "queued", _l("Being prepared"), Tone.INFO, "clock"
    READY = "ready", _l("Ready"), Tone.OK, "check-circle"
    FAILED = "failed", _l("Could not be prepared"), Tone.BAD, "exclamation-triangle-fill"


MOVES = {
    DocumentState.QUEUED: frozenset({DocumentState.READY, DocumentState.FAILED}),
    DocumentState.READY: frozenset[DocumentState](),
    DocumentState.FAILED: frozenset({DocumentState.QUEUED, DocumentState.READY}),
}
