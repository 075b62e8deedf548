"""Ends unanswered offers every hour: the last day ends at midnight of the site."""

from __future__ import annotations

from datetime import timedelta

from portal.core.jobs import periodic
from portal.offers import operations


@periodic("offers.expire", every=timedelta(hours=1))
def expire() -> None:
    """End the sent offers whose last day is over."""
    operations.expire_offers()
