"""Who has an account, what it may do, and in which language and time zone it speaks."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from portal.accounts import queries
from portal.accounts.models import Account
from portal.accounts.operations.links import send_invitation
from portal.accounts.operations.passwords import end_sessions, retire_links
from portal.accounts.states import AccountFact, AccountRole, AccountState
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.i18n import LOCALES, known_time_zone


def open_account(
    *,
    person_id: int,
    email: str,
    display_name: str,
    subtitle: str = "",
    language: str,
    time_zone: str,
    roles: Iterable[str] = (),
    by: Account | None,
) -> Account:
    """Make the account of a person, invited and without a password; nothing is sent.

    Raises:
        Refused: if another account has this e-mail address.
    """
    address = queries.normal_email(email)
    if db.session.scalar(queries.account_with(address)):
        raise Refused(
            _("Another account has this e-mail address. Use a different one."), field="email"
        )
    account = Account(
        person_id=person_id,
        email=address,
        display_name=display_name,
        subtitle=subtitle,
        state=AccountState.INVITED,
        roles=_roles(roles),
        led_paths=[],
        language=language,
        time_zone=time_zone,
        created_at=clock.now(),
    )
    db.session.add(account)
    audit.record(AccountFact.INVITED, account, by=by)
    return account


def invite(
    *,
    person_id: int,
    email: str,
    display_name: str,
    subtitle: str,
    language: str,
    time_zone: str,
    roles: Iterable[str] = (),
    by: Account | None,
) -> Account:
    """Give a person an account and mail the link to it.

    A person who has one keeps it, with these roles added: a closed account is opened again and
    invited, an invited one is sent a new link, one in use is sent nothing.

    Raises:
        Refused: if another account has this e-mail address.
    """
    account = db.session.scalar(queries.account_of(person_id))
    if account is None:
        account = open_account(
            person_id=person_id,
            email=email,
            display_name=display_name,
            subtitle=subtitle,
            language=language,
            time_zone=time_zone,
            roles=roles,
            by=by,
        )
    else:
        _take_up_again(account, subtitle, roles, by)
    if account.state is AccountState.INVITED:
        send_invitation(account)
    return account


def _take_up_again(
    account: Account, subtitle: str, roles: Iterable[str], by: Account | None
) -> None:
    account.subtitle = subtitle
    account.roles = _roles([*account.roles, *roles])
    if account.state is AccountState.CLOSED:
        account.state = AccountState.INVITED
        account.password_hash = None
        audit.record(AccountFact.INVITED, account, by=by)
    else:
        audit.record(AccountFact.ROLES_CHANGED, account, by=by)


def resend_invitation(account: Account, *, by: Account) -> None:
    """Mail a new link; the earlier one stops working.

    Raises:
        Refused: if the account is in use already, or closed.
    """
    if account.state is not AccountState.INVITED:
        raise Refused(_("Only someone who has not chosen a password yet can be invited again."))
    audit.record(AccountFact.INVITED, account, by=by)
    send_invitation(account)


def change_roles(account: Account, roles: Iterable[str], *, by: Account) -> None:
    """Set what the account may do.

    Raises:
        Refused: if administrators take that role from themselves: nobody could give it back.
    """
    wanted = _roles(roles)
    if account.id == by.id and account.has_role("admin") and "admin" not in wanted:
        raise Refused(
            _("You can't stop being an administrator yourself. Ask another administrator."),
            field="roles",
        )
    if wanted != account.roles:
        account.roles = wanted
        audit.record(AccountFact.ROLES_CHANGED, account, by=by)


def add_role(account: Account, role: str, *, by: Account | None) -> None:
    """Let the account do one thing more."""
    wanted = _roles([*account.roles, role])
    if wanted != account.roles:
        account.roles = wanted
        audit.record(AccountFact.ROLES_CHANGED, account, by=by)


def change_language(account: Account, language: str, *, by: Account) -> None:
    """Speak another language with this person, on pages and in mail.

    Raises:
        Refused: if it is none of ours.
    """
    if language not in LOCALES:
        raise Refused(_("Choose one of the options in the list."), field="language")
    if language != account.language:
        account.language = language
        audit.record(AccountFact.LANGUAGE_CHANGED, account, by=by)


def change_time_zone(account: Account, time_zone: str, *, by: Account) -> None:
    """Show times in another zone.

    Raises:
        Refused: if there is no such zone.
    """
    if not known_time_zone(time_zone):
        raise Refused(_("Choose one of the options in the list."), field="time_zone")
    if time_zone != account.time_zone:
        account.time_zone = time_zone
        audit.record(AccountFact.TIME_ZONE_CHANGED, account, by=by)


def close_account(account: Account, *, by: Account) -> None:
    """Let nobody in with this account any more, from this moment on.

    Raises:
        Refused: if it is one's own.
    """
    if account.id == by.id:
        raise Refused(_("You can't close your own account. Ask another administrator."))
    if account.state is AccountState.CLOSED:
        return
    account.state = AccountState.CLOSED
    end_sessions(account)
    retire_links(account)
    audit.record(AccountFact.CLOSED, account, by=by)


def reopen_account(account: Account, *, by: Account | None) -> None:
    """Undo the closing: the account is as it was, signed out everywhere.

    Raises:
        Refused: if it is not closed.
    """
    if account.state is not AccountState.CLOSED:
        raise Refused(_("This account is open."))
    account.state = AccountState.ACTIVE if account.password_hash else AccountState.INVITED
    audit.record(AccountFact.REOPENED, account, by=by)


def _roles(wanted: Iterable[str]) -> list[str]:
    """The roles, each once, in the order of the enum.

    Raises:
        ValueError: if there is no such role.
    """
    names = {str(role) for role in wanted}
    if unknown := names.difference(str(role) for role in AccountRole):
        message = f"no such roles: {sorted(unknown)}"
        raise ValueError(message)
    return [str(role) for role in AccountRole if str(role) in names]
