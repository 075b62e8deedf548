"""What is asked of certification, as selects."""

from __future__ import annotations

from portal.certification.queries.awards import AWARD_FACTS, awards_of, version_on
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
    queues,
)

__all__ = [
    "AWARD_FACTS",
    "awards_of",
    "awards_to_void",
    "certification_with_key",
    "certifications",
    "certifications_requiring",
    "holders",
    "mandate_matches",
    "mandates_of",
    "mandates_on",
    "mandatory_for",
    "prerequisite_edges",
    "queues",
    "version_in_full",
    "version_on",
    "versions_before",
    "versions_of",
]
