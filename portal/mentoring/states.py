"""States of programmes, pairs and sessions, the terms of a match, and what the trail records."""

from typing import Final

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Labelled, State, Tone


class ProgrammeKind(Labelled):
    """How pairs come about."""

    ROUND = "round", _l("In a round: HR matches everybody at once")
    OPEN = "open", _l("All year: people ask a mentor themselves")


class ProgrammeState(State):
    """Where a mentoring programme stands."""

    DRAFT = "draft", _l("Being prepared"), Tone.NEUTRAL, "pencil"
    OPEN = "open", _l("Open for sign-up"), Tone.INFO, "person-plus"
    MATCHING = "matching", _l("Being matched"), Tone.WARN, "diagram-3"
    RUNNING = "running", _l("Under way"), Tone.OK, "play-circle"
    CLOSED = "closed", _l("Programme is over"), Tone.NEUTRAL, "check-lg"


class SignUp(State):
    """What people read instead of a programme's state once its last day to sign up has passed."""

    OVER = "over", _l("Sign-up is over"), Tone.WARN, "hourglass-split"


ROUND_MOVES = {
    ProgrammeState.DRAFT: frozenset({ProgrammeState.OPEN}),
    ProgrammeState.OPEN: frozenset({ProgrammeState.MATCHING}),
    ProgrammeState.MATCHING: frozenset({ProgrammeState.OPEN, ProgrammeState.RUNNING}),
    ProgrammeState.RUNNING: frozenset({ProgrammeState.CLOSED}),
}
OPEN_MOVES = {
    ProgrammeState.DRAFT: frozenset({ProgrammeState.RUNNING}),
    ProgrammeState.RUNNING: frozenset({ProgrammeState.CLOSED}),
}


class Side(Labelled):
    """As what somebody takes part."""

    MENTOR = "mentor", _l("Mentor")
    MENTEE = "mentee", _l("Mentee")


class Shift(Labelled):
    """When somebody works."""

    MORNING = "morning", _l("Mornings")
    DAY = "day", _l("Daytime")
    EVENING = "evening", _l("Evenings")
    NIGHT = "night", _l("Nights")


class WishKind(Labelled):
    """What somebody says about somebody else before a match."""

    WISH = "wish", _l("Would like")
    NOT_WITH = "not_with", _l("Not with")


class MatchMode(Labelled):
    """What a match aims at first."""

    TOTAL = "total", _l("Highest total: the best fits altogether")
    EVERYONE = "everyone", _l("Nobody left out: as many people as can be, then the best fits")


class TermKind(Labelled):
    """What a fit is made of."""

    GOAL = "goal", _l("Goals")
    LANGUAGE = "language", _l("Common language")
    SHIFT = "shift", _l("Working hours")
    SITE = "site", _l("Same site")
    WISH = "wish", _l("Wishes")


class Barrier(Labelled):
    """Why two people can never be a pair."""

    SELF = "self", _l("The same person")
    LEFT = "left", _l("No longer works here")
    LINE = "line", _l("In one reporting line")
    NOT_WITH = "not_with", _l("One of them said: not with the other")


class Alone(Labelled):
    """Why a match found nobody for somebody."""

    NOBODY = "nobody", _l("There is nobody on the other side.")
    BARRED = "barred", _l("Everybody is excluded: by the reporting line, by “not with”, or gone.")
    NOTHING = "nothing", _l("Nothing in common with anybody.")
    FULL = "full", _l("Everybody who fits has others who fit better.")
    LEFT = "left", _l("No longer works here.")
    SEATS = "seats", _l("Has no place left beside the mentees of now.")


class PairState(State):
    """Where two people stand with each other."""

    REQUESTED = "requested", _l("Waits for the mentor"), Tone.INFO, "hourglass-split"
    DECLINED = "declined", _l("Not this time"), Tone.NEUTRAL, "x-lg"
    PROPOSED = "proposed", _l("Suggested pair"), Tone.INFO, "lightbulb"
    RUNNING = "running", _l("They meet"), Tone.OK, "play-circle"
    PAUSED = "paused", _l("On a break"), Tone.WARN, "pause-circle"
    ENDED = "ended", _l("Mentoring is over"), Tone.NEUTRAL, "check-lg"


