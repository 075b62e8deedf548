"""What onboarding shows on the record page of a person."""

from __future__ import annotations

from typing import Any

from flask import Flask

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.onboarding import policy, queries
from portal.people import parts
from portal.people.models import Person


def connect(app: Flask) -> None:
    """Add the part to the page."""
    parts.add_part(app, Person, "onboarding/_person_part.html", _plan)


def _plan(viewer: Account, person: Person) -> dict[str, Any] | None:
    """The person's newest plan with how many of its tasks are done."""
    plan = db.session.scalar(queries.plan_of(person.id))
    if plan is None or not policy.see_plan(viewer, plan):
        return None
    row = db.session.execute(queries.progress([plan.id])).first()
    return {
        "plan": plan,
        "state": plan.state_on(clock.today(plan.employment.site.time_zone)),
        "total": row[1] if row else 0,
        "done": row[2] if row else 0,
    }
