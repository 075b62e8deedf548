"""Sides and states of assessments, feedback and career plans, and what the trail records."""

from flask_babel import lazy_gettext as _l

from portal.careers.actions import ActionKind as PathAction
from portal.core.audit import Fact
from portal.core.states import Labelled, State, Tone

DIFFERENT = 2
"""Levels between two answers that make them worth a talk."""

MOST_ASKED = 5
"""Colleagues one request goes to."""

FEEDBACK_DAYS = 21
"""Days a request stays open."""

REMIND_DAYS = 7
"""Days before it closes on which those who have not answered are reminded, once."""


class Side(Labelled):
    """Who looks at the person."""

    SELF = "self", _l("Self-assessment")
    MANAGER = "manager", _l("Manager’s view")


class AssessmentState(State):
    """How far an assessment is."""

    OPEN = "open", _l("Being filled in"), Tone.INFO, "pencil"
    COMPLETE = "complete", _l("Ready to talk about"), Tone.WARN, "chat-square-text"
    AGREED = "agreed", _l("Levels agreed"), Tone.OK, "check-lg"
    CANCELLED = "cancelled", _l("Called off"), Tone.NEUTRAL, "slash-circle"


ASSESSMENT_MOVES = {
    AssessmentState.OPEN: frozenset({AssessmentState.COMPLETE, AssessmentState.CANCELLED}),
    AssessmentState.COMPLETE: frozenset({AssessmentState.AGREED, AssessmentState.CANCELLED}),
}


class Audience(Labelled):
    """Who reads the answers to a request for feedback."""

    SHARED = "shared", _l("The person, their manager and HR")
    PRIVATE = "private", _l("Only the person")


class RequestState(State):
    """Whether a request for feedback still takes answers."""

    OPEN = "open", _l("Open for answers"), Tone.INFO, "hourglass-split"
    CLOSED = "closed", _l("Closed for answers"), Tone.NEUTRAL, "archive"


class ReplyState(State):
    """What a colleague did with a request."""

    ASKED = "asked", _l("No answer yet"), Tone.NEUTRAL, "hourglass-split"
    ANSWERED = "answered", _l("Answered"), Tone.OK, "check-lg"
    DECLINED = "declined", _l("Declined"), Tone.NEUTRAL, "slash-circle"


REPLY_MOVES = {
    ReplyState.ASKED: frozenset({ReplyState.ANSWERED, ReplyState.DECLINED}),
}


class PlanState(State):
    """How far a career plan is; who has signed makes the difference."""

    DRAFT = "draft", _l("Not signed yet"), Tone.NEUTRAL, "pencil"
    SIGNED = "signed", _l("One signature is missing"), Tone.WARN, "hourglass-split"
    AGREED = "agreed", _l("Agreed"), Tone.OK, "check-lg"
    CLOSED = "closed", _l("Closed"), Tone.NEUTRAL, "archive"


class PlanActionKind(Labelled):
    """What kind of action a career plan names."""

    COURSE = "course", _l("Course")
    PROGRAMME = "programme", _l("Programme")
    CERTIFICATION = "certification", _l("Certificate")
    MENTOR = "mentor", _l("Mentor")
    SHADOWING = "shadowing", _l("Shadowing a colleague")
    PROJECT = "project", _l("Project")
    READING = "reading", _l("Something to read")
    OTHER = "other", _l("Something else")

    @property
    def is_linked(self) -> bool:
        """Whether a record elsewhere tells when it is done."""
        return self in LINKED


LINKED = frozenset({PlanActionKind.COURSE, PlanActionKind.PROGRAMME, PlanActionKind.CERTIFICATION})

FROM_PATH = {
    PathAction.COURSE: PlanActionKind.COURSE,
    PathAction.PROGRAMME: PlanActionKind.PROGRAMME,
    PathAction.CERTIFICATION: PlanActionKind.CERTIFICATION,
    PathAction.OBSERVATION: PlanActionKind.OTHER,
    PathAction.CLAIM: PlanActionKind.OTHER,
    PathAction.CONFIRMATION: PlanActionKind.OTHER,
}
"""What a thing to do on a path becomes in a plan; time passes by itself."""


class PlanActionState(State):
    """How a action of a plan stands; derived from its records, only dropping is stored."""

    OPEN = "open", _l("To do"), Tone.NEUTRAL, "circle"
    LATE = "late", _l("Past due"), Tone.BAD, "exclamation-triangle-fill"
    DONE = "done", _l("Done"), Tone.OK, "check-lg"
    DROPPED = "dropped", _l("Dropped"), Tone.NEUTRAL, "slash-circle"


class DevelopmentFact(Fact):
    """What the trail records of development."""

    ASSESSMENT_OPENED = "development.assessment_opened", _l("Assessment opened")
    SHEET_SUBMITTED = "development.sheet_submitted", _l("Side of an assessment submitted")
    ASSESSMENT_AGREED = "development.assessment_agreed", _l("Levels of an assessment agreed")
    TALK_PLANNED = "development.talk_planned", _l("Talk about an assessment planned")
    ASSESSMENT_CANCELLED = "development.assessment_cancelled", _l("Assessment called off")
    FILE_READ = "development.file_read", _l("File of an assessment opened")
    FEEDBACK_ASKED = "development.feedback_asked", _l("Feedback asked for")
    FEEDBACK_GIVEN = "development.feedback_given", _l("Feedback given")
    FEEDBACK_DECLINED = "development.feedback_declined", _l("Feedback declined")
    FEEDBACK_CONFIRMED = "development.feedback_confirmed", _l("Levels of feedback confirmed")
    FEEDBACK_CLOSED = "development.feedback_closed", _l("Request for feedback closed")
    PLAN_STARTED = "development.plan_started", _l("Career plan started")
    PLAN_CHANGED = "development.plan_changed", _l("Career plan changed")
    PLAN_SIGNED = "development.plan_signed", _l("Career plan signed")
    PLAN_CLOSED = "development.plan_closed", _l("Career plan closed")
    ACTION_ADDED = "development.action_added", _l("Action added to a career plan")
    ACTION_CHANGED = "development.action_changed", _l("Action of a career plan changed")
    ACTION_DONE = "development.action_done", _l("Action of a career plan done")
    ACTION_DROPPED = "development.action_dropped", _l("Action of a career plan dropped")
    PASSPORT_ISSUED = "development.passport_issued", _l("Career passport issued")
