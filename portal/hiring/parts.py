"""Where upper features add to hiring's pages without hiring knowing them.

A feature appends a function when it registers; one that has nothing to show returns ``None``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from markupsafe import Markup

from portal.accounts.models import Account
from portal.core.forms.box import Text
from portal.hiring.models import Application


class NextAction(NamedTuple):
    """The one thing to do next with an application."""

    label: Text
    url: str


application_parts: list[Callable[[Application, Account], Markup | None]] = []
"""Sections of the page of an application; a part leaves out what this viewer may not see."""

next_actions: list[Callable[[Application, Account], NextAction | None]] = []
"""The first that answers stands on the page as its primary action."""

status_parts: list[Callable[[Application], Markup | None]] = []
"""Sections of the candidate's own status page."""


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
