"""What waits for someone around people who have just begun: tasks, a held-up start, probation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.models import Account
from portal.core import clock, i18n
from portal.home.need import HORIZON, Need, Source, on_the_day
from portal.onboarding import queries
from portal.onboarding.models import OnboardingPlan, OnboardingTask, ProbationDecision

BEFORE_THE_START = timedelta(days=3)
BEFORE_THE_END = timedelta(days=14)
"""How long before its end a probation should be decided."""


def _tasks(viewer: Account) -> Iterator[Source]:
    def write(task: OnboardingTask, due: date) -> Need:
        return _task(task, task.plan.person_id == viewer.person_id, due)

    yield Source(_open_tasks, OnboardingTask.id, on_the_day, write, day=OnboardingTask.due_on)


def _open_tasks(asker: Account) -> sa.Select[Any]:
    return queries.open_tasks_of(asker, until=clock.today(asker.time_zone) + HORIZON)


def _task(task: OnboardingTask, own: bool, due: date) -> Need:
    who = task.plan.person.display_name
    return Need(
        "check2-square",
        i18n.words(task.title),
        _("Your onboarding") if own else _("Onboarding of %(who)s", who=who),
        due,
        url_for("onboarding.plan", plan_id=task.plan_id, _anchor=f"task-{task.id}"),
        _("View"),
    )


def _held_up(_viewer: Account) -> Iterator[Source]:
    day = OnboardingPlan.starts_on
    yield Source(_plans_held_up, OnboardingPlan.id, on_the_day, _may_not_start, day=day)


def _plans_held_up(asker: Account) -> sa.Select[*tuple[Any, ...]]:
    soon = clock.today(asker.time_zone) + BEFORE_THE_START
    return queries.held_up_plans(asker, starting_by=soon)


def _may_not_start(plan: OnboardingPlan, number: int, due: date) -> Need:
    return Need(
        "exclamation-triangle-fill",
        _("%(who)s can’t begin work yet", who=plan.person.display_name),
        ngettext("One blocking task is open.", "%(num)s blocking tasks are open.", number),
        due,
        url_for("onboarding.plan", plan_id=plan.id),
        _("View"),
    )


def _probations_to_confirm(viewer: Account) -> Iterator[Source]:
    if not viewer.has_role("hr"):
        return
    today = clock.today(viewer.time_zone)
    yield Source(
        queries.decisions_to_confirm,
        ProbationDecision.id,
        lambda day, _moment: day or today,
        _to_confirm,
        day=OnboardingPlan.probation_ends_on,
    )


def _to_confirm(decision: ProbationDecision, due: date) -> Need:
    return Need(
        "person-check",
        _("%(who)s: decision on the probation", who=decision.plan.person.display_name),
        _("Proposed: %(outcome)s", outcome=decision.outcome.label),
        due,
        url_for("onboarding.probation", decision_id=decision.id),
        _("Decide"),
    )


def _probations_ending(_viewer: Account) -> Iterator[Source]:
    day = OnboardingPlan.probation_ends_on
    yield Source(_plans_ending, OnboardingPlan.id, on_the_day, _to_propose, day=day)


def _plans_ending(asker: Account) -> sa.Select[Any]:
    soon = clock.today(asker.time_zone) + BEFORE_THE_END
    return queries.probations_ending(asker, by=soon)


def _to_propose(plan: OnboardingPlan, due: date) -> Need:
    return Need(
        "person-check",
        _("%(who)s: the probation ends", who=plan.person.display_name),
        _("Propose how it goes on."),
        due,
        url_for("onboarding.propose_probation", plan_id=plan.id),
        _("Propose"),
    )


SOURCES: tuple[Callable[[Account], Iterator[Source]], ...] = (
    _tasks,
    _held_up,
    _probations_to_confirm,
    _probations_ending,
)
