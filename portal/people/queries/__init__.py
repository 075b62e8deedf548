"""What is asked of people and the organisation, as selects."""

from __future__ import annotations

from portal.people.queries.employments import (
    current_employments,
    employment_of,
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
    people_listed,
    person_with_email,
    visible_to,
    working_people,
)
from portal.people.queries.trail import actors, readings_about, subject_types, trail

__all__ = [
    "account_of",
    "actors",
    "current_employments",
    "employment_of",
    "everyone_under",
    "latest_employment",
    "organisation",
    "pay_bands_of",
    "people_listed",
    "person_with_email",
    "readings_about",
    "roles",
    "sites",
    "subject_types",
    "team_tree",
    "timeline_of",
    "trail",
    "tree_for_update",
    "visible_to",
    "within",
    "working_people",
]
