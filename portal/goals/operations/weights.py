"""The weights of a person's goals: never more than 100 per cent on any day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.core import i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.goals import queries
from portal.goals.terms import Terms
from portal.people.models import Person

ALL = 100

Span = tuple[date, date, int]
"""First day, last day, weight."""


def heaviest(spans: Iterable[Span], first: date, last: date) -> int:
    """The greatest sum of weights on any day of a stretch of time.

    Sums grow only on the first day of some goal, so these days are enough to look at.
    """
    near = [span for span in spans if span[0] <= last and span[1] >= first]
    days = {first, *(span[0] for span in near if span[0] > first)}
    return max(
        sum(weight for begins, ends, weight in near if begins <= day <= ends) for day in days
    )


def require_weight(person: Person, terms: Terms, *, but: int | None = None) -> None:
    """Make sure that a goal's weight fits beside the others of its time.

    Raises:
        Refused: if together they weigh more than 100 per cent.

    """
    if terms.weight == 0:
        return
    # The lock keeps two goals proposed at once from both finding room.
    db.session.execute(sa.select(Person.id).where(Person.id == person.id).with_for_update())
    others = [tuple(row) for row in db.session.execute(queries.weights_of(person.id, but))]
    taken = heaviest(others, terms.starts_on, terms.ends_on)
    if taken + terms.weight > ALL:
        raise Refused(
            _(
                "With the other goals of this time the weights come to %(sum)s. "
                "At most %(room)s is left: lower this weight, or that of another goal first.",
                sum=i18n.percent((taken + terms.weight) / 100),
                room=i18n.percent(max(ALL - taken, 0) / 100),
            ),
            "weight",
        )
