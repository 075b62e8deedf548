"""Where an application stands in the rounds of its plan, and what a decision rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.core.db import db
from portal.interviews import queries
from portal.interviews.models import Interview, PlanRound
from portal.interviews.states import InterviewState


@dataclass(frozen=True)
class RoundStep:
    """A round of the plan and the interview of one application that stands for it, if any."""

    plan_round: PlanRound
    interview: Interview | None

    @property
    def is_over(self) -> bool:
        """Whether its panel has decided."""
        return self.interview is not None and self.interview.decision is not None


def steps_of(rounds: Iterable[PlanRound], interviews: Iterable[Interview]) -> list[RoundStep]:
    """Each round in its order with its interview; cancelled ones leave their round open."""
    standing = {
        each.round_id: each for each in interviews if each.state is not InterviewState.CANCELLED
    }
    return [RoundStep(each, standing.get(each.id)) for each in rounds]


def next_step(steps: Iterable[RoundStep]) -> RoundStep | None:
    """The first round nobody has been invited to, if every round before it is decided."""
    for step in steps:
        if step.interview is None:
            return step
        if not step.is_over:
            return None
    return None


def decided_together(interview: Interview) -> list[Interview]:
    """Whose ratings a decision rests on: its own round's; the last round's on those of all rounds.

    In the order of the rounds. Call it only behind ``policy.see_ratings``.
    """
    if interview.round.total == 1 or not interview.round.is_last:
        return [interview]
    held = db.session.scalars(queries.complete_rounds(interview))
    return sorted(held, key=lambda each: each.round.order)
