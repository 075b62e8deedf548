"""Who may do what in mentoring; notes belong to the two of a pair alone."""

from __future__ import annotations

from portal.core.access import Viewer
from portal.mentoring.models import (
    MentoringAction,
    MentoringPair,
    MentoringProgramme,
    MentoringSession,
    MentorProfile,
)
from portal.mentoring.states import KNOWN, MeetingState, PairState, ProgrammeState
from portal.people import policy as people
from portal.people.models import Person


def keep_programmes(viewer: Viewer) -> bool:
    """HR keeps the programmes and matches people."""
    return viewer.has_role("hr")


def keep_programme(viewer: Viewer, programme: MentoringProgramme) -> bool:  # noqa: ARG001 - any
    """Change a programme, match it, see who takes part."""
    return keep_programmes(viewer)


def see_programme(viewer: Viewer, programme: MentoringProgramme) -> bool:
    """Everyone who works here, once it is announced."""
    if programme.state is ProgrammeState.DRAFT:
        return keep_programmes(viewer)
    return viewer.is_authenticated


def join_programme(viewer: Viewer, programme: MentoringProgramme) -> bool:
    """Sign up, for oneself alone; when that is over, the operation says so."""
    return viewer.is_authenticated and programme.state is not ProgrammeState.DRAFT


def see_report(viewer: Viewer, programme: MentoringProgramme) -> bool:  # noqa: ARG001 - any
    """Figures without names: HR and directors."""
    return viewer.has_role("hr", "executive")


def see_mentor(viewer: Viewer, profile: MentorProfile) -> bool:
    """What a mentor offers; a pausing one is seen by themself and HR."""
    own = viewer.person_id == profile.person_id or viewer.has_role("hr")
    return viewer.is_authenticated and (own or not profile.paused)


def ask_mentor(viewer: Viewer, profile: MentorProfile) -> bool:
    """Ask somebody else."""
    return see_mentor(viewer, profile) and viewer.person_id != profile.person_id


def ask_for(viewer: Viewer, person: Person) -> bool:
    """Ask a mentor for somebody else: HR, and who answers for them."""
    if viewer.person_id == person.id:
        return False
    return keep_programmes(viewer) or people.answers_for(viewer, person)


def is_of(viewer: Viewer, pair: MentoringPair) -> bool:
    """Whether the viewer is one of the two."""
    return viewer.person_id in pair.both


def has_asked(viewer: Viewer, pair: MentoringPair) -> bool:
    """Whether the viewer has asked for the mentee, whom they still may ask for."""
    asked = pair.asked_by_id is not None and pair.asked_by_id == viewer.id
    return asked and ask_for(viewer, pair.mentee)


def keep_pair(viewer: Viewer, pair: MentoringPair) -> bool:  # noqa: ARG001 - any pair
    """Lock, drop, and end pairs: HR."""
    return keep_programmes(viewer)


def see_pair(viewer: Viewer, pair: MentoringPair) -> bool:
    """That there is a pair, and its goals: the two, HR, and who answers for the mentee.

    A suggestion is HR's alone, and a request is between the two and who asked for them.
    """
    if pair.state is PairState.PROPOSED:
        return keep_programmes(viewer)
    if is_of(viewer, pair) or keep_programmes(viewer) or has_asked(viewer, pair):
        return True
    return pair.state in KNOWN and people.answers_for(viewer, pair.mentee)


def answer_request(viewer: Viewer, pair: MentoringPair) -> bool:
    """Say yes or no: the mentor."""
    return pair.state is PairState.REQUESTED and viewer.person_id == pair.mentor_id


def withdraw_request(viewer: Viewer, pair: MentoringPair) -> bool:
    """Take a request back: the mentee, and who asked for them."""
    own = viewer.person_id == pair.mentee_id or has_asked(viewer, pair)
    return pair.state is PairState.REQUESTED and own


def move_pair(viewer: Viewer, pair: MentoringPair) -> bool:
    """Pause, go on, and end: the two and HR."""
    return pair.is_live and (is_of(viewer, pair) or keep_programmes(viewer))


def set_goals(viewer: Viewer, pair: MentoringPair) -> bool:
    """Say what the two work on: the two."""
    return pair.is_live and is_of(viewer, pair)


plan_session = set_goals


def give_feedback(viewer: Viewer, pair: MentoringPair) -> bool:
    """Answer the questions of the programme: the two, once they know of each other."""
    return pair.state in KNOWN and is_of(viewer, pair)


def print_papers(viewer: Viewer, pair: MentoringPair) -> bool:
    """Have the agreement or one's certificate printed: the two and HR."""
    return pair.state in KNOWN and (is_of(viewer, pair) or keep_programmes(viewer))


def see_session(viewer: Viewer, session: MentoringSession) -> bool:
    """Agenda, notes and actions: the two, and nobody else whatever their role."""
    return is_of(viewer, session.pair)


def write_session(viewer: Viewer, session: MentoringSession) -> bool:
    """Write agenda and notes, and agree on actions: the two, while the pair goes on."""
    return see_session(viewer, session) and session.pair.is_live


def change_session(viewer: Viewer, session: MentoringSession) -> bool:
    """Move it, call it off, say it was held: the two, as long as it is planned."""
    return write_session(viewer, session) and session.state is MeetingState.PLANNED


def observe(viewer: Viewer, session: MentoringSession) -> bool:
    """Record the level of a goal that was seen: the mentor, of a session that was held."""
    held = session.state is MeetingState.HELD
    return held and session.pair.is_live and viewer.person_id == session.pair.mentor_id


def finish_action(viewer: Viewer, action: MentoringAction) -> bool:
    """Tick an action off: either of the two."""
    return write_session(viewer, action.session)
