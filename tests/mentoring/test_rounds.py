"""A round from sign-up to publishing: who may be matched, what HR changes, who is told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import clock as portal_clock
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox import Notice
from portal.mentoring import operations, queries
from portal.mentoring.models import MentoringEntry, MentoringMatch, MentoringPair, MentoringWish
from portal.mentoring.operations import Hopes, Offer, Question, Said, Terms
from portal.mentoring.states import (
    Alone,
    FeedbackPart,
    MatchMode,
    PairState,
    ProgrammeKind,
    ProgrammeState,
    QuestionKind,
    Side,
)
from portal.people.models import Person
from tests.factories import competencies, people
from tests.factories import mentoring as make
from tests.factories.people import in_words

pytestmark = pytest.mark.usefixtures("db_session", "clock")

WEIGHTS = {"goal": 50, "language": 20, "shift": 10, "site": 5, "wish": 15}


def worker(name: str = "Deniz", **values: Any) -> Person:
    return people.employment(people.person(name), **values).person


def run(programme: Any, mode: MatchMode = MatchMode.EVERYONE) -> MentoringMatch:
    found = operations.run_match(programme, mode, WEIGHTS, by=people.account(roles=["hr"]))
    db.session.flush()
    return found


def proposed(programme: Any) -> dict[int, MentoringPair]:
    pairs = db.session.scalars(queries.pairs_in(programme.id, PairState.PROPOSED))
    return {pair.mentee_id: pair for pair in pairs}


def test_a_mentor_counts_where_the_ledger_shows_them_a_level_ahead() -> None:
    skill = competencies.competency("Listening")
    programme = make.programme(state=ProgrammeState.MATCHING)
    mentee, ahead, level = worker("Ada"), worker("Bora"), worker("Can")
    for person, shown in ((mentee, 3), (ahead, 4), (level, 3)):
        competencies.evidence(person, skill, shown)
    make.mentee_in(programme, mentee, skill)
    for person in (ahead, level):
        make.mentor_in(programme, person, skill)
    gathered = queries.gather(programme, portal_clock.today())
    assert gathered.mentees[0].goals == {skill.id: 4}
    run(programme)
    pair = proposed(programme)[mentee.id]
    assert pair.mentor_id == ahead.id
    goal = next(term for term in pair.terms if term["kind"] == "goal")
    assert (goal["hits"], goal["about"], goal["points"]) == (1, [skill.id], 5000)


def test_ones_own_line_is_excluded_both_ways_however_far_up() -> None:
    boss, chief = people.person("Boss"), people.person("Chief")
    branch = people.team(lead=chief)
    team = people.team(parent=branch, lead=boss)
    people.employment(chief, team=people.team())
    people.employment(boss, team=team, manager=chief)
    mentee = worker("Ada", team=team, manager=boss)
    above = queries.above([mentee.id, boss.id, chief.id], portal_clock.today())
    assert above[mentee.id] == {boss.id, chief.id}
    programme = make.programme(state=ProgrammeState.MATCHING)
    make.mentee_in(programme, mentee)
    make.mentee_in(programme, boss)
    make.mentor_in(programme, chief, seats=2)
    make.mentor_in(programme, mentee)
    found = run(programme)
    assert proposed(programme) == {}
    assert {one["reason"] for one in found.unmatched} == {str(Alone.BARRED)}


def test_not_with_holds_whoever_said_it_and_the_trail_hides_it() -> None:
    programme = make.programme()
    mentee, mentor = worker("Ada"), worker("Bora")
    account = people.account(person=mentee)
    make.mentor_in(programme, mentor)
    skill = competencies.competency()
    operations.join_as_mentee(
        programme, mentee, Hopes({skill.id: 3}, ["en"], said=Said(not_with=[mentor.id])),
        by=account,
    )  # fmt: skip
    db.session.flush()
    programme.state = ProgrammeState.MATCHING
    run(programme)
    assert proposed(programme) == {}
    wish = db.session.scalars(sa.select(MentoringWish)).one()
    events = db.session.scalars(sa.select(AuditEvent))
    seen = [event for event in events if event.subject_type == wish.__tablename__]
    assert seen == []


def test_those_who_left_are_not_matched() -> None:
    programme = make.programme(state=ProgrammeState.MATCHING)
    gone = worker("Ada", ends_on=date(2026, 11, 1))
    make.mentee_in(programme, gone)
    make.mentor_in(programme, worker("Bora"))
    found = run(programme)
    reasons = {one["person_id"]: one["reason"] for one in found.unmatched}
    assert reasons[gone.id] == str(Alone.LEFT)


def test_seats_count_mentees_of_other_programmes() -> None:
    programme = make.programme(state=ProgrammeState.MATCHING)
    mentor = worker("Bora")
    make.pair(mentor)
    make.mentor_in(programme, mentor, seats=1)
    make.mentee_in(programme, worker("Ada"))
    found = run(programme)
    seats = [one for one in found.unmatched if one["side"] == str(Side.MENTOR)]
    assert [one["reason"] for one in seats] == [str(Alone.SEATS)]


def test_a_lock_survives_another_run_and_hand_made_pairs_are_locked() -> None:
    programme = make.programme(state=ProgrammeState.MATCHING)
    ada, eda = worker("Ada"), worker("Eda")
    bora, can = worker("Bora"), worker("Can")
    for one in (ada, eda):
        make.mentee_in(programme, one)
    for one in (bora, can):
        make.mentor_in(programme, one)
    hr = people.account(roles=["hr"])
    operations.pair_by_hand(programme, ada.id, can.id, by=hr)
    db.session.flush()
    found = proposed(programme)
    assert (found[ada.id].mentor_id, found[ada.id].locked) == (can.id, True)
    assert found[eda.id].mentor_id == bora.id
    run(programme)
    assert proposed(programme)[ada.id].mentor_id == can.id
    operations.lock_pair(proposed(programme)[ada.id], locked=False, by=hr)
    operations.drop_pair(proposed(programme)[eda.id], by=hr)
    db.session.flush()
    assert set(proposed(programme)) == {ada.id}
    operations.pair_by_hand(programme, ada.id, bora.id, by=hr)
    with pytest.raises(Refused, match="no place left"):
        operations.pair_by_hand(programme, eda.id, bora.id, by=hr)


def test_what_is_published_begins_and_everybody_is_told() -> None:
    skill = competencies.competency()
    programme = make.programme(state=ProgrammeState.MATCHING)
    ada, eda, bora = worker("Ada"), worker("Eda"), worker("Bora")
    accounts = {one.id: people.account(person=one) for one in (ada, eda, bora)}
    make.mentee_in(programme, ada, skill)
    make.mentee_in(programme, eda, skill)
    make.mentor_in(programme, bora)
    run(programme)
    assert db.session.scalars(sa.select(Notice)).all() == []
    hr = people.account(roles=["hr"])
    assert operations.publish_match(programme, by=hr) == 1
    db.session.flush()
    pair = db.session.scalars(sa.select(MentoringPair)).one()
    assert (pair.state, pair.starts_on) == (PairState.RUNNING, date(2026, 11, 24))
    assert [(goal.competency_id, goal.level) for goal in pair.goals] == [(skill.id, 3)]
    assert programme.state is ProgrammeState.RUNNING
    kinds = dict(db.session.execute(sa.select(Notice.account_id, Notice.kind)).all())
    alone = ada.id if pair.mentee_id == eda.id else eda.id
    assert kinds[accounts[pair.mentee_id].id] == "mentoring.begun"
    assert kinds[accounts[bora.id].id] == "mentoring.begun"
    assert kinds[accounts[alone].id] == "mentoring.nobody"
    # Whoever stayed alone can be matched later; the running pair stays.
    make.mentor_in(programme, worker("Can"))
    run(programme)
    assert set(proposed(programme)) == {alone}
    assert operations.publish_match(programme, by=hr) == 1


def test_what_no_longer_holds_is_not_published() -> None:
    programme = make.programme(state=ProgrammeState.MATCHING)
    ada, bora = worker("Ada"), worker("Bora")
    make.mentee_in(programme, ada)
    make.mentor_in(programme, bora)
    run(programme)
    bora.employments[0].ends_on = date(2026, 11, 1)
    db.session.flush()
    with pytest.raises(Refused, match="Match people again"):
        operations.publish_match(programme, by=people.account(roles=["hr"]))


def test_sign_up_asks_for_goals_an_open_list_and_a_profile() -> None:
    programme, person = make.programme(), worker()
    account = people.account(person=person)
    with pytest.raises(Refused, match="at least one goal"):
        operations.join_as_mentee(programme, person, Hopes({}), by=account)
    with pytest.raises(Refused, match="5 goals at most"):
        operations.join_as_mentee(programme, person, Hopes(dict.fromkeys(range(6), 3)), by=account)
    with pytest.raises(Refused, match="what you offer"):
        operations.join_as_mentor(programme, person, 1, Said(), by=account)
    skill = competencies.competency()
    operations.save_profile(person, Offer("", ["en"], [], 1, [skill.id]), by=account)
    db.session.flush()
    with pytest.raises(Refused, match="1 at most"):
        operations.join_as_mentor(programme, person, 2, Said(), by=account)
    other = worker().id
    both = Said(wishes=[other], not_with=[other])
    with pytest.raises(Refused, match="can't wish"):
        operations.join_as_mentor(programme, person, 1, both, by=account)
    programme.join_until = portal_clock.today() - timedelta(days=1)
    with pytest.raises(Refused, match="sign-up is over"):
        operations.join_as_mentee(programme, person, Hopes({skill.id: 3}), by=account)


def test_signing_up_again_changes_and_signing_off_takes_the_suggestion_along() -> None:
    programme, person = make.programme(), worker()
    account = people.account(person=person)
    one, two = competencies.competency(), competencies.competency()
    entry = operations.join_as_mentee(programme, person, Hopes({one.id: 3}, ["en"]), by=account)
    again = operations.join_as_mentee(programme, person, Hopes({two.id: 4}, ["tr"]), by=account)
    db.session.flush()
    assert again is entry
    assert [(goal.competency_id, goal.level) for goal in entry.goals] == [(two.id, 4)]
    make.pair(worker(), person, programme=programme, state=PairState.PROPOSED)
    operations.sign_off(programme, person, Side.MENTEE, by=account)
    db.session.flush()
    assert db.session.scalars(sa.select(MentoringPair)).all() == []
    with pytest.raises(Refused, match="don't take part"):
        operations.sign_off(programme, person, Side.MENTEE, by=account)
    operations.join_as_mentee(programme, person, Hopes({one.id: 3}), by=account)
    db.session.flush()
    assert db.session.scalars(sa.select(MentoringEntry)).one().left_at is None


def terms(**values: Any) -> Terms:
    today = portal_clock.today()
    defaults: dict[str, Any] = {
        "title": in_words("Round"), "summary": in_words("Why"), "kind": ProgrammeKind.ROUND,
        "starts_on": today, "ends_on": today + timedelta(days=100), "sessions_asked": 6,
        "join_until": today, "weights": WEIGHTS,
    }  # fmt: skip
    return Terms(**(defaults | values))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_on": date(2026, 1, 1)}, "ends_on"),
        ({"join_until": None}, "join_until"),
        ({"join_until": date(2030, 1, 1)}, "join_until"),
        ({"mid_on": date(2030, 1, 1)}, "mid_on"),
        ({"weights": {"goal": 0}}, "weight_goal"),
    ],
)
def test_days_and_points_of_a_programme_must_fit(values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        operations.save_programme(None, terms(**values), by=None)
    assert refused.value.field == field


def test_questions_keep_their_keys_and_the_kind_stays_once_announced() -> None:
    text = Question(FeedbackPart.END, QuestionKind.TEXT, in_words("Why?"))
    programme = operations.save_programme(None, terms(questions=[text, text]), by=None)
    db.session.flush()
    assert [one["key"] for one in programme.questions] == ["q1", "q2"]
    kept = Question(FeedbackPart.MID, QuestionKind.SCALE, in_words("How?"), "q2")
    operations.save_programme(programme, terms(questions=[text, kept]), by=None)
    assert [one["key"] for one in programme.questions] == ["q1", "q2"]
    operations.move_programme(programme, ProgrammeState.OPEN, by=None)
    with pytest.raises(Refused, match="stays as it is"):
        operations.save_programme(programme, terms(kind=ProgrammeKind.OPEN), by=None)
    operations.move_programme(programme, ProgrammeState.MATCHING, by=None)
    with pytest.raises(Refused, match="publish the match"):
        operations.move_programme(programme, ProgrammeState.RUNNING, by=None)
    with pytest.raises(Refused, match="can't become"):
        operations.move_programme(programme, ProgrammeState.CLOSED, by=None)


def test_a_round_is_matched_only_after_its_sign_up() -> None:
    with pytest.raises(Refused, match="Close the sign-up"):
        run(make.programme())
    with pytest.raises(Refused, match="nothing to publish"):
        operations.publish_match(
            make.programme(state=ProgrammeState.MATCHING), by=people.account(roles=["hr"])
        )


def test_closing_a_programme_ends_its_pairs() -> None:
    programme = make.all_year()
    running = make.pair(programme=programme)
    asked = make.pair(programme=programme, state=PairState.REQUESTED)
    operations.move_programme(programme, ProgrammeState.CLOSED, by=people.account(roles=["hr"]))
    assert (running.state, asked.state) == (PairState.ENDED, PairState.DECLINED)
