"""Experience and education of colleagues that wait for somebody's word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.careers import policy, queries
from portal.careers.models import CareerClaim
from portal.home.need import Need, Source, by_moment

PATIENCE = timedelta(days=7)
"""How long a claim waits before it counts as late."""


def _claims(viewer: Account) -> Iterator[Source]:
    if policy.see_people(viewer):
        yield Source(
            queries.claims_to_confirm,
            CareerClaim.id,
            by_moment(viewer, PATIENCE),
            _claim,
            moment=CareerClaim.created_at,
        )


def _claim(claim: CareerClaim, due: date) -> Need:
    return Need(
        "person-check",
        _("%(who)s: %(what)s", who=claim.person.display_name, what=claim.title),
        _("%(kind)s to confirm as a second person.", kind=claim.kind.label),
        due,
        url_for("paths.claim", claim_id=claim.id),
        _("View"),
    )


SOURCES: tuple[Callable[[Account], Iterator[Source]], ...] = (_claims,)
