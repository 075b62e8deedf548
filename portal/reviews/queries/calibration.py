"""Results side by side, of whom the viewer may compare; nobody sees their own row."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.accounts.models import Account
from portal.core import clock
from portal.people.models import Employment, Person, Role, Team
from portal.people.queries import within
from portal.people.queries.employments import covering
from portal.reviews.models import CalibrationChange, Review
from portal.reviews.states import ReviewState

COMPARED = (ReviewState.CALIBRATION, ReviewState.RELEASED, ReviewState.SIGNED)


def comparable_to(viewer: Account) -> sa.ColumnElement[bool]:
    """Reviews of others: all for HR and directors, else of whom the viewer's teams hold today."""
    others = Review.person_id != viewer.person_id
    if viewer.has_role("hr", "executive"):
        return others
    present, team = aliased(Employment), aliased(Team)
    led = [within(team.path, path) for path in viewer.led_paths]
    below = (
        sa.exists()
        .where(present.person_id == Review.person_id, team.id == present.team_id)
        .where(covering(clock.today(), present), sa.or_(sa.false(), *led))
    )
    return sa.and_(others, below)


def results_of(viewer: Account, cycle_id: int) -> sa.Select[*tuple[Any, ...]]:
    """The rows of the comparison: names, score, result, and how often it was changed."""
    manager = aliased(Person, name="manager")
    changes = (
        sa.select(sa.func.count(CalibrationChange.id))
        .where(CalibrationChange.review_id == Review.id)
        .correlate(Review)
        .scalar_subquery()
    )
    return (
        sa.select(
            Review.id,
            Review.version,
            Review.state,
            Review.score,
            Review.rating,
            Review.manager_id,
            Person.given_name,
            Person.family_name,
            Person.language,
            Role.title.label("role"),
            Team.name.label("team"),
            Team.path.label("team_path"),
            manager.given_name.label("manager_given"),
            manager.family_name.label("manager_family"),
            manager.language.label("manager_language"),
            changes.label("changes"),
        )
        .select_from(Review)
        .join(Person, Person.id == Review.person_id)
        .join(Role, Role.id == Review.role_id)
        .join(Team, Team.id == Review.team_id)
        .outerjoin(manager, manager.id == Review.manager_id)
        .where(
            Review.cycle_id == cycle_id, Review.state.in_(COMPARED), comparable_to(viewer)
        )
    )  # fmt: skip


def managers_in(viewer: Account, cycle_id: int) -> sa.Select[Person]:
    """Whose people are compared, in alphabetical order."""
    theirs = sa.exists().where(
        Review.manager_id == Person.id,
        Review.cycle_id == cycle_id,
        Review.state.in_(COMPARED),
        comparable_to(viewer),
    )
    return sa.select(Person).where(theirs).order_by(Person.by_name(), Person.id)
