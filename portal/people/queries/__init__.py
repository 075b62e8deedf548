"""What is asked of people and the organisation, as selects."""

from __future__ import annotations

from portal.people.queries.employments import (
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
    team_tree,
    tree_for_update,
    within,
)
from portal.people.queries.persons import (
    account_of,
    everyone_under,
    people_found,
    people_listed,
    person_with_email,
    staff,
    visible_to,
    working_people,
)
from portal.people.queries.trail import (
    actors,
    readings_about,
    since,
    subject_types,
    trail,
    until,
)

__all__ = [
    "account_of",
    "actors",
    "current_employments",
    "employment_of",
    "everyone_under",
    "heads",
    "latest_employment",
    "organisation",
    "pay_bands_of",
    "people_found",
    "people_listed",
    "person_with_email",
    "readings_about",
    "roles",
    "since",
    "sites",
    "staff",
    "subject_types",
    "team_tree",
    "timeline_of",
    "trail",
    "tree_for_update",
    "until",
    "visible_to",
    "within",
    "working_people",
]
