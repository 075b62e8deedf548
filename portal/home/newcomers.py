"""What waits for someone around people who have just begun: tasks, a held-up start, probation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.models import Account
from portal.core import clock, i18n
from portal.core.db import db
from portal.home.need import HORIZON, MOST, Need, Waiting
from portal.onboarding import queries
from portal.onboarding.models import OnboardingPlan, OnboardingTask, ProbationDecision

BEFORE_THE_START = timedelta(days=3)
BEFORE_THE_END = timedelta(days=14)
"""How long before its end a probation should be decided."""


def _tasks(viewer: Account) -> Iterator[Waiting]:
    until = clock.today(viewer.time_zone) + HORIZON
    for task in db.session.scalars(queries.open_tasks_of(viewer, until=until).limit(MOST)):
        own = task.plan.person_id == viewer.person_id
        yield task.due_on, partial(_task, task, own)


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


def _held_up(viewer: Account) -> Iterator[Waiting]:
    soon = clock.today(viewer.time_zone) + BEFORE_THE_START
    for plan, number in db.session.execute(
        queries.held_up_plans(viewer, starting_by=soon).limit(MOST)
    ):
        yield plan.starts_on, partial(_may_not_start, plan, number)


def _may_not_start(plan: OnboardingPlan, number: int, due: date) -> Need:
    return Need(
        "exclamation-triangle-fill",
        _("%(who)s can’t begin work yet", who=plan.person.display_name),
        ngettext("One blocking task is open.", "%(num)s blocking tasks are open.", number),
        due,
        url_for("onboarding.plan", plan_id=plan.id),
        _("View"),
    )


def _probations_to_confirm(viewer: Account) -> Iterator[Waiting]:
    if not viewer.has_role("hr"):
        return
    for decision in db.session.scalars(queries.decisions_to_confirm(viewer).limit(MOST)):
        day = decision.plan.probation_ends_on or clock.today(viewer.time_zone)
        yield day, partial(_to_confirm, decision)


def _to_confirm(decision: ProbationDecision, due: date) -> Need:
    return Need(
        "person-check",
        _("%(who)s: decision on the probation", who=decision.plan.person.display_name),
        _("Proposed: %(outcome)s", outcome=decision.outcome.label),
        due,
        url_for("onboarding.probation", decision_id=decision.id),
        _("Decide"),
    )


def _probations_ending(viewer: Account) -> Iterator[Waiting]:
    soon = clock.today(viewer.time_zone) + BEFORE_THE_END
    for plan in db.session.scalars(queries.probations_ending(viewer, by=soon).limit(MOST)):
        yield plan.probation_ends_on or soon, partial(_to_propose, plan)


def _to_propose(plan: OnboardingPlan, due: date) -> Need:
    return Need(
        "person-check",
        _("%(who)s: the probation ends", who=plan.person.display_name),
        _("Propose how it goes on."),
        due,
        url_for("onboarding.propose_probation", plan_id=plan.id),
        _("Propose"),
    )


SOURCES: tuple[Callable[[Account], Iterator[Waiting]], ...] = (
    _tasks,
    _held_up,
    _probations_to_confirm,
    _probations_ending,
)
