"""Pairs: asked for, begun, paused, ended, and what they work on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.mentoring import notices, queries
from portal.mentoring.models import (
    MentoringPair,
    MentoringProgramme,
    MentoringSession,
    MentorProfile,
    PairGoal,
)
from portal.mentoring.operations.joining import MOST_GOALS, set_goals
from portal.mentoring.states import (
    LIVE,
    PAIR_MOVES,
    Barrier,
    EndReason,
    MeetingState,
    MentoringFact,
    PairState,
    ProgrammeState,
)
from portal.people.models import Person


def ask_mentor(
    profile: MentorProfile,
    programme: MentoringProgramme,
    person: Person,
    goals: Mapping[int, int],
    message: str,
    *,
    by: Account,
) -> MentoringPair:
    """Ask a mentor in a programme that runs all year, for oneself or for somebody else.

    Raises:
        Refused: if the programme does not take requests, the person asks or meets somebody there
            already, leads the mentor or is led by them, or the mentor has no place left.

    """
    if programme.is_round or programme.state is not ProgrammeState.RUNNING:
        raise Refused(_("This programme takes no requests now."), "programme")
    _check_goals(goals)
    present = (PairState.REQUESTED, PairState.PROPOSED, *LIVE)
    rows = queries.pairs_of(person.id, *present)
    if any(one.programme_id == programme.id and one.mentee_id == person.id
           for one in db.session.scalars(rows)):  # fmt: skip
        raise Refused(_has_one(person, by))
    if (why := barrier_between(person, profile.person)) is not None:
        raise Refused(str(why.label))
    taken = sa.select(queries.taken()).select_from(MentorProfile)
    if (db.session.scalar(taken.where(MentorProfile.id == profile.id)) or 0) >= profile.seats:
        raise Refused(_("This mentor has no place left."))
    pair = MentoringPair(
        programme=programme, mentor=profile.person, mentee=person, state=PairState.REQUESTED,
        message=message, created_at=clock.now(),
        asked_by=None if by.person_id == person.id else by,
        goals=[PairGoal(competency_id=key, level=level) for key, level in goals.items()],
    )  # fmt: skip
    db.session.add(pair)
    db.session.flush()
    audit.record(MentoringFact.PAIR_ASKED, pair, by=by, about=person.id)
    notices.asked(pair)
    return pair


def _has_one(person: Person, by: Account) -> str:
    if by.person_id == person.id:
        return _("You have asked somebody already, or have a mentor in this programme.")
    return _("%(who)s has asked somebody already, or has a mentor in this programme.",
             who=person.display_name)  # fmt: skip


def barrier_between(mentee: Person, mentor: Person) -> Barrier | None:
    """What forbids two people to be a pair, apart from what they say themselves."""
    today = clock.today()
    if mentee.id == mentor.id:
        return Barrier.SELF
    if mentee.employment_on(today) is None or mentor.employment_on(today) is None:
        return Barrier.LEFT
    above = queries.above([mentee.id, mentor.id], today)
    if mentor.id in above.get(mentee.id, ()) or mentee.id in above.get(mentor.id, ()):
        return Barrier.LINE
    return None


def accept_request(pair: MentoringPair, *, by: Account) -> None:
    """Become the mentor of who asked.

    Raises:
        Refused: if it was answered already, or the two may no longer be a pair.

    """
    require_move(PAIR_MOVES, pair.state, PairState.RUNNING)
    if (why := barrier_between(pair.mentee, pair.mentor)) is not None:
        raise Refused(str(why.label))
    pair.state = PairState.RUNNING
    pair.starts_on = max(clock.today(), pair.programme.starts_on)
    audit.record(MentoringFact.PAIR_BEGUN, pair, by=by, about=pair.mentee_id)
    notices.pair_begun(pair)


def decline_request(pair: MentoringPair, *, by: Account | None) -> None:
    """Say no to a request, or take it back.

    Raises:
        Refused: if it was answered already.

    """
    require_move(PAIR_MOVES, pair.state, PairState.DECLINED)
    pair.state = PairState.DECLINED
    audit.record(MentoringFact.PAIR_DECLINED, pair, by=by, about=pair.mentee_id)
    if by is not None and (by.person_id == pair.mentee_id or by.id == pair.asked_by_id):
        notices.withdrawn(pair, by)
    else:
        notices.declined(pair)


def pause_pair(pair: MentoringPair, *, by: Account) -> None:
    """Stop meeting for a while.

    Raises:
        Refused: if they do not meet now.

    """
    require_move(PAIR_MOVES, pair.state, PairState.PAUSED)
    pair.state = PairState.PAUSED
    audit.record(MentoringFact.PAIR_MOVED, pair, by=by, about=pair.mentee_id)
    notices.pair_moved(pair, by)


def resume_pair(pair: MentoringPair, *, by: Account) -> None:
    """Meet again.

    Raises:
        Refused: if they do not pause.

    """
    if pair.state is not PairState.PAUSED:
        require_move({}, pair.state, PairState.RUNNING)
    pair.state = PairState.RUNNING
    audit.record(MentoringFact.PAIR_MOVED, pair, by=by, about=pair.mentee_id)
    notices.pair_moved(pair, by)


def end_pair(pair: MentoringPair, reason: EndReason, note: str = "", *, by: Account | None) -> None:
    """End it for good; planned sessions are called off.

    Raises:
        Refused: if it has ended already.

    """
    require_move(PAIR_MOVES, pair.state, PairState.ENDED)
    for session in db.session.scalars(queries.sessions_of(pair.id)).all():
        if session.state is MeetingState.PLANNED:
            call_off(session, by=by)
    pair.state, pair.end_reason, pair.end_note = PairState.ENDED, reason, note
    pair.ended_on = clock.today()
    audit.record(MentoringFact.PAIR_ENDED, pair, by=by, about=pair.mentee_id)
    notices.pair_ended(pair, by)


def call_off(session: MentoringSession, *, by: Account | None) -> None:
    """Call a planned session off and take it out of both calendars."""
    session.state = MeetingState.CANCELLED
    session.sequence += 1
    audit.record(MentoringFact.SESSION_CHANGED, session, by=by, about=session.pair.mentee_id)
    notices.session_off(session)


def change_goals(pair: MentoringPair, goals: Mapping[int, int], *, by: Account) -> None:
    """Say what the two work on from now on.

    Raises:
        Refused: if there is no goal, or there are too many.

    """
    _check_goals(goals)
    set_goals(pair.goals, goals, PairGoal)
    audit.record(MentoringFact.GOALS_SET, pair, by=by, about=pair.mentee_id, goals=sorted(goals))


def _check_goals(goals: Mapping[int, int]) -> None:
    if not goals:
        raise Refused(_("Choose at least one goal."), "goals")
    if len(goals) > MOST_GOALS:
        raise Refused(
            _("Choose %(most)s goals at most: a mentor can't help with everything.",
              most=MOST_GOALS), "goals",
        )  # fmt: skip


def leave(person_ids: Sequence[int], *, by: Account | None) -> None:
    """End what people who left were part of, and forget suggestions with them."""
    either = sa.or_(
        MentoringPair.mentor_id.in_(person_ids), MentoringPair.mentee_id.in_(person_ids)
    )
    present = (PairState.REQUESTED, PairState.PROPOSED, *LIVE)
    rows = sa.select(MentoringPair).where(either, MentoringPair.state.in_(present))
    for pair in db.session.scalars(rows).all():
        if pair.state is PairState.PROPOSED:
            db.session.delete(pair)
        elif pair.state is PairState.REQUESTED:
            decline_request(pair, by=by)
        else:
            end_pair(pair, EndReason.LEFT, by=by)
