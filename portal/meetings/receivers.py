"""Answers to what happens below: somebody gets another manager, leaves, or a team another lead."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.meetings import operations
from portal.people.models import Employment, Team
from portal.people.signals import employment_ended, employment_started, team_lead_set


@employment_started.connect
def follow_manager(_sender: object, *, employment: Employment, by: Account | None) -> None:  # noqa: ARG001
    """The new manager starts fresh and sees nothing of the old notes."""
    operations.follow_manager(employment)


@employment_ended.connect
def follow_leaver(_sender: object, *, employment: Employment, by: Account | None) -> None:  # noqa: ARG001
    """Nobody meets who has left."""
    operations.follow_leaver(employment)


@team_lead_set.connect
def follow_lead(
    _sender: object,
    *,
    team: Team,
    before: int | None,
    by: Account | None,  # noqa: ARG001
) -> None:
    """As for a new manager."""
    operations.follow_lead(team, before)
