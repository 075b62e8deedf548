"""States of a promotion, its moves, the steps of its approval, and what is recorded."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Labelled, Moves, State, Tone


class PromotionState(State):
    """Where a promotion stands."""

    IN_APPROVAL = "in_approval", _l("In approval"), Tone.WARN, "hourglass-split"
    RETURNED = "returned", _l("Sent back"), Tone.BAD, "arrow-counterclockwise"
    APPROVED = "approved", _l("Approved, not told yet"), Tone.OK, "check-circle"
    OFFERED = "offered", _l("Waits for the answer"), Tone.INFO, "envelope"
    ACCEPTED = "accepted", _l("Accepted"), Tone.OK, "person-check"
    EFFECTIVE = "effective", _l("In effect"), Tone.OK, "check-circle"
    DECLINED = "declined", _l("Declined"), Tone.BAD, "x-circle"
    LAPSED = "lapsed", _l("Lapsed"), Tone.BAD, "clock"
    WITHDRAWN = "withdrawn", _l("Withdrawn"), Tone.NEUTRAL, "slash-circle"
    ENDED = "ended", _l("Ended"), Tone.NEUTRAL, "slash-circle"


S = PromotionState

PROMOTION_MOVES: Moves[PromotionState] = {
    S.IN_APPROVAL: frozenset({S.APPROVED, S.RETURNED, S.WITHDRAWN, S.ENDED}),
    S.RETURNED: frozenset({S.IN_APPROVAL, S.WITHDRAWN, S.ENDED}),
    S.APPROVED: frozenset({S.IN_APPROVAL, S.OFFERED, S.LAPSED, S.WITHDRAWN, S.ENDED}),
    S.OFFERED: frozenset({S.ACCEPTED, S.DECLINED, S.LAPSED, S.WITHDRAWN, S.ENDED}),
    S.ACCEPTED: frozenset({S.EFFECTIVE, S.WITHDRAWN, S.ENDED}),
    S.EFFECTIVE: frozenset(),
    S.DECLINED: frozenset(),
    S.LAPSED: frozenset(),
    S.WITHDRAWN: frozenset(),
    S.ENDED: frozenset(),
}

CHANGEABLE = frozenset({S.IN_APPROVAL, S.RETURNED, S.APPROVED})
"""The person has not been told, so the terms may still change."""

LIVE = CHANGEABLE | {S.OFFERED, S.ACCEPTED}
"""Not over: somebody has one of these at most."""

TOLD = frozenset({S.OFFERED, S.ACCEPTED, S.EFFECTIVE, S.DECLINED})
"""The person knows of it, whatever became of it."""


class StepKind(Labelled):
    """Whose yes a step asks for, in the order of the steps."""

    MANAGER = "manager", _l("Next manager up the line")
    HR = "hr", _l("HR")
    DIRECTOR = "director", _l("Director")


class GapReason(Labelled):
    """Why somebody is proposed although a requirement is not met."""

    SOON = "soon", _l("It will be met before the day")
    SHOWN_ELSEWHERE = "shown_elsewhere", _l("Shown in work the portal does not see")
    LEARNS_ON_THE_JOB = "learns_on_the_job", _l("Will learn it in the new role, with a plan")
    URGENT = "urgent", _l("The post has to be filled now")
    REQUIREMENT_DOUBTED = "requirement_doubted", _l("The requirement does not fit this post")


class PromotionFact(Fact):
    """What the trail records of promotions and of openness to moves."""

    PROPOSED = "promotion.proposed", _l("Promotion proposed")
    CHANGED = "promotion.changed", _l("Promotion changed")
    STEP_APPROVED = "promotion.step_approved", _l("Promotion: step approved")
    RETURNED = "promotion.returned", _l("Promotion sent back")
    APPROVED = "promotion.approved", _l("Promotion approved")
    TOLD = "promotion.told", _l("Person told of the promotion")
    ACCEPTED = "promotion.accepted", _l("Promotion accepted")
    DECLINED = "promotion.declined", _l("Promotion declined")
    EFFECTIVE = "promotion.effective", _l("Promotion took effect")
    LAPSED = "promotion.lapsed", _l("Promotion lapsed")
    WITHDRAWN = "promotion.withdrawn", _l("Promotion withdrawn")
    ENDED = "promotion.ended", _l("Promotion ended")
    ANNOUNCEMENT_WRITTEN = "promotion.announcement_written", _l("Announcement written")
    ANNOUNCED = "promotion.announced", _l("Promotion announced to the team")
    WISH_CHANGED = "move_wish.changed", _l("Openness to moves changed")
