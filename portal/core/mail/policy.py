"""Who may read the outbox and send from it."""

from __future__ import annotations

from portal.core.access import Viewer
from portal.core.mail.models import OutgoingMail


def read_outbox(viewer: Viewer) -> bool:
    """Mail holds what candidates and colleagues were told: HR and administrators only."""
    return viewer.has_role("admin") or viewer.has_role("hr")


def read_mail(viewer: Viewer, mail: OutgoingMail) -> bool:
    """As the outbox itself; links into accounts are for administrators only."""
    return viewer.has_role("admin") or (read_outbox(viewer) and not opens_account(mail))


def opens_account(mail: OutgoingMail) -> bool:
    """Whether the mail holds a link by which an account can be taken over."""
    return mail.kind.startswith("accounts/")


def resend(viewer: Viewer, mail: OutgoingMail) -> bool:
    """Whoever reads the outbox may send what has not certainly been sent."""
    return read_mail(viewer, mail) and mail.can_be_sent_again
