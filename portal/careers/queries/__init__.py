"""What is asked of careers."""

from __future__ import annotations

from portal.careers.queries.claims import claims_of, claims_to_confirm
from portal.careers.queries.facts import facts_of
from portal.careers.queries.ladder import (
    ladder_on,
    ladder_versions,
    roles_leading_to,
    set_on,
    sets_of,
    steps_from,
)
from portal.careers.queries.moves import role_changes
from portal.careers.queries.needs import competencies_of, needs_of
from portal.careers.queries.people import everybody_at_work, people_on_the_way
from portal.careers.queries.plans import live_courses, live_programmes, teachings

__all__ = [
    "claims_of",
    "claims_to_confirm",
    "competencies_of",
    "everybody_at_work",
    "facts_of",
    "ladder_on",
    "ladder_versions",
    "live_courses",
    "live_programmes",
    "needs_of",
    "people_on_the_way",
    "role_changes",
    "roles_leading_to",
    "set_on",
    "sets_of",
    "steps_from",
    "teachings",
]
