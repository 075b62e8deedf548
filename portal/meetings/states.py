"""States of 1:1s and their rhythm, and what the trail records: never a word of what was said."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Labelled, State, Tone


class SeriesKind(Labelled):
    """Who meets."""

    MANAGER = "manager", _l("Manager and team member")
    PAIR = "pair", _l("Two colleagues")


class SeriesState(State):
    """Whether the two meet."""

    ASKED = "asked", _l("Waits for an answer"), Tone.INFO, "hourglass-split"
    RUNNING = "running", _l("Running"), Tone.OK, "arrow-repeat"
    DECLINED = "declined", _l("Invitation declined"), Tone.NEUTRAL, "x-lg"
    ENDED = "ended", _l("Series ended"), Tone.NEUTRAL, "archive"


SERIES_MOVES = {
    SeriesState.ASKED: frozenset({SeriesState.RUNNING, SeriesState.DECLINED, SeriesState.ENDED}),
    SeriesState.RUNNING: frozenset({SeriesState.ENDED}),
}

LIVE = frozenset({SeriesState.ASKED, SeriesState.RUNNING})


class Rhythm(Labelled):
    """How often."""

    WEEKLY = "weekly", _l("Every week")
    FORTNIGHTLY = "fortnightly", _l("Every two weeks")
    MONTHLY = "monthly", _l("Every four weeks")

    @property
    def days(self) -> int:
        """From one meeting to the next; whole weeks, so that the weekday stays."""
        return {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14, Rhythm.MONTHLY: 28}[self]


class MeetingState(State):
    """Whether a meeting is still to come."""

    PLANNED = "planned", _l("Meeting planned"), Tone.INFO, "calendar-event"
    HELD = "held", _l("Meeting held"), Tone.OK, "check-lg"
    CANCELLED = "cancelled", _l("Meeting cancelled"), Tone.NEUTRAL, "slash-circle"


MEETING_MOVES = {
    MeetingState.PLANNED: frozenset({MeetingState.HELD, MeetingState.CANCELLED}),
}


class MeetingFact(Fact):
    """What the trail records of 1:1s: that they are, and when."""

    SERIES_STARTED = "meetings.series_started", _l("1:1s set up")
    SERIES_ASKED = "meetings.series_asked", _l("1:1s suggested")
    SERIES_ACCEPTED = "meetings.series_accepted", _l("1:1s accepted")
    SERIES_DECLINED = "meetings.series_declined", _l("1:1s declined")
    SERIES_CHANGED = "meetings.series_changed", _l("Rhythm of 1:1s changed")
    SERIES_ENDED = "meetings.series_ended", _l("1:1s ended")
    PLANNED = "meetings.planned", _l("1:1 planned")
    MOVED = "meetings.moved", _l("1:1 moved")
    HELD = "meetings.held", _l("1:1 held")
    CANCELLED = "meetings.cancelled", _l("1:1 cancelled")
