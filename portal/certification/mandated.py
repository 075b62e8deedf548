"""By when somebody must hold which certification."""

from __future__ import annotations

from datetime import date

from portal.certification import queries
from portal.certification.models import Mandate
from portal.core.db import db
from portal.people.models import Person


def due_days(person: Person, day: date) -> dict[int, date]:
    """Certification id and the day from which it must be held, the earliest of all mandates.

    By the role, team and site the person has on ``day``; empty for whoever is not employed then.
    """
    employment = person.employment_on(day)
    if employment is None:
        return {}
    found: dict[int, date] = {}
    mandates: list[Mandate] = list(db.session.scalars(queries.mandatory_for(employment, day)))
    for mandate in mandates:
        due_on = mandate.due_on(employment.starts_on)
        key = mandate.certification_id
        found[key] = min(due_on, found.get(key, due_on))
    return found
