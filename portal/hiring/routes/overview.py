"""The first page of hiring: postings, with the way to requisitions and to opening a role."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import Enum
from typing import Any, TypeVar

from flask import render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import InstrumentedAttribute

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.db import db
from portal.core.i18n import NATIVE_NAMES
from portal.core.tables import FilterBar, page
from portal.hiring import policy, queries
from portal.hiring.models import Posting
from portal.hiring.routes import bp
from portal.hiring.states import PostingState

Kind = TypeVar("Kind", bound=Enum)
View = dict[str, Any]

NO_FILTERS = FilterBar((), {})

PAGE = 25
"""Rows of the lists of hiring that fit on a screen or two."""


@bp.get("")
@allowed(policy.see_hiring)
def overview() -> str:
    """The postings the viewer may see, newest first, with how many applications are in play."""
    views, chosen = state_views(Posting.state, PostingState, "hiring.overview")
    select = queries.posting_rows(viewer())
    if chosen is not None:
        select = select.where(Posting.state == chosen)
    # A posting's id grows with its age, and walking ids needs no sorting of all of them.
    found = page(select, order=[(Posting.id, True)], size=PAGE, cursor=request.args.get("cursor"))
    return render_template("hiring/overview.html", page=found, views=views, chosen=chosen)


def state_views(
    column: InstrumentedAttribute[Any],
    kind: type[Kind],
    endpoint: str,
    bar: FilterBar = NO_FILTERS,
) -> tuple[list[View], Kind | None]:
    """A link for each state with how many are in it, and the state the address asks for.

    Both hold to what the filter bar is set to.
    """
    known = {str(member.value): member for member in kind}
    chosen = known.get(request.args.get("state", ""))
    select = bar.narrow(queries.counts_by_state(column, viewer()))
    found = db.session.execute(select).all()
    counts = {state: number for state, number in found}  # noqa: C416 - rows, not pairs
    kept: dict[str, Any] = bar.arguments()
    views: list[View] = [
        {"label": _("All"), "url": url_for(endpoint, **kept), "current": chosen is None,
         "count": sum(counts.values())},
    ]  # fmt: skip
    views += [
        {"label": getattr(member, "label", member.name),
         "url": url_for(endpoint, **kept | {"state": value}),
         "current": member is chosen, "count": counts.get(member, 0)}
        for value, member in known.items()
        if counts.get(member) or member is chosen
    ]  # fmt: skip
    return views, chosen


def spoken(languages: Iterable[str]) -> str:
    """Languages by their own names."""
    return ", ".join(NATIVE_NAMES[tag] for tag in languages)


def names_by_id(account_ids: Collection[int]) -> dict[int, str]:
    """The names of some accounts."""
    rows = db.session.execute(queries.names_of(account_ids))
    return {account_id: name for account_id, name in rows}  # noqa: C416 - rows, not pairs
