"""Answers to a course completed and to somebody employed."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.people.models import Employment
from portal.people.signals import employment_started
from portal.training import operations
from portal.training.models import Completion
from portal.training.signals import course_completed


@course_completed.connect
def open_next(_sender: object, *, completion: Completion, by: Account | None) -> None:
    """A completed course may open the next one of a programme."""
    operations.follow_completion(completion, by=by)


@employment_started.connect
def apply_rules(_sender: object, *, employment: Employment, by: Account | None) -> None:
    """New people, and people in new roles, are enrolled in what is asked of them."""
    operations.apply_rules_to(employment, by=by)
