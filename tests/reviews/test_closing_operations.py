"""From the handed-in parts to both signatures and another edition: one test for each way out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from portal.competencies.models import Evidence
from portal.competencies.states import EvidenceSource
from portal.core import audit
from portal.core.db import db
from portal.core.documents import Document, codec
from portal.core.errors import Refused
from portal.core.fingerprints import fingerprint
from portal.core.inbox.models import Notice
from portal.core.mail.models import OutgoingMail
from portal.reviews import operations
from portal.reviews.models import ReviewRecord
from portal.reviews.states import PartKind, PartState, ReviewsFact, ReviewState
from tests.factories import people
from tests.factories import reviews as make

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def refusal(action: Any, *values: Any, **named: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        action(*values, **named)
    return caught.value


def test_the_score_is_made_from_all_parts_and_rounded_to_a_half() -> None:
    review = make.fresh(make.rated(own=4, boss=3, peer=5))
    # (20·4 + 50·3 + 30·5) ÷ 100
    assert review.score == pytest.approx(3.8)
    assert (review.rating, review.state) == (4.0, ReviewState.CALIBRATION)


def test_what_is_not_handed_in_in_time_is_unused_and_leaves_the_denominator() -> None:
    scene = make.written(peers=2)
    late = make.part(scene.review, PartKind.PEER)
    named = make.part(scene.review, PartKind.PEER, state=PartState.NAMED)
    operations.make_result(make.fresh(scene), by=scene.hr)
    review = make.fresh(scene)
    assert (late.state, named.state) == (PartState.UNUSED, PartState.UNUSED)
    assert review.score == pytest.approx((20 * 4 + 50 * 3) / 70)


def test_no_result_before_the_manager_or_while_parts_may_come(clock: Any) -> None:
    scene = make.review()
    make.submitted(scene.review, PartKind.SELF, scene.self)
    assert "manager" in refusal(operations.make_result, make.fresh(scene), by=scene.hr).message
    make.submitted(scene.review, PartKind.MANAGER, scene.manager)
    make.part(scene.review, PartKind.PEER)
    clock(datetime(2026, 11, 17, 9, tzinfo=UTC))
    assert (
        "may still come" in refusal(operations.make_result, make.fresh(scene), by=scene.hr).message
    )
    clock(datetime(2026, 11, 18, 9, tzinfo=UTC))
    operations.make_result(make.fresh(scene), by=scene.hr)


def test_nobody_makes_their_own_result_and_none_is_made_twice() -> None:
    scene = make.written()
    assert "own" in refusal(operations.make_result, make.fresh(scene), by=scene.self).message
    operations.make_result(make.fresh(scene), by=scene.manager)
    refusal(operations.make_result, make.fresh(scene), by=scene.hr)


def test_all_results_that_can_be_made_are_made_but_ones_own() -> None:
    scene = make.written()
    make.review(cycle=scene.cycle)
    own = make.written(cycle=scene.cycle)
    own.self.roles = ["hr"]
    db.session.flush()
    assert operations.make_results(scene.cycle, by=own.self) == 1
    assert make.fresh(scene).state is ReviewState.CALIBRATION
    assert make.fresh(own).state is ReviewState.WRITING


def test_a_changed_result_keeps_what_it_was_and_why() -> None:
    scene = make.rated()
    review = make.fresh(scene)
    operations.change_rating(review, rating=3.5, reason=" Two months on leave. ", by=scene.hr)
    change = make.fresh(scene).changes[0]
    assert (change.before, change.after, change.reason) == (4.0, 3.5, "Two months on leave.")
    assert make.fresh(scene).rating == 3.5
    event = db.session.scalars(audit.of(review)).first()
    assert event is not None
    assert (event.action, event.after["rating"]) == (str(ReviewsFact.CALIBRATED), "•••")


def test_results_are_compared_by_others_only_while_they_are_compared() -> None:
    scene = make.rated()
    review = make.fresh(scene)
    for who in (scene.self, scene.manager):
        refusal(operations.change_rating, review, rating=3.5, reason="So.", by=who)
    assert (
        refusal(operations.change_rating, review, rating=4.0, reason="So.", by=scene.hr).field
        == "rating"
    )
    assert (
        refusal(operations.change_rating, review, rating=3.5, reason=" ", by=scene.hr).field
        == "reason"
    )
    operations.change_rating(review, rating=3.5, reason="So.", by=scene.director)
    operations.release(make.fresh(scene), by=scene.hr)
    refusal(operations.change_rating, make.fresh(scene), rating=3.0, reason="So.", by=scene.hr)


def test_a_release_tells_the_person_and_the_manager_but_not_the_result() -> None:
    scene = make.released()
    mails = list(db.session.scalars(sa.select(OutgoingMail)))
    assert [mail.to_address for mail in mails] == [scene.self.email]
    told = set(db.session.scalars(sa.select(Notice.account_id)))
    assert told == {scene.self.id, scene.manager.id}
    assert "4.0" not in mails[0].text
    assert "3.8" not in mails[0].text
    refusal(operations.release, make.fresh(scene), by=scene.hr)


def test_several_are_released_at_once_but_ones_own_and_those_of_other_cycles() -> None:
    first, other = make.rated(), make.rated()
    own = make.rated(cycle=first.cycle)
    own.self.roles = ["hr"]
    db.session.flush()
    keys = [first.review.id, other.review.id, own.review.id, 999_999]
    assert operations.release_many(keys, first.cycle.id, by=own.self) == 1
    assert make.fresh(first).state is ReviewState.RELEASED
    assert operations.release_many(keys, first.cycle.id, by=own.self) == 0


def test_both_sign_and_the_edition_is_frozen_with_paper_and_evidence() -> None:
    scene = make.released()
    plan = [operations.Step("Lead the morning meeting", due_on=date(2027, 3, 1))]
    operations.change_talk(make.fresh(scene), summary="A strong year.", plan=plan, by=scene.manager)
    operations.sign(make.fresh(scene), agrees=True, comment="", by=scene.self)
    assert make.fresh(scene).state is ReviewState.RELEASED
    operations.sign(make.fresh(scene), agrees=True, comment="Thanks.", by=scene.manager)
    review = make.fresh(scene)
    record = make.record_of(scene)
    assert review.state is ReviewState.SIGNED
    assert record.content_hash == fingerprint(record.content)
    packet = codec.decode(record.content)
    assert (packet.rating, packet.summary, packet.plan[0].what) == (
        4.0, "A strong year.", "Lead the morning meeting",
    )  # fmt: skip
    assert [one.comment for one in packet.signatures] == ["", "Thanks."]
    paper = db.session.scalars(sa.select(Document).where(Document.kind == "review")).one()
    assert (paper.subject_id, paper.locale) == (record.id, scene.self.language)
    row = db.session.scalars(sa.select(Evidence)).one()
    assert (row.source, row.source_id, row.level) == (EvidenceSource.REVIEW, record.id, 3.8)
    assert row.observed_on == date(2026, 10, 31)


def test_signed_before_the_period_is_over_the_day_of_signing_counts() -> None:
    scene = make.signed(cycle=make.cycle(ends_on=date(2026, 12, 31)))
    assert db.session.scalars(sa.select(Evidence.observed_on)).one() == date(2026, 11, 24)
    assert scene.review.signed_at is not None


def test_nothing_rated_writes_no_evidence_and_gives_no_result() -> None:
    scene = make.review()
    make.submitted(scene.review, PartKind.SELF, scene.self, level=None)
    make.submitted(scene.review, PartKind.MANAGER, scene.manager, level=None)
    operations.make_result(make.fresh(scene), by=scene.hr)
    operations.release(make.fresh(scene), by=scene.hr)
    for who in (scene.manager, scene.self):
        operations.sign(make.fresh(scene), agrees=True, comment="", by=who)
    assert make.record_of(scene).rating is None
    assert db.session.scalar(sa.select(sa.func.count(Evidence.id))) == 0


def test_who_does_not_agree_says_so_and_signs_all_the_same() -> None:
    scene = make.released()
    review = make.fresh(scene)
    assert (
        refusal(operations.sign, review, agrees=False, comment=" ", by=scene.self).field
        == "comment"
    )
    operations.sign(review, agrees=False, comment="The second half was different.", by=scene.self)
    operations.sign(make.fresh(scene), agrees=True, comment="", by=scene.manager)
    packet = codec.decode(make.record_of(scene).content)
    assert [one.agrees for one in packet.signatures] == [False, True]


def test_nobody_signs_twice_too_early_or_for_somebody_else() -> None:
    scene = make.rated()
    refusal(operations.sign, make.fresh(scene), agrees=True, comment="", by=scene.self)
    operations.release(make.fresh(scene), by=scene.hr)
    for who in (scene.hr, scene.director, scene.peers[0]):
        refusal(operations.sign, make.fresh(scene), agrees=True, comment="", by=who)
    operations.sign(make.fresh(scene), agrees=True, comment="", by=scene.self)
    refusal(operations.sign, make.fresh(scene), agrees=True, comment="", by=scene.self)


def test_once_somebody_has_signed_the_plan_stays() -> None:
    scene = make.released()
    step = [operations.Step("Shadow a lead")]
    operations.change_talk(make.fresh(scene), summary="Theirs?", plan=step, by=scene.self)
    assert make.fresh(scene).summary == "", "the summary is the manager's"
    operations.sign(make.fresh(scene), agrees=True, comment="", by=scene.self)
    for who in (scene.self, scene.manager):
        refusal(operations.change_talk, make.fresh(scene), summary="", plan=[], by=who)


def test_a_plan_has_a_few_steps() -> None:
    scene = make.released()
    many = [operations.Step(f"Step {number}") for number in range(operations.MOST_STEPS + 1)]
    refusal(operations.change_talk, make.fresh(scene), summary=None, plan=many, by=scene.self)


def test_a_note_says_why_a_review_stays_unsigned_after_its_last_day(clock: Any) -> None:
    scene = make.released()
    refusal(operations.note_unsigned, make.fresh(scene), note="Ill.", by=scene.hr)
    clock(datetime(2026, 12, 19, 9, tzinfo=UTC))
    assert refusal(operations.note_unsigned, make.fresh(scene), note=" ", by=scene.hr).field
    operations.note_unsigned(make.fresh(scene), note="On long leave.", by=scene.hr)
    review = make.fresh(scene)
    assert (review.note, review.state) == ("On long leave.", ReviewState.RELEASED)


def test_reopening_leaves_the_first_edition_and_both_sign_again() -> None:
    scene = make.signed()
    first = make.record_of(scene)
    before = first.content_hash
    operations.reopen(make.fresh(scene), reason="A goal was forgotten.", by=scene.hr)
    review = make.fresh(scene)
    assert (review.state, review.edition, review.signed_at) == (ReviewState.CALIBRATION, 2, None)
    operations.change_rating(review, rating=4.5, reason="The goal counts.", by=scene.hr)
    operations.release(make.fresh(scene), by=scene.hr)
    for who in (scene.self, scene.manager):
        operations.sign(make.fresh(scene), agrees=True, comment="Again.", by=who)
    records = db.session.scalars(sa.select(ReviewRecord).order_by(ReviewRecord.edition)).all()
    assert [(row.edition, row.rating) for row in records] == [(1, 4.0), (2, 4.5)]
    assert records[0].content_hash == before
    assert [s.comment for s in codec.decode(records[1].content).signatures] == ["Again.", "Again."]
    papers = db.session.scalar(sa.select(sa.func.count(Document.id)))
    assert papers == 2
    sources = db.session.scalars(sa.select(Evidence.source_id).order_by(Evidence.id)).all()
    assert sources == [row.id for row in records]


def test_only_hr_reopens_what_is_signed_and_says_why() -> None:
    scene = make.released()
    refusal(operations.reopen, make.fresh(scene), reason="So.", by=scene.hr)
    for who in (scene.self, scene.manager):
        operations.sign(make.fresh(scene), agrees=True, comment="", by=who)
    refusal(operations.reopen, make.fresh(scene), reason="So.", by=scene.self)
    assert refusal(operations.reopen, make.fresh(scene), reason=" ", by=scene.hr).field == "reason"


def test_without_a_manager_the_reviews_result_waits() -> None:
    scene = make.review()
    scene.review.manager_id = None
    db.session.flush()
    refusal(operations.make_result, make.fresh(scene), by=people.account(roles=["hr"]))
