"""Screening criteria: fixed, hashed, versioned, never changed."""

from __future__ import annotations

import pytest

from portal.core.db import db
from portal.core.errors import Refused
from portal.hiring.models import ScreeningResult
from portal.hiring.operations import suggested_criteria
from portal.hiring.queries import applications_to_rescreen
from portal.hiring.states import Stage
from tests.factories import hiring, people
from tests.factories import postings as make
from tests.factories.people import in_words


def screened(application, criteria):
    return people.added(ScreeningResult(
        application_id=application.id, criteria_id=criteria.id, answers={}, score=70,
        must_haves_met=True, passes=True, advanced=True, screened_at=criteria.fixed_at,
        screened_by_id=criteria.fixed_by_id,
    ))  # fmt: skip


def test_a_version_is_numbered_hashed_and_dated(db_session, clock):
    criteria = make.fix(make.composed())
    assert (criteria.number, len(criteria.content_hash)) == (1, 64)
    assert criteria.fixed_at.isoformat() == "2026-11-24T09:00:00+00:00"
    assert [one["key"] for one in criteria.must_haves + criteria.weighted] == [
        "must-1", "weighted-1", "weighted-2",
    ]  # fmt: skip


def test_the_next_version_keeps_keys_and_gives_new_ones_to_new_criteria(db_session, clock):
    posting = make.composed()
    first = make.fix(posting)
    second = make.fix(posting, must_haves=[*first.must_haves, {"text": in_words("Works evenings")}])
    assert second.number == 2
    assert [one["key"] for one in second.must_haves] == ["must-1", "must-2"]
    assert second.content_hash != first.content_hash
    assert posting.latest_criteria is second


def test_fixing_the_same_again_is_refused(db_session, clock):
    posting = make.composed()
    first = make.fix(posting)
    with pytest.raises(Refused):
        make.fix(posting, must_haves=first.must_haves, weighted=first.weighted)


@pytest.mark.parametrize(
    ("weights", "message"),
    [([], "at least one"), ([60, 30], "90"), ([60, 60], "120"), ([100, 0], "1 to 100")],
)
def test_weights_add_up_to_a_hundred(db_session, clock, weights, message):
    weighted = [{"text": in_words(f"W{n}"), "weight": n} for n in weights]
    with pytest.raises(Refused, match=message):
        make.fix(make.composed(), weighted=weighted)


@pytest.mark.parametrize("cut", [-1, 101])
def test_the_cut_is_a_score(db_session, clock, cut):
    with pytest.raises(Refused) as refused:
        make.fix(make.composed(), cut=cut)
    assert refused.value.field == "cut"


def test_there_is_a_limit_to_criteria(db_session, clock):
    with pytest.raises(Refused):
        make.fix(make.composed(), must_haves=[{"text": in_words(str(n))} for n in range(31)])


def test_the_first_suggestion_comes_from_the_role(db_session, clock):
    must_haves, weighted, cut = suggested_criteria(make.composed())
    assert [one["text"]["en"] for one in must_haves] == ["Clear expression"]
    assert [one["weight"] for one in weighted] == [60, 40]
    assert cut == 60


def test_suggested_weights_add_up_whatever_the_role_says(db_session, clock):
    role = make.profile()
    from tests.factories import competencies

    competencies.requirement(role, competencies.competency("tact"), weight=33)
    posting = make.composed(requisition=hiring.requisition(role=role))
    assert sum(one["weight"] for one in suggested_criteria(posting)[1]) == 100


def test_later_suggestions_are_the_last_version(db_session, clock):
    posting = make.composed()
    last = make.fix(posting, cut=75)
    assert suggested_criteria(posting) == (last.must_haves, last.weighted, 75)


def test_a_new_version_lists_who_must_be_screened_again(db_session, clock):
    posting = make.published()
    old = posting.latest_criteria
    waiting, out, fresh = (hiring.application(posting) for _number in range(3))
    out.stage = Stage.WITHDRAWN
    screened(waiting, old)
    screened(out, old)
    assert db.session.scalars(applications_to_rescreen(posting.id)).all() == []
    new = make.fix(posting, cut=70)
    assert db.session.scalars(applications_to_rescreen(posting.id)).all() == [waiting]
    screened(waiting, new)
    assert fresh not in db.session.scalars(applications_to_rescreen(posting.id)).all()
    assert db.session.scalars(applications_to_rescreen(posting.id)).all() == []
