"""Kinds and states of corrective actions, how they end, and what the trail records."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Labelled, State, Tone


class ActionKind(Labelled):
    """How grave it is, from the lightest to the gravest."""

    VERBAL = "verbal", _l("Verbal warning")
    WRITTEN = "written", _l("Written warning")
    FINAL = "final", _l("Final warning")
    IMPROVEMENT = "improvement_plan", _l("Improvement plan")


class ActionState(State):
    """Where a corrective action stands."""

    PROPOSED = "proposed", _l("Waits for a second person"), Tone.INFO, "search"
    RETURNED = "returned", _l("Sent back"), Tone.WARN, "arrow-counterclockwise"
    OPEN = "open", _l("Action open"), Tone.WARN, "exclamation-triangle-fill"
    CLOSED = "closed", _l("Action closed"), Tone.NEUTRAL, "check-lg"


ACTION_MOVES = {
    ActionState.PROPOSED: frozenset(
        {ActionState.OPEN, ActionState.RETURNED, ActionState.CLOSED}
    ),
    ActionState.RETURNED: frozenset({ActionState.PROPOSED, ActionState.CLOSED}),
    ActionState.OPEN: frozenset({ActionState.CLOSED}),
}  # fmt: skip


class Outcome(Labelled):
    """How it ended."""

    MET = "met", _l("What was expected was met")
    NOT_MET = "not_met", _l("What was expected was not met")
    WITHDRAWN = "withdrawn", _l("Withdrawn: it never counted")


class ConductFact(Fact):
    """What the trail records of corrective actions."""

    PROPOSED = "conduct.proposed", _l("Corrective action proposed")
    CHANGED = "conduct.changed", _l("Corrective action changed and proposed again")
    CONFIRMED = "conduct.confirmed", _l("Corrective action confirmed")
    RETURNED = "conduct.returned", _l("Corrective action sent back")
    TALK_NOTED = "conduct.talk_noted", _l("Talk about a corrective action noted")
    ACKNOWLEDGED = "conduct.acknowledged", _l("Corrective action acknowledged")
    STATED = "conduct.stated", _l("Own statement on a corrective action")
    CLOSED = "conduct.closed", _l("Corrective action ended")
    READ = "conduct.read", _l("Corrective action opened to read")
