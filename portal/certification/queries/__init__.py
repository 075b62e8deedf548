"""What is asked of certification, as selects."""

from __future__ import annotations

from portal.certification.queries.awards import (
    AWARD_FACTS,
    awaiting_check,
    awards_of,
    awards_shown,
    version_on,
)
from portal.certification.queries.definitions import (
    awards_to_void,
    certification_with_key,
    certifications,
    certifications_requiring,
    holders,
    prerequisite_edges,
    version_in_full,
    versions_before,
    versions_of,
)
from portal.certification.queries.mandates import (
    mandate_matches,
    mandates_of,
    mandates_on,
    mandatory_for,
    people_under,
    queues,
)
from portal.certification.queries.pursuits import (
    category_names,
    certifications_by_course,
    evidence_for,
    open_pursuit,
    open_pursuits_of,
    waivers_of,
    waivers_over,
)
from portal.certification.queries.reminders import (
    THRESHOLDS,
    awards_to_name,
    due_for_holders,
    due_for_managers,
    recipients,
    reminders_due,
    versions_voided_soon,
)

__all__ = [
    "AWARD_FACTS",
    "THRESHOLDS",
    "awaiting_check",
    "awards_of",
    "awards_shown",
    "awards_to_name",
    "awards_to_void",
    "category_names",
    "certification_with_key",
    "certifications",
    "certifications_by_course",
    "certifications_requiring",
    "due_for_holders",
    "due_for_managers",
    "evidence_for",
    "holders",
    "mandate_matches",
    "mandates_of",
    "mandates_on",
    "mandatory_for",
    "open_pursuit",
    "open_pursuits_of",
    "people_under",
    "prerequisite_edges",
    "queues",
    "recipients",
    "reminders_due",
    "version_in_full",
    "version_on",
    "versions_before",
    "versions_of",
    "versions_voided_soon",
    "waivers_of",
    "waivers_over",
]
