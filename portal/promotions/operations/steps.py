"""Which steps an approval takes, and who is asked next."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.core import clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.hiring.states import StepState
from portal.promotions import notices, queries
from portal.promotions.models import Promotion, PromotionStep
from portal.promotions.states import StepKind

DIRECTOR_FROM = 4
"""The level of role from which a director must agree: managers and above."""


def ask_anew(promotion: Promotion) -> None:
    """Begin a round of approval of the present terms: the first step opens, its people are told.

    Raises:
        Refused: if nobody could decide a step.
    """
    number_of_round = max((step.round for step in promotion.steps), default=0) + 1
    for number, kind in enumerate(_kinds(promotion), 1):
        promotion.steps.append(
            PromotionStep(
                round=number_of_round, number=number, kind=kind, state=StepState.WAITING,
                terms_hash=promotion.terms_hash,
            )
        )  # fmt: skip
    db.session.flush()
    open_next(promotion)


def open_next(promotion: Promotion) -> bool:
    """Open the next step and tell who may decide it; false if there is none."""
    waiting = (one for one in promotion.present_steps if one.state is StepState.WAITING)
    step = next(waiting, None)
    if step is None:
        return False
    step.state, step.opened_at = StepState.OPEN, clock.now()
    db.session.flush()
    notices.ask(promotion, step)
    return True


def _kinds(promotion: Promotion) -> list[StepKind]:
    """Manager, HR, director; a step falls away where it could only ask who is asked anyway.

    HR that proposes has spoken, if there is nobody else in HR. At the top of the line the next
    manager up is a director, or nobody.
    """
    found = {kind: _deciders(promotion, kind) for kind in StepKind}
    directed = promotion.role.level >= DIRECTOR_FROM or not promotion.in_band
    kinds = [StepKind.HR] if found[StepKind.HR] else []
    if not kinds and not promotion.proposed_by.has_role("hr"):
        raise Refused(_("Nobody in HR could approve this. Ask an administrator for an account."))
    directors = found[StepKind.DIRECTOR]
    if found[StepKind.MANAGER] and not (directed and found[StepKind.MANAGER] <= directors):
        kinds.insert(0, StepKind.MANAGER)
    if directed or not kinds:
        if not directors:
            raise Refused(_("A director must approve this, and none but you has an account."))
        kinds.append(StepKind.DIRECTOR)
    return kinds


def _deciders(promotion: Promotion, kind: StepKind) -> set[int]:
    found = queries.deciders(
        kind, promotion.person, by_line=promotion.by_line, without=[promotion.proposed_by_id]
    )
    return {account.id for account in found}
