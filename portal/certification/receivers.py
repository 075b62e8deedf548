"""Answers to what happens below: a course is completed, somebody leaves or comes back."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.certification import operations
from portal.people.models import Employment
from portal.people.signals import employment_ended, employment_started
from portal.training.models import Completion
from portal.training.signals import course_completed


@course_completed.connect
def use_completion(_sender: object, *, completion: Completion, by: Account | None) -> None:
    """A course may be the last thing missing for a certificate."""
    operations.use_completion(completion, by=by)


@employment_ended.connect
def note_leaving(_sender: object, *, employment: Employment, by: Account | None) -> None:
    """Some certificates lapse a while after leaving."""
    if employment.ends_on is not None:
        operations.note_leaving(employment.person, employment.ends_on, by=by)


@employment_started.connect
def note_return(_sender: object, *, employment: Employment, by: Account | None) -> None:
    """Whoever comes back in time keeps them."""
    operations.note_return(employment.person, employment.starts_on, by=by)
