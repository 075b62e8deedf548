"""Background work of accounts."""

from __future__ import annotations

from datetime import timedelta

from portal.accounts import operations
from portal.core.jobs import handler, periodic


@handler("accounts.send_reset")
def send_reset(email: str) -> None:
    """Mail a reset link, if there is an account with this address."""
    operations.send_reset(email)


@periodic("accounts.sweep", every=timedelta(hours=24))
def sweep() -> None:
    """Forget sessions and links that ended long ago."""
    operations.sweep()
