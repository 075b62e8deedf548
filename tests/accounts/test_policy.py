"""Who may do what with accounts, as a table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.accounts import policy
from portal.accounts.models import Account, AccountSession

ROLES = ("", "interviewer", "manager", "executive", "hr", "admin")


def _viewer(role: str) -> Account:
    return Account(id=7, person_id=7, roles=[role] if role else [], led_paths=["/1/"])


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        (policy.read_account, {"hr", "admin"}),
        (policy.resend_invitation, {"hr", "admin"}),
        (policy.change_roles, {"admin"}),
        (policy.close_account, {"admin"}),
        (policy.reopen_account, {"admin"}),
    ],
)
def test_who_may_act_on_an_account(
    rule: Callable[[Account, Account], bool], allowed: set[str]
) -> None:
    account = Account(id=8, person_id=8, roles=[])

    assert {role for role in ROLES if rule(_viewer(role), account)} == allowed


def test_who_may_list_accounts() -> None:
    assert {role for role in ROLES if policy.read_accounts(_viewer(role))} == {"hr", "admin"}


@pytest.mark.parametrize("role", ROLES)
def test_everyone_ends_their_own_sessions_and_nobody_elses(role: str) -> None:
    viewer = _viewer(role)

    assert policy.revoke_session(viewer, AccountSession(account_id=7))
    assert not policy.revoke_session(viewer, AccountSession(account_id=8))
