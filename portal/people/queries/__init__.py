"""What is asked of people and the organisation, as selects."""

from __future__ import annotations

from portal.people.queries.employments import (
    answered_for_by,
    current_employments,
    employment_of,
    heads,
    latest_employment,
    timeline_of,
)
from portal.people.queries.organisation import (
    organisation,
    pay_bands_of,
    roles,
    sites,
    team_names,
    team_tree,
    teams_below,
    tree_for_update,
    upper_teams,
    way_to_team,
    within,
)
from portal.people.queries.persons import (
    everyone_listed,
    everyone_under,
    people_found,
    people_listed,
    person_with_email,
    sees_everyone,
    staff,
    visible_to,
    working_people,
)
from portal.people.queries.positions import holders, position_with_code, seat_taken
from portal.people.queries.trail import (
    accounts_named,
    done_by,
    readings_about,
    since,
    trail,
    until,
)

__all__ = [
    "accounts_named",
    "answered_for_by",
    "current_employments",
    "done_by",
    "employment_of",
    "everyone_listed",
    "everyone_under",
    "heads",
    "holders",
    "latest_employment",
    "organisation",
    "pay_bands_of",
    "people_found",
    "people_listed",
    "person_with_email",
    "position_with_code",
    "readings_about",
    "roles",
    "seat_taken",
    "sees_everyone",
    "since",
    "sites",
    "staff",
    "team_names",
    "team_tree",
    "teams_below",
    "timeline_of",
    "trail",
    "tree_for_update",
    "until",
    "upper_teams",
    "visible_to",
    "way_to_team",
    "within",
    "working_people",
]
