"""Moving one application or several."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from portal.core.forms import Choice, Form, VersionField
from portal.hiring.states import OPEN_STAGES, STAGE_MOVES, RejectionReason, Stage


class MoveForm(Form):
    """To which stage, and why if it ends there; ``back`` is the page to return to."""

    to = Choice(_l("Move to"), missing=_l("Choose a stage."))
    reason = Choice(
        _l("Reason"),
        RejectionReason,
        optional=True,
        hint=_l("Needed when you reject. The candidate gets a kind sentence instead."),
    )
    version = VersionField()
    back = HiddenField()


class BulkMoveForm(Form):
    """The same for the selected ones; the button "confirmed" does it, any other shows a preview."""

    to = Choice(
        _l("Move to"),
        [*OPEN_STAGES[1:-1], Stage.APPLIED, Stage.REJECTED],
        missing=_l("Choose a stage."),
    )
    reason = Choice(_l("Reason"), RejectionReason, optional=True)
    back = HiddenField()


def moves_from(stage: Stage) -> list[Stage]:
    """Where a person may move an application by hand, in the order of the board."""
    by_hand: Iterable[Stage] = (*OPEN_STAGES, Stage.REJECTED)
    return [to for to in by_hand if to in STAGE_MOVES[stage]]
