"""States of interview plans, interviews and scorecards, and what is recorded."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Labelled, Moves, State, Tone


class QuestionKind(Labelled):
    """What a question asks for: what someone did, or what they would do."""

    BEHAVIOURAL = "behavioural", _l("Behavioural")
    SITUATIONAL = "situational", _l("Situational")


class QuestionLevel(Labelled):
    """Whom a question suits."""

    ASSOCIATE = "associate", _l("Associate")
    LEAD = "lead", _l("Team lead and above")


class PlanState(State):
    """A published plan is pinned: everyone is asked the same."""

    DRAFT = "draft", _l("Draft"), Tone.NEUTRAL, "circle"
    PUBLISHED = "published", _l("Pinned"), Tone.OK, "lock"


class InterviewState(State):
    """Where an interview stands."""

    SCHEDULED = "scheduled", _l("Scheduled"), Tone.INFO, "calendar-check"
    COMPLETE = "complete", _l("Panel complete"), Tone.OK, "columns-gap"
    CANCELLED = "cancelled", _l("Cancelled"), Tone.NEUTRAL, "slash-circle"


INTERVIEW_MOVES: Moves[InterviewState] = {
    InterviewState.SCHEDULED: frozenset({InterviewState.COMPLETE, InterviewState.CANCELLED}),
    InterviewState.COMPLETE: frozenset(),
    InterviewState.CANCELLED: frozenset(),
}


class ScorecardState(State):
    """A submitted scorecard is locked; later changes are amendments."""

    DRAFT = "draft", _l("Draft, only you see it"), Tone.INFO, "pencil"
    SUBMITTED = "submitted", _l("Submitted"), Tone.OK, "lock"


class SkipReason(Labelled):
    """Why a question was not asked."""

    NO_TIME = "no_time", _l("No time left")
    ANSWERED = "answered", _l("Answered earlier in the talk")
    INTERRUPTED = "interrupted", _l("The interview was interrupted")
    NOT_APPLICABLE = "not_applicable", _l("Doesn't fit this candidate's case")


class Outcome(State):
    """What the panel's score says, and what was decided."""

    ADVANCE = "advance", _l("Advance"), Tone.OK, "check-circle"
    REJECT = "reject", _l("Reject"), Tone.BAD, "x-circle"


class InterviewFact(Fact):
    """What the trail records of interviews."""

    PLAN_MADE = "interview_plan.made", _l("Interview plan made")
    PLAN_CHANGED = "interview_plan.changed", _l("Interview plan changed")
    PLAN_PUBLISHED = "interview_plan.published", _l("Interview plan pinned")
    QUESTION_CHANGED = "question.changed", _l("Question changed")
    SCHEDULED = "interview.scheduled", _l("Interview scheduled")
    RESCHEDULED = "interview.rescheduled", _l("Interview moved to another time")
    CANCELLED = "interview.cancelled", _l("Interview cancelled")
    SUBMITTED = "scorecard.submitted", _l("Scorecard submitted")
    AMENDED = "scorecard.amended", _l("Scorecard amended")
    REVEALED = "interview.revealed", _l("Panel complete, ratings opened")
    DECIDED = "interview.decided", _l("Panel decision made")
    PANEL_OPENED = "interview.panel_opened", _l("Panel page opened")
    RECORD_PRINTED = "interview.record_printed", _l("Decision record printed")
