"""Lists of promotions, what waits for whom, and what the day brings."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from portal.accounts.models import Account
from portal.accounts.states import AccountState
from portal.core import clock
from portal.hiring.states import StepState
from portal.people.models import Employment, Person, Position, Role, Site, Team
from portal.people.queries import answered_for_by, within
from portal.people.queries.employments import covering
from portal.promotions.models import Promotion, PromotionStep
from portal.promotions.policy import ARRIVING
from portal.promotions.states import LIVE, PromotionState, StepKind


def visible_to(viewer: Account) -> sa.ColumnElement[bool]:
    """Promotions the viewer may see, of selects that join the person; never their own."""
    others = Promotion.person_id != viewer.person_id
    if viewer.has_role("hr", "executive"):
        return others
    arriving = sa.and_(
        Promotion.manager_id == viewer.person_id, Promotion.state.in_(sorted(ARRIVING))
    )
    return sa.and_(others, sa.or_(answered_for_by(viewer), arriving))


def promotion_rows(viewer: Account) -> sa.Select[*tuple[Any, ...]]:
    """What the list shows."""
    before = aliased(Role)
    return (
        sa.select(
            Promotion.id,
            Promotion.state,
            Promotion.starts_on,
            Promotion.created_at,
            Person.given_name,
            Person.family_name,
            Person.language,
            before.title.label("from_role"),
            Role.title.label("role"),
            Team.name.label("team"),
            Site.name.label("site"),
        )
        .join(Person, Person.id == Promotion.person_id)
        .join(Employment, Employment.id == Promotion.employment_id)
        .join(before, before.id == Employment.role_id)
        .join(Role, Role.id == Promotion.role_id)
        .join(Team, Team.id == Promotion.team_id)
        .join(Site, Site.id == Promotion.site_id)
        .where(visible_to(viewer))
    )


def promotion_for_update(promotion_id: int) -> sa.Select[Promotion]:
    """One promotion as it is now, with its steps, locked until the transaction ends."""
    return (
        sa.select(Promotion)
        .where(Promotion.id == promotion_id)
        .options(selectinload(Promotion.steps))
        .with_for_update(of=Promotion)
        .execution_options(populate_existing=True)
    )


def live_of(person_id: int) -> sa.Select[Promotion]:
    """The promotion of a person that is not over: one row or none."""
    return sa.select(Promotion).where(
        Promotion.person_id == person_id, Promotion.state.in_(sorted(LIVE))
    )


def own_offer(person_id: int, states: Collection[PromotionState]) -> sa.Select[Promotion]:
    """The newest promotion of a person in one of these states."""
    return (
        sa.select(Promotion)
        .where(Promotion.person_id == person_id, Promotion.state.in_(sorted(states)))
        .order_by(Promotion.id.desc())
        .limit(1)
    )


def position_holder(position_id: int, day: date, person_id: int) -> sa.Select[bool]:
    """Whether somebody else holds a seat on a day or later, or is to be promoted into it."""
    held = sa.exists().where(
        Employment.position_id == position_id,
        Employment.person_id != person_id,
        sa.or_(Employment.ends_on.is_(None), Employment.ends_on >= day),
    )
    promised = sa.exists().where(
        Promotion.position_id == position_id,
        Promotion.person_id != person_id,
        Promotion.state.in_(sorted(LIVE)),
    )
    return sa.select(sa.or_(held, promised))


def managers() -> sa.Select[Person]:
    """Who leads a team or has somebody reporting to them today, by name."""
    today = clock.today()
    leads = sa.select(Team.lead_id).where(Team.lead_id.is_not(None))
    over = sa.select(Employment.manager_id).where(
        Employment.manager_id.is_not(None), covering(today)
    )
    return (
        sa.select(Person)
        .where(sa.or_(Person.id.in_(leads), Person.id.in_(over)))
        .order_by(Person.by_name(), Person.id)
    )


def free_positions(day: date) -> sa.Select[Position]:
    """Seats nobody holds on a day or later, with role and team."""
    held = sa.exists().where(
        Employment.position_id == Position.id,
        sa.or_(Employment.ends_on.is_(None), Employment.ends_on >= day),
    )
    return (
        sa.select(Position)
        .where(~held)
        .options(joinedload(Position.role), joinedload(Position.team))
        .order_by(Position.code)
    )


_Mine, _Over = aliased(PromotionStep), aliased(Employment)


def steps_waiting_for(viewer: Account) -> sa.Select[PromotionStep]:
    """Open steps the viewer may decide, with the promotion and its person."""
    decided = sa.exists().where(
        _Mine.promotion_id == PromotionStep.promotion_id,
        _Mine.round == PromotionStep.round,
        _Mine.decided_by_id == viewer.id,
    )
    kinds = [sa.and_(PromotionStep.kind == StepKind.MANAGER, _line(viewer))]
    if viewer.has_role("hr"):
        kinds.append(PromotionStep.kind == StepKind.HR)
    if viewer.has_role("executive"):
        kinds.append(PromotionStep.kind == StepKind.DIRECTOR)
    promotion = contains_eager(PromotionStep.promotion)
    return (
        sa.select(PromotionStep)
        .join(PromotionStep.promotion)
        .join(Person, Person.id == Promotion.person_id)
        .where(
            PromotionStep.state == StepState.OPEN,
            Promotion.state == PromotionState.IN_APPROVAL,
            Promotion.person_id != viewer.person_id,
            Promotion.proposed_by_id != viewer.id,
            ~decided,
            sa.or_(*kinds),
        )
        .options(promotion.contains_eager(Promotion.person), promotion.joinedload(Promotion.role))
        .order_by(PromotionStep.opened_at)
    )


def _line(viewer: Account) -> sa.ColumnElement[bool]:
    """As ``policy.next_up`` of proposals by the line, else as ``answers_for``."""
    today = clock.today()
    led = [sa.and_(within(Team.path, path), Team.path != path) for path in viewer.led_paths]
    managers_manager = sa.exists().where(
        _Over.person_id == Employment.manager_id,
        _Over.manager_id == viewer.person_id,
        covering(today, _Over),
    )
    next_up = (
        sa.exists()
        .where(
            Employment.person_id == Person.id,
            Team.id == Employment.team_id,
            covering(today),
            sa.or_(managers_manager.correlate(Employment), *led),
        )
        .correlate(Person)
    )
    return sa.or_(
        sa.and_(Promotion.by_line, next_up),
        sa.and_(~Promotion.by_line, answered_for_by(viewer)),
    )


def changeable(viewer: Account, state: PromotionState) -> sa.Select[Promotion]:
    """Promotions in a state that the viewer keeps: all for HR, else of those they answer for."""
    found = (
        sa.select(Promotion)
        .join(Promotion.person)
        .where(Promotion.state == state, Promotion.person_id != viewer.person_id)
        .options(contains_eager(Promotion.person), joinedload(Promotion.role))
    )
    return found if viewer.has_role("hr") else found.where(answered_for_by(viewer))


def told_and_silent(viewer: Account, until: date) -> sa.Select[Promotion]:
    """Offers the day of which comes soon, and nobody has answered."""
    return changeable(viewer, PromotionState.OFFERED).where(Promotion.starts_on <= until)


def going_to(person_id: int) -> sa.Select[Promotion]:
    """What waits for a person's own answer."""
    return (
        sa.select(Promotion)
        .where(Promotion.person_id == person_id, Promotion.state == PromotionState.OFFERED)
        .options(joinedload(Promotion.role))
    )


def to_settle() -> sa.Select[int]:
    """Ids of promotions whose day may have come somewhere on earth; the site's own day decides."""
    waiting = {PromotionState.ACCEPTED, PromotionState.OFFERED, PromotionState.APPROVED}
    latest = clock.today() + timedelta(days=1)
    return (
        sa.select(Promotion.id)
        .where(Promotion.state.in_(sorted(waiting)), Promotion.starts_on <= latest)
        .order_by(Promotion.id)
    )


def team_accounts(team_ids: Collection[int], without: int) -> sa.Select[Account]:
    """Active accounts of who works in some teams today or leads them, but one person."""
    members = sa.select(Employment.person_id).where(
        Employment.team_id.in_(team_ids), covering(clock.today())
    )
    leads = sa.select(Team.lead_id).where(Team.id.in_(team_ids), Team.lead_id.is_not(None))
    return (
        sa.select(Account)
        .where(
            Account.state == AccountState.ACTIVE,
            Account.person_id != without,
            sa.or_(Account.person_id.in_(members), Account.person_id.in_(leads)),
        )
        .order_by(Account.id)
    )
