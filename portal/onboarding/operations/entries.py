"""The tasks of a template's draft: add, change, remove, put in order."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit
from portal.core.db import Json, Words
from portal.core.errors import NotFound, Refused
from portal.onboarding.models import OnboardingTemplate
from portal.onboarding.operations.template import require_draft
from portal.onboarding.states import OnboardingFact, TaskOwner, TaskTime

MOST_TASKS = 100


def day_of(entry: Json) -> int:
    """Where a task stands in time, in working days; a week of check-in days has five of them."""
    milestone: int | None = entry.get("milestone")
    return int(entry["offset_days"]) if milestone is None else milestone * 5 // 7


@dataclass(frozen=True)
class Entry:
    """One task as HR describes it; ``days`` belongs to ``time``."""

    title: Words
    help: Words
    time: TaskTime
    days: int
    owner: TaskOwner
    needs_evidence: bool
    blocking: bool

    def written(self, key: str) -> Json:
        """As templates keep it."""
        entry: Json = {
            "key": key, "title": self.title, "help": self.help, "blocking": self.blocking,
        }  # fmt: skip
        if self.time is TaskTime.CHECK_IN:
            # The manager holds it, and what both say is the evidence.
            fixed = {"owner": str(TaskOwner.MANAGER), "needs_evidence": False}
            return entry | fixed | {"offset_days": self.days * 5 // 7, "milestone": self.days}
        sign = {TaskTime.BEFORE: -1, TaskTime.FIRST_DAY: 0, TaskTime.AFTER: 1}[self.time]
        return entry | {
            "owner": str(self.owner),
            "needs_evidence": self.needs_evidence,
            "offset_days": sign * self.days,
        }


def add_task(draft: OnboardingTemplate, wanted: Entry, *, by: Account) -> Json:
    """Add a task after those of the same day.

    Raises:
        Refused: if it is no draft, has too many tasks, or has a check-in on this day.

    """
    require_draft(draft)
    if len(draft.tasks) >= MOST_TASKS:
        raise Refused(_("A template has at most %(most)s tasks.", most=MOST_TASKS))
    # A key of its own: a later task must never be taken for one that was removed.
    entry = wanted.written(f"own-{token_hex(6)}")
    _write(draft, [*draft.tasks, entry], by)
    return entry


def change_task(draft: OnboardingTemplate, key: str, wanted: Entry, *, by: Account) -> None:
    """Change a task; it keeps its key, so that plans know it again.

    Raises:
        NotFound: if there is no such task.
        Refused: as for adding.

    """
    require_draft(draft)
    old = _found(draft, key)
    entry = wanted.written(key)
    _write(draft, [entry if task is old else task for task in draft.tasks], by)


def remove_task(draft: OnboardingTemplate, key: str, *, by: Account) -> Json:
    """Take a task out of a draft; returns it.

    Raises:
        NotFound: if there is no such task.
        Refused: if it is no draft.

    """
    require_draft(draft)
    old = _found(draft, key)
    _write(draft, [task for task in draft.tasks if task is not old], by)
    return old


def move_task(draft: OnboardingTemplate, key: str, *, up: bool, by: Account) -> None:
    """Put a task before or behind its neighbour of the same day; at the end nothing happens.

    Raises:
        NotFound: if there is no such task.
        Refused: if it is no draft.

    """
    require_draft(draft)
    task = _found(draft, key)
    tasks = list(draft.tasks)
    here = tasks.index(task)
    there = here + (-1 if up else 1)
    if 0 <= there < len(tasks) and day_of(tasks[there]) == day_of(task):
        tasks[here], tasks[there] = tasks[there], tasks[here]
        _write(draft, tasks, by)


def _found(draft: OnboardingTemplate, key: str) -> Json:
    entry = draft.entry(key)
    if entry is None:
        raise NotFound
    return entry


def _write(draft: OnboardingTemplate, tasks: list[Json], by: Account) -> None:
    milestones = [task["milestone"] for task in tasks if task.get("milestone") is not None]
    if len(milestones) != len(set(milestones)):
        raise Refused(_("There is a check-in on this day already."), field="days")
    draft.tasks = sorted(tasks, key=day_of)
    audit.record(OnboardingFact.TEMPLATE_CHANGED, draft, by=by)
