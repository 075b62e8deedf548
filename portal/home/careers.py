"""Experience and education of colleagues that wait for somebody's word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.careers import policy, queries
from portal.careers.models import CareerClaim
from portal.core.db import db
from portal.home.need import MOST, Need, Waiting

PATIENCE = timedelta(days=7)
"""How long a claim waits before it counts as late."""


def _claims(viewer: Account) -> Iterator[Waiting]:
    if not policy.see_people(viewer):
        return
    for claim in db.session.scalars(queries.claims_to_confirm(viewer).limit(MOST)):
        added = claim.created_at.astimezone(ZoneInfo(viewer.time_zone)).date()
        yield added + PATIENCE, partial(_claim, claim)


def _claim(claim: CareerClaim, due: date) -> Need:
    return Need(
        "person-check",
        _("%(who)s: %(what)s", who=claim.person.display_name, what=claim.title),
        _("%(kind)s to confirm as a second person.", kind=claim.kind.label),
        due,
        url_for("paths.claim", claim_id=claim.id),
        _("View"),
    )


SOURCES: tuple[Callable[[Account], Iterator[Waiting]], ...] = (_claims,)
