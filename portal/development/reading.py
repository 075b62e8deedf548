"""A career plan as a page shows it: each action with its name, what it helps and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.careers import queries as careers
from portal.careers import wording
from portal.certification.models import Certification, CertificationVersion
from portal.core import clock, i18n
from portal.core.db import Words, db
from portal.development import queries
from portal.development.models import CareerPlan, PlanAction
from portal.development.states import PlanActionKind, PlanActionState
from portal.training.models import Course, Programme


@dataclass(frozen=True)
class Shown:
    """One action of a plan on a day; ``done_on`` comes from the record it is linked with."""

    row: PlanAction
    name: str
    need: str
    done_on: date | None
    state: PlanActionState


@dataclass(frozen=True)
class PlanPage:
    """A plan with its actions, those to do first."""

    row: CareerPlan
    actions: list[Shown]

    @property
    def done(self) -> int:
        """Actions done."""
        return sum(one.state is PlanActionState.DONE for one in self.actions)

    @property
    def counted(self) -> int:
        """Actions that were not dropped."""
        return sum(one.state is not PlanActionState.DROPPED for one in self.actions)

    @property
    def late(self) -> int:
        """Actions past due."""
        return sum(one.state is PlanActionState.LATE for one in self.actions)

    @property
    def next_due(self) -> date | None:
        """The day of the next action to do."""
        return min((one.row.due_on for one in self.actions if one.done_on is None
                    and one.row.dropped_on is None), default=None)  # fmt: skip


def read_plan(row: CareerPlan, viewer: Account) -> PlanPage:
    """A plan by its records as they are today."""
    today = clock.today(viewer.time_zone)
    plan = db.session.scalars(
        queries.plan_in_full(row.id).execution_options(populate_existing=True)
    ).one()
    done = {row[0]: row[1] for row in db.session.execute(queries.days_done([plan.id], today))}
    names = names_of(plan.actions)
    needs = need_titles(plan.role_id, today) if any(one.need for one in plan.actions) else {}
    shown = [
        Shown(one, names[one.id], needs.get(one.need, ""), done[one.id],
              state_of(one, done[one.id], today))
        for one in plan.actions
    ]  # fmt: skip
    order = list(PlanActionState)
    late_first = {PlanActionState.LATE: -1}
    shown.sort(key=lambda one: late_first.get(one.state, order.index(one.state)))
    return PlanPage(plan, shown)


def state_of(row: PlanAction, done_on: date | None, today: date) -> PlanActionState:
    """How an action stands on a day."""
    if row.dropped_on is not None:
        return PlanActionState.DROPPED
    if done_on is not None:
        return PlanActionState.DONE
    return PlanActionState.LATE if row.due_on < today else PlanActionState.OPEN


def names_of(actions: list[PlanAction]) -> dict[int, str]:
    """What each action is called, in the reader's language: a statement for each kind."""
    wanted: dict[PlanActionKind, set[int]] = {}
    for one in actions:
        if one.subject_id is not None:
            wanted.setdefault(one.kind, set()).add(one.subject_id)
    known = {kind: _titles(kind, keys) for kind, keys in wanted.items()}
    return {
        one.id: i18n.words(known[one.kind].get(one.subject_id, {}))
        if one.subject_id is not None else one.title
        for one in actions
    }  # fmt: skip


def _titles(kind: PlanActionKind, keys: set[int]) -> dict[int, Words]:
    if kind is PlanActionKind.CERTIFICATION:
        select = (
            sa.select(Certification.id, CertificationVersion.name)
            .join(CertificationVersion, CertificationVersion.id == Certification.current_version_id)
            .where(Certification.id.in_(keys))
        )
    else:
        row = Course if kind is PlanActionKind.COURSE else Programme
        select = sa.select(row.id, row.title).where(row.id.in_(keys))
    return {row[0]: row[1] for row in db.session.execute(select)}


def need_titles(role_id: int, day: date) -> dict[str, str]:
    """What a role asks for, by the key of the line."""
    return wording.titles(careers.needs_of(role_id, day))
