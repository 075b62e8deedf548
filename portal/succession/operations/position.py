"""Key positions: added, judged, confirmed and ended."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Position
from portal.succession import policy, queries
from portal.succession.models import KeyPosition, PositionAssessment
from portal.succession.operations.nomination import end_nomination
from portal.succession.states import (
    EndReason,
    Impact,
    LossReason,
    LossRisk,
    PositionState,
    SuccessionFact,
)


def add_key_position(position: Position, *, by: Account | None) -> KeyPosition:
    """Plan for a seat from now on; one that was planned for before keeps its history.

    Raises:
        Refused: if it is planned for already.
    """
    known = db.session.scalar(queries.plan_of(position.id))
    if known is not None and known.state is PositionState.ACTIVE:
        raise Refused(_("Successors are planned for this position already."), "position")
    key_position = known or KeyPosition(position=position, created_at=clock.now())
    key_position.state, key_position.ended_at = PositionState.ACTIVE, None
    key_position.looked_at_on = clock.today()
    position.is_key = True
    db.session.add(key_position)
    audit.record(SuccessionFact.POSITION_ADDED, key_position, by=by)
    return key_position


def assess_position(
    key_position: KeyPosition,
    *,
    impact: Impact,
    risk: LossRisk,
    reasons: Iterable[LossReason] = (),
    note: str = "",
    by: Account,
) -> PositionAssessment:
    """Judge what an empty position means and how likely the holder is to leave.

    Raises:
        Refused: if a high risk comes without a reason, or the judge holds the position.
    """
    holder = db.session.scalar(queries.holders_of([key_position.position_id], clock.today()))
    holder_id = holder.person_id if holder else None
    if not policy.assess_position(by, key_position, holder_id):
        raise Refused(_("Nobody judges a position they hold."))
    given = [str(reason) for reason in reasons]
    if risk is LossRisk.HIGH and not given:
        raise Refused(_("Say why the holder is likely to leave."), "reasons")
    row = PositionAssessment(
        key_position_id=key_position.id, holder_id=holder_id, impact=impact, risk=risk,
        reasons=given, note=note.strip(), assessed_at=clock.now(), assessed_by_id=by.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.expire(key_position, ["assessments"])
    audit.record(SuccessionFact.POSITION_ASSESSED, key_position, by=by)
    return row


def confirm_plan(key_position: KeyPosition, *, by: Account) -> None:
    """Say that the whole plan was looked at today and holds."""
    key_position.looked_at_on = clock.today(by.time_zone)
    audit.record(SuccessionFact.PLAN_CONFIRMED, key_position, by=by)


def end_key_position(key_position: KeyPosition, *, by: Account) -> None:
    """No longer plan for a seat; open nominations end with it.

    Raises:
        Refused: if that was done already.
    """
    if key_position.state is not PositionState.ACTIVE:
        raise Refused(_("This position is no longer planned for."))
    for nomination in key_position.nominations:
        if nomination.is_open:
            end_nomination(nomination, EndReason.POSITION, by=by)
    key_position.state, key_position.ended_at = PositionState.ENDED, clock.now()
    key_position.position.is_key = False
    audit.record(SuccessionFact.POSITION_ENDED, key_position, by=by)
