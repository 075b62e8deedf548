"""What two people do: ask, meet, write, agree, say how it goes, and part."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.competencies.models import Evidence
from portal.competencies.states import EvidenceSource
from portal.core import clock as portal_clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox.models import Notice
from portal.core.mail.models import OutgoingMail
from portal.mentoring import operations, policy
from portal.mentoring.models import MentoringFeedback, MentoringPair
from portal.mentoring.operations import Plan
from portal.mentoring.report import report_of
from portal.mentoring.states import EndReason, FeedbackPart, MeetingState, PairState
from portal.people import operations as people_operations
from tests.factories import competencies, people
from tests.factories import mentoring as make

pytestmark = pytest.mark.usefixtures("db_session", "clock")

TOMORROW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def both(pair: MentoringPair) -> tuple[Any, Any]:
    return people.account(person=pair.mentor), people.account(person=pair.mentee)


def test_a_request_is_answered_once() -> None:
    skill = competencies.competency()
    mentor, person = people.employment().person, people.employment().person
    profile, programme = make.profile(mentor, skill), make.all_year()
    account, other = people.account(person=person), people.account(person=mentor)
    pair = operations.ask_mentor(profile, programme, person, {skill.id: 3}, "SECRET", by=account)
    db.session.flush()
    with pytest.raises(Refused, match="asked somebody already"):
        operations.ask_mentor(profile, programme, person, {skill.id: 3}, "Again", by=account)
    operations.accept_request(pair, by=other)
    db.session.flush()
    assert (pair.state, pair.starts_on) == (PairState.RUNNING, date(2026, 11, 24))
    with pytest.raises(Refused):
        operations.decline_request(pair, by=other)
    subjects = db.session.scalars(sa.select(OutgoingMail.subject)).all()
    assert any("asks you to be their mentor" in one for one in subjects)
    assert not any("SECRET" in mail.text for mail in db.session.scalars(sa.select(OutgoingMail)))


def test_a_mentor_with_no_place_or_of_ones_own_line_cannot_be_asked() -> None:
    skill = competencies.competency()
    boss = people.person()
    team = people.team(lead=boss)
    people.employment(boss, team=people.team())
    person = people.employment(team=team).person
    account, programme = people.account(person=person), make.all_year()
    with pytest.raises(Refused, match="reporting line"):
        operations.ask_mentor(
            make.profile(boss, skill), programme, person, {skill.id: 3}, "", by=account
        )
    busy = people.employment().person
    make.pair(busy)
    with pytest.raises(Refused, match="no place left"):
        operations.ask_mentor(
            make.profile(busy, skill), programme, person, {skill.id: 3}, "", by=account
        )
    with pytest.raises(Refused, match="no requests"):
        operations.ask_mentor(
            make.profile(people.employment().person, skill), make.programme(), person,
            {skill.id: 3}, "", by=account,
        )  # fmt: skip


def test_a_planned_session_is_in_both_calendars_and_holds_no_words() -> None:
    pair = make.pair()
    mentor, _mentee = both(pair)
    plan = Plan(TOMORROW, 60, "Europe/Istanbul", "Room 3", "SECRET AGENDA")
    session = operations.plan_session(pair, plan, by=mentor)
    db.session.flush()
    later = TOMORROW + timedelta(hours=2)
    operations.change_session(session, Plan(later, 60, "Europe/Istanbul", "Room 3"), by=mentor)
    db.session.flush()
    mails = db.session.scalars(sa.select(OutgoingMail)).all()
    assert len(mails) == 4
    assert {mail.attachments[0]["name"] for mail in mails if mail.attachments}
    assert all("SECRET" not in f"{one.text}{one.html}{one.attachments}" for one in mails)
    assert (session.agenda, session.sequence) == ("SECRET AGENDA", 1)
    with pytest.raises(Refused, match="still to come"):
        operations.hold_session(session, by=mentor)
    operations.cancel_session(session, by=mentor)
    with pytest.raises(Refused, match="already"):
        operations.hold_session(session, by=mentor)
    with pytest.raises(Refused, match="called off"):
        operations.write_session(session, agenda="", notes="x", by=mentor)


def test_a_level_the_mentor_saw_goes_into_the_ledger_once() -> None:
    skill, other = competencies.competency(), competencies.competency()
    pair = make.pair(None, None, skill)
    mentor, _mentee = both(pair)
    session = make.session(pair, state=MeetingState.HELD, starts_at=portal_clock.now())
    operations.observe(session, skill, 4, "Stayed calm", by=mentor)
    db.session.flush()
    row = db.session.scalars(sa.select(Evidence)).one()
    assert (row.source, row.person_id, row.level) == (EvidenceSource.MENTORING, pair.mentee_id, 4)
    with pytest.raises(Refused, match="recorded a level"):
        operations.observe(session, skill, 5, "Better", by=mentor)
    with pytest.raises(Refused, match="one of your goals"):
        operations.observe(session, other, 4, "", by=mentor)


def test_actions_belong_to_one_of_the_two() -> None:
    pair = make.pair()
    mentor, mentee = both(pair)
    session = make.session(pair)
    action = operations.agree_on(
        session, title="Listen", owner_id=pair.mentee_id, due_on=None, by=mentor
    )
    operations.finish_action(action, done=True, by=mentee)
    assert action.done_at == portal_clock.now()
    operations.finish_action(action, done=False, by=mentee)
    assert action.done_at is None
    with pytest.raises(Refused, match="one of you two"):
        operations.agree_on(session, title="x", owner_id=people.person().id, due_on=None, by=mentor)
    with pytest.raises(Refused, match="still to come"):
        operations.agree_on(
            session, title="x", owner_id=pair.mentor_id, due_on=date(2026, 1, 1), by=mentor
        )


def test_a_pair_pauses_goes_on_and_ends_with_its_planned_sessions() -> None:
    pair = make.pair()
    mentor, mentee = both(pair)
    session = make.session(pair)
    operations.pause_pair(pair, by=mentor)
    with pytest.raises(Refused):
        operations.plan_session(pair, Plan(TOMORROW, 60, "UTC", "Here"), by=mentor)
    operations.resume_pair(pair, by=mentee)
    with pytest.raises(Refused):
        operations.resume_pair(pair, by=mentee)
    operations.end_pair(pair, EndReason.FIT, "Another topic", by=mentee)
    assert (pair.state, pair.ended_on) == (PairState.ENDED, date(2026, 11, 24))
    assert session.state is MeetingState.CANCELLED
    with pytest.raises(Refused):
        operations.end_pair(pair, EndReason.DONE, by=mentor)


def test_who_leaves_ends_what_they_were_part_of() -> None:
    hr = people.account(roles=["hr"])
    pair, asked = make.pair(), make.pair(state=PairState.REQUESTED)
    make.pair(pair.mentor, state=PairState.PROPOSED)
    for person in (pair.mentor, asked.mentor):
        job = person.employments[0]
        people_operations.end_employment(job, ends_on=date(2026, 11, 20), by=hr)
    db.session.flush()
    assert (pair.state, pair.end_reason) == (PairState.ENDED, EndReason.LEFT)
    assert asked.state is PairState.DECLINED
    states = db.session.scalars(sa.select(MentoringPair.state)).all()
    assert PairState.PROPOSED not in states


def test_who_leaves_later_is_followed_in_the_morning_after() -> None:
    pair, stays = make.pair(), make.pair()
    pair.mentee.employments[0].ends_on = date(2026, 11, 22)
    db.session.flush()
    operations.follow_people()
    assert (pair.state, stays.state) == (PairState.ENDED, PairState.RUNNING)


def test_feedback_is_asked_for_once_and_only_when_due() -> None:
    due = make.all_year(mid_on=date(2026, 11, 20))
    pair = make.pair(programme=due)
    mentor, mentee = both(pair)
    both(make.pair())
    with pytest.raises(Refused, match="asked later"):
        operations.give_feedback(pair, FeedbackPart.END, {"goals": 4}, by=mentee)
    operations.give_feedback(pair, FeedbackPart.MID, {"meeting": 4}, by=mentee)
    operations.give_feedback(pair, FeedbackPart.MID, {"meeting": 5}, by=mentee)
    db.session.flush()
    assert db.session.scalars(sa.select(MentoringFeedback)).one().answers == {"meeting": 5}
    for _morning in range(2):
        operations.ask_for_feedback()
        db.session.flush()
    to = db.session.scalars(sa.select(OutgoingMail.to_address)).all()
    assert to == [mentor.email]


def _with_feedback(number: int) -> Any:
    programme = make.all_year(mid_on=date(2026, 11, 20))
    skill = competencies.competency()
    for at in range(number):
        pair = make.pair(None, None, skill, programme=programme)
        competencies.evidence(pair.mentee, skill, 2, observed_on=date(2026, 8, 1))
        competencies.evidence(pair.mentee, skill, 2 + at % 2, observed_on=date(2026, 10, 1))
        make.session(pair, state=MeetingState.HELD)
        account = people.account(person=pair.mentee)
        answers = {"meeting": 3 + at % 3, "better": "more time"}
        operations.give_feedback(pair, FeedbackPart.MID, answers, by=account)
    db.session.flush()
    return report_of(programme, portal_clock.today()), skill


def test_the_report_shows_figures_of_five_people() -> None:
    report, skill = _with_feedback(5)
    assert (report.pairs, report.held, report.met, report.reached) == (5, 5, 5, 0)
    row = report.progress[0]
    assert (row.competency_id, row.people, row.rose) == (skill.id, 5, 2)
    assert (row.before, row.after) == (2, 2.4)
    answered = report.answers[0]
    assert (answered.number, answered.mean, answered.spread) == (5, 3.8, (0, 0, 2, 2, 1))
    assert report.answers[1].number is None


def test_the_report_hides_figures_of_four_people() -> None:
    report, _skill = _with_feedback(4)
    assert report.progress == ()
    assert report.hidden == 1
    assert report.answers[0].number is None


def asked_for_somebody() -> tuple[MentoringPair, Any, Any, Any]:
    """A pair a lead asked for, with the lead, the mentee and the mentor."""
    skill, boss = competencies.competency(), people.person("Lale", "Lead")
    team = people.team(lead=boss)
    people.employment(boss, team=people.team())
    person, mentor = people.employment(team=team).person, people.employment().person
    lead = people.account(person=boss, leads=team)
    own, other = people.account(person=person), people.account(person=mentor)
    pair = operations.ask_mentor(
        make.profile(mentor, skill), make.all_year(), person, {skill.id: 3}, "SECRET", by=lead
    )
    db.session.flush()
    return pair, lead, own, other


def told(account: Any) -> list[str]:
    rows = sa.select(Notice.kind).where(Notice.account_id == account.id).order_by(Notice.id)
    return list(db.session.scalars(rows))


def test_who_answers_for_somebody_asks_for_them_and_both_are_told() -> None:
    pair, lead, own, other = asked_for_somebody()
    assert (pair.asked_by_id, pair.mentee_id) == (lead.id, own.person_id)
    assert (told(own), told(other)) == (["mentoring.asked_for"], ["mentoring.asked_to"])
    mail = db.session.scalars(sa.select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
    assert mail is not None
    assert mail.subject.startswith("Lale Lead asks you to be the mentor of")
    assert "SECRET" not in mail.text
    with pytest.raises(Refused, match="has asked somebody already"):
        operations.ask_mentor(
            make.profile(people.employment().person), pair.programme, pair.mentee,
            {pair.goals[0].competency_id: 3}, "Again", by=lead,
        )  # fmt: skip


@pytest.mark.parametrize("who", ["lead", "own"])
def test_a_request_for_somebody_is_taken_back_by_them_and_by_who_asked(who: str) -> None:
    pair, lead, own, _other = asked_for_somebody()
    by = {"lead": lead, "own": own}[who]
    assert policy.withdraw_request(by, pair)
    operations.decline_request(pair, by=by)
    assert pair.state is PairState.DECLINED
    heard = {"lead": ["mentoring.withdrawn"], "own": []}[who]
    assert told(own) == ["mentoring.asked_for", *heard]
    assert told(lead) == ({"lead": [], "own": ["mentoring.withdrawn"]}[who])


def test_who_asked_hears_nothing_once_they_no_longer_answer_for_the_person() -> None:
    pair, lead, own, other = asked_for_somebody()
    present = pair.mentee.employment_on(portal_clock.today())
    assert present is not None
    present.team, present.manager_id = people.team(), other.person_id
    operations.decline_request(pair, by=other)
    assert told(lead) == []
    assert told(own) == ["mentoring.asked_for", "mentoring.declined"]


def test_who_asked_for_somebody_sees_the_request_while_they_answer_for_them() -> None:
    pair, lead, _own, _other = asked_for_somebody()
    stranger = people.account(person=people.employment().person)
    assert policy.see_pair(lead, pair)
    assert not policy.see_pair(stranger, pair)
    pair.asked_by_id = stranger.id
    assert not policy.see_pair(stranger, pair)
    assert not policy.withdraw_request(stranger, pair)


def test_nobody_asks_for_themself_in_the_name_of_another() -> None:
    pair, lead, own, other = asked_for_somebody()
    hr = people.account(roles=["hr"])
    may = [policy.ask_for(one, pair.mentee) for one in (lead, own, other, hr)]
    assert may == [True, False, False, True]
