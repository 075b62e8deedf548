"""States of requisitions, postings and applications, their moves, and what is recorded."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.inbox import NoticeKind
from portal.core.states import Labelled, Moves, State, Tone


class RequisitionState(State):
    """Where a request for head-count stands."""

    DRAFT = "draft", _l("Draft"), Tone.NEUTRAL, "circle"
    IN_APPROVAL = "in_approval", _l("In approval"), Tone.WARN, "hourglass-split"
    APPROVED = "approved", _l("Approved"), Tone.OK, "check-circle"
    REFUSED = "refused", _l("Refused"), Tone.BAD, "x-circle"
    FILLED = "filled", _l("Filled"), Tone.INFO, "person-check"
    CANCELLED = "cancelled", _l("Cancelled"), Tone.NEUTRAL, "slash-circle"


REQUISITION_MOVES: Moves[RequisitionState] = {
    RequisitionState.DRAFT: frozenset({RequisitionState.IN_APPROVAL, RequisitionState.CANCELLED}),
    RequisitionState.IN_APPROVAL: frozenset(
        {RequisitionState.APPROVED, RequisitionState.REFUSED, RequisitionState.CANCELLED}
    ),
    RequisitionState.APPROVED: frozenset({RequisitionState.FILLED, RequisitionState.CANCELLED}),
    RequisitionState.REFUSED: frozenset({RequisitionState.DRAFT, RequisitionState.CANCELLED}),
    RequisitionState.FILLED: frozenset(),
    RequisitionState.CANCELLED: frozenset(),
}


class RequisitionReason(Labelled):
    """Why head-count is asked for."""

    REPLACEMENT = "replacement", _l("Replaces someone who leaves")
    GROWTH = "growth", _l("More work")
    NEW_TEAM = "new_team", _l("New team")


class StepState(State):
    """Where one step of an approval stands."""

    WAITING = "waiting", _l("Waiting"), Tone.NEUTRAL, "circle"
    OPEN = "open", _l("Decision due"), Tone.WARN, "hourglass-split"
    APPROVED = "approved", _l("Approved"), Tone.OK, "check-circle"
    REFUSED = "refused", _l("Refused"), Tone.BAD, "x-circle"


class PostingState(State):
    """Whether a posting can be seen and answered."""

    DRAFT = "draft", _l("Draft"), Tone.NEUTRAL, "circle"
    OPEN = "open", _l("Open"), Tone.OK, "circle-fill"
    CLOSED = "closed", _l("Closed"), Tone.NEUTRAL, "slash-circle"


POSTING_MOVES: Moves[PostingState] = {
    PostingState.DRAFT: frozenset({PostingState.OPEN}),
    PostingState.OPEN: frozenset({PostingState.CLOSED}),
    PostingState.CLOSED: frozenset({PostingState.OPEN}),
}


class Tonality(Labelled):
    """How a posting speaks."""

    FRIENDLY = "friendly", _l("Friendly")
    FORMAL = "formal", _l("Formal")


class EmploymentType(Labelled):
    """The values of schema.org's ``employmentType`` in lower case."""

    FULL_TIME = "full_time", _l("Full time")
    PART_TIME = "part_time", _l("Part time")
    TEMPORARY = "temporary", _l("Temporary")
    INTERN = "intern", _l("Internship")


class Stage(State):
    """Where an application stands; the order of the board is the order here."""

    APPLIED = "applied", _l("Applied"), Tone.INFO, "inbox"
    SCREENED = "screened", _l("Screened"), Tone.INFO, "funnel"
    INTERVIEW = "interview", _l("Interview"), Tone.INFO, "chat-square-text"
    DECISION = "decision", _l("Decision"), Tone.WARN, "columns-gap"
    OFFER = "offer", _l("Offer"), Tone.WARN, "file-earmark-text"
    HIRED = "hired", _l("Hired"), Tone.OK, "person-check"
    REJECTED = "rejected", _l("Rejected"), Tone.BAD, "x-circle"
    WITHDRAWN = "withdrawn", _l("Withdrawn"), Tone.NEUTRAL, "box-arrow-left"


OPEN_STAGES = (Stage.APPLIED, Stage.SCREENED, Stage.INTERVIEW, Stage.DECISION, Stage.OFFER)
ENDED = frozenset({Stage.REJECTED, Stage.WITHDRAWN})

STAGE_MOVES: Moves[Stage] = {
    Stage.APPLIED: frozenset({Stage.SCREENED, *ENDED}),
    Stage.SCREENED: frozenset({Stage.APPLIED, Stage.INTERVIEW, *ENDED}),
    Stage.INTERVIEW: frozenset({Stage.SCREENED, Stage.DECISION, *ENDED}),
    Stage.DECISION: frozenset({Stage.INTERVIEW, Stage.OFFER, *ENDED}),
    Stage.OFFER: frozenset({Stage.DECISION, Stage.HIRED, *ENDED}),
    Stage.HIRED: frozenset(),
    Stage.REJECTED: frozenset({Stage.APPLIED, Stage.SCREENED, Stage.INTERVIEW, Stage.DECISION}),
    Stage.WITHDRAWN: frozenset(),
}


