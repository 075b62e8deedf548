"""What terms of a goal must meet before anybody is asked about them."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.goals import queries
from portal.goals.models import Goal
from portal.goals.states import Measure
from portal.goals.terms import Terms
from portal.metrics.models import Metric
from portal.metrics.states import Direction
from portal.people.models import Person, Team

DEEPEST = 30
"""Goals above one another; more is a mistake."""


def require_terms(
    terms: Terms, *, person: Person | None, team: Team | None, goal: Goal | None, by: Account
) -> None:
    """Check days, measure and the goal above.

    Raises:
        Refused: if they do not fit together, naming the field.

    """
    if terms.ends_on < terms.starts_on:
        raise Refused(_("The last day can't be before the first."), "ends_on")
    if terms.measure is Measure.METRIC:
        _require_direction(terms)
    elif terms.start == terms.target:
        raise Refused(_("Start and target are the same: there is nothing to reach."), "target")
    if terms.parent_id is not None and (goal is None or terms.parent_id != goal.parent_id):
        _require_parent(terms.parent_id, person, team, goal, by)


def _require_direction(terms: Terms) -> None:
    metric = db.session.get_one(Metric, terms.metric_id)
    if terms.start is None:
        return
    if metric.definition.direction is Direction.HIGHER and terms.start >= terms.target:
        raise Refused(
            _("Higher is better here: the target must lie above the start."), "metric_target"
        )
    if metric.definition.direction is Direction.LOWER and terms.start <= terms.target:
        raise Refused(
            _("Lower is better here: the target must lie below the start."), "metric_target"
        )


def _require_parent(
    parent_id: int, person: Person | None, team: Team | None, goal: Goal | None, by: Account
) -> None:
    # The lock keeps two changes at once from tying a knot that neither sees.
    owner = Person.id == person.id if person is not None else Team.id == (team.id if team else 0)
    db.session.execute(sa.select(sa.literal(1)).where(owner).with_for_update())
    allowed = parents_for(by, person, team)
    parent = next((one for one in allowed if one.id == parent_id), None)
    if parent is None:
        raise Refused(
            _("Choose a goal of the same person, of their manager or of their team."), "parent"
        )
    above: Goal | None = parent
    for _step in range(DEEPEST):
        if above is None:
            return
        if goal is not None and above.id == goal.id:
            break
        above = above.parent
    raise Refused(_("A goal can't contribute to itself. Choose another one."), "parent")


def parents_for(by: Account, person: Person | None, team: Team | None) -> list[Goal]:
    """The goals that one of a person or a team may contribute to, as ``by`` may see them."""
    manager = None
    if person is not None:
        present = person.employment_on(clock.today())
        team, manager = (present.team, present.manager) if present else (None, None)
    path = team.path if team is not None else ""
    found = queries.possible_parents(by, person, path, manager)
    return list(db.session.scalars(found.execution_options(populate_existing=True)))
