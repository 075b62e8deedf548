"""The approval of a requisition: steps that open in order, each with N of M to agree."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.hiring import notices, queries
from portal.hiring.models import ApprovalStep, Requisition, StepDecision
from portal.hiring.states import (
    REQUISITION_MOVES,
    HiringFact,
    RequisitionState,
    StepState,
)

Steps = Sequence[tuple[Sequence[int], int]]
"""For each step the ids of the accounts that may agree, and how many of them must."""


def submit_requisition(requisition: Requisition, *, steps: Steps, by: Account) -> None:
    """Send a requisition round: the first step opens and its approvers are told.

    Raises:
        Refused: if it was sent already, or a step names nobody or asks for more than it names.
    """
    if requisition.state is RequisitionState.REFUSED:
        requisition.state = RequisitionState.DRAFT
    require_move(REQUISITION_MOVES, requisition.state, RequisitionState.IN_APPROVAL)
    wanted = _checked(steps, requisition)
    number_of_round = max((step.round for step in requisition.steps), default=0) + 1
    for number, (account_ids, needed) in enumerate(wanted, 1):
        requisition.steps.append(
            ApprovalStep(
                round=number_of_round,
                number=number,
                approver_ids=account_ids,
                needed=needed,
                state=StepState.OPEN if number == 1 else StepState.WAITING,
            )
        )
    requisition.state = RequisitionState.IN_APPROVAL
    audit.record(HiringFact.REQUISITION_SUBMITTED, requisition, by=by, steps=wanted)
    _ask(requisition, by=by)


def decide_step(step: ApprovalStep, *, agreed: bool, note: str = "", by: Account) -> None:
    """Agree to the open step, or refuse and send the requisition back to who asked for it.

    Raises:
        Refused: if the step is not open, or this person may not decide it or has done so.
    """
    # Two approvers may press at once: the second waits here and then sees what the first did.
    requisition = db.session.execute(
        queries.requisition_for_update(step.requisition_id)
    ).scalar_one()
    _check_decider(step, by)
    if not agreed and not note.strip():
        raise Refused(_("Write why you refuse, so that it can be put right."), field="note")
    step.decisions.append(
        StepDecision(account_id=by.id, agreed=agreed, note=note, decided_at=clock.now())
    )
    if not agreed:
        _refuse(requisition, step, by=by, note=note)
        return
    audit.record(HiringFact.STEP_APPROVED, requisition, by=by, step=step.number, note=note)
    if sum(decision.agreed for decision in step.decisions) >= step.needed:
        step.state = StepState.APPROVED
        _open_next(requisition, step, by=by)


def _checked(steps: Steps, requisition: Requisition) -> list[tuple[list[int], int]]:
    wanted = [(list(dict.fromkeys(account_ids)), needed) for account_ids, needed in steps]
    if not wanted:
        raise Refused(_("Name at least one approver."), field="steps")
    for number, (account_ids, needed) in enumerate(wanted, 1):
        able = len(account_ids)
        if able > 1 and requisition.created_by_id in account_ids:
            able -= 1
        if not account_ids:
            raise Refused(_("Step %(number)s names no approver.", number=number), field="steps")
        if not 1 <= needed <= able:
            raise Refused(
                _("Step %(number)s needs a number from 1 to %(able)s: who asks doesn't count.",
                  number=number, able=able),
                field="steps",
            )  # fmt: skip
    known = set(db.session.scalars(queries.active_account_ids(_all(wanted))))
    if known != _all(wanted):
        raise Refused(_("One of the approvers has no active account."), field="steps")
    return wanted


def _all(steps: Steps) -> set[int]:
    return {account_id for account_ids, _needed in steps for account_id in account_ids}


def _check_decider(step: ApprovalStep, by: Account) -> None:
    if step.state is not StepState.OPEN:
        raise Refused(_("This step is not open for a decision now."))
    if any(decision.account_id == by.id for decision in step.decisions):
        raise Refused(_("You have decided this already."))
    if not step.waits_for(by):
        raise Refused(_("Somebody else has to decide this: nobody approves their own request."))


def _open_next(requisition: Requisition, step: ApprovalStep, *, by: Account) -> None:
    following = next(
        (one for one in requisition.steps
         if one.round == step.round and one.state is StepState.WAITING),
        None,
    )  # fmt: skip
    if following is not None:
        following.state = StepState.OPEN
        _ask(requisition, by=requisition.created_by)
        return
    require_move(REQUISITION_MOVES, requisition.state, RequisitionState.APPROVED)
    requisition.state = RequisitionState.APPROVED
    audit.record(HiringFact.REQUISITION_APPROVED, requisition, by=by)
    notices.requisition_approved(requisition)


def _refuse(requisition: Requisition, step: ApprovalStep, *, by: Account, note: str) -> None:
    require_move(REQUISITION_MOVES, requisition.state, RequisitionState.REFUSED)
    step.state = StepState.REFUSED
    requisition.state = RequisitionState.REFUSED
    audit.record(HiringFact.REQUISITION_REFUSED, requisition, by=by, step=step.number, note=note)
    notices.requisition_refused(requisition, by=by, note=note)


def _ask(requisition: Requisition, *, by: Account) -> None:
    db.session.flush()
    step = requisition.open_step
    assert step is not None
    approvers = db.session.scalars(sa.select(Account).where(Account.id.in_(step.approver_ids)))
    notices.approval_wanted(requisition, [one for one in approvers if step.waits_for(one)], by=by)
