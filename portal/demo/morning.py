"""What the jobs of the night would have told by now."""

from __future__ import annotations

from portal.certification import operations as certification
from portal.core import clock
from portal.demo.cast import Cast


def tell(_cast: Cast) -> None:
    """Reminders of certificates that expire, and where people will be too few."""
    today = clock.today()
    certification.remind(certification.people_to_remind(today), today)
    certification.tell_coverage(today)
