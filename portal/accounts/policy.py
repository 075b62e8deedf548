"""Who may see and change accounts."""

from __future__ import annotations

from portal.accounts.models import Account, AccountSession, SavedView
from portal.core.access import Viewer


def read_accounts(viewer: Viewer) -> bool:
    """HR knows who can sign in; administrators decide it."""
    return viewer.has_role("admin", "hr")


def read_account(viewer: Viewer, account: Account) -> bool:  # noqa: ARG001 - the same for each
    """As the list."""
    return read_accounts(viewer)


def resend_invitation(viewer: Viewer, account: Account) -> bool:  # noqa: ARG001
    """HR hires people, and so helps them in."""
    return viewer.has_role("admin", "hr")


def change_roles(viewer: Viewer, account: Account) -> bool:  # noqa: ARG001
    """Only administrators give rights."""
    return viewer.has_role("admin")


def close_account(viewer: Viewer, account: Account) -> bool:  # noqa: ARG001
    """Only administrators take them away."""
    return viewer.has_role("admin")


def reopen_account(viewer: Viewer, account: Account) -> bool:
    """Whoever may close an account may undo it."""
    return close_account(viewer, account)


def revoke_session(viewer: Viewer, account_session: AccountSession) -> bool:
    """Everyone ends their own sessions."""
    return account_session.account_id == viewer.id


def remove_view(viewer: Viewer, view: SavedView) -> bool:
    """Everyone removes their own views; nobody else sees them."""
    return view.account_id == viewer.id
