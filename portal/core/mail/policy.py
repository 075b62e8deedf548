"""Who may read the outbox and send from it."""

from __future__ import annotations

from portal.core.access import Viewer
from portal.core.mail.models import OutgoingMail


def read_outbox(viewer: Viewer) -> bool:
    """Mail holds what candidates and colleagues were told: HR and administrators only."""
    return viewer.has_role("admin") or viewer.has_role("hr")


def read_mail(viewer: Viewer, mail: OutgoingMail) -> bool:  # noqa: ARG001 - the same for every mail
    """As the outbox itself."""
    return read_outbox(viewer)


def resend(viewer: Viewer, mail: OutgoingMail) -> bool:
    """Whoever reads the outbox may send what has not certainly been sent."""
    return read_outbox(viewer) and mail.can_be_sent_again
