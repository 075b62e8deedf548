"""States of goals, how they are measured, how they stand, and what the trail records."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Labelled, State, Tone


class GoalState(State):
    """From a draft nobody else sees to a result."""

    DRAFT = "draft", _l("Draft"), Tone.NEUTRAL, "pencil"
    PROPOSED = "proposed", _l("Goal proposed"), Tone.INFO, "hourglass-split"
    AGREED = "agreed", _l("Agreed"), Tone.INFO, "bullseye"
    DONE = "done", _l("Reached in full"), Tone.OK, "check-lg"
    PARTLY = "partly", _l("Partly reached"), Tone.WARN, "circle-half"
    MISSED = "missed", _l("Not reached"), Tone.BAD, "x-lg"
    DROPPED = "dropped", _l("Dropped"), Tone.NEUTRAL, "slash-circle"


GOAL_MOVES = {
    GoalState.DRAFT: frozenset({GoalState.PROPOSED, GoalState.AGREED}),
    GoalState.PROPOSED: frozenset({GoalState.DRAFT, GoalState.AGREED}),
    GoalState.AGREED: frozenset(
        {GoalState.DONE, GoalState.PARTLY, GoalState.MISSED, GoalState.DROPPED}
    ),
}
"""A team's goals are not proposed to anybody: they go from draft to agreed."""

CLOSED = frozenset({GoalState.DONE, GoalState.PARTLY, GoalState.MISSED})
COUNTED = frozenset({GoalState.AGREED, *CLOSED})
"""Goals that were agreed on and not dropped: those a review looks at."""

WEIGHING = frozenset({GoalState.PROPOSED, *COUNTED})
"""Goals whose weights must fit together; drafts may still be too many."""


class Measure(Labelled):
    """How one can tell how far a goal is."""

    STEPS = "steps", _l("Steps done")
    NUMBER = "number", _l("A number, written down at check-ins")
    METRIC = "metric", _l("A metric, read by itself")


class Standing(State):
    """How a goal stands in the words of who checked in."""

    ON_TRACK = "on_track", _l("On track"), Tone.OK, "check-lg"
    AT_RISK = "at_risk", _l("At risk"), Tone.WARN, "exclamation-triangle-fill"
    OFF_TRACK = "off_track", _l("Off track"), Tone.BAD, "x-lg"


class ChangeState(State):
    """What became of a change to an agreed goal."""

    PROPOSED = "proposed", _l("Change proposed"), Tone.INFO, "hourglass-split"
    AGREED = "agreed", _l("Change agreed"), Tone.OK, "check-lg"
    DECLINED = "declined", _l("Change declined"), Tone.NEUTRAL, "x-lg"
    WITHDRAWN = "withdrawn", _l("Change withdrawn"), Tone.NEUTRAL, "arrow-counterclockwise"


CHANGE_MOVES = {
    ChangeState.PROPOSED: frozenset(
        {ChangeState.AGREED, ChangeState.DECLINED, ChangeState.WITHDRAWN}
    ),
}


class GoalFact(Fact):
    """What the trail records of goals."""

    DRAFTED = "goals.drafted", _l("Goal drafted")
    REDRAFTED = "goals.redrafted", _l("Draft of a goal changed")
    DISCARDED = "goals.discarded", _l("Draft of a goal thrown away")
    PROPOSED = "goals.proposed", _l("Goal proposed to the other side")
    WITHDRAWN = "goals.withdrawn", _l("Proposed goal withdrawn")
    RETURNED = "goals.returned", _l("Proposed goal sent back")
    AGREED = "goals.agreed", _l("Goal agreed")
    CHANGE_PROPOSED = "goals.change_proposed", _l("Change of a goal proposed")
    CHANGED = "goals.changed", _l("Change of a goal agreed")
    CHANGE_DECLINED = "goals.change_declined", _l("Change of a goal declined")
    CHANGE_WITHDRAWN = "goals.change_withdrawn", _l("Change of a goal withdrawn")
    CHECKED_IN = "goals.checked_in", _l("Checked in on a goal")
    CLOSED = "goals.closed", _l("Goal closed with a result")
    DROPPED = "goals.dropped", _l("Goal dropped")
