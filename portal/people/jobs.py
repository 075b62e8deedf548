"""Work of this feature that waits for its day."""

from __future__ import annotations

from portal.core import jobs
from portal.people import operations


@jobs.handler("people.refresh_subtitle")
def refresh_subtitle(person_id: int) -> None:
    """Show the role that begins today on the person's account."""
    operations.refresh_subtitle(person_id)
