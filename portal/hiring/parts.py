"""Where upper features add to hiring's pages without hiring knowing them."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from portal.accounts.models import Account
from portal.core.forms.box import Text
from portal.core.parts import Place
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


application_parts: Place[[Application, Account], Markup] = Place("hiring.application_parts")
"""Sections of the page of an application; a part leaves out what this viewer may not see."""

next_actions: Place[[Application, Account], NextAction] = Place("hiring.next_actions")
"""The first that answers stands on the page as its primary action."""

status_parts: Place[[Application], Markup] = Place("hiring.status_parts")
"""Sections of the candidate's own status page."""

requisition_parts: Place[[Requisition, Account], Markup] = Place("hiring.requisition_parts")
"""Sections of the record of a requisition; a part leaves out what this viewer may not see."""

posting_actions: Place[[Posting, Account], NextAction] = Place("hiring.posting_actions")
"""What comes next with a posting that is published; the first that answers is shown."""

posting_links: Place[[Posting, Account], NextAction] = Place("hiring.posting_links")
"""More pages about a posting, each for those who may see it."""

tabs: Place[[Account], Tab] = Place("hiring.tabs")
"""Lists of upper features among the tabs of hiring, for those who may see them."""
