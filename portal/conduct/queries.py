"""Corrective actions: lists, what waits, and who had an open one on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Account
from portal.conduct.models import CorrectiveAction, CorrectiveTalk
from portal.conduct.states import ActionState, Outcome
from portal.people.models import Employment, Person, Role, Team
from portal.people.queries import answered_for_by
from portal.people.queries.employments import covering

Row = CorrectiveAction


def open_on(person_ids: Collection[int] | sa.Select[Any], day: date) -> sa.Select[CorrectiveAction]:
    """What counted against these people on a day, past days too; see ``CorrectiveAction``."""
    return sa.select(Row).where(
        Row.person_id.in_(person_ids),
        Row.confirmed_on <= day,
        Row.expires_on >= day,
        sa.or_(Row.closed_on.is_(None), Row.closed_on > day),
        sa.or_(Row.outcome.is_(None), Row.outcome != Outcome.WITHDRAWN),
    )


def spans_of(person_ids: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    """All that ever counted: person, id, first day, day it ended, last day it can count."""
    return sa.select(
        Row.person_id, Row.id, Row.confirmed_on, Row.closed_on, Row.expires_on
    ).where(
        Row.person_id.in_(person_ids),
        Row.confirmed_on.is_not(None),
        sa.or_(Row.outcome.is_(None), Row.outcome != Outcome.WITHDRAWN),
    )  # fmt: skip


def visible_to(viewer: Account) -> sa.ColumnElement[bool]:
    """Rows joined with their ``Person`` that the list of this account shows; never its own."""
    others = Row.person_id != viewer.person_id
    return others if viewer.has_role("hr") else sa.and_(others, answered_for_by(viewer))


def actions_listed(viewer: Account, day: date) -> sa.Select[*tuple[Any, ...]]:
    """The list: each action with the person's name, and role and team of the day."""
    return (
        sa.select(
            Row.id,
            Row.kind,
            Row.state,
            Row.outcome,
            Row.proposed_at,
            Row.confirmed_on,
            Row.due_on,
            Row.expires_on,
            Row.closed_on,
            Row.acknowledged_at,
            Person.given_name,
            Person.family_name,
            Person.language,
            Role.title.label("role"),
            Team.name.label("team"),
        )
        .select_from(Row)
        .join(Person, Person.id == Row.person_id)
        .outerjoin(Employment, sa.and_(Employment.person_id == Person.id, covering(day)))
        .outerjoin(Role, Role.id == Employment.role_id)
        .outerjoin(Team, Team.id == Employment.team_id)
        .where(visible_to(viewer))
    )


def actions_of(person_id: int) -> sa.Select[CorrectiveAction]:
    """Everything about one person, newest first."""
    return sa.select(Row).where(Row.person_id == person_id).order_by(Row.id.desc())


def talks_of(action_id: int) -> sa.Select[CorrectiveTalk]:
    """The talks, newest first, with who noted them."""
    return (
        sa.select(CorrectiveTalk)
        .where(CorrectiveTalk.action_id == action_id)
        .options(joinedload(CorrectiveTalk.created_by, innerjoin=True))
        .order_by(CorrectiveTalk.held_on.desc(), CorrectiveTalk.id.desc())
    )


def _with_person(*conditions: sa.ColumnElement[bool]) -> sa.Select[CorrectiveAction]:
    return (
        sa.select(Row)
        .join(Person, Person.id == Row.person_id)
        .where(*conditions)
        .options(joinedload(Row.person, innerjoin=True))
        .order_by(Row.id)
    )


def to_confirm(viewer: Account) -> sa.Select[CorrectiveAction]:
    """What waits for this account as the second person."""
    asked = sa.true() if viewer.has_role("hr") else Row.by_hr.is_(True)
    return _with_person(
        Row.state == ActionState.PROPOSED,
        Row.proposed_by_id != viewer.id,
        Row.person_id != viewer.person_id,
        asked,
    )


def to_acknowledge(viewer: Account) -> sa.Select[CorrectiveAction]:
    """What the person has not said to have seen."""
    return _with_person(
        Row.state == ActionState.OPEN,
        Row.person_id == viewer.person_id,
        Row.acknowledged_at.is_(None),
    )


def to_follow_up(viewer: Account, until: date) -> sa.Select[CorrectiveAction]:
    """Open ones of the viewer's own people with a talk due by a day."""
    return _with_person(
        Row.state == ActionState.OPEN,
        Row.follow_up_on <= until,
        Row.person_id != viewer.person_id,
        answered_for_by(viewer),
    )


def to_judge(viewer: Account, until: date) -> sa.Select[CorrectiveAction]:
    """Open ones of the viewer's own people whose time is over by a day."""
    return _with_person(
        Row.state == ActionState.OPEN,
        Row.due_on <= until,
        Row.person_id != viewer.person_id,
        answered_for_by(viewer),
    )


def to_put_right(viewer: Account) -> sa.Select[CorrectiveAction]:
    """What the viewer proposed and got back."""
    return _with_person(Row.state == ActionState.RETURNED, Row.proposed_by_id == viewer.id)
