"""The mails accounts send: a way in, a new password, and word that it changed."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.core import clock, mail


def invitation(account: Account, token: str, *, days: int) -> None:
    """Send the link with which the person chooses a password."""
    url = mail.link("accounts.accept_invitation", token=token)
    _send("invitation", account, url=url, days=days)


def reset(account: Account, token: str, *, minutes: int) -> None:
    """Send the link with which the person sets a new password."""
    url = mail.link("accounts.reset_password", token=token)
    _send("reset", account, url=url, minutes=minutes)


def password_changed(account: Account) -> None:
    """Tell the owner, who should know at once if it was someone else."""
    url = mail.link("accounts.ask_reset")
    _send("password_changed", account, url=url, at=clock.now(), zone=account.time_zone)


def _send(kind: str, account: Account, **context: object) -> None:
    mail.send(
        f"accounts/{kind}",
        to=account.email,
        name=account.display_name,
        person_id=account.person_id,
        locale=account.language,
        context={"account": account, **context},
    )
