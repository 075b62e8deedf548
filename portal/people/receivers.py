"""Answers to facts of lower features."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.people.models import Team


@sa.event.listens_for(Account, "before_insert")
def give_led_paths(_mapper: Any, connection: sa.Connection, account: Account) -> None:  # noqa: ANN401
    """Who led a team before having an account sees it from the first day.

    Accounts know nothing of teams, so this listens to the row itself.
    """
    if not account.led_paths:
        led = sa.select(Team.path).where(Team.lead_id == account.person_id).order_by(Team.path)
        account.led_paths = list(connection.scalars(led))
