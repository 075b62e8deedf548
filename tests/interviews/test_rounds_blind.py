"""What one round's panel gave stays hidden from the next panel until it has submitted too."""

from __future__ import annotations

from typing import Any

import pytest

from portal.interviews import operations as op
from portal.interviews import policy
from portal.interviews.models import Interview
from portal.interviews.states import Outcome
from tests.factories import interviews as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("clock", "db_session")


def two_rounds(*, both: Any = None) -> tuple[Interview, Interview]:
    """A first round that is decided, and the second with its scorecards still open."""
    from tests.factories import hiring

    application = hiring.application(stage=hiring.Stage.INTERVIEW)
    plan = make.plan(application.posting.requisition, rounds=2)
    panel = [both or make.interviewer("Mert"), make.interviewer("Selin")]
    first = make.interview(application, plan_=plan, panel=panel)
    for card in first.scorecards:
        make.submit(card)
    op.decide(first, outcome=Outcome.ADVANCE, override_reason=None, note="", by=hr_person())
    panel = [both or make.interviewer("Ada"), make.interviewer("Bora")]
    return first, make.interview(application, plan_=plan, panel=panel)


def hr_person() -> Any:
    return people.account(roles=["hr"])


def test_the_next_panel_never_opens_the_scorecards_of_the_round_before() -> None:
    first, second = two_rounds()
    for card in second.scorecards:
        assert not policy.see_ratings(card.account, first)
        assert not policy.see_interview(card.account, first)
    assert policy.see_ratings(hr_person(), first)
    assert all(policy.see_ratings(card.account, first) for card in first.scorecards)


def test_who_sits_on_both_panels_sees_the_first_again_when_the_second_is_complete() -> None:
    both = make.interviewer("Ece")
    first, second = two_rounds(both=both)
    assert not policy.see_ratings(both, first)
    mine, other = second.scorecards
    make.submit(mine)
    assert not policy.see_ratings(both, first)
    make.submit(other)
    assert policy.see_ratings(both, first)
    assert policy.see_ratings(both, second)
