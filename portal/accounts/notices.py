"""The mails accounts send: a way in, a new password, and word that it changed."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.accounts.readers import write_to
from portal.core import clock, mail


def invitation(account: Account, token: str, *, days: int) -> None:
    """Send the link with which the person chooses a password."""
    url = mail.link("accounts.accept_invitation", token=token)
    write_to(account, "accounts/invitation", url=url, days=days)


def reset(account: Account, token: str, *, minutes: int) -> None:
    """Send the link with which the person sets a new password."""
    url = mail.link("accounts.reset_password", token=token)
    write_to(account, "accounts/reset", url=url, minutes=minutes)


def password_changed(account: Account) -> None:
    """Tell the owner, who should know at once if it was someone else."""
    url = mail.link("accounts.ask_reset")
    write_to(account, "accounts/password_changed", url=url, at=clock.now(), zone=account.time_zone)
