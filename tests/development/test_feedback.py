"""Feedback: who can be asked, what an answer needs, what counts, reminders and closing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from portal.competencies.models import Evidence
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox.models import Notice
from portal.core.mail.models import OutgoingMail
from portal.development import operations as development
from portal.development import policy, queries
from portal.development.models import FeedbackRequest
from portal.development.operations import Seen
from portal.development.states import Audience, ReplyState, RequestState
from portal.people.models import Person
from tests.factories import competencies, people
from tests.factories import development as make


@pytest.fixture
def pair(db_session: Any, clock: Any) -> make.Pair:
    return make.Pair()


def told(account: Any) -> list[str]:
    return list(db.session.scalars(sa.select(Notice.kind).where(Notice.account_id == account.id)))


def ask(pair: make.Pair, *givers: Person, **values: Any) -> Any:
    defaults: dict[str, Any] = {
        "about": [competencies.competency()],
        "question": "How?",
        "by": pair.account,
    }
    return development.ask_feedback(pair.person, givers=givers, **(defaults | values))


def test_colleagues_are_asked_by_notice_and_mail(pair: make.Pair) -> None:
    giver = make.giver()
    make.request(pair.person, pair.account, giver)
    assert told(giver) == ["development.feedback_wanted"]
    assert told(pair.account) == []
    mail = db.session.scalars(sa.select(OutgoingMail)).one()
    assert mail.to_address == giver.email
    assert "Deniz Kaya" in mail.subject
    assert "you may say no" in mail.text


def test_the_person_is_told_when_somebody_else_asks(pair: make.Pair) -> None:
    make.request(pair.person, pair.manager)
    assert told(pair.account) == ["development.asked_about"]


def test_one_to_five_are_asked_and_never_the_person(pair: make.Pair) -> None:
    crowd = [db.session.get_one(Person, make.giver().person_id) for _number in range(6)]
    for givers in ((), crowd):
        with pytest.raises(Refused, match="one to 5"):
            ask(pair, *givers)
    with pytest.raises(Refused, match="themself"):
        ask(pair, pair.person)
    with pytest.raises(Refused, match="cannot be asked"):
        ask(pair, people.person())
    with pytest.raises(Refused, match="competencies"):
        ask(pair, crowd[0], about=[])


def test_nobody_is_asked_twice_at_once(pair: make.Pair) -> None:
    giver = make.giver()
    make.request(pair.person, pair.account, giver)
    with pytest.raises(Refused, match="open question"):
        make.request(pair.person, pair.manager, giver)


def test_only_the_person_asks_in_private(pair: make.Pair) -> None:
    with pytest.raises(Refused, match="in private"):
        make.request(pair.person, pair.manager, audience=Audience.PRIVATE)


@pytest.mark.parametrize(
    ("seen", "field"),
    [
        (Seen(), "level"),
        (Seen(level=9), "level"),
        (Seen(level=4), "example"),
        (Seen(level=4, example="x" * 5001), "example"),
        (Seen(not_seen=True), None),
        (Seen(level=1, example="Hung up"), None),
    ],
)
def test_a_level_needs_an_example(pair: make.Pair, seen: Seen, field: str | None) -> None:
    reply = make.request(pair.person, pair.account).replies[0]
    topic = reply.request.topics[0]
    found = development.feedback_problems(reply, {topic.id: seen})
    assert set(found) == ({f"{field}-{topic.id}"} if field else set())


def test_levels_count_only_once_the_manager_has_confirmed_them(pair: make.Pair) -> None:
    giver = make.giver()
    reply = make.answered(make.request(pair.person, pair.account, giver).replies[0], giver)
    count = sa.select(sa.func.count()).select_from(Evidence)
    assert db.session.scalar(count) == 0
    assert policy.confirm_feedback(pair.manager, reply)
    for other in (giver, pair.account, people.account(roles=["hr"])):
        assert not policy.confirm_feedback(other, reply)
    development.confirm_feedback(reply, by=pair.manager)
    row = db.session.scalars(sa.select(Evidence)).one()
    assert (row.level, str(row.source), row.note) == (4, "feedback", "Calm on the phone")
    with pytest.raises(Refused, match="nothing to confirm"):
        development.confirm_feedback(reply, by=pair.manager)


def test_what_was_not_seen_is_no_evidence(pair: make.Pair) -> None:
    giver = make.giver()
    reply = make.request(pair.person, pair.account, giver).replies[0]
    seen = {one.id: Seen(not_seen=True) for one in reply.request.topics}
    development.give_feedback(reply, seen, by=giver)
    assert not policy.confirm_feedback(pair.manager, reply)
    assert db.session.scalars(queries.replies_to_confirm(pair.manager)).all() == []


def test_private_feedback_is_read_by_the_person_alone_and_never_counts(pair: make.Pair) -> None:
    giver = make.giver()
    request = make.request(pair.person, pair.account, giver, audience=Audience.PRIVATE)
    reply = make.answered(request.replies[0], giver)
    hr = people.account(roles=["hr"])
    assert [policy.see_request(who, request) for who in (pair.account, pair.manager, hr)] == [
        True, False, False,
    ]  # fmt: skip
    assert not policy.confirm_feedback(pair.manager, reply)
    with pytest.raises(Refused, match="never counts"):
        development.confirm_feedback(reply, by=pair.manager)
    assert db.session.scalars(queries.requests_about(pair.person.id, pair.manager)).all() == []
    assert told(pair.manager) == []


def test_declining_needs_no_reason_and_is_final(pair: make.Pair) -> None:
    giver = make.giver()
    reply = make.request(pair.person, pair.account, giver).replies[0]
    development.decline_feedback(reply, by=giver)
    assert reply.state is ReplyState.DECLINED
    assert told(pair.account) == ["development.feedback_refused"]
    with pytest.raises(Refused):
        make.answered(reply, giver)


def state_of(request: FeedbackRequest) -> RequestState:
    return request.state


def test_a_request_reminds_once_and_closes_after_three_weeks(pair: make.Pair, clock: Any) -> None:
    giver = make.giver()
    request = make.request(pair.person, pair.account, giver)
    for day in (1, 9, 9, 12, 15):
        clock(datetime(2026, 12, day, 5, tzinfo=UTC))
        development.look_after_feedback()
    assert told(giver).count("development.feedback_reminder") == 1
    assert state_of(request) is RequestState.OPEN
    clock(datetime(2026, 12, 16, 5, tzinfo=UTC))
    development.look_after_feedback()
    assert state_of(request) is RequestState.CLOSED
    with pytest.raises(Refused, match="closed"):
        make.answered(request.replies[0], giver)
    with pytest.raises(Refused, match="closed"):
        development.decline_feedback(request.replies[0], by=giver)


def test_a_closed_request_can_be_closed_once(pair: make.Pair) -> None:
    request = make.request(pair.person, pair.account)
    development.close_request(request, by=pair.account)
    with pytest.raises(Refused, match="closed already"):
        development.close_request(request, by=pair.account)