PAIR_MOVES = {
    PairState.REQUESTED: frozenset({PairState.RUNNING, PairState.DECLINED}),
    PairState.PROPOSED: frozenset({PairState.RUNNING}),
    PairState.RUNNING: frozenset({PairState.PAUSED, PairState.ENDED}),
    PairState.PAUSED: frozenset({PairState.RUNNING, PairState.ENDED}),
}
LIVE: Final = (PairState.RUNNING, PairState.PAUSED)
KNOWN: Final = (*LIVE, PairState.ENDED)
"""Pairs that were told of each other."""


class EndReason(Labelled):
    """Why a pair ended."""

    DONE = "done", _l("The goals are reached or the time is over")
    FIT = "fit", _l("It did not fit")
    TIME = "time", _l("There was no time for it")
    LINE = "line", _l("One now leads the other")
    LEFT = "left", _l("One of them left the organisation")


class MeetingState(State):
    """Where a session of a pair stands."""

    PLANNED = "planned", _l("Planned"), Tone.INFO, "calendar-event"
    HELD = "held", _l("Held"), Tone.OK, "check-lg"
    CANCELLED = "cancelled", _l("Called off"), Tone.NEUTRAL, "x-lg"


class FeedbackPart(Labelled):
    """When both are asked how it goes."""

    MID = "mid", _l("Half-way feedback")
    END = "end", _l("Final feedback")


class QuestionKind(Labelled):
    """How a question is answered."""

    SCALE = "scale", _l("From 1 to 5")
    TEXT = "text", _l("In words")


class MentoringFact(Fact):
    """What the trail records of mentoring."""

    PROGRAMME_SAVED = "mentoring.programme_saved", _l("Mentoring programme saved")
    PROGRAMME_MOVED = "mentoring.programme_moved", _l("Mentoring programme went on")
    PROFILE_SAVED = "mentoring.profile_saved", _l("Mentor profile saved")
    JOINED = "mentoring.joined", _l("Signed up for mentoring")
    SIGNED_OFF = "mentoring.signed_off", _l("Signed off from mentoring")
    WISHED = "mentoring.wished", _l("Wishes for mentoring saved")
    MATCHED = "mentoring.matched", _l("Mentors and mentees matched")
    MATCH_PUBLISHED = "mentoring.match_published", _l("Match published")
    PAIR_LOCKED = "mentoring.pair_locked", _l("Mentoring pair locked or unlocked")
    PAIR_ASKED = "mentoring.pair_asked", _l("Mentor asked for")
    PAIR_BEGUN = "mentoring.pair_begun", _l("Mentoring pair begun")
    PAIR_DECLINED = "mentoring.pair_declined", _l("Request for mentoring declined")
    PAIR_MOVED = "mentoring.pair_moved", _l("Mentoring pair paused or resumed")
    PAIR_ENDED = "mentoring.pair_ended", _l("Mentoring pair ended")
    GOALS_SET = "mentoring.goals_set", _l("Goals of mentoring set")
    SESSION_PLANNED = "mentoring.session_planned", _l("Mentoring session planned")
    SESSION_CHANGED = "mentoring.session_changed", _l("Mentoring session changed")
    SESSION_WRITTEN = "mentoring.session_written", _l("Notes of a mentoring session written")
    ACTION_AGREED = "mentoring.action_agreed", _l("Action agreed in mentoring")
    ACTION_DONE = "mentoring.action_done", _l("Action of mentoring done or reopened")
    FEEDBACK_SENT = "mentoring.feedback_sent", _l("Feedback on mentoring sent")
    PAPER_ISSUED = "mentoring.paper_issued", _l("Paper on mentoring issued")
