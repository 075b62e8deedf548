"""Proposing successors, a second person's word, order, history, and following the position."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox.models import Notice
from portal.people import operations as people_operations
from portal.people.states import EmploymentReason
from portal.succession import operations
from portal.succession.models import Nomination
from portal.succession.states import EndReason, NominationState
from tests.factories import competencies, people, succession
from tests.factories.worlds.who import person_of

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def propose(**values: Any) -> Nomination:
    """Somebody at work is proposed by HR for a position nobody holds."""
    defaults: dict[str, Any] = {
        "level": succession.scale()["ready_now"], "reason": "Led two launches",
        "by": people.account(roles=["hr"]),
    }  # fmt: skip
    post = values.pop("post", None) or succession.key_position()
    person = values.pop("person", None) or people.employment().person
    return operations.nominate(post, person, **(defaults | values))


def test_a_nomination_freezes_how_the_person_stands_with_what_the_role_asks() -> None:
    role = people.role()
    competencies.requirement(role, competencies.competency())
    made = propose(post=succession.key_position(role=role))
    assert (made.lines["met"], made.lines["total"]) == (0, 1)
    assert made.state is NominationState.PROPOSED
    assert [step.fact for step in made.changes] == ["succession.nominated"]


def test_the_trail_names_the_position_and_nobody_else() -> None:
    made = propose()
    event = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert (event.subject_type, event.about_person_id) == ("key_position", None)
    everything = db.session.scalars(sa.select(AuditEvent)).all()
    named = f"{made.nominee_id}"
    for one in everything:
        if one.action.startswith("succession."):
            assert "nominee" not in str(one.after)
            assert one.about_person_id is None, named


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"level": None}, "level", "Choose a readiness, or emergency cover."),
        ({"reason": "  "}, "reason", "Say what this rests on."),
    ],
)
def test_a_nomination_needs_a_purpose_and_a_reason(
    values: dict[str, Any], field: str, message: str
) -> None:
    with pytest.raises(Refused, match=message) as refused:
        propose(**values)
    assert refused.value.field == field


def test_nobody_names_themself() -> None:
    job = people.employment()
    with pytest.raises(Refused, match="Nobody names themself"):
        propose(person=job.person, by=people.account(roles=["hr"], person=job.person))


def test_who_does_not_work_here_is_not_named() -> None:
    with pytest.raises(Refused, match="does not work here"):
        propose(person=people.person())


def test_the_holder_is_not_a_successor() -> None:
    holder = people.person()
    post = succession.key_position(holder=holder)
    with pytest.raises(Refused, match="holds this position"):
        propose(post=post, person=holder)


def test_nobody_is_named_twice_for_one_position() -> None:
    first = propose()
    with pytest.raises(Refused, match="named for this position already"):
        propose(post=first.key_position, person=first.nominee)


def test_emergency_cover_alone_is_a_purpose() -> None:
    made = propose(level=None, is_emergency=True)
    assert made.level is None
    assert made.is_emergency


def test_a_second_person_approves() -> None:
    made = propose()
    operations.decide_nomination(made, approved=True, by=people.account(roles=["executive"]))
    assert made.state is NominationState.APPROVED


def test_neither_the_proposer_nor_the_nominee_approves() -> None:
    hr = people.account(roles=["hr"])
    made = propose(by=hr)
    own = people.account(roles=["hr"], person=made.nominee)
    for account in (hr, own):
        with pytest.raises(Refused, match="A second person approves this"):
            operations.decide_nomination(made, approved=True, by=account)


def test_turning_down_takes_a_reason() -> None:
    made = propose()
    with pytest.raises(Refused, match="Say why not"):
        operations.decide_nomination(made, approved=False, by=people.account(roles=["hr"]))


def notices_of(account_id: int) -> list[str]:
    found = sa.select(Notice.kind).where(Notice.account_id == account_id)
    return list(db.session.scalars(found))


@pytest.mark.parametrize(("tell", "expected"), [(False, []), (True, ["succession.named"])])
def test_the_nominee_learns_of_it_only_where_the_organisation_wants_it(
    tell: bool, expected: list[str]
) -> None:
    hr = people.account(roles=["hr"])
    operations.change_settings(
        tell_nominees=tell, stale_months=12, review_months=12, stuck_months=24, by=hr
    )
    made = propose(by=hr)
    nominee = people.account(person=made.nominee)
    operations.decide_nomination(made, approved=True, by=people.account(roles=["executive"]))
    assert notices_of(nominee.id) == expected


def test_an_approver_who_is_named_is_not_told() -> None:
    nominee = people.account(roles=["hr"], person=people.employment().person)
    other = people.account(roles=["hr"])
    propose(person=person_of(nominee))
    assert notices_of(nominee.id) == []
    assert notices_of(other.id) == ["succession.to_approve"]


def test_another_level_has_to_be_approved_again() -> None:
    made, hr = succession.nomination(succession.key_position()), people.account(roles=["hr"])
    level = succession.scale()["one_to_two_years"]
    operations.judge_nomination(made, level=level, is_emergency=False, reason="Needs time", by=hr)
    assert made.state is NominationState.PROPOSED
    assert made.level is level


def test_the_same_level_judged_anew_stays_approved() -> None:
    made, hr = succession.nomination(succession.key_position()), people.account(roles=["hr"])
    assert made.level is not None
    operations.judge_nomination(made, level=made.level, is_emergency=False, reason="Yes", by=hr)
    assert made.state is NominationState.APPROVED


def test_successors_are_put_in_order() -> None:
    post, hr = succession.key_position(), people.account(roles=["hr"])
    first, second = succession.nomination(post), succession.nomination(post)
    operations.rank_nominations(post, [second], by=hr)
    assert [(one.id, one.rank) for one in post.nominations] == [(second.id, 1), (first.id, 2)]


def test_a_stranger_among_the_successors_means_somebody_was_faster() -> None:
    post, hr = succession.key_position(), people.account(roles=["hr"])
    other = succession.nomination(succession.key_position())
    with pytest.raises(Refused, match="Somebody was faster"):
        operations.rank_nominations(post, [other], by=hr)


def test_who_takes_the_position_over_is_its_successor_no_longer() -> None:
    post = succession.key_position()
    made = succession.nomination(post)
    position = post.position
    job = people.employment(made.nominee, starts_on=made.judged_on.replace(year=2025), ends_on=None)
    assert job.person_id == made.nominee_id
    people_operations.start_employment(
        made.nominee, role=position.role, team=position.team, site=position.team.site,
        manager=None, starts_on=made.judged_on, reason=EmploymentReason.PROMOTION,
        position=position, by=None,
    )  # fmt: skip
    assert made.state is NominationState.ENDED
    assert made.end_reason is EndReason.TOOK_OVER


def test_the_plan_stays_with_the_position_when_its_holder_goes() -> None:
    holder = people.person()
    post = succession.key_position(holder=holder)
    made = succession.nomination(post)
    job = holder.employments[0]
    people_operations.end_employment(job, ends_on=made.judged_on, by=None)
    assert made.state is NominationState.APPROVED


def test_ending_a_position_ends_its_nominations() -> None:
    made, hr = succession.nomination(succession.key_position()), people.account(roles=["hr"])
    operations.end_key_position(made.key_position, by=hr)
    assert made.end_reason is EndReason.POSITION
    assert not made.key_position.position.is_key


def test_a_position_is_planned_for_once() -> None:
    post = succession.key_position()
    with pytest.raises(Refused, match="planned for this position already"):
        operations.add_key_position(post.position, by=None)


def test_an_ended_plan_comes_back_with_its_history() -> None:
    made, hr = succession.nomination(succession.key_position()), people.account(roles=["hr"])
    operations.end_key_position(made.key_position, by=hr)
    again = operations.add_key_position(made.key_position.position, by=hr)
    assert again is made.key_position
    assert again.nominations == [made]
