"""Units and directions of metrics, how a figure stands against its target, and trail facts."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Labelled, State, Tone


class MetricState(State):
    """Whether figures are still collected."""

    IN_USE = "in_use", _l("In use"), Tone.OK, "check-lg"
    RETIRED = "retired", _l("Retired"), Tone.NEUTRAL, "archive"


class Unit(Labelled):
    """What a figure is measured in."""

    PERCENT = "percent", _l("Per cent")
    SECONDS = "seconds", _l("Seconds")
    MINUTES = "minutes", _l("Minutes")
    SCORE = "score", _l("Points")
    COUNT = "count", _l("Whole number")
    MONEY = "money", _l("Money")
    RATIO = "ratio", _l("Ratio")


class Direction(Labelled):
    """Which way is better."""

    HIGHER = "higher", _l("Higher is better")
    LOWER = "lower", _l("Lower is better")


class Combining(Labelled):
    """How the figures of several months or people become one."""

    MEAN = "mean", _l("Mean, weighted by the number of cases")
    SUM = "sum", _l("Sum")


class Standing(State):
    """How a figure stands against its target."""

    EXCEEDED = "exceeded", _l("Exceeded"), Tone.OK, "star-fill"
    REACHED = "reached", _l("Reached"), Tone.OK, "check-lg"
    CLOSE = "close", _l("Near target"), Tone.WARN, "exclamation-triangle-fill"
    MISSED = "missed", _l("Missed"), Tone.BAD, "x-lg"
    TOO_FEW = "too_few", _l("Not judged"), Tone.NEUTRAL, "slash-circle"
    NO_TARGET = "no_target", _l("No target"), Tone.NEUTRAL, "circle"


class MetricFact(Fact):
    """What the trail records of metrics."""

    PUBLISHED = "metrics.published", _l("Metric published")
    RETIRED = "metrics.retired", _l("Metric retired")
    RESUMED = "metrics.resumed", _l("Metric taken into use again")
    TARGET_SET = "metrics.target_set", _l("Target set")
    TARGET_ENDED = "metrics.target_ended", _l("Target ended")
    VALUES_RECORDED = "metrics.values_recorded", _l("Figures recorded")
    CORRECTED = "metrics.corrected", _l("Figure corrected")
    OPENED = "metrics.read", _l("Figures opened")
    IMPORTED = "metrics.imported", _l("Figures imported")
    IMPORT_UNDONE = "metrics.import_undone", _l("Import of figures undone")
