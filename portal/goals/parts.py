"""What goals show on the record page of a person."""

from __future__ import annotations

from typing import Any

from flask import Flask

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.goals import policy, queries
from portal.goals.figures import progress_of
from portal.goals.models import Goal
from portal.goals.states import GoalState
from portal.people import parts
from portal.people.models import Person


def connect(app: Flask) -> None:
    """Add the part to the page."""
    parts.add_part(app, Person, "goals/_person_part.html", _goals)


def _goals(viewer: Account, person: Person) -> dict[str, Any] | None:
    """The person's agreed goals with how far they are."""
    if not policy.see_goals(viewer, person) or not person.employments:
        return None
    day = clock.today(viewer.time_zone)
    agreed = queries.goals_of(person.id, viewer).where(Goal.state == GoalState.AGREED)
    goals = db.session.scalars(agreed).all()
    return {"person": person, "goals": goals, "progress": progress_of(goals, day),
            "own": viewer.person_id == person.id}  # fmt: skip
