"""States of a survey, kinds of questions and audiences, what the trail records."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Labelled, State, Tone


class SurveyState(State):
    """How far a survey is."""

    DRAFT = "draft", _l("Being written"), Tone.NEUTRAL, "pencil"
    PLANNED = "planned", _l("Opens by itself"), Tone.INFO, "calendar-event"
    OPEN = "open", _l("Open for answers"), Tone.OK, "circle-fill"
    CLOSED = "closed", _l("Over"), Tone.NEUTRAL, "lock"


SURVEY_MOVES = {
    SurveyState.DRAFT: frozenset({SurveyState.PLANNED, SurveyState.OPEN}),
    SurveyState.PLANNED: frozenset({SurveyState.DRAFT, SurveyState.OPEN}),
    SurveyState.OPEN: frozenset({SurveyState.CLOSED}),
}


class SurveyQuestionKind(Labelled):
    """How a question is answered."""

    SCALE = "scale", _l("Scale from 1 to 5")
    RECOMMEND = "recommend", _l("Recommendation from 0 to 10 (eNPS)")
    CHOICE = "choice", _l("One of several answers")
    TEXT = "text", _l("Own words")


class SurveyAudience(Labelled):
    """Who is asked."""

    ALL = "all", _l("Everyone")
    TEAM = "team", _l("A team with all teams below it")
    ROLE = "role", _l("Everyone in one role")


class TenureBand(Labelled):
    """How long somebody has been here on the day a survey opens."""

    FIRST_YEAR = "under_1", _l("Under 1 year here")
    SECOND = "1_to_2", _l("1 to 2 years here")
    MIDDLE = "3_to_5", _l("3 to 5 years here")
    LONG = "over_5", _l("Over 5 years here")


class SurveyFact(Fact):
    """What the trail records of surveys; never that somebody answered."""

    ADDED = "surveys.added", _l("Survey added")
    CHANGED = "surveys.changed", _l("Survey changed")
    PLANNED = "surveys.planned", _l("Opening of a survey planned")
    OPENED = "surveys.opened", _l("Survey opened")
    EXTENDED = "surveys.extended", _l("Survey extended")
    CLOSED = "surveys.closed", _l("Survey closed")
    REMINDED = "surveys.reminded", _l("Reminder of a survey sent")
    QUESTION_ADDED = "surveys.question_added", _l("Survey question added")
    QUESTION_CHANGED = "surveys.question_changed", _l("Survey question changed")
    QUESTION_REMOVED = "surveys.question_removed", _l("Survey question removed")
