"""Answers to what happens below: an employment that begins starts a plan."""

from __future__ import annotations

from datetime import timedelta

from portal.accounts.models import Account
from portal.core import clock
from portal.onboarding import operations
from portal.people.models import Employment
from portal.people.signals import employment_started
from portal.people.states import EmploymentReason

NEW_FOR = timedelta(days=90)
"""Who began longer ago is entered after the fact and needs no onboarding."""


@employment_started.connect
def start_plan(_sender: object, *, employment: Employment, by: Account | None) -> None:
    """Hires and returns are onboarded; promotions and transfers are another matter."""
    if employment.reason not in {EmploymentReason.HIRE, EmploymentReason.RETURN}:
        return
    if employment.starts_on >= clock.today() - NEW_FOR:
        operations.start_plan(employment, by=by)
