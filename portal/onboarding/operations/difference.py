"""What a newer version of the template would change in a running plan, and making it so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import Json
from portal.core.errors import Refused
from portal.onboarding.calendar import due_day
from portal.onboarding.models import OnboardingPlan, OnboardingTask, OnboardingTemplate
from portal.onboarding.operations.plan import finish_by, new_task, owner_of
from portal.onboarding.states import Change, OnboardingFact, TaskOwner

COMPARED: dict[Change, tuple[str, ...]] = {
    Change.TEXT: ("title", "help"),
    Change.DAY: ("offset_days", "milestone"),
    Change.OWNER: ("owner",),
    Change.BLOCKING: ("blocking",),
    Change.EVIDENCE: ("needs_evidence",),
}


@dataclass(frozen=True)
class Changed:
    """An open task that the newer version has otherwise, and in what."""

    task: OnboardingTask
    entry: Json
    what: tuple[Change, ...]


@dataclass(frozen=True)
class Difference:
    """What would change in a plan; done tasks and tasks of its own are never part of it."""

    added: tuple[Json, ...]
    changed: tuple[Changed, ...]
    removed: tuple[OnboardingTask, ...]
    finish_by: date | None
    """The new last day, if it is another one."""

    def __bool__(self) -> bool:
        """Whether anything would change."""
        return bool(self.added or self.changed or self.removed or self.finish_by)


def difference(plan: OnboardingPlan, template: OnboardingTemplate) -> Difference:
    """Compare the version a plan was made from with a newer one."""
    old = {entry["key"]: entry for entry in (plan.template.tasks if plan.template else [])}
    new = {entry["key"]: entry for entry in template.tasks}
    tasks = {task.key: task for task in plan.tasks}
    open_tasks = {key: task for key, task in tasks.items() if task.done_at is None}
    changed = (
        Changed(open_tasks[key], entry, _what(old[key], entry))
        for key, entry in new.items()
        if key in old and key in open_tasks
    )
    last_day = finish_by(plan.starts_on, template)
    return Difference(
        added=tuple(new[key] for key in new if key not in old and key not in tasks),
        changed=tuple(one for one in changed if one.what),
        removed=tuple(
            task for key, task in open_tasks.items()
            if key in old and key not in new and not (task.check_in and task.check_in.is_begun)
        ),
        finish_by=last_day if last_day != plan.finish_by else None,
    )  # fmt: skip


def _what(old: Json, new: Json) -> tuple[Change, ...]:
    return tuple(
        change
        for change, names in COMPARED.items()
        if any(old.get(name) != new.get(name) for name in names)
    )


def update_plan(plan: OnboardingPlan, template: OnboardingTemplate, *, by: Account) -> None:
    """Bring a running plan up to a newer version of its template.

    Raises:
        Refused: if the plan comes from another template, or is as new already.

    """
    if plan.template is None or plan.template.key != template.key:
        raise Refused(_("This plan was made from another template."))
    if plan.template.number >= template.number:
        raise Refused(_("This plan is up to date already."))
    found = difference(plan, template)
    today = clock.today(plan.employment.site.time_zone)
    for one in found.changed:
        _change(plan, one, today)
    for task in found.removed:
        plan.tasks.remove(task)
    for entry in found.added:
        task = new_task(plan, entry)
        task.due_on = max(task.due_on, today)
        plan.tasks.append(task)
    if found.finish_by is not None:
        plan.finish_by, plan.told_overdue_at = found.finish_by, None
    plan.template = template
    audit.record(
        OnboardingFact.PLAN_UPDATED,
        plan,
        by=by,
        added=[entry["key"] for entry in found.added],
        changed=[one.task.key for one in found.changed],
        removed=[task.key for task in found.removed],
    )


def _change(plan: OnboardingPlan, one: Changed, today: date) -> None:
    """Only what differs between the versions: what was handed over by hand stays so."""
    task, entry = one.task, one.entry
    if Change.TEXT in one.what:
        task.title, task.help = entry["title"], entry["help"]
    if Change.DAY in one.what:
        task.due_on = max(due_day(entry, plan.starts_on, plan.employment.site), today)
    if Change.OWNER in one.what:
        task.owner_kind = TaskOwner(entry["owner"])
        task.owner_id = owner_of(plan, task.owner_kind)
    task.blocking = entry["blocking"]
    task.needs_evidence = entry["needs_evidence"] and task.milestone is None
