"""What a bonus plan can choose, where a run stands, and what the trail records."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Labelled, State, Tone


class PlanState(State):
    """Whether a plan is still run."""

    IN_USE = "in_use", _l("In use"), Tone.OK, "check-lg"
    RETIRED = "retired", _l("Retired"), Tone.NEUTRAL, "archive"


class Period(Labelled):
    """How often a bonus is worked out; calendar quarters, halves and years."""

    QUARTER = "quarter", _l("Every quarter")
    HALF = "half", _l("Every half year")
    YEAR = "year", _l("Every year")

    @property
    def months(self) -> int:
        """How many months it has."""
        return {"quarter": 3, "half": 6, "year": 12}[str(self.value)]


class BaseKind(Labelled):
    """What the payout is a share of."""

    PERCENT = "percent", _l("A share of yearly pay")
    FIXED = "fixed", _l("A fixed amount for each period")


class SmallSample(Labelled):
    """What a measure with too few cases, or without a figure, does."""

    LEAVE_OUT = "leave_out", _l("It is left out, and the others weigh more")
    AS_TARGET = "as_target", _l("It counts as if the target was reached")


class FailedGate(Labelled):
    """What a failed condition does to the payout."""

    ZERO = "zero", _l("Nothing is paid")
    HALVE = "halve", _l("Half is paid")


class GateKind(Labelled):
    """Conditions beside the measures, each looked at on the last day of the period."""

    CONDUCT = "conduct", _l("No open corrective action")
    CERTIFICATES = "certificates", _l("All mandatory certificates in force")
    ATTENDANCE = "attendance", _l("Least attendance")


class RunState(State):
    """Where the statements of one period stand."""

    DRAFT = "draft", _l("Being prepared"), Tone.NEUTRAL, "pencil"
    PROPOSED = "proposed", _l("Waits for approval"), Tone.INFO, "search"
    APPROVED = "approved", _l("Approved, not issued"), Tone.INFO, "check-lg"
    ISSUED = "issued", _l("Issued"), Tone.OK, "check-circle"
    CANCELLED = "cancelled", _l("Cancelled"), Tone.NEUTRAL, "slash-circle"


RUN_MOVES = {
    RunState.DRAFT: frozenset({RunState.PROPOSED, RunState.CANCELLED}),
    RunState.PROPOSED: frozenset({RunState.APPROVED, RunState.DRAFT, RunState.CANCELLED}),
    RunState.APPROVED: frozenset({RunState.ISSUED, RunState.DRAFT, RunState.CANCELLED}),
}


class LineState(State):
    """How a measure counted; derived, never stored on its own."""

    PAID = "paid", _l("Counts"), Tone.OK, "check-lg"
    BELOW = "below", _l("Below the threshold"), Tone.WARN, "arrow-down"
    LEFT_OUT = "left_out", _l("Left out"), Tone.NEUTRAL, "slash-circle"
    AS_TARGET = "as_target", _l("Counts as target"), Tone.INFO, "info-circle"


class BonusFact(Fact):
    """What the trail records of bonuses."""

    PLAN_PUBLISHED = "bonuses.plan_published", _l("Bonus plan published")
    PLAN_RETIRED = "bonuses.plan_retired", _l("Bonus plan retired")
    PLAN_RESUMED = "bonuses.plan_resumed", _l("Bonus plan taken into use again")
    RUN_STARTED = "bonuses.run_started", _l("Bonus run started")
    RUN_UPDATED = "bonuses.run_updated", _l("People of a bonus run updated")
    PAY_ENTERED = "bonuses.pay_entered", _l("Yearly pay entered for a bonus")
    RUN_PROPOSED = "bonuses.run_proposed", _l("Bonus run sent for approval")
    RUN_APPROVED = "bonuses.run_approved", _l("Bonus run approved")
    RUN_RETURNED = "bonuses.run_returned", _l("Bonus run sent back")
    RUN_CANCELLED = "bonuses.run_cancelled", _l("Bonus run cancelled")
    RUN_ISSUED = "bonuses.run_issued", _l("Bonus statements issued")
    CORRECTION_PROPOSED = "bonuses.correction_proposed", _l("Correction of a bonus proposed")
    CORRECTION_REFUSED = "bonuses.correction_refused", _l("Correction of a bonus refused")
    CORRECTED = "bonuses.corrected", _l("Bonus statement corrected")
    READ = "bonuses.read", _l("Bonus statement opened")
