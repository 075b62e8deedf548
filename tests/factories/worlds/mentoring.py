"""A pair of the hire with a mentor of another line, a round, and a request."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from portal.mentoring.states import MeetingState, PairState, ProgrammeState
from tests.factories import competencies, mentoring, people
from tests.factories.worlds.who import Params, People, person_of


def side(who: People) -> Params:
    hire = person_of(who.hire)
    skill = competencies.competency()
    helper = people.employment(people.person("Mentor")).person
    open_round = mentoring.programme()
    mentoring.mentee_in(open_round, hire, skill)
    pair = mentoring.pair(helper, hire, skill)
    asked = mentoring.pair(hire, people.employment().person, state=PairState.REQUESTED)
    asking = mentoring.pair(helper, hire, state=PairState.REQUESTED)
    matching = mentoring.programme(state=ProgrammeState.MATCHING)
    proposed = mentoring.pair(helper, hire, programme=matching, state=PairState.PROPOSED)
    session = mentoring.session(pair)
    held = mentoring.session(
        mentoring.pair(hire, people.employment().person, skill), state=MeetingState.HELD,
        starts_at=clock.now() - timedelta(days=2),
    )  # fmt: skip
    over = mentoring.session(pair, starts_at=clock.now() - timedelta(hours=2))
    paused = mentoring.pair(hire, people.employment().person, state=PairState.PAUSED)
    return {
        "mentoring programme_id": open_round.id,
        "mentoring.run_match programme_id": matching.id,
        "mentoring.pair_by_hand programme_id": matching.id,
        "mentoring.publish_match programme_id": matching.id,
        "mentor_id": mentoring.profile(helper, skill, seats=5).id,
        "pair_id": pair.id,
        "mentoring.accept_request pair_id": asked.id,
        "mentoring.decline_request pair_id": asked.id,
        "mentoring.withdraw_request pair_id": asking.id,
        "mentoring.lock_pair pair_id": proposed.id,
        "mentoring.drop_pair pair_id": proposed.id,
        "mentoring.resume_pair pair_id": paused.id,
        "mentoring session_id": session.id,
        "mentoring.hold_session session_id": over.id,
        "mentoring.observe session_id": held.id,
        "action_id": mentoring.action(session, hire).id,
        "mentoring part": "mid",
    }
