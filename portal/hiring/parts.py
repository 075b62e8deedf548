"""Where upper features add to hiring's pages without hiring knowing them.

A feature appends a function when it registers; one that has nothing to show returns ``None``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from markupsafe import Markup

from portal.accounts.models import Account
from portal.core.forms.box import Text
from portal.hiring.models import Application, Posting, Requisition


class NextAction(NamedTuple):
    """The one thing to do next; ``is_post`` if doing it changes something by itself."""

    label: Text
    url: str
    is_post: bool = False


class Tab(NamedTuple):
    """A list that stands beside postings, requisitions and candidates; ``key`` names it."""

    key: str
    label: Text
    url: str
    icon: str


application_parts: list[Callable[[Application, Account], Markup | None]] = []
"""Sections of the page of an application; a part leaves out what this viewer may not see."""

next_actions: list[Callable[[Application, Account], NextAction | None]] = []
"""The first that answers stands on the page as its primary action."""

status_parts: list[Callable[[Application], Markup | None]] = []
"""Sections of the candidate's own status page."""

requisition_parts: list[Callable[[Requisition, Account], Markup | None]] = []
"""Sections of the record of a requisition; a part leaves out what this viewer may not see."""

posting_actions: list[Callable[[Posting, Account], NextAction | None]] = []
"""What comes next with a posting that is published; the first that answers is shown."""
tabs: list[Callable[[Account], Tab | None]] = []
"""Lists of upper features among the tabs of hiring, for those who may see them."""


def parts_for(application: Application, viewer: Account) -> list[Markup]:
    """What upper features show of an application to this viewer."""
    found = (part(application, viewer) for part in application_parts)
    return [markup for markup in found if markup]


def status_parts_for(application: Application) -> list[Markup]:
    """What upper features show the candidate."""
    return [markup for part in status_parts if (markup := part(application))]


def next_action_for(application: Application, viewer: Account) -> NextAction | None:
    """What upper features say comes next, if they do."""
    found = (action(application, viewer) for action in next_actions)
    return next((action for action in found if action), None)


def requisition_parts_for(requisition: Requisition, viewer: Account) -> list[Markup]:
    """What upper features show of a requisition to this viewer."""
    found = (part(requisition, viewer) for part in requisition_parts)
    return [markup for markup in found if markup]


def posting_action_for(posting: Posting, viewer: Account) -> NextAction | None:
    """What upper features say comes next with a posting, if they do."""
    found = (action(posting, viewer) for action in posting_actions)
    return next((action for action in found if action), None)


def tabs_for(viewer: Account) -> list[Tab]:
    """The lists of upper features this viewer may see."""
    return [tab for make in tabs if (tab := make(viewer))]
