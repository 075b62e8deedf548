"""What is asked of goals, as selects."""

from portal.goals.queries.goals import (
    DETAILS,
    changes_of,
    check_ins_of,
    children_of,
    goals_in,
    goals_of,
    possible_parents,
    team_goals,
    weights_of,
)
from portal.goals.queries.people import (
    agreed,
    everyone_found,
    overview,
    people_found,
    silent,
    to_agree_on,
    troubled,
)
from portal.goals.queries.values import metric_figures, team_figures, typed_figures
from portal.goals.queries.waiting import (
    SILENT,
    changes_waiting_for,
    goals_over,
    goals_waiting_for,
    last_word,
    silent_goals,
)

__all__ = [
    "DETAILS",
    "SILENT",
    "agreed",
    "changes_of",
    "changes_waiting_for",
    "check_ins_of",
    "children_of",
    "everyone_found",
    "goals_in",
    "goals_of",
    "goals_over",
    "goals_waiting_for",
    "last_word",
    "metric_figures",
    "overview",
    "people_found",
    "possible_parents",
    "silent",
    "silent_goals",
    "team_figures",
    "team_goals",
    "to_agree_on",
    "troubled",
    "typed_figures",
    "weights_of",
]
