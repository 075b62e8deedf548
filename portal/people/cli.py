"""``portal create-admin``: makes the first person who can sign in, or lets one back in."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext

from portal.accounts import operations as accounts
from portal.accounts import queries
from portal.accounts.models import Account
from portal.accounts.states import AccountState
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.i18n import LOCALES, known_time_zone
from portal.people.operations import add_person


@click.command("create-admin")
@click.option("--email", required=True, help="The address to sign in with.")
@click.option("--name", required=True, help="Full name, given name first (in Japanese last).")
@click.option("--language", default="en", show_default=True, type=click.Choice(LOCALES))
@click.option("--time-zone", default="UTC", show_default=True, help="Such as Europe/Istanbul.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@with_appcontext
def create_admin(
    email: str, name: str, language: str, time_zone: str, password_stdin: bool
) -> None:
    """Make an administrator, or give one who is locked out a new password."""
    if not known_time_zone(time_zone):
        message = f"{time_zone!r} is no time zone."
        raise click.BadParameter(message, param_hint="--time-zone")
    password = _password(from_stdin=password_stdin)
    try:
        account = _account(email, name, language, time_zone)
        accounts.set_password(account, password, by=None)
    except Refused as refused:
        db.session.rollback()
        raise click.ClickException(refused.message) from refused
    db.session.commit()
    click.echo(f"{account.display_name} can sign in as {account.email}.")


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed


def _account(email: str, name: str, language: str, time_zone: str) -> Account:
    """The account of this address with the administrator's role, made if there is none."""
    known = db.session.scalar(queries.account_with(email))
    if known is not None:
        if known.state is AccountState.CLOSED:
            accounts.reopen_account(known, by=None)
        accounts.add_role(known, "admin", by=None)
        return known
    given, family = _names(name, language)
    person = add_person(
        given_name=given, family_name=family, email=email, language=language, by=None
    )
    return accounts.open_account(
        person_id=person.id,
        email=email,
        display_name=person.display_name,
        language=language,
        time_zone=time_zone,
        roles=["admin"],
        by=None,
    )


def _names(name: str, language: str) -> tuple[str, str]:
    """Given and family name of a full name."""
    first, _space, last = " ".join(name.split()).rpartition(" ")
    if language == "ja" and first:
        family, _space, given = " ".join(name.split()).partition(" ")
        return given, family
    return (first, last) if first else (last, "")
