"""What hiring reads, one module for each noun."""

from portal.hiring.queries.application import (
    application_of_key,
    other_applications,
    stage_counts,
)
from portal.hiring.queries.posting import (
    applications_screened,
    applications_to_rescreen,
    counts_by_state,
    posting_by_slug,
    posting_page,
    posting_rows,
    postings_of,
    postings_to_screen,
    postings_with_a_last_day,
    public_postings,
    titles_listed,
    weighted_requirements,
)
from portal.hiring.queries.requisition import (
    active_account_ids,
    active_accounts,
    names_of,
    people_behind_requisitions,
    requisition_for_update,
    requisition_rows,
    requisitions_visible_to,
    steps_waiting_for,
)

__all__ = [
    "active_account_ids",
    "active_accounts",
    "application_of_key",
    "applications_screened",
    "applications_to_rescreen",
    "counts_by_state",
    "names_of",
    "other_applications",
    "people_behind_requisitions",
    "posting_by_slug",
    "posting_page",
    "posting_rows",
    "postings_of",
    "postings_to_screen",
    "postings_with_a_last_day",
    "public_postings",
    "requisition_for_update",
    "requisition_rows",
    "requisitions_visible_to",
    "stage_counts",
    "steps_waiting_for",
    "titles_listed",
    "weighted_requirements",
]
