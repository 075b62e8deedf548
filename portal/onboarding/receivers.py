"""Answers to what happens below: an employment that begins starts a plan."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.onboarding import operations
from portal.people.models import Employment
from portal.people.signals import employment_started
from portal.people.states import EmploymentReason


@employment_started.connect
def start_plan(_sender: object, *, employment: Employment, by: Account | None) -> None:
    """Hires and returns are onboarded; promotions and transfers are another matter."""
    if employment.reason in {EmploymentReason.HIRE, EmploymentReason.RETURN}:
        operations.start_plan(employment, by=by)
