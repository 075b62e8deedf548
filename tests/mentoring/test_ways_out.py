"""Who may do what in mentoring, in every state; and every way it is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import clock as portal_clock
from portal.core.db import db
from portal.core.documents import Document
from portal.core.documents.policy import read_document
from portal.core.errors import Refused
from portal.core.mail.models import OutgoingMail
from portal.mentoring import documents, jobs, operations, policy
from portal.mentoring.models import MentoringEntry, MentoringFeedback, MentoringPair, MentoringWish
from portal.mentoring.operations import Hopes, Offer, Plan, Said
from portal.mentoring.operations.session import MOST_ACTIONS
from portal.mentoring.states import (
    Barrier,
    EndReason,
    FeedbackPart,
    MatchMode,
    MeetingState,
    PairState,
    ProgrammeState,
    Side,
)
from portal.people.models import Person
from tests.conftest import MOMENT
from tests.factories import competencies, people
from tests.factories import mentoring as make

pytestmark = pytest.mark.usefixtures("db_session", "clock")

WEIGHTS = {"goal": 50, "language": 20, "shift": 10, "site": 5, "wish": 15}
EVERYONE = ("mentor", "mentee", "manager", "hr", "executive", "peer")
Who = dict[str, Any]


def worker(name: str = "Deniz", **values: Any) -> Person:
    return people.employment(people.person(name), **values).person


@pytest.fixture
def pair() -> MentoringPair:
    boss = people.person("Bo")
    mentee = worker("Ada", team=people.team(lead=boss), manager=boss)
    return make.pair(worker("Can"), mentee, competencies.competency())


@pytest.fixture
def who(pair: MentoringPair) -> Who:
    job = pair.mentee.employments[0]
    return {
        "mentor": people.account(person=pair.mentor), "mentee": people.account(person=pair.mentee),
        "manager": people.account(person=job.manager, leads=job.team),
        "hr": people.account(roles=["hr"]), "executive": people.account(roles=["executive"]),
        "peer": people.account(person=worker(team=job.team)),
    }  # fmt: skip


def names(who: Who, rule: str, row: object) -> str:
    return " ".join(one for one in EVERYONE if getattr(policy, rule)(who[one], row))


TWO, MOVERS, READERS = "mentor mentee", "mentor mentee hr", "mentor mentee manager hr"
LIVE = {
    "see_pair": READERS, "move_pair": MOVERS, "set_goals": TWO, "plan_session": TWO,
    "give_feedback": TWO, "print_papers": MOVERS,
}  # fmt: skip
PAIRS = {
    PairState.PROPOSED: {"see_pair": "hr"},
    PairState.REQUESTED: {
        "see_pair": MOVERS, "answer_request": "mentor", "withdraw_request": "mentee",
    },
    PairState.DECLINED: {"see_pair": MOVERS},
    PairState.RUNNING: LIVE,
    PairState.PAUSED: LIVE,
    PairState.ENDED: {"see_pair": READERS, "give_feedback": TWO, "print_papers": MOVERS},
}  # fmt: skip
RULES = (*LIVE, "answer_request", "withdraw_request")


@pytest.mark.parametrize("state", PairState)
def test_who_may_do_what_with_a_pair(who: Who, pair: MentoringPair, state: PairState) -> None:
    with db.session.no_autoflush:
        pair.state = state
        found = {rule: names(who, rule, pair) for rule in RULES}
    db.session.expire(pair)
    assert {rule: by for rule, by in found.items() if by} == PAIRS[state]
    assert names(who, "keep_pair", pair) == "hr"


SESSIONS = {
    # (state of the session, whether the pair goes on): what the two may do
    (MeetingState.PLANNED, True): {"write_session": TWO, "change_session": TWO},
    (MeetingState.HELD, True): {"write_session": TWO, "observe": "mentor"},
    (MeetingState.CANCELLED, True): {"write_session": TWO},
    (MeetingState.HELD, False): {},
}


@pytest.mark.parametrize(("state", "goes_on"), SESSIONS)
def test_a_session_is_the_twos_alone(
    who: Who, pair: MentoringPair, state: MeetingState, goes_on: bool
) -> None:
    session = make.session(pair, state=state)
    action = make.action(session, pair.mentee)
    if not goes_on:
        operations.end_pair(pair, EndReason.DONE, by=who["hr"])
    rules = ("write_session", "change_session", "observe")
    found = {rule: names(who, rule, session) for rule in rules}
    assert {rule: by for rule, by in found.items() if by} == SESSIONS[state, goes_on]
    assert names(who, "see_session", session) == TWO
    assert names(who, "finish_action", action) == (TWO if goes_on else "")


@pytest.mark.parametrize(
    ("rule", "draft", "open_"),
    [
        ("keep_programme", "hr", "hr"), ("see_programme", "hr", " ".join(EVERYONE)),
        ("join_programme", "", " ".join(EVERYONE)),
        ("see_report", "hr executive", "hr executive"),
    ],
)  # fmt: skip
def test_who_sees_a_programme(who: Who, rule: str, draft: str, open_: str) -> None:
    programme = make.programme(state=ProgrammeState.DRAFT)
    assert names(who, rule, programme) == draft
    programme.state = ProgrammeState.OPEN
    assert names(who, rule, programme) == open_


def test_who_pauses_is_found_by_nobody_else(who: Who, pair: MentoringPair) -> None:
    profile = make.profile(pair.mentor, competencies.competency())
    others = " ".join(name for name in EVERYONE if name != "mentor")
    assert names(who, "ask_mentor", profile) == others
    operations.pause_profile(profile, paused=True, by=who["mentor"])
    assert names(who, "see_mentor", profile) == "mentor hr"
    assert names(who, "ask_mentor", profile) == "hr"


# --- Joining --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("languages", "skilled", "field"), [(["en"], False, "competencies"), ([], True, "languages")]
)
def test_a_mentor_offers_a_competency_and_a_language(
    languages: list[str], skilled: bool, field: str
) -> None:
    person, skill = worker(), competencies.competency()
    offer = Offer("", languages, [], 1, [skill.id] if skilled else [])
    with pytest.raises(Refused) as refused:
        operations.save_profile(person, offer, by=people.account(person=person))
    assert refused.value.field == field


def test_mentoring_is_for_people_who_work_here() -> None:
    gone = people.person("Gone")
    hopes = Hopes({competencies.competency().id: 3})
    with pytest.raises(Refused, match="who work here"):
        operations.join_as_mentee(make.programme(), gone, hopes, by=people.account(person=gone))


def test_what_was_said_of_others_is_replaced_and_nobody_wishes_for_themself() -> None:
    programme, person = make.programme(), worker()
    own, one, two = people.account(person=person), worker("One").id, worker("Two").id
    goals = {competencies.competency().id: 3}
    for said in (Said(wishes=[one, person.id]), Said(wishes=[two])):
        operations.join_as_mentee(programme, person, Hopes(goals, ["en"], said=said), by=own)
        db.session.flush()
    assert db.session.scalars(sa.select(MentoringWish.other_id)).all() == [two]


def test_nobody_signs_off_from_what_they_are_not_part_of() -> None:
    programme, person = make.programme(), worker()
    with pytest.raises(Refused, match="don't take part"):
        operations.sign_off(programme, person, Side.MENTEE, by=people.account(person=person))


# --- Matching -------------------------------------------------------------------------------------


@pytest.fixture
def matching(who: Who) -> Any:
    """A round with a mentee and a mentor of one place."""
    programme = make.programme(state=ProgrammeState.MATCHING)
    make.mentee_in(programme, worker("Eda"))
    make.mentor_in(programme, worker("Bora"))
    return programme


def two_of(programme: Any) -> tuple[int, int]:
    entries = db.session.query(MentoringEntry).filter_by(programme_id=programme.id)
    by_side = {one.side: one.person_id for one in entries}
    return by_side[Side.MENTEE], by_side[Side.MENTOR]


def test_a_match_needs_points(who: Who, matching: Any) -> None:
    nothing = dict.fromkeys(WEIGHTS, 0)
    with pytest.raises(Refused, match="Give points") as refused:
        operations.run_match(matching, MatchMode.TOTAL, nothing, by=who["hr"])
    assert refused.value.field == "weight_goal"


def test_two_are_put_together_only_from_both_lists_and_where_no_rule_forbids_it(
    who: Who, matching: Any
) -> None:
    mentee, mentor = two_of(matching)
    led = worker("Led", manager=db.session.get_one(Person, mentor))
    make.mentee_in(matching, led)
    for pair, words, field in (
        ((mentor, mentor), "looks for a mentor", "mentee"),
        ((mentee, mentee), "takes mentees", "mentor"),
        ((led.id, mentor), "reporting line", "mentor"),
    ):
        with pytest.raises(Refused, match=words) as refused:
            operations.pair_by_hand(matching, *pair, by=who["hr"])
        assert refused.value.field == field
    operations.pair_by_hand(matching, mentee, mentor, by=who["hr"])
    db.session.flush()
    other = worker("Other")
    make.mentee_in(matching, other)
    with pytest.raises(Refused, match="no place left"):
        operations.pair_by_hand(matching, other.id, mentor, by=who["hr"])


def test_what_the_two_know_of_is_no_suggestion_any_more(who: Who, pair: MentoringPair) -> None:
    for step in (
        lambda: operations.lock_pair(pair, locked=True, by=who["hr"]),
        lambda: operations.drop_pair(pair, by=who["hr"]),
    ):
        with pytest.raises(Refused, match="know of each other"):
            step()


def test_a_place_that_was_taken_meanwhile_is_not_given_twice(who: Who, matching: Any) -> None:
    _mentee, mentor = two_of(matching)
    operations.run_match(matching, MatchMode.TOTAL, WEIGHTS, by=who["hr"])
    db.session.flush()
    make.pair(db.session.get_one(Person, mentor), worker("Faster"))
    with pytest.raises(Refused, match="can't be a pair any more"):
        operations.publish_match(matching, by=who["hr"])
    assert matching.state is ProgrammeState.MATCHING


def test_nothing_is_published_before_a_match(who: Who, matching: Any) -> None:
    with pytest.raises(Refused, match="nothing to publish"):
        operations.publish_match(matching, by=who["hr"])


# --- Pairs ----------------------------------------------------------------------------------------


def test_nobody_mentors_themself_and_who_left_mentors_nobody() -> None:
    here, gone = worker(), people.person("Gone")
    assert operations.barrier_between(here, here) is Barrier.SELF
    assert operations.barrier_between(here, gone) is Barrier.LEFT
    assert operations.barrier_between(here, worker()) is None


def test_a_request_falls_with_a_new_reporting_line(who: Who, pair: MentoringPair) -> None:
    pair.state, pair.starts_on = PairState.REQUESTED, None
    pair.mentee.employments[0].manager = pair.mentor
    db.session.flush()
    with pytest.raises(Refused, match="reporting line"):
        operations.accept_request(pair, by=who["mentor"])
    assert pair.state is PairState.REQUESTED


def test_who_takes_their_own_request_back_writes_no_mail(who: Who, pair: MentoringPair) -> None:
    pair.state, pair.starts_on = PairState.REQUESTED, None
    operations.decline_request(pair, by=who["mentee"])
    assert pair.state is PairState.DECLINED
    assert db.session.scalars(sa.select(OutgoingMail.id)).all() == []


@pytest.mark.parametrize("number", [0, operations.MOST_GOALS + 1])
def test_a_pair_works_on_some_goals_and_not_on_everything(
    who: Who, pair: MentoringPair, number: int
) -> None:
    with pytest.raises(Refused) as refused:
        operations.change_goals(pair, dict.fromkeys(range(number), 3), by=who["mentor"])
    assert refused.value.field == "goals"


def test_goals_are_changed_added_and_left(who: Who, pair: MentoringPair) -> None:
    kept, left, new = pair.goals[0], competencies.competency(), competencies.competency()
    operations.change_goals(pair, {kept.competency_id: 3, left.id: 2}, by=who["mentor"])
    operations.change_goals(pair, {kept.competency_id: 5, new.id: 4}, by=who["mentee"])
    db.session.flush()
    assert {one.competency_id: one.level for one in pair.goals} == {
        kept.competency_id: 5, new.id: 4,
    }  # fmt: skip


STEPS: dict[str, tuple[PairState, Callable[[MentoringPair, Any], Any]]] = {
    "a pause twice": (PairState.PAUSED, lambda pair, by: operations.pause_pair(pair, by=by)),
    "going on twice": (PairState.RUNNING, lambda pair, by: operations.resume_pair(pair, by=by)),
    "an end twice": (
        PairState.ENDED, lambda pair, by: operations.end_pair(pair, EndReason.DONE, by=by),
    ),
    "a late yes": (PairState.DECLINED, lambda pair, by: operations.accept_request(pair, by=by)),
    "a late no": (PairState.RUNNING, lambda pair, by: operations.decline_request(pair, by=by)),
}  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_taken_once(who: Who, pair: MentoringPair, step: str) -> None:
    state, take = STEPS[step]
    with db.session.no_autoflush:
        pair.state = state
        with pytest.raises(Refused, match="can't become"):
            take(pair, who["mentor"])
        assert pair.state is state
    db.session.expire(pair)


# --- Sessions -------------------------------------------------------------------------------------


def plan(at: Any = MOMENT + timedelta(days=1)) -> Plan:
    return Plan(at, 60, "Europe/Istanbul", "Room 3")


def test_a_session_lies_ahead_and_waits_while_the_pair_pauses(
    who: Who, pair: MentoringPair
) -> None:
    session = make.session(pair)
    for step in (
        lambda: operations.plan_session(pair, plan(MOMENT), by=who["mentor"]),
        lambda: operations.change_session(session, plan(MOMENT), by=who["mentor"]),
    ):
        with pytest.raises(Refused, match="still to come"):
            step()
    operations.pause_pair(pair, by=who["mentor"])
    with pytest.raises(Refused, match="Go on with mentoring first"):
        operations.plan_session(pair, plan(), by=who["mentor"])


def test_saving_a_session_as_it_is_tells_nobody(who: Who, pair: MentoringPair) -> None:
    session = make.session(pair, agenda="Calls", notes="")
    operations.change_session(session, plan(session.starts_at), by=who["mentor"])
    operations.write_session(session, agenda="Calls", notes="", by=who["mentor"])
    assert session.sequence == 0
    assert db.session.scalars(sa.select(OutgoingMail.id)).all() == []


def test_a_session_is_held_once_and_moved_no_more(
    who: Who, pair: MentoringPair, clock: Any
) -> None:
    session = make.session(pair)
    clock(MOMENT + timedelta(days=2))
    operations.hold_session(session, by=who["mentor"])
    assert session.state is MeetingState.HELD
    for step in (
        lambda: operations.hold_session(session, by=who["mentor"]),
        lambda: operations.cancel_session(session, by=who["mentor"]),
        lambda: operations.change_session(session, plan(), by=who["mentor"]),
    ):
        with pytest.raises(Refused, match="already"):
            step()


def test_nobody_agrees_on_more_than_they_remember(who: Who, pair: MentoringPair) -> None:
    session = make.session(pair)
    for _one in range(MOST_ACTIONS):
        make.action(session, pair.mentee)
    db.session.refresh(session)
    with pytest.raises(Refused, match="fewer things"):
        operations.agree_on(
            session, title="More", owner_id=pair.mentee_id, due_on=None, by=who["mentor"]
        )


# --- Feedback, papers, the job --------------------------------------------------------------------


def test_nothing_is_answered_before_or_without_a_question(who: Who, pair: MentoringPair) -> None:
    with pytest.raises(Refused, match="asked later"):
        operations.give_feedback(pair, FeedbackPart.END, {}, by=who["mentee"])
    pair.programme.questions = []
    assert operations.due_on(pair, FeedbackPart.MID) is None
    with pytest.raises(Refused, match="asked later"):
        operations.give_feedback(pair, FeedbackPart.MID, {}, by=who["mentee"])
    assert db.session.scalars(sa.select(MentoringFeedback.id)).all() == []


def test_a_certificate_comes_after_the_end_and_for_who_has_met(
    who: Who, pair: MentoringPair
) -> None:
    with pytest.raises(Refused, match="when mentoring has ended"):
        operations.print_certificate(pair, pair.mentee, by=who["mentee"])
    make.session(pair, state=MeetingState.CANCELLED)
    operations.end_pair(pair, EndReason.DONE, by=who["mentee"])
    with pytest.raises(Refused, match="held no session"):
        operations.print_certificate(pair, pair.mentee, by=who["mentee"])


def test_the_agreement_names_goals_and_days_and_is_read_by_the_two_and_hr(
    who: Who, pair: MentoringPair
) -> None:
    paper = operations.print_agreement(pair, by=who["mentee"])
    assert isinstance(paper, Document)
    said = documents.agreement_of(pair, "en", who["mentee"])
    rows = dict(said.rows)
    assert (rows["Mentor"], rows["First day"]) == (pair.mentor.display_name, "September 1, 2026")
    assert rows["Sessions to hold"] == "6 sessions"
    assert len(said.goals) == 1
    assert said.goals[0].endswith(": reach level 3")
    readers = [name for name in EVERYONE if read_document(who[name], paper)]
    assert readers == ["mentor", "mentee", "hr"]


def test_the_job_of_the_morning_ends_what_leavers_were_part_of(
    who: Who, pair: MentoringPair, clock: Any
) -> None:
    pair.mentor.employments[0].ends_on = date(2026, 11, 25)
    db.session.flush()
    jobs.look_after()
    assert pair.state is PairState.RUNNING
    clock(MOMENT + timedelta(days=3))
    jobs.look_after()
    db.session.refresh(pair)
    assert (pair.state, pair.ended_on) == (PairState.ENDED, portal_clock.today())
