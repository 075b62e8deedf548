"""The job that sends one mail."""

from __future__ import annotations

from portal.core.jobs import handler
from portal.core.mail import delivery


@handler("mail.deliver")
def deliver(mail_id: int) -> None:
    """Send the mail of this number."""
    delivery.deliver(mail_id)
