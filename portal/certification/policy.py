"""Who may do what in certification: rules about one row, without a query."""

from __future__ import annotations

from portal.certification.models import Award
from portal.core.access import Viewer


def keep_definitions(viewer: Viewer) -> bool:
    """HR keeps certifications, client queues and for whom they are mandatory."""
    return viewer.has_role("hr")


def is_second_person(viewer: Viewer, award: Award) -> bool:
    """HR, whose word settles the check of an award at once; never about their own."""
    return viewer.has_role("hr") and viewer.person_id != award.person_id
