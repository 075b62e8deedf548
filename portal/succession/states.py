"""Enums of succession: impact, risk, nominations, actions, alarms, and what is recorded."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Labelled, Moves, State, Tone


class Impact(State):
    """What it means for customers and colleagues if a position stands empty."""

    LOW = "low", _l("Low"), Tone.NEUTRAL, "circle"
    MEDIUM = "medium", _l("Medium"), Tone.INFO, "circle-half"
    HIGH = "high", _l("High"), Tone.WARN, "exclamation-circle"
    CRITICAL = "critical", _l("Critical"), Tone.BAD, "exclamation-triangle-fill"


class LossRisk(State):
    """How likely it is that the holder leaves within a year."""

    LOW = "low", _l("Unlikely"), Tone.OK, "circle"
    MEDIUM = "medium", _l("Possible"), Tone.INFO, "circle-half"
    HIGH = "high", _l("Likely"), Tone.BAD, "exclamation-triangle-fill"


class LossReason(Labelled):
    """Why a holder may leave."""

    RETIREMENT = "retirement", _l("Retirement is near")
    MARKET = "market", _l("Sought after elsewhere")
    WORKLOAD = "workload", _l("Heavy workload")
    PAY = "pay", _l("Pay below the market")
    CAREER = "career", _l("No next step in sight")
    FAMILY = "family", _l("Private reasons")
    TENURE = "tenure", _l("Long in the position")
    OTHER = "other", _l("Another reason")


class PositionState(State):
    """Whether a position is planned for."""

    ACTIVE = "active", _l("Key position"), Tone.OK, "key"
    ENDED = "ended", _l("No longer a key position"), Tone.NEUTRAL, "archive"


class NominationState(State):
    """Where a nomination stands; a second person approves it."""

    PROPOSED = "proposed", _l("Waits for approval"), Tone.INFO, "search"
    APPROVED = "approved", _l("Approved"), Tone.OK, "check-lg"
    REFUSED = "refused", _l("Not approved"), Tone.BAD, "x-lg"
    ENDED = "ended", _l("Ended"), Tone.NEUTRAL, "archive"


NOMINATION_MOVES: Moves[NominationState] = {
    NominationState.PROPOSED: frozenset(
        {NominationState.APPROVED, NominationState.REFUSED, NominationState.ENDED}
    ),
    NominationState.APPROVED: frozenset({NominationState.PROPOSED, NominationState.ENDED}),
}


class EndReason(Labelled):
    """Why a nomination ended."""

    TOOK_OVER = "took_over", _l("Took over the position")
    LEFT = "left", _l("Left the organisation")
    WISH = "wish", _l("Does not want the position")
    CHANGED = "changed", _l("Judged otherwise today")
    POSITION = "position", _l("Position is no longer planned for")


class ActionKind(Labelled):
    """What makes a successor readier."""

    COURSE = "course", _l("Course")
    MENTOR = "mentor", _l("Mentor")
    ASSESSMENT = "assessment", _l("Assessment")
    SHADOWING = "shadowing", _l("Shadowing")
    PROJECT = "project", _l("Project")
    OTHER = "other", _l("Something else")


class Alarm(State):
    """What is wrong with a plan on a day; derived, never stored."""

    NOBODY = "nobody", _l("Nobody is named"), Tone.BAD, "exclamation-triangle-fill"
    NONE_READY = "none_ready", _l("Nobody is ready"), Tone.WARN, "exclamation-circle"
    EMPTY = "empty", _l("The position is empty"), Tone.BAD, "person-x"
    LEFT = "left", _l("A successor has left"), Tone.BAD, "box-arrow-right"
    STALE = "stale", _l("Readiness was judged long ago"), Tone.WARN, "clock-history"
    STUCK = "stuck", _l("“Later” for years"), Tone.WARN, "hourglass-split"
    NO_ACTION = "no_action", _l("No development action"), Tone.WARN, "list-check"
    UNREVIEWED = "unreviewed", _l("Plan not looked at for long"), Tone.WARN, "calendar-event"


class SessionState(State):
    """Whether a calibration session still takes place."""

    OPEN = "open", _l("Running"), Tone.OK, "people"
    CLOSED = "closed", _l("Closed"), Tone.NEUTRAL, "archive"


class SuccessionFact(Fact):
    """What the trail records of succession; never whom it concerns."""

    SETTINGS_CHANGED = "succession.settings_changed", _l("Succession settings changed")
    SCALE_CHANGED = "succession.scale_changed", _l("Readiness scale changed")
    POSITION_ADDED = "succession.position_added", _l("Key position added")
    POSITION_ASSESSED = "succession.position_assessed", _l("Key position assessed")
    PLAN_CONFIRMED = "succession.plan_confirmed", _l("Succession plan confirmed")
    POSITION_ENDED = "succession.position_ended", _l("Key position ended")
    NOMINATED = "succession.nominated", _l("Successor proposed")
    NOMINATION_CHANGED = "succession.nomination_changed", _l("Nomination changed")
    NOMINATION_APPROVED = "succession.nomination_approved", _l("Nomination approved")
    NOMINATION_REFUSED = "succession.nomination_refused", _l("Nomination not approved")
    NOMINATION_ENDED = "succession.nomination_ended", _l("Nomination ended")
    RANKED = "succession.ranked", _l("Successors put in order")
    ACTION_ADDED = "succession.action_added", _l("Development action added")
    ACTION_DONE = "succession.action_done", _l("Development action done")
    ACTION_REMOVED = "succession.action_removed", _l("Development action removed")
    GRID_CHANGED = "succession.grid_changed", _l("Talent grid changed")
    GRID_READ = "succession.grid_read", _l("Place in the talent grid opened")
    PLACED = "succession.placed", _l("Person placed in the talent grid")
    SESSION_OPENED = "succession.session_opened", _l("Calibration session opened")
    SESSION_CLOSED = "succession.session_closed", _l("Calibration session closed")
    SCENARIO_SAVED = "succession.scenario_saved", _l("What-if scenario saved")
    SCENARIO_REMOVED = "succession.scenario_removed", _l("What-if scenario removed")
    PLAN_READ = "succession.plan_read", _l("Succession plan opened")
    PLAN_PRINTED = "succession.plan_printed", _l("Succession plan printed")
