"""Answers to what happens below: somebody takes a position."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.core import clock
from portal.people.models import Employment
from portal.people.signals import employment_started
from portal.succession import operations


@employment_started.connect
def follow_position(_sender: object, *, employment: Employment, by: Account | None) -> None:  # noqa: ARG001 - part of the fact
    """Whoever holds a position from today on is no longer its successor."""
    if employment.position_id is not None and employment.starts_on <= clock.today():
        operations.follow_holders()
