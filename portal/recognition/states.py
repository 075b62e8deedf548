"""Who may read a thanks, and what the trail records of recognition."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Labelled


class ThanksVisibility(Labelled):
    """Who may read a thanks."""

    PUBLIC = "public", _l("Everyone who works here")
    PRIVATE = "private", _l("Only they and their manager")


class RecognitionFact(Fact):
    """What the trail records of recognition."""

    GIVEN = "recognition.given", _l("Thanks given")
    CHANGED = "recognition.changed", _l("Thanks changed")
    WITHDRAWN = "recognition.withdrawn", _l("Thanks withdrawn")
    HIDDEN = "recognition.hidden", _l("Thanks hidden")
    VALUE_ADDED = "recognition.value_added", _l("Value added")
    VALUE_CHANGED = "recognition.value_changed", _l("Value changed")
    VALUE_RETIRED = "recognition.value_retired", _l("Value retired")
    VALUE_RESUMED = "recognition.value_resumed", _l("Value in use again")
