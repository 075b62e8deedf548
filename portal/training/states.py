"""Kinds of course, where an enrolment stands, and what the trail records of training."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Labelled, Moves, State, Tone


class CourseKind(Labelled):
    """How a course is taken."""

    SESSION = "session", _l("With a trainer")
    SELF_PACED = "self_paced", _l("On your own")
    EXTERNAL = "external", _l("At another provider")


class CourseState(State):
    """Whether people can enrol in a course or programme."""

    DRAFT = "draft", _l("Draft"), Tone.NEUTRAL, "pencil"
    OFFERED = "offered", _l("Offered"), Tone.OK, "check-lg"
    RETIRED = "retired", _l("Retired"), Tone.NEUTRAL, "archive"


COURSE_MOVES: Moves[CourseState] = {
    CourseState.DRAFT: frozenset({CourseState.OFFERED}),
    CourseState.OFFERED: frozenset({CourseState.RETIRED}),
    CourseState.RETIRED: frozenset({CourseState.OFFERED}),
}


class SessionState(State):
    """What became of a session."""

    PLANNED = "planned", _l("Planned"), Tone.INFO, "calendar-event"
    HELD = "held", _l("Held"), Tone.OK, "check-lg"
    CANCELLED = "cancelled", _l("Cancelled"), Tone.NEUTRAL, "x-lg"


class EnrolmentState(State):
    """Where one person stands with one course."""

    WAITING = "waiting", _l("On the waiting list"), Tone.WARN, "hourglass-split"
    ENROLLED = "enrolled", _l("Enrolled"), Tone.INFO, "circle"
    COMPLETED = "completed", _l("Completed"), Tone.OK, "check-lg"
    FAILED = "failed", _l("Not passed"), Tone.BAD, "x-lg"
    ABSENT = "absent", _l("Absent"), Tone.WARN, "exclamation-triangle-fill"
    CANCELLED = "cancelled", _l("Cancelled"), Tone.NEUTRAL, "x-lg"


LIVE = frozenset({EnrolmentState.WAITING, EnrolmentState.ENROLLED})
"""States in which something is still to come; a person has one such enrolment in a course."""

MOVES: Moves[EnrolmentState] = {
    EnrolmentState.WAITING: frozenset(
        {EnrolmentState.ENROLLED, EnrolmentState.COMPLETED, EnrolmentState.CANCELLED}
    ),
    EnrolmentState.ENROLLED: frozenset(
        {
            EnrolmentState.WAITING,
            EnrolmentState.COMPLETED,
            EnrolmentState.FAILED,
            EnrolmentState.ABSENT,
            EnrolmentState.CANCELLED,
        }
    ),
    EnrolmentState.ABSENT: frozenset({EnrolmentState.ENROLLED}),
}


class Origin(Labelled):
    """Who or what asked that a person takes a course."""

    SELF = "self", _l("Own wish")
    MANAGER = "manager", _l("Manager")
    RULE = "rule", _l("Rule")
    ONBOARDING = "onboarding", _l("Onboarding")
    CERTIFICATION = "certification", _l("Certification")
    IMPORT = "import", _l("Import")


class StepState(State):
    """Where a person stands with one course of a programme."""

    DONE = "done", _l("Completed"), Tone.OK, "check-lg"
    UNDER_WAY = "under_way", _l("Enrolled"), Tone.INFO, "circle"
    OPEN = "open", _l("Open"), Tone.INFO, "unlock"
    SHUT = "shut", _l("Waits for others"), Tone.NEUTRAL, "lock"
    GONE = "gone", _l("Not on offer"), Tone.WARN, "exclamation-triangle-fill"


class CreditState(State):
    """Whether hours a person claims count."""

    CLAIMED = "claimed", _l("Awaiting check"), Tone.WARN, "hourglass-split"
    COUNTED = "counted", _l("Counted"), Tone.OK, "check-lg"
    REFUSED = "refused", _l("Refused"), Tone.BAD, "x-lg"


class TrainingFact(Fact):
    """What the trail records of training."""

    COURSE_ADDED = "training.course_added", _l("Course added")
    COURSE_CHANGED = "training.course_changed", _l("Course changed")
    CATEGORY_ADDED = "training.category_added", _l("Category of hours added")
    CATEGORY_CHANGED = "training.category_changed", _l("Category of hours changed")
    PROGRAMME_ADDED = "training.programme_added", _l("Programme added")
    PROGRAMME_CHANGED = "training.programme_changed", _l("Programme changed")
    PROGRAMME_JOINED = "training.programme_joined", _l("Enrolled in a programme")
    PROGRAMME_LEFT = "training.programme_left", _l("Taken out of a programme")
    PROGRAMME_COMPLETED = "training.programme_completed", _l("Programme completed")
    SESSION_PLANNED = "training.session_planned", _l("Session planned")
    SESSION_CHANGED = "training.session_changed", _l("Session changed")
    SESSION_CANCELLED = "training.session_cancelled", _l("Session cancelled")
    SESSION_HELD = "training.session_held", _l("Session held")
    ENROLLED = "training.enrolled", _l("Enrolled in a course")
    MOVED_UP = "training.moved_up", _l("Moved up from the waiting list")
    SESSION_LEFT = "training.session_left", _l("Seat in a session given up")
    ENROLMENT_CANCELLED = "training.enrolment_cancelled", _l("Enrolment cancelled")
    RESULT_RECORDED = "training.result", _l("Result recorded")
    ABSENCE_RECORDED = "training.absent", _l("Absence recorded")
    COMPLETED = "training.completed", _l("Course completed")
    COMPLETIONS_IMPORTED = "training.imported", _l("Completions imported")
    CREDIT_CLAIMED = "training.credit_claimed", _l("Hours claimed")
    CREDIT_FILE_READ = "training.credit_file.read", _l("Proof of hours opened")
    CREDIT_DECIDED = "training.credit_decided", _l("Claim of hours decided")
    RULE_SET = "training.rule_set", _l("Enrolment rule set")
    RULE_ENDED = "training.rule_ended", _l("Enrolment rule ended")
