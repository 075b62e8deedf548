"""Managers change, people leave, and reminders go out once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core.db import db
from portal.core.mail.models import OutgoingMail
from portal.people import operations as organisation
from portal.people.models import Person
from portal.people.states import EmploymentReason
from portal.reviews import operations
from portal.reviews.models import Review, ReviewPart
from portal.reviews.states import PartKind, PartState, ReviewState
from tests.factories import people
from tests.factories import reviews as make

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def manager_parts(review: Review) -> dict[int, PartState]:
    found = sa.select(ReviewPart.author_id, ReviewPart.state).filter_by(
        review_id=review.id, kind=PartKind.MANAGER
    )
    return {row.author_id: row.state for row in db.session.execute(found)}


def someone(**values: Any) -> Person:
    person = people.person("Next")
    people.account(person=person)
    people.employment(person, **values)
    return person


def mails(kind: str) -> int:
    return db.session.query(OutgoingMail).filter_by(kind=f"reviews/{kind}").count()


def test_an_open_part_goes_to_the_new_manager_and_the_draft_stays_with_the_old() -> None:
    scene = make.review()
    old = make.part(scene.review, PartKind.MANAGER, scene.manager, answers={"strengths": "DRAFT"})
    new = someone()
    operations.change_manager(scene.review, new.id, by=scene.hr)
    assert manager_parts(scene.review) == {
        old.author_id: PartState.UNUSED,
        new.id: PartState.OPEN,
    }
    fresh = db.session.scalars(sa.select(ReviewPart).filter_by(author_id=new.id)).one()
    assert fresh.answers == {}
    assert mails("handed_over") == 1


def test_a_part_that_was_handed_in_stays_and_counts() -> None:
    scene = make.review()
    part = make.submitted(scene.review, PartKind.MANAGER, scene.manager)
    new = someone()
    operations.change_manager(scene.review, new.id, by=scene.hr)
    assert manager_parts(scene.review) == {part.author_id: PartState.SUBMITTED}
    assert scene.review.manager_id == new.id


def test_a_peer_who_becomes_the_manager_writes_as_the_manager_alone() -> None:
    scene = make.review()
    new = someone()
    peer = make.submitted(scene.review, PartKind.PEER, new)
    make.part(scene.review, PartKind.MANAGER, scene.manager)
    operations.change_manager(scene.review, new.id, by=scene.hr)
    assert (peer.state, peer.submitted_at, peer.score) == (PartState.UNUSED, None, None)


def test_back_to_the_first_manager_their_draft_is_there_again() -> None:
    scene = make.review()
    old = make.part(scene.review, PartKind.MANAGER, scene.manager)
    operations.change_manager(scene.review, someone().id, by=scene.hr)
    operations.change_manager(scene.review, old.author_id, by=scene.hr)
    assert old.state is PartState.OPEN
    assert sorted(manager_parts(scene.review).values()) == [PartState.OPEN, PartState.UNUSED]


def test_nobody_answers_for_their_own_review() -> None:
    scene = make.review()
    operations.change_manager(scene.review, scene.review.person_id, by=scene.hr)
    assert scene.review.manager_id is None


def test_another_lead_of_the_team_takes_over_what_the_old_one_had() -> None:
    scene = make.review()
    make.part(scene.review, PartKind.MANAGER, scene.manager)
    new = someone(team=scene.review.team)
    organisation.set_team_lead(scene.review.team, lead=new, by=scene.hr)
    assert scene.review.manager_id == new.id


def test_a_transfer_brings_the_new_manager() -> None:
    scene = make.review()
    make.part(scene.review, PartKind.MANAGER, scene.manager)
    boss = someone()
    job = boss.employments[0]
    organisation.start_employment(
        scene.review.person, role=job.role, team=job.team, site=job.site, manager=boss,
        starts_on=date(2026, 11, 24), reason=EmploymentReason.TRANSFER, by=scene.hr,
    )  # fmt: skip
    assert scene.review.manager_id == boss.id


def test_a_transfer_later_waits_for_its_day(clock: Any) -> None:
    scene = make.review()
    before = scene.review.manager_id
    boss = someone()
    job = boss.employments[0]
    organisation.start_employment(
        scene.review.person, role=job.role, team=job.team, site=job.site, manager=boss,
        starts_on=date(2026, 12, 1), reason=EmploymentReason.TRANSFER, by=scene.hr,
    )  # fmt: skip
    assert scene.review.manager_id == before
    clock(datetime(2026, 12, 1, 9, tzinfo=UTC))
    operations.follow_people()
    assert scene.review.manager_id == boss.id


def test_who_leaves_takes_their_review_and_open_parts_along() -> None:
    scene = make.review()
    other = make.review(cycle=scene.cycle)
    peer = make.part(other.review, PartKind.PEER, scene.self)
    job = scene.review.person.employments[0]
    organisation.end_employment(job, ends_on=date(2026, 11, 20), by=scene.hr)
    assert scene.review.state is ReviewState.CANCELLED
    assert peer.state is PartState.UNUSED


def test_a_manager_who_leaves_hands_over_to_the_lead_above_or_to_hr() -> None:
    scene = make.review()
    director = db.session.get_one(Person, scene.director.person_id)
    people.employment(director)
    make.part(scene.review, PartKind.MANAGER, scene.manager)
    assert scene.review.manager is not None
    job = scene.review.manager.employments[0]
    organisation.end_employment(job, ends_on=date(2026, 11, 20), by=scene.hr)
    assert scene.review.manager_id in {director.id, None}
    assert manager_parts(scene.review)[scene.manager.person_id] is PartState.UNUSED


def test_reminders_go_a_week_and_a_day_before_and_once_when_late(clock: Any) -> None:
    cycle = make.cycle(parts_due_on=date(2026, 12, 10), manager_due_on=date(2026, 12, 20),
                       calibration_due_on=date(2026, 12, 21), signing_due_on=date(2026, 12, 22),
                       weights={"self": 50, "manager": 50})  # fmt: skip
    scene = make.review(cycle=cycle)
    make.part(scene.review, PartKind.SELF, scene.self)
    seen = []
    for day in (2, 3, 4, 9, 10, 11, 12, 13):
        clock(datetime(2026, 12, day, 9, tzinfo=UTC))
        seen.append(operations.remind_all())
    assert seen == [0, 1, 0, 1, 0, 1, 0, 0]


def test_one_mail_holds_everything_that_waits_for_a_person(clock: Any) -> None:
    cycle = make.cycle(
        parts_due_on=date(2026, 11, 25),
        manager_due_on=date(2026, 11, 25),
        calibration_due_on=date(2026, 12, 21),
        signing_due_on=date(2026, 12, 22),
    )
    one, two = make.review(cycle=cycle), make.review(cycle=cycle)
    make.part(one.review, PartKind.SELF, one.self)
    make.part(two.review, PartKind.PEER, one.self)
    operations.remind_all()
    sent = db.session.query(OutgoingMail).filter_by(person_id=one.self.person_id).all()
    assert [mail.kind for mail in sent] == ["reviews/reminder"]
    assert two.review.person.display_name in sent[0].text
    assert "Name your peers" in sent[0].text


def test_a_nudge_reaches_everybody_with_an_open_part_once_a_day() -> None:
    scene = make.review()
    make.part(scene.review, PartKind.SELF, scene.self)
    assert operations.nudge([scene.review], by=scene.manager) == 1
    assert operations.nudge([scene.review], by=scene.manager) == 0
    assert mails("reminder") == 1
