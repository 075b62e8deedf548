"""The secret address of somebody's calendar: making it, making it anew, stopping it."""

from __future__ import annotations

from portal.accounts import queries
from portal.accounts.models import Account, CalendarFeed
from portal.accounts.states import AccountFact
from portal.core import audit, clock
from portal.core.db import db
from portal.core.tokens import hash_token, new_token


def make_feed(account: Account, *, by: Account) -> str:
    """Make a calendar address and return its token, which is not kept; an earlier one stops."""
    token = new_token()
    feed = db.session.scalar(queries.feed_of(account)) or CalendarFeed(account_id=account.id)
    feed.token_hash, feed.created_at = hash_token(token), clock.now()
    db.session.add(feed)
    audit.record(AccountFact.CALENDAR_MADE, account, by=by)
    return token


def stop_feed(account: Account, *, by: Account) -> None:
    """Stop the calendar address, if there is one."""
    feed = db.session.scalar(queries.feed_of(account))
    if feed is not None:
        db.session.delete(feed)
        audit.record(AccountFact.CALENDAR_STOPPED, account, by=by)
