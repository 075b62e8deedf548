"""Answers to what happens to employments below."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.people.models import Employment
from portal.people.signals import employment_ended, employment_started
from portal.promotions import operations
from portal.promotions.models import Promotion


@employment_ended.connect
def leave(_sender: object, *, employment: Employment, by: Account | None) -> None:  # noqa: ARG001
    """Who leaves is not promoted."""
    operations.leave(employment)


@employment_started.connect
def follow(_sender: object, *, employment: Employment, by: Account | None) -> None:  # noqa: ARG001
    """Another post may make a promotion pointless; its own start does not."""
    if employment.source_type != Promotion.__tablename__:
        operations.follow_employment(employment)
