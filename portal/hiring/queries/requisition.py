"""Lists of requisitions, their approvals, and what their forms choose from."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, selectinload

from portal.accounts.models import Account
from portal.accounts.states import AccountState
from portal.hiring.models import ApprovalStep, Requisition, StepDecision
from portal.hiring.states import RequisitionState, StepState
from portal.people.models import Person, Role, Site, Team
from portal.people.queries import within

Rows = sa.Select[*tuple[Any, ...]]
"""A select of several columns."""

SEES_ALL = ("hr", "admin", "executive")


def requisition_for_update(requisition_id: int) -> sa.Select[Requisition]:
    """One requisition as it is now, with its steps, locked until the transaction ends."""
    return (
        sa.select(Requisition)
        .where(Requisition.id == requisition_id)
        .options(selectinload(Requisition.steps).selectinload(ApprovalStep.decisions))
        .with_for_update(of=Requisition)
        .execution_options(populate_existing=True)
    )


def requisitions_visible_to(viewer: Account) -> sa.Select[Requisition]:
    """All for HR and directors; else one's own, one's teams' and those one has to approve."""
    select = sa.select(Requisition).join(Requisition.team)
    if viewer.has_role(*SEES_ALL):
        return select
    return select.where(visible_condition(viewer))


def visible_condition(viewer: Account) -> sa.ColumnElement[bool]:
    """The condition behind ``requisitions_visible_to``, for selects that join the team."""
    if viewer.has_role(*SEES_ALL):
        return sa.true()
    return sa.or_(
        Requisition.created_by_id == viewer.id,
        Requisition.hiring_manager_id == viewer.person_id,
        *(within(Team.path, path) for path in viewer.led_paths),
        Requisition.id.in_(sa.select(ApprovalStep.requisition_id).where(_names(viewer.id))),
    )


def requisition_rows(viewer: Account) -> Rows:
    """What the list of requisitions shows, for those a viewer may see."""
    return (
        sa.select(
            Requisition.id, Requisition.state, Requisition.openings, Requisition.hired,
            Requisition.created_at, Requisition.wanted_start,
            Role.title.label("role"), Site.name.label("site"), Team.name.label("team"),
            Account.display_name.label("requester"),
        )
        .join(Requisition.role)
        .join(Requisition.site)
        .join(Requisition.team)
        .join(Requisition.created_by)
        .where(visible_condition(viewer))
    )  # fmt: skip


def people_behind_requisitions(viewer: Account) -> Rows:
    """Hiring managers, and leads of the teams, of the requisitions a viewer may see."""
    seen = visible_condition(viewer)
    managers = sa.select(Requisition.hiring_manager_id).join(Requisition.team).where(seen)
    leads = sa.select(Team.lead_id).select_from(Requisition).join(Requisition.team).where(seen)
    return sa.select(Person.id, Person.given_name, Person.family_name, Person.language).where(
        Person.id.in_(sa.union(managers, leads))
    )


def steps_waiting_for(account: Account) -> sa.Select[ApprovalStep]:
    """Open steps that name an account and on which it has not decided, oldest first."""
    decided = ApprovalStep.decisions.any(StepDecision.account_id == account.id)
    return (
        sa.select(ApprovalStep)
        .join(ApprovalStep.requisition)
        .where(
            ApprovalStep.state == StepState.OPEN,
            Requisition.state == RequisitionState.IN_APPROVAL,
            _names(account.id),
            ~decided,
        )
        .options(
            contains_eager(ApprovalStep.requisition).joinedload(Requisition.role),
            contains_eager(ApprovalStep.requisition).joinedload(Requisition.created_by),
        )
        .order_by(ApprovalStep.id)
    )


def _names(account_id: int | sa.BindParameter[int]) -> sa.ColumnElement[bool]:
    """Whether a step's JSON list of approvers holds an id, on every database.

    The list is text such as ``[4, 17]``; its brackets become commas so that 7 is not found in 17.
    """
    listed = sa.func.replace(sa.cast(ApprovalStep.approver_ids, sa.Text), "[", ", ")
    number = sa.cast(sa.type_coerce(account_id, sa.Integer), sa.Text)
    return sa.func.replace(listed, "]", ",").contains(sa.literal(", ") + number + ",")


def active_account_ids(account_ids: Collection[int]) -> sa.Select[int]:
    """Those of some accounts that may be used."""
    return sa.select(Account.id).where(
        Account.id.in_(account_ids), Account.state == AccountState.ACTIVE
    )


def active_accounts() -> Rows:
    """Everyone with an account, by name: for choosing hiring managers and approvers."""
    return (
        sa.select(
            Account.id, Account.person_id, Account.display_name, Account.subtitle,
            Account.roles, Account.led_paths,
        )
        .where(Account.state == AccountState.ACTIVE)
        .order_by(Account.display_name, Account.id)
    )  # fmt: skip


def names_of(account_ids: Collection[int]) -> sa.Select[int, str]:
    """Id and name of some accounts."""
    return sa.select(Account.id, Account.display_name).where(Account.id.in_(account_ids))
