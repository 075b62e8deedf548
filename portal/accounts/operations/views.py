"""Keeping a list as one looks at it, under a name."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account, SavedView
from portal.accounts.states import AccountFact
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused

MOST_VIEWS = 12
"""More tabs than this are harder to find one's way in than the filters."""


def save_view(place: str, *, name: str, query: str, by: Account) -> SavedView:
    """Keep what narrows the list at ``place`` (an endpoint) as a tab of this account's own.

    Raises:
        Refused: if nothing narrows it, the name is taken, or there are too many already.
    """
    if not query:
        raise Refused(_("Narrow the list first: there is nothing to save yet."))
    own = sa.select(SavedView).where(SavedView.account_id == by.id, SavedView.place == place)
    there = db.session.scalars(own).all()
    if name in {view.name for view in there}:
        raise Refused(_("You have a view of this name. Choose another name."), field="name")
    if len(there) >= MOST_VIEWS:
        raise Refused(_("You have %(most)s views here. Remove one first.", most=MOST_VIEWS))
    view = SavedView(account_id=by.id, place=place, name=name, query=query, created_at=clock.now())
    db.session.add(view)
    audit.record(AccountFact.VIEW_SAVED, view, by=by)
    return view


def remove_view(view: SavedView, *, by: Account) -> None:
    """Forget a view; the list itself stays."""
    audit.record(AccountFact.VIEW_REMOVED, view, by=by)
    db.session.delete(view)
