"""The mechanical score and the decision: one test for each way out."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.core.errors import Refused
from portal.hiring.models import ScreeningResult
from portal.hiring.operations import application as moves
from portal.hiring.operations.screening import score_answers, screen_application
from portal.hiring.states import OverrideReason, RejectionReason, Stage
from tests.factories import hiring
from tests.factories import people as make

GOOD = {"english": True, "evenings": True, "service": 4, "writing": 2}
LOW = GOOD | {"service": 1, "writing": 1}
UNMET = GOOD | {"evenings": False}


@pytest.fixture
def hr(db_session):
    return make.account(roles=["hr"])


@pytest.fixture
def application(db_session, clock):
    return hiring.application()


@pytest.mark.parametrize(
    ("service", "writing", "score"),
    [
        (0, 0, 0),
        (4, 4, 100),
        (4, 2, 80),
        (1, 1, 25),
        (3, 3, 75),
        (2, 1, 40),
        (0, 1, 10),
        (3, 0, 45),
    ],
)
def test_the_score_is_weight_times_value_over_four(application, service, writing, score):
    [criteria] = application.posting.criteria
    answers = GOOD | {"service": service, "writing": writing}
    assert score_answers(criteria, answers).score == score


def test_halves_are_rounded_up(db_session, clock):
    posting = hiring.posting(with_criteria=False)
    words = make.in_words("x")
    criteria = hiring.criteria(
        posting,
        must_haves=[],
        weighted=[
            {"key": "a", "text": words, "weight": 50},
            {"key": "b", "text": words, "weight": 50},
        ],
    )
    assert score_answers(criteria, {"a": 1, "b": 0}).score == 13
    assert score_answers(criteria, {"a": 3, "b": 0}).score == 38


@pytest.mark.parametrize(
    ("answers", "passes"),
    [
        (GOOD, True),
        (LOW, False),
        (UNMET, False),
        (GOOD | {"service": 4, "writing": 0}, True),
        (GOOD | {"service": 3, "writing": 1}, False),
    ],
)
def test_it_passes_with_every_must_have_and_at_least_the_cut(application, answers, passes):
    [criteria] = application.posting.criteria
    assert score_answers(criteria, answers).passes is passes


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("english", None),
        ("english", 1),
        ("english", "yes"),
        ("service", None),
        ("service", 5),
        ("service", -1),
        ("service", True),
        ("service", "4"),
    ],
)
def test_each_criterion_needs_an_answer_in_range(application, key, value):
    [criteria] = application.posting.criteria
    with pytest.raises(Refused) as refused:
        score_answers(criteria, GOOD | {key: value})
    assert refused.value.field == key


def test_advancing_stores_the_result_with_the_version(db_session, hr, application):
    result = screen_application(application, answers=GOOD, advance=True, by=hr)
    assert application.stage is Stage.SCREENED
    assert (application.screening_score, application.must_haves_met) == (80, True)
    assert result.criteria is application.posting.criteria[-1]
    assert (result.answers, result.passes, result.advanced) == (GOOD, True, True)
    assert result.screened_by_id == hr.id


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (UNMET, RejectionReason.MUST_HAVE),
        (LOW, RejectionReason.BELOW_CUT),
    ],
)
def test_rejecting_says_why(hr, application, answers, reason):
    screen_application(application, answers=answers, advance=False, by=hr)
    assert (application.stage, application.rejection_reason) == (Stage.REJECTED, reason)


@pytest.mark.parametrize(("answers", "advance"), [(LOW, True), (UNMET, True), (GOOD, False)])
def test_going_against_the_score_needs_a_reason_and_a_note(hr, application, answers, advance):
    with pytest.raises(Refused) as refused:
        screen_application(application, answers=answers, advance=advance, note="Because", by=hr)
    assert refused.value.field == "override_reason"
    with pytest.raises(Refused) as refused:
        screen_application(
            application,
            answers=answers,
            advance=advance,
            note="  ",
            override_reason=OverrideReason.WORK_SAMPLE,
            by=hr,
        )
    assert refused.value.field == "note"
    assert application.stage is Stage.APPLIED
    result = screen_application(
        application,
        answers=answers,
        advance=advance,
        note="Shown in a work sample.",
        override_reason=OverrideReason.WORK_SAMPLE,
        by=hr,
    )
    assert result.override_reason is OverrideReason.WORK_SAMPLE


def test_a_reason_nobody_needed_is_not_kept(hr, application):
    result = screen_application(
        application, answers=GOOD, advance=True, override_reason=OverrideReason.RISK, by=hr
    )
    assert result.override_reason is None


def test_without_criteria_nothing_is_screened(db_session, hr, clock):
    application = hiring.application(hiring.posting(with_criteria=False))
    with pytest.raises(Refused, match="Fix"):
        screen_application(application, answers={}, advance=True, by=hr)


@pytest.mark.parametrize("stage", [Stage.INTERVIEW, Stage.OFFER, Stage.HIRED, Stage.WITHDRAWN])
def test_what_is_past_screening_is_not_screened(db_session, hr, clock, stage):
    with pytest.raises(Refused, match="past"):
        screen_application(hiring.application(stage=stage), answers=GOOD, advance=True, by=hr)


def test_a_new_version_is_screened_again_beside_the_old_result(db_session, hr, application):
    screen_application(application, answers=GOOD, advance=True, by=hr)
    hiring.criteria(application.posting)
    db_session.expire(application.posting, ["criteria"])
    screen_application(application, answers=LOW, advance=False, by=hr)
    results = db_session.scalars(sa.select(ScreeningResult).order_by(ScreeningResult.id)).all()
    assert [result.score for result in results] == [80, 25]
    assert application.stage is Stage.REJECTED


def test_undoing_makes_it_unscreened_and_screening_again_replaces(db_session, hr, application):
    screen_application(application, answers=GOOD, advance=True, by=hr)
    moves.undo_move(application, by=hr)
    assert (application.stage, application.screening_score) == (Stage.APPLIED, None)
    screen_application(application, answers=LOW, advance=False, by=hr)
    [result] = db_session.scalars(sa.select(ScreeningResult)).all()
    assert (result.score, result.advanced) == (25, False)
