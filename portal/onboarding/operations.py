"""Start the plan of a hire from the template and from what the interview showed; tick its tasks."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.competencies.models import Competency, Evidence, RoleRequirement
from portal.core import audit, clock
from portal.core.db import Words, db
from portal.core.errors import Refused
from portal.core.files import StoredFile
from portal.onboarding import notices, queries
from portal.onboarding.calendar import shifted
from portal.onboarding.models import OnboardingPlan, OnboardingTask, OnboardingTemplate
from portal.onboarding.states import OnboardingFact, TaskOwner
from portal.people.models import Employment, Role

STARTER = Path(__file__).parent / "starter" / "templates.toml"


@cache
def _starter() -> dict[str, Any]:
    return tomllib.loads(STARTER.read_text())


def load_templates(*, by: Account | None) -> int:
    """Add the starter templates that are not there yet; returns how many were added."""
    present = set(db.session.scalars(sa.select(OnboardingTemplate.key)))
    roles = {role.key: role for role in db.session.scalars(sa.select(Role))}
    fresh = [entry for entry in _starter()["template"] if entry["key"] not in present]
    for entry in fresh:
        template = OnboardingTemplate(
            key=entry["key"],
            role=roles[entry["role"]],
            name=entry["name"],
            tasks=entry["tasks"],
        )
        db.session.add(template)
        audit.record(OnboardingFact.TEMPLATE_ADDED, template, by=by)
    return len(fresh)


def start_plan(employment: Employment, *, by: Account | None) -> OnboardingPlan | None:
    """Make the checklist of an employment; a second call returns the one that is there.

    Without a template for the role and without a gap there is nothing to do, and no plan.
    """
    present = db.session.scalar(
        sa.select(OnboardingPlan).where(OnboardingPlan.employment_id == employment.id)
    )
    if present is not None:
        return present
    template = db.session.scalar(queries.template_for(employment.role_id, employment.site_id))
    tasks = [_from_template(employment, task) for task in (template.tasks if template else [])]
    tasks += _from_gaps(employment)
    if not tasks:
        return None
    plan = OnboardingPlan(
        person_id=employment.person_id,
        employment=employment,
        template_id=template.id if template else None,
        starts_on=employment.starts_on,
        created_at=clock.now(),
        tasks=tasks,
    )
    db.session.add(plan)
    audit.record(OnboardingFact.PLAN_STARTED, plan, by=by)
    notices.plan_started(plan)
    return plan


def _from_template(employment: Employment, task: dict[str, Any]) -> OnboardingTask:
    owner = TaskOwner(task["owner"])
    return OnboardingTask(
        key=task["key"],
        title=task["title"],
        help=task["help"],
        owner_kind=owner,
        owner_id=_owner_of(employment, owner),
        due_on=shifted(employment.starts_on, task["offset_days"], employment.site.country),
        needs_evidence=task["needs_evidence"],
        blocking=task["blocking"],
        milestone=task.get("milestone"),
    )


def _owner_of(employment: Employment, owner: TaskOwner) -> int | None:
    """The person who owns a task; the manager stands in until a buddy is named."""
    if owner is TaskOwner.HIRE:
        return employment.person_id
    if owner in {TaskOwner.MANAGER, TaskOwner.BUDDY}:
        return employment.manager_id
    return None


def _from_gaps(employment: Employment) -> list[OnboardingTask]:
    """A task for every competency whose latest evidence lies below what the role asks for."""
    tasks = []
    for requirement, competency, level in db.session.execute(_gaps(employment)):
        gap = _starter()["gap_tasks"].get(competency.key)
        if gap is None:
            continue
        tasks.append(
            OnboardingTask(
                key=f"gap-{competency.key}",
                title=gap["title"],
                help=competency.current.description,
                reason=_reason(gap["reason"], level, requirement.level),
                competency_id=competency.id,
                owner_kind=TaskOwner.HIRE,
                owner_id=employment.person_id,
                due_on=shifted(employment.starts_on, gap["offset_days"], employment.site.country),
            )
        )
    return tasks


def _reason(template: Words, level: float, required: int) -> Words:
    shown = f"{level:.1f}".removesuffix(".0")
    return {
        language: text.format(
            level=shown if language in {"en", "ja"} else shown.replace(".", ","), required=required
        )
        for language, text in template.items()
    }


def _gaps(employment: Employment) -> sa.Select[Any]:
    newest = (
        sa.select(
            Evidence.competency_id,
            Evidence.level,
            sa.func.row_number()
            .over(
                partition_by=Evidence.competency_id,
                order_by=(Evidence.observed_on.desc(), Evidence.id.desc()),
            )
            .label("place"),
        )
        .where(Evidence.person_id == employment.person_id)
        .subquery()
    )
    return (
        sa.select(RoleRequirement, Competency, newest.c.level)
        .join(Competency, Competency.id == RoleRequirement.competency_id)
        .join(newest, newest.c.competency_id == RoleRequirement.competency_id)
        .where(
            RoleRequirement.role_id == employment.role_id,
            newest.c.place == 1,
            newest.c.level < RoleRequirement.level,
        )
        .order_by(RoleRequirement.weight.desc(), RoleRequirement.id)
    )


def finish_task(
    task: OnboardingTask, *, evidence: str = "", file: StoredFile | None = None, by: Account
) -> None:
    """Tick a task, with what shows that it is done.

    Raises:
        Refused: if it is done already, or needs evidence and has none.
    """
    if task.done_at is not None:
        raise Refused(_("This task is done already."))
    if task.needs_evidence and not evidence.strip() and file is None:
        raise Refused(_("Say or attach what shows that this is done."), field="evidence")
    task.done_at, task.done_by_id = clock.now(), by.id
    task.evidence, task.evidence_file = evidence.strip(), file
    audit.record(OnboardingFact.TASK_DONE, task, by=by, about=task.plan.person_id)


def reopen_task(task: OnboardingTask, *, by: Account) -> None:
    """Undo ticking a task; what was entered as evidence stays.

    Raises:
        Refused: if it is not done.
    """
    if task.done_at is None:
        raise Refused(_("This task is still open."))
    task.done_at = task.done_by_id = None
    audit.record(OnboardingFact.TASK_REOPENED, task, by=by, about=task.plan.person_id)
