"""Looks every hour whose day has come: it begins at midnight of the site."""

from __future__ import annotations

from datetime import timedelta

from portal.core.jobs import periodic
from portal.promotions import operations


@periodic("promotions.settle", every=timedelta(hours=1))
def settle() -> None:
    """Carry out accepted promotions, end unanswered ones."""
    operations.settle()
