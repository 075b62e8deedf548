"""The verbs of accounts: sign in and out, invite, set passwords, change what an account may do."""

from __future__ import annotations

from portal.accounts.operations.accounts import (
    add_role,
    change_language,
    change_roles,
    change_time_zone,
    close_account,
    invite,
    open_account,
    reopen_account,
    resend_invitation,
)
from portal.accounts.operations.feeds import make_feed, stop_feed
from portal.accounts.operations.links import (
    accept_invitation,
    ask_reset,
    reset_password,
    send_reset,
    usable_link,
)
from portal.accounts.operations.passwords import hash_password, set_password
from portal.accounts.operations.sessions import (
    change_password,
    open_session,
    revoke_other_sessions,
    revoke_session,
    sign_in,
    sign_out,
    sweep,
)
from portal.accounts.operations.views import MOST_VIEWS, remove_view, save_view

__all__ = [
    "MOST_VIEWS",
    "accept_invitation",
    "add_role",
    "ask_reset",
    "change_language",
    "change_password",
    "change_roles",
    "change_time_zone",
    "close_account",
    "hash_password",
    "invite",
    "make_feed",
    "open_account",
    "open_session",
    "remove_view",
    "reopen_account",
    "resend_invitation",
    "reset_password",
    "revoke_other_sessions",
    "revoke_session",
    "save_view",
    "send_reset",
    "set_password",
    "sign_in",
    "sign_out",
    "stop_feed",
    "sweep",
    "usable_link",
]
