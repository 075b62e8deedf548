"""Peers: who can be one, who agrees, and how many."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox.models import Notice
from portal.core.mail.models import OutgoingMail
from portal.people.models import Person
from portal.reviews import operations
from portal.reviews.states import PartKind, PartState, ReviewState
from tests.factories import people
from tests.factories import reviews as make

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def colleague(scene: make.Scene | None = None, **values: Any) -> Person:
    person = people.person("Peer")
    people.account(person=person)
    if scene is not None:
        values |= {"team": scene.review.team, "manager": scene.review.manager}
    people.employment(person, **values)
    return person


def refusal(action: Any, *values: Any, **named: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        action(*values, **named)
    return caught.value


def test_a_proposal_waits_for_the_manager_and_then_the_peer_is_told() -> None:
    scene = make.review()
    peer = colleague(scene)
    part = operations.name_peer(scene.review, peer, by=scene.self)
    assert part.state is PartState.NAMED
    operations.decide_peer(part, agreed=True, by=scene.manager)
    assert part.state is PartState.OPEN
    assert db.session.query(OutgoingMail).filter_by(kind="reviews/peer_asked").count() == 1
    assert db.session.query(Notice).filter_by(kind="reviews.peer_asked").count() == 1


def test_whom_the_manager_names_is_asked_at_once() -> None:
    scene = make.review()
    part = operations.name_peer(scene.review, colleague(scene), by=scene.manager)
    assert part.state is PartState.OPEN


def test_not_agreeing_takes_a_reason_which_the_person_reads() -> None:
    scene = make.review()
    part = operations.name_peer(scene.review, colleague(scene), by=scene.self)
    assert refusal(operations.decide_peer, part, agreed=False, by=scene.manager).field == "reason"
    operations.decide_peer(part, agreed=False, reason="Too new", by=scene.manager)
    assert (part.state, part.reason) == (PartState.REFUSED, "Too new")
    again = operations.name_peer(scene.review, part.author, by=scene.self)
    assert (again.id, again.state) == (part.id, PartState.NAMED)


def test_nobody_is_their_own_peer() -> None:
    scene = make.review()
    assert (
        "own peer"
        in refusal(operations.name_peer, scene.review, scene.review.person, by=scene.self).message
    )


def test_managers_of_now_and_later_and_leads_above_are_no_peers() -> None:
    scene = make.review()
    review = scene.review
    director = db.session.get_one(Person, scene.director.person_id)
    people.employment(director)
    coming = colleague(scene)
    job = review.person.employments[0] if review.person.employments else None
    if job is None:
        db.session.refresh(review.person)
        job = review.person.employments[0]
    job.ends_on = date(2026, 12, 31)
    people.employment(review.person, manager=coming, starts_on=date(2027, 1, 1))
    assert review.manager is not None
    for one in (review.manager, director, coming):
        assert "manager" in refusal(operations.name_peer, review, one, by=scene.self).message


def test_who_reports_to_the_person_is_no_peer() -> None:
    scene = make.review()
    report = people.person("Report")
    people.employment(report, manager=scene.review.person)
    assert (
        "reports to" in refusal(operations.name_peer, scene.review, report, by=scene.self).message
    )


def test_who_does_not_work_here_is_no_peer() -> None:
    scene = make.review()
    assert (
        "work here"
        in refusal(operations.name_peer, scene.review, people.person(), by=scene.self).message
    )


def test_nobody_is_named_twice_or_after_declining() -> None:
    scene = make.review()
    part = operations.name_peer(scene.review, colleague(scene), by=scene.manager)
    assert (
        "already" in refusal(operations.name_peer, scene.review, part.author, by=scene.self).message
    )
    operations.decline_part(part, reason="No time", by=scene.hr)
    assert (
        "declined"
        in refusal(operations.name_peer, scene.review, part.author, by=scene.self).message
    )


def test_two_more_than_wanted_and_no_more() -> None:
    scene = make.review()
    for _number in range(scene.cycle.peers_wanted + 2):
        operations.name_peer(scene.review, colleague(scene), by=scene.self)
    assert (
        refusal(operations.name_peer, scene.review, colleague(scene), by=scene.self).field == "peer"
    )


def test_a_proposal_can_be_taken_back_until_it_is_decided() -> None:
    scene = make.review()
    part = operations.name_peer(scene.review, colleague(scene), by=scene.self)
    operations.withdraw_peer(part, by=scene.self)
    assert part.state is PartState.UNUSED
    asked = operations.name_peer(scene.review, colleague(scene), by=scene.manager)
    refusal(operations.withdraw_peer, asked, by=scene.self)


def test_no_peers_once_the_result_is_made() -> None:
    scene = make.review(state=ReviewState.CALIBRATION)
    refusal(operations.name_peer, scene.review, colleague(scene), by=scene.self)


def test_a_proposed_peer_who_became_the_manager_is_not_agreed_to() -> None:
    scene = make.review()
    part = operations.name_peer(scene.review, colleague(scene), by=scene.self)
    scene.review.manager_id = part.author_id
    refusal(operations.decide_peer, part, agreed=True, by=scene.hr)
    assert part.kind is PartKind.PEER
