"""Pages of accounts: signing in, links from mails, one's own account, and everyone's."""

from __future__ import annotations

from portal.accounts.routes import links, mine, settings, signing_in, views
from portal.accounts.routes.blueprint import bp

__all__ = ["bp", "links", "mine", "settings", "signing_in", "views"]