class RejectionReason(Labelled):
    """Why an application ended, as it is recorded; the candidate gets a kind sentence."""

    MUST_HAVE = "must_have", _l("A must-have is missing")
    BELOW_CUT = "below_cut", _l("Score below the cut")
    STRONGER = "stronger", _l("Others fitted better")
    INTERVIEW = "interview", _l("Interview score below the cut")
    CHECKS = "checks", _l("Reference or background check")
    FILLED = "filled", _l("All openings are filled")
    NO_ANSWER = "no_answer", _l("Candidate didn't answer")
    OFFER_DECLINED = "offer_declined", _l("Candidate declined the offer")
    DUPLICATE = "duplicate", _l("Sent in twice")


class OverrideReason(Labelled):
    """Why somebody decided against the mechanical score."""

    WORK_SAMPLE = "work_sample", _l("A work sample shows otherwise")
    NEW_INFORMATION = "new_information", _l("Information the criteria don't cover")
    SCORING_ERROR = "scoring_error", _l("A criterion was applied wrongly")
    ADJUSTMENT = "adjustment", _l("Adjustment for a disability")
    RISK = "risk", _l("A risk the score doesn't show")


class ApplicationSource(Labelled):
    """How an applicant found the posting."""

    CAREERS = "careers", _l("Careers site")
    REFERRAL = "referral", _l("Referral")
    INDEED = "indeed", _l("Indeed")
    LINKEDIN = "linkedin", _l("LinkedIn")
    SOCIAL = "social", _l("Social media")
    POSTER = "poster", _l("Poster")
    INTERNAL = "internal", _l("Internal")
    OTHER = "other", _l("Elsewhere")


class Gender(Labelled):
    """A voluntary answer for statistics."""

    WOMAN = "woman", _l("Woman")
    MAN = "man", _l("Man")
    OTHER = "other", _l("I describe myself in another way")
    UNSAID = "unsaid", _l("I'd rather not say")


class AgeGroup(Labelled):
    """A voluntary answer for statistics; the bounds are those most labour statistics use."""

    UNDER_25 = "under_25", _l("Under 25")
    UNDER_40 = "25_39", _l("25 to 39")
    UNDER_55 = "40_54", _l("40 to 54")
    FROM_55 = "from_55", _l("55 or older")
    UNSAID = "unsaid", _l("I'd rather not say")


class YesNo(Labelled):
    """A voluntary answer for statistics."""

    YES = "yes", _l("Yes")
    NO = "no", _l("No")
    UNSAID = "unsaid", _l("I'd rather not say")


class HiringFact(Fact):
    """What the trail records of hiring."""

    REQUISITION_OPENED = "requisition.opened", _l("Requisition opened")
    REQUISITION_CHANGED = "requisition.changed", _l("Requisition changed")
    REQUISITION_SUBMITTED = "requisition.submitted", _l("Sent for approval")
    REQUISITION_APPROVED = "requisition.approved", _l("Approved")
    REQUISITION_REFUSED = "requisition.refused", _l("Refused")
    REQUISITION_FILLED = "requisition.filled", _l("All openings filled")
    REQUISITION_CANCELLED = "requisition.cancelled", _l("Requisition cancelled")
    HEAD_COUNTED = "requisition.head_counted", _l("One opening filled")
    STEP_APPROVED = "requisition.step_approved", _l("Approval given")
    POSTING_COMPOSED = "posting.composed", _l("Posting composed")
    POSTING_CHANGED = "posting.changed", _l("Posting changed")
    POSTING_PUBLISHED = "posting.published", _l("Posting published")
    POSTING_CLOSED = "posting.closed", _l("Posting closed")
    POSTING_REOPENED = "posting.reopened", _l("Posting opened again")
    POSTER_PRINTED = "posting.poster_printed", _l("Poster printed")
    CRITERIA_FIXED = "criteria.fixed", _l("Screening criteria fixed")
    APPLIED = "application.received", _l("Application received")
    SCREENED = "application.screened", _l("Screened against the criteria")
    MOVED = "application.moved", _l("Moved to another stage")
    MOVE_UNDONE = "application.move_undone", _l("Move undone")
    REJECTED = "application.rejected", _l("Rejected")
    WITHDRAWN = "application.withdrawn", _l("Withdrawn by the candidate")
    CV_OPENED = "application.cv_opened", _l("CV opened")
    ERASED = "application.erased", _l("Personal data erased")
    EXPORTED = "application.exported", _l("Personal data exported")


class HiringNotice(NoticeKind):
    """What hiring tells colleagues in their inbox."""

    APPROVAL_WANTED = "hiring.approval_wanted", _l("%(who)s asks you to approve: %(role)s")
    REQUISITION_APPROVED = "hiring.requisition_approved", _l("Approved: %(role)s")
    REQUISITION_REFUSED = "hiring.requisition_refused", _l("%(who)s refused: %(role)s")
    REQUISITION_FILLED = "hiring.requisition_filled", _l("All openings are filled: %(role)s")
    POSTING_CLOSED = "hiring.posting_closed", _l("The posting closed on its last day: %(role)s")
