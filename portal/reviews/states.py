"""States of cycles, reviews and parts, who writes a part, and what is recorded."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Labelled, Moves, State, Tone

PAPER = "review"
"""The kind of paper a signed review is printed as."""


class PartKind(Labelled):
    """Who looks at the person, seen from the person."""

    SELF = "self", _l("Self-review")
    MANAGER = "manager", _l("Manager")
    PEER = "peer", _l("Peers")
    UPWARD = "upward", _l("Direct reports")


class SectionKind(Labelled):
    """What a section of a part asks for."""

    COMPETENCIES = "competencies", _l("Competencies of the role")
    GOALS = "goals", _l("Goals of the period")
    TEXT = "text", _l("A question answered in words")


GOAL_LEVELS = {
    1: _l("Not reached, and little was done for it."),
    2: _l("Reached in part only."),
    3: _l("Mostly reached, with something left."),
    4: _l("Reached as agreed."),
    5: _l("Clearly more than what was agreed."),
}
"""What the five levels mean where a goal is rated."""


class TemplateState(State):
    """Where one version of a review template stands."""

    DRAFT = "draft", _l("Draft"), Tone.INFO, "pencil"
    PUBLISHED = "published", _l("In use"), Tone.OK, "check-lg"
    REPLACED = "replaced", _l("Replaced"), Tone.NEUTRAL, "clock-history"
    RETIRED = "retired", _l("Retired"), Tone.NEUTRAL, "archive"


TEMPLATE_MOVES: Moves[TemplateState] = {
    TemplateState.DRAFT: frozenset({TemplateState.PUBLISHED}),
    TemplateState.PUBLISHED: frozenset({TemplateState.REPLACED, TemplateState.RETIRED}),
}


class CycleState(State):
    """Where a cycle stands."""

    DRAFT = "draft", _l("Being prepared"), Tone.INFO, "pencil"
    RUNNING = "running", _l("Running"), Tone.OK, "arrow-repeat"
    CLOSED = "closed", _l("Closed"), Tone.NEUTRAL, "archive"
    CANCELLED = "cancelled", _l("Called off"), Tone.NEUTRAL, "slash-circle"


CYCLE_MOVES: Moves[CycleState] = {
    CycleState.DRAFT: frozenset({CycleState.RUNNING, CycleState.CANCELLED}),
    CycleState.RUNNING: frozenset({CycleState.CLOSED, CycleState.CANCELLED}),
}


class ReviewState(State):
    """Where the review of one person stands.

    Parts are written; then the result is compared with others; then it is released to the person
    and signed by both.
    """

    WRITING = "writing", _l("Parts are being written"), Tone.INFO, "pencil"
    CALIBRATION = "calibration", _l("Result is being compared"), Tone.INFO, "sliders"
    RELEASED = "released", _l("To talk about and sign"), Tone.WARN, "chat-square-text"
    SIGNED = "signed", _l("Signed by both"), Tone.OK, "check-lg"
    CANCELLED = "cancelled", _l("Called off"), Tone.NEUTRAL, "slash-circle"


REVIEW_MOVES: Moves[ReviewState] = {
    ReviewState.WRITING: frozenset({ReviewState.CALIBRATION, ReviewState.CANCELLED}),
    ReviewState.CALIBRATION: frozenset(
        {ReviewState.WRITING, ReviewState.RELEASED, ReviewState.CANCELLED}
    ),
    ReviewState.RELEASED: frozenset({ReviewState.SIGNED, ReviewState.CANCELLED}),
    # Reopened: the first version stays as it was signed.
    ReviewState.SIGNED: frozenset({ReviewState.CALIBRATION}),
}


class PartState(State):
    """Where one part of a review stands.

    A peer is named first, and somebody else agrees to it. What was not handed in when the result
    was made is unused and leaves the denominator.
    """

    NAMED = "named", _l("Proposed"), Tone.INFO, "person-plus"
    REFUSED = "refused", _l("Not agreed to"), Tone.NEUTRAL, "x-lg"
    OPEN = "open", _l("Not handed in yet"), Tone.WARN, "pencil"
    SUBMITTED = "submitted", _l("Handed in"), Tone.OK, "check-lg"
    DECLINED = "declined", _l("Declined"), Tone.NEUTRAL, "slash-circle"
    UNUSED = "unused", _l("Not used"), Tone.NEUTRAL, "circle"


PART_MOVES: Moves[PartState] = {
    PartState.NAMED: frozenset({PartState.OPEN, PartState.REFUSED, PartState.UNUSED}),
    PartState.OPEN: frozenset({PartState.SUBMITTED, PartState.DECLINED, PartState.UNUSED}),
    # Given back for a change before the result is made; unused if a peer becomes the manager.
    PartState.SUBMITTED: frozenset({PartState.OPEN, PartState.UNUSED}),
    PartState.DECLINED: frozenset({PartState.OPEN}),
    PartState.UNUSED: frozenset({PartState.OPEN}),
}


class ReviewEnd(Labelled):
    """Why a review was called off without anybody giving a reason."""

    LEFT = "left", _l("The person left before the review was finished.")
    CLOSED = "closed", _l("The cycle was closed before this review was finished.")


class ReminderStage(Labelled):
    """How near the last day is when somebody is reminded."""

    WEEK = "week", _l("A week before")
    DAY = "day", _l("A day before")
    LATE = "late", _l("Once late")


class Signer(Labelled):
    """Who signs a review."""

    PERSON = "person", _l("The person")
    MANAGER = "manager", _l("The manager")


class BatchKind(Labelled):
    """What papers of several people are put together to."""

    ZIP = "zip", _l("A ZIP with one file for each person")
    PRINT = "print", _l("One file to print")


class BatchState(State):
    """Whether papers are put together."""

    WAITING = "waiting", _l("Being put together"), Tone.INFO, "hourglass-split"
    READY = "ready", _l("Ready to download"), Tone.OK, "check-lg"
    FAILED = "failed", _l("Could not be put together"), Tone.BAD, "exclamation-triangle"


class ReviewsFact(Fact):
    """What the trail records of reviews."""

    TEMPLATE_CHANGED = "reviews.template_changed", _l("Review template changed")
    TEMPLATE_PUBLISHED = "reviews.template_published", _l("Review template published")
    TEMPLATE_DISCARDED = (
        "reviews.template_discarded",
        _l("Draft of a review template discarded"),
    )
    TEMPLATE_RETIRED = "reviews.template_retired", _l("Review template retired")
    CYCLE_CHANGED = "reviews.cycle_changed", _l("Review cycle changed")
    CYCLE_LAUNCHED = "reviews.cycle_launched", _l("Review cycle begun")
    CYCLE_CLOSED = "reviews.cycle_closed", _l("Review cycle closed")
    CYCLE_CANCELLED = "reviews.cycle_cancelled", _l("Review cycle called off")
    REVIEW_ADDED = "reviews.review_added", _l("Person added to a review cycle")
    REVIEW_CANCELLED = "reviews.review_cancelled", _l("Review called off")
    REVIEW_HANDED_OVER = "reviews.handed_over", _l("Review handed over to another manager")
    PEER_NAMED = "reviews.peer_named", _l("Peer proposed for a review")
    PEER_AGREED = "reviews.peer_agreed", _l("Peer of a review agreed to")
    PEER_REFUSED = "reviews.peer_refused", _l("Peer of a review not agreed to")
    PART_SUBMITTED = "reviews.part_submitted", _l("Part of a review handed in")
    PART_DECLINED = "reviews.part_declined", _l("Part of a review declined")
    PART_RETURNED = "reviews.part_returned", _l("Part of a review given back")
    RATED = "reviews.rated", _l("Result of a review made")
    CALIBRATED = "reviews.calibrated", _l("Result of a review compared and changed")
    RELEASED = "reviews.released", _l("Review released to the person")
    SIGNED = "reviews.signed", _l("Review signed")
    CLOSED = "reviews.closed", _l("Review closed with both signatures")
    TALK_CHANGED = "reviews.talk_changed", _l("Summary or plan of a review changed")
    UNSIGNED_NOTED = "reviews.unsigned_noted", _l("Review stays unsigned, and why")
    REOPENED = "reviews.reopened", _l("Review reopened")
    READ = "reviews.read", _l("Review opened")
    PRINTED = "reviews.printed", _l("Reviews printed")
