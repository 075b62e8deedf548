"""Cycles, whom they are about, and how they stand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from portal.accounts.models import Account
from portal.competencies.models import Competency, RoleRequirement
from portal.core.db import Json
from portal.people.models import Employment, Person, Role, Site, Team
from portal.people.queries.employments import covering
from portal.reviews import policy
from portal.reviews.models import Review, ReviewCycle
from portal.reviews.states import CycleState, ReviewState

UNFINISHED = (ReviewState.WRITING, ReviewState.CALIBRATION, ReviewState.RELEASED)


def cycles(viewer: Account) -> sa.Select[Any]:
    """The cycles a viewer may know of, the newest first; drafts only for HR."""
    found = sa.select(ReviewCycle).options(joinedload(ReviewCycle.template, innerjoin=True))
    if not policy.keep_reviews(viewer):
        found = found.where(ReviewCycle.state.in_((CycleState.RUNNING, CycleState.CLOSED)))
    return found


def standing_of_cycles(cycle_ids: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    """How many reviews of each cycle stand where: cycle id, state and number."""
    return (
        sa.select(Review.cycle_id, Review.state, sa.func.count().label("number"))
        .where(Review.cycle_id.in_(cycle_ids))
        .group_by(Review.cycle_id, Review.state)
    )


def people_in_population(population: Json, on: date) -> sa.Select[*tuple[Any, ...]]:
    """Who is meant, of those employed on a day: one row a person, in alphabetical order.

    Columns: id, the names, language, role_id, role, team_id, team, site, manager_id.
    """
    found = (
        sa.select(
            Person.id,
            Person.given_name,
            Person.family_name,
            Person.language,
            Employment.role_id,
            Role.title.label("role"),
            Employment.team_id,
            Team.name.label("team"),
            Site.name.label("site"),
            Employment.manager_id,
        )
        .select_from(Person)
        .join(Employment, sa.and_(Employment.person_id == Person.id, covering(on)))
        .join(Role, Role.id == Employment.role_id)
        .join(Team, Team.id == Employment.team_id)
        .join(Site, Site.id == Employment.site_id)
        .order_by(Person.by_name(), Person.id)
    )
    if role_ids := population.get("role_ids"):
        found = found.where(Employment.role_id.in_(role_ids))
    if site_ids := population.get("site_ids"):
        found = found.where(Employment.site_id.in_(site_ids))
    if team_ids := population.get("team_ids"):
        top = aliased(Team)
        below = sa.exists().where(top.id.in_(team_ids), Team.path.startswith(top.path))
        found = found.where(below)
    if since := population.get("employed_by"):
        then = aliased(Employment)
        found = found.where(
            sa.exists().where(
                then.person_id == Person.id, covering(date.fromisoformat(since), then)
            )
        )
    return found


def in_another_cycle(person_ids: Collection[int], cycle_id: int) -> sa.Select[Any]:
    """Who of these is being reviewed in another running cycle."""
    return (
        sa.select(Review.person_id)
        .join(Review.cycle)
        .where(
            Review.person_id.in_(person_ids),
            Review.cycle_id != cycle_id,
            ReviewCycle.state == CycleState.RUNNING,
            Review.state.in_((ReviewState.WRITING, ReviewState.CALIBRATION)),
        )
    )


def present_managers(on: date) -> sa.Select[*tuple[Any, ...]]:
    """Everybody employed on a day with the manager that stands in their employment, and team."""
    return sa.select(Employment.person_id, Employment.manager_id, Employment.team_id).where(
        covering(on)
    )


def demands_of(role_ids: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    """What roles ask for as it is worded today: role, competency, version, level, weight."""
    return (
        sa.select(
            RoleRequirement.role_id,
            RoleRequirement.competency_id,
            Competency.current_version_id,
            RoleRequirement.level,
            RoleRequirement.weight,
        )
        .join(Competency, Competency.id == RoleRequirement.competency_id)
        .where(RoleRequirement.role_id.in_(role_ids), Competency.current_version_id.is_not(None))
        .order_by(RoleRequirement.role_id, RoleRequirement.order, RoleRequirement.id)
    )


def unfinished_reviews(cycle_id: int) -> sa.Select[Any]:
    """The reviews of a cycle that are neither signed nor called off, with their people."""
    return (
        sa.select(Review)
        .join(Person, Person.id == Review.person_id)
        .where(Review.cycle_id == cycle_id, Review.state.in_(UNFINISHED))
        .options(
            joinedload(Review.person, innerjoin=True),
            joinedload(Review.manager),
            joinedload(Review.team, innerjoin=True),
        )
        .order_by(Review.state, Person.by_name(), Review.id)
    )
