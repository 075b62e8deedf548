"""Reviews of colleagues of the hire from the comparison to both signatures, and their papers."""

from __future__ import annotations

from portal.core import clock
from portal.core.db import db
from portal.reviews.models import Review, ReviewBatch, ReviewCycle, ReviewRecord, ReviewSignature
from portal.reviews.states import BatchKind, ReviewState, Signer
from tests.factories import competencies, people
from tests.factories import reviews as make
from tests.factories.people import added
from tests.factories.worlds.who import Params, People, person_of


def side(who: People) -> Params:
    """The lead answers for all of them; one is the hire's own, released and to be signed."""
    cycle = make.cycle()
    compared = _review(who, cycle, state=ReviewState.CALIBRATION, rating=3.0, score=3.1)
    own = make.plain_review(
        cycle=cycle, person=person_of(who.hire), team=who.team, role=who.role,
        manager=person_of(who.lead), competency=competencies.competency(),
        state=ReviewState.RELEASED, released_at=clock.now(), rating=3.5, score=3.4,
    )  # fmt: skip
    signed = _review(who, cycle, state=ReviewState.SIGNED, rating=4.0, score=4.0,
                     released_at=clock.now(), signed_at=clock.now())  # fmt: skip
    record = _record(signed)
    return {
        "reviews.calibration cycle_id": cycle.id,
        "reviews.change_rating review_id": compared.id,
        "reviews.result_row review_id": compared.id,
        "reviews.sign review_id": own.id,
        "reviews.change_plan review_id": own.id,
        "reviews.note_unsigned review_id": own.id,
        "reviews.reopen review_id": signed.id,
        "reviews.review review_id": signed.id,
        "record_id": record.id,
        "batch_id": _batch(who, cycle, record).id,
    }


def _review(who: People, cycle: ReviewCycle, **values: object) -> Review:
    colleague = people.person("Selin")
    people.employment(colleague, team=who.team, role=who.role, manager=person_of(who.lead))
    return make.plain_review(
        cycle=cycle, person=colleague, team=who.team, role=who.role,
        manager=person_of(who.lead), competency=competencies.competency(), **values,
    )  # fmt: skip


def _record(review: Review) -> ReviewRecord:
    from portal.core.documents import codec
    from portal.reviews.packet import packet_of

    for signer, person in ((Signer.PERSON, review.person), (Signer.MANAGER, review.manager)):
        assert person is not None
        added(ReviewSignature(review_id=review.id, edition=1, signer=signer, person_id=person.id,
                              agrees=True, comment="", signed_at=clock.now()))  # fmt: skip
    db.session.refresh(review)
    content = codec.encode(packet_of(review))
    return added(ReviewRecord(review_id=review.id, edition=1, rating=4.0, content=content,
                              content_hash="x" * 64, closed_at=clock.now()))  # fmt: skip


def _batch(who: People, cycle: ReviewCycle, record: ReviewRecord) -> ReviewBatch:
    return added(ReviewBatch(cycle_id=cycle.id, kind=BatchKind.ZIP, record_ids=[record.id],
                             ordered_at=clock.now(), ordered_by_id=who.lead.id))  # fmt: skip
