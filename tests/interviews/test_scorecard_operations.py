"""Drafts, submitting and amending scorecards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core.audit import AuditEvent
from portal.core.errors import Refused
from portal.interviews import operations as op
from portal.interviews.models import Amendment
from portal.interviews.operations import Entry
from portal.interviews.states import InterviewState, Outcome, ScorecardState, SkipReason
from tests.factories import interviews as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("clock")


def card_and_questions() -> tuple[Any, list[int]]:
    made = make.interview()
    return made.scorecards[0], [question.id for question in made.plan.questions]


def save(card: Any, entries: dict[int, Entry], steps: list[str] | None = None) -> None:
    op.save_draft(card, entries=entries, steps=steps, by=card.account)


def test_a_draft_keeps_what_was_entered_and_leaves_the_rest(db_session: Any) -> None:
    card, (first, second) = card_and_questions()
    save(card, {first: Entry("Fine", 4)}, ["introduce"])
    save(card, {second: Entry("", not_observed=True)})
    db_session.flush()
    assert op.entries_of(card) == {first: Entry("Fine", 4), second: Entry("", not_observed=True)}
    assert card.steps == ["introduce"]
    assert card.saved_at is not None


def test_saving_counts_the_version_up(db_session: Any) -> None:
    card, (first, _second) = card_and_questions()
    before = card.version
    save(card, {first: Entry("a")})
    db_session.flush()
    assert card.version == before + 1


@pytest.mark.parametrize("rating", [0, 6, -1])
def test_a_rating_outside_one_to_five_is_refused(db_session: Any, rating: int) -> None:
    card, (first, _second) = card_and_questions()
    with pytest.raises(Refused) as refused:
        save(card, {first: Entry("", rating)})
    assert refused.value.field == f"rating-{first}"


def test_a_rating_and_not_observed_exclude_each_other(db_session: Any) -> None:
    card, (first, _second) = card_and_questions()
    with pytest.raises(Refused, match="Choose one"):
        save(card, {first: Entry("", 3, not_observed=True)})
    with pytest.raises(Refused, match="Choose one"):
        save(card, {first: Entry("", 3, skip_reason=SkipReason.NO_TIME)})


def test_a_note_that_is_too_long_is_refused_at_its_field(db_session: Any) -> None:
    card, (first, _second) = card_and_questions()
    with pytest.raises(Refused) as refused:
        save(card, {first: Entry("x" * 10_001)})
    assert refused.value.field == f"note-{first}"


def test_a_question_of_another_plan_is_refused(db_session: Any) -> None:
    card, _questions = card_and_questions()
    foreign = make.plan().questions[0].id
    with pytest.raises(Refused, match="not asked in this round"):
        save(card, {foreign: Entry("x")})


def test_problems_name_every_field_that_is_missing(db_session: Any) -> None:
    card, (first, second) = card_and_questions()
    assert set(op.problems(card)) == {f"rating-{first}", f"rating-{second}"}
    save(card, {first: Entry("", 5), second: Entry("", skip_reason=SkipReason.NO_TIME)})
    assert set(op.problems(card)) == {f"note-{first}"}
    assert op.problems(card, {first: Entry("Because", 5)}) == {}


@pytest.mark.parametrize(
    ("rating", "needs_note"), [(1, True), (2, True), (3, False), (4, False), (5, True)]
)
def test_only_low_and_top_ratings_need_a_note(
    db_session: Any, rating: int, needs_note: bool
) -> None:
    card, (first, second) = card_and_questions()
    save(card, {first: Entry(" ", rating), second: Entry("", not_observed=True)})
    assert (f"note-{first}" in op.problems(card)) is needs_note


def test_an_incomplete_scorecard_is_refused_at_its_first_gap(db_session: Any) -> None:
    card, (first, _second) = card_and_questions()
    with pytest.raises(Refused) as refused:
        op.submit_scorecard(card, by=card.account)
    assert refused.value.field == f"rating-{first}"


def test_submitting_locks_and_is_recorded_without_notes_and_ratings(db_session: Any) -> None:
    card, _questions = card_and_questions()
    make.submit(card, 4, 5, note="a telling note")
    assert card.state is ScorecardState.SUBMITTED
    event = db_session.scalars(
        sa.select(AuditEvent).where(AuditEvent.action == "scorecard.submitted")
    ).one()
    assert "note" not in str(event.after)
    assert "rating" not in str(event.after)
    with pytest.raises(Refused, match="amendment"):
        save(card, {})
    with pytest.raises(Refused, match="already"):
        op.submit_scorecard(card, by=card.account)


def test_nobody_submits_before_the_day_of_the_interview(
    db_session: Any, clock: Callable[[datetime], None]
) -> None:
    card, _questions = card_and_questions()
    make.fill(card)
    begins = card.interview.starts_at
    clock(begins - timedelta(days=1))
    with pytest.raises(Refused, match="another day"):
        op.submit_scorecard(card, by=card.account)
    clock(begins - timedelta(minutes=30))
    op.submit_scorecard(card, by=card.account)
    assert card.state is ScorecardState.SUBMITTED


def test_a_scorecard_of_a_cancelled_interview_is_not_submitted(db_session: Any) -> None:
    card, _questions = card_and_questions()
    make.fill(card)
    op.cancel_interview(card.interview, by=people.account(roles=["hr"]))
    with pytest.raises(Refused, match="cancelled"):
        op.submit_scorecard(card, by=card.account)


def amend(card: Any, entries: dict[int, Entry], reason: str = "Misheard") -> Amendment:
    return op.amend_scorecard(card, entries=entries, reason=reason, by=card.account)


def test_an_amendment_keeps_what_stood_there(db_session: Any) -> None:
    card, (first, second) = card_and_questions()
    make.submit(card, 4, 3, note="As heard")
    made = amend(card, {first: Entry("Heard again", 3), second: Entry("As heard", 3)})
    assert made.reason == "Misheard"
    assert set(made.after) == {str(first)}
    assert made.before[str(first)]["rating"] == 4
    assert made.before[str(first)]["note"] == "As heard"
    assert made.after[str(first)]["rating"] == 3


def test_a_draft_is_not_amended(db_session: Any) -> None:
    card, (first, _second) = card_and_questions()
    with pytest.raises(Refused, match="draft"):
        amend(card, {first: Entry("x", 3)})


def test_an_amendment_needs_a_reason_and_a_change(db_session: Any) -> None:
    card, (first, _second) = card_and_questions()
    make.submit(card, 4, 3)
    with pytest.raises(Refused) as refused:
        amend(card, {first: Entry("x", 3)}, reason="  ")
    assert refused.value.field == "reason"
    with pytest.raises(Refused, match="Nothing has changed"):
        amend(card, {first: Entry("Heard it", 4)})


def test_an_amendment_must_be_complete_too(db_session: Any) -> None:
    card, (first, _second) = card_and_questions()
    make.submit(card, 4, 3)
    with pytest.raises(Refused) as refused:
        amend(card, {first: Entry("", 5)})
    assert refused.value.field == f"note-{first}"


def test_after_the_decision_nothing_is_amended(db_session: Any) -> None:
    made = make.complete((4, 4), (4, 4))
    card = made.scorecards[0]
    op.decide(
        made,
        outcome=Outcome.ADVANCE,
        override_reason=None,
        note="",
        by=people.account(roles=["hr"]),
    )
    with pytest.raises(Refused, match="has decided"):
        amend(card, {made.plan.questions[0].id: Entry("x", 3)})
    assert made.state is InterviewState.COMPLETE
