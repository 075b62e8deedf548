"""Add, name, order and remove the rounds of a plan that is not pinned yet."""

from __future__ import annotations

import tomllib
from pathlib import Path

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit
from portal.core.db import Words, db
from portal.core.errors import Refused
from portal.core.i18n import words
from portal.interviews.models import InterviewPlan, PlanRound
from portal.interviews.states import InterviewFact, PlanState

_starter = tomllib.loads((Path(__file__).parents[1] / "starter" / "rounds.toml").read_text())

ONLY: Words = _starter["only"]
"""What the only round of a plan is called."""

SEVERAL: tuple[Words, ...] = tuple(_starter["several"])
"""What the rounds are called where there are several, in their order."""

MOST_ROUNDS = len(SEVERAL)


def start_round(plan: InterviewPlan, *, minutes: int = 45, panel_size: int = 2) -> PlanRound:
    """A round at the end of a plan, named after its place as far as nobody has named any."""
    if len(plan.rounds) == 1 and plan.rounds[0].name == ONLY:
        plan.rounds[0].name = SEVERAL[0]
    taken = [each.name for each in plan.rounds]
    place = len(plan.rounds)
    free = (name for name in (*SEVERAL[place:], *SEVERAL) if name not in taken)
    row = PlanRound(
        name=next(free, SEVERAL[place % MOST_ROUNDS]) if plan.rounds else ONLY,
        minutes=minutes,
        panel_size=panel_size,
        order=place + 1,
    )
    plan.rounds.append(row)
    return row


def add_round(plan: InterviewPlan, *, by: Account) -> PlanRound:
    """Add a round at the end, as long and with as many interviewers as the one before.

    Raises:
        Refused: if the plan is pinned, or has as many rounds as a candidate can be asked to.
    """
    lock_draft(plan)
    if len(plan.rounds) >= MOST_ROUNDS:
        raise Refused(_("%(count)s rounds are the most a plan can have.", count=MOST_ROUNDS))
    before = plan.rounds[-1]
    row = start_round(plan, minutes=before.minutes, panel_size=before.panel_size)
    _record(plan, by)
    return row


def change_round(
    plan_round: PlanRound, *, name: Words, minutes: int, panel_size: int, by: Account
) -> None:
    """Set what a round is called, how long it takes and how many hold it.

    Raises:
        Refused: if the plan is pinned.
    """
    lock_draft(plan_round.plan)
    plan_round.name, plan_round.minutes, plan_round.panel_size = name, minutes, panel_size
    _record(plan_round.plan, by)


def move_round(plan_round: PlanRound, *, later: bool, by: Account) -> None:
    """Let a round change places with its neighbour; its questions come along.

    Raises:
        Refused: if the plan is pinned, or there is no neighbour on that side.
    """
    plan = plan_round.plan
    lock_draft(plan)
    rounds = list(plan.rounds)
    here = rounds.index(plan_round)
    there = here + (1 if later else -1)
    if there not in range(len(rounds)):
        raise Refused(_("This round stands at the end already."))
    rounds[here], rounds[there] = rounds[there], rounds[here]
    _number(plan, rounds)
    _record(plan, by)


def remove_round(plan_round: PlanRound, *, by: Account) -> None:
    """Take a round without questions out of the plan.

    Raises:
        Refused: if the plan is pinned, it is the only round, or questions stand in it.
    """
    plan = plan_round.plan
    lock_draft(plan)
    if len(plan.rounds) == 1:
        raise Refused(_("A plan has at least one round."))
    if plan_round.questions:
        raise Refused(_("Questions stand in this round. Put them into another round first."))
    plan.rounds.remove(plan_round)
    if len(plan.rounds) == 1 and plan.rounds[0].name in SEVERAL:
        plan.rounds[0].name = ONLY
    _number(plan, plan.rounds)
    _record(plan, by)


def lock_draft(plan: InterviewPlan) -> None:
    """Take the plan for oneself until the end of the transaction.

    Two people who change it at once must not give two rounds the same place.

    Raises:
        Refused: if the plan is pinned.
    """
    db.session.refresh(plan, ["state", "version"], with_for_update=True)
    if plan.state is PlanState.PUBLISHED:
        raise Refused(_("The plan is pinned: everyone is asked the same."))
    db.session.expire(plan, ["rounds", "questions"])


def _number(plan: InterviewPlan, rounds: list[PlanRound]) -> None:
    """Count the rounds, and the questions through them, in this order."""
    number = 0
    for place, each in enumerate(rounds, 1):
        each.order = place
        for asked in each.questions:
            number += 1
            asked.order = number
    db.session.flush()
    db.session.expire(plan, ["rounds", "questions"])


def _record(plan: InterviewPlan, by: Account) -> None:
    names = [
        f"{words(each.name, 'en')}, {each.minutes} min, {each.panel_size}" for each in plan.rounds
    ]
    audit.record(InterviewFact.PLAN_CHANGED, plan, by=by, rounds=names)
