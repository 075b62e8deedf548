"""Tasks that change hands: by hand, with another manager, when somebody leaves."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import audit
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox import Notice
from portal.onboarding import operations
from portal.onboarding.models import OnboardingPlan
from portal.onboarding.states import HandOverReach, TaskOwner
from portal.people import operations as people_operations
from portal.people.models import Employment, Person
from portal.people.states import EmploymentReason
from tests.factories import onboarding as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session", "clock")
DONE = datetime(2026, 11, 23, tzinfo=UTC)


def worker(name: str = "Deniz") -> Person:
    """Somebody with a job and an account."""
    person = people.employment(people.person(name)).person
    people.account(person=person)
    return person


def told(person: Person) -> list[str]:
    """The kinds of notices in somebody's inbox."""
    account = Account.person_id == person.id
    found = sa.select(Notice.kind).join(Account, Account.id == Notice.account_id)
    return [kind.removeprefix("onboarding.") for kind in db.session.scalars(found.where(account))]


@pytest.fixture
def boss() -> Person:
    return worker("Mete")


@pytest.fixture
def plan(boss: Person) -> OnboardingPlan:
    """Somebody at work since yesterday, with tasks of the manager, also as stand-in and done."""
    plan = make.plan(make.hire(manager=boss, starts_on=date(2026, 11, 23)))
    make.task(plan, TaskOwner.MANAGER, key="welcome")
    make.task(plan, TaskOwner.BUDDY, key="lunch")
    make.task(plan, TaskOwner.MANAGER, key="before", done_at=DONE)
    make.task(plan, TaskOwner.HIRE, key="read")
    return plan


def owners(plan: OnboardingPlan) -> dict[str, int | None]:
    return {task.key: task.owner_id for task in plan.tasks}


def task_of(plan: OnboardingPlan, key: str) -> Any:
    return next(task for task in plan.tasks if task.key == key)


def test_one_task_is_handed_over_and_both_are_told(plan: OnboardingPlan, boss: Person) -> None:
    to, hr = worker(), people.account(roles=["hr"])
    assert operations.hand_over(task_of(plan, "welcome"), to, by=hr) == 1
    assert owners(plan)["welcome"] == to.id
    assert owners(plan)["lunch"] == boss.id
    assert (told(to), told(boss)) == (["tasks_given"], ["tasks_gone"])
    event = db.session.scalars(audit.of(task_of(plan, "welcome"))).first()
    assert (event.action, event.after["owner_id"]) == ("onboarding.task_handed_over", to.id)


def test_all_of_an_owner_goes_in_a_plan_or_in_all_one_answers_for(
    plan: OnboardingPlan, boss: Person
) -> None:
    make.task(plan, TaskOwner.MANAGER, key="second")
    other = make.plan(make.hire(manager=boss, person=people.person()))
    make.task(other, TaskOwner.MANAGER, key="elsewhere")
    foreign = make.plan(make.hire(person=people.person()))
    make.task(foreign, TaskOwner.MANAGER, key="foreign", owner_id=boss.id)
    to, then = worker(), worker()
    by = db.session.scalars(sa.select(Account).filter_by(person_id=boss.id)).one()
    here = HandOverReach.PLAN
    assert operations.hand_over(task_of(plan, "welcome"), to, reach=here, by=by) == 2
    assert (owners(plan)["before"], owners(other)["elsewhere"]) == (boss.id, boss.id)
    all_plans = HandOverReach.ALL
    assert operations.hand_over(task_of(other, "elsewhere"), then, reach=all_plans, by=by) == 1
    assert owners(foreign)["foreign"] == boss.id, "that plan is not theirs to look after"
    assert told(to) == ["tasks_given"], "one notice a plan, not one a task"


def test_a_task_is_not_handed_to_just_anybody(plan: OnboardingPlan, boss: Person) -> None:
    hr = people.account(roles=["hr"])
    gone = people.employment(people.person(), ends_on=date(2026, 10, 31)).person
    with pytest.raises(Refused, match="who works here") as refused:
        operations.hand_over(task_of(plan, "welcome"), gone, by=hr)
    assert refused.value.field == "to"
    with pytest.raises(Refused, match="has this task already"):
        operations.hand_over(task_of(plan, "welcome"), boss, by=hr)
    with pytest.raises(Refused, match="done already"):
        operations.hand_over(task_of(plan, "before"), worker(), by=hr)
    talk = make.check_in(plan).task
    with pytest.raises(Refused, match="about themself"):
        operations.hand_over(talk, plan.person, by=hr)


def test_a_new_employment_brings_a_new_manager(plan: OnboardingPlan, boss: Person) -> None:
    chief, job = worker("Yeni"), plan.employment
    moved = people_operations.start_employment(
        plan.person, role=job.role, team=people.team(), site=job.site, manager=chief,
        starts_on=date(2026, 11, 24), reason=EmploymentReason.TRANSFER, by=None,
    )  # fmt: skip
    assert (plan.employment, plan.manager_id) == (moved, chief.id)
    assert owners(plan) == {
        "welcome": chief.id, "lunch": chief.id, "before": boss.id, "read": plan.person_id,
    }  # fmt: skip
    assert (told(chief), told(boss)) == (["tasks_given"], ["tasks_gone"])


def test_a_plan_follows_on_the_first_day_of_the_new_employment(
    plan: OnboardingPlan, boss: Person, clock: Any
) -> None:
    chief, job = worker("Yeni"), plan.employment
    moved = people_operations.start_employment(
        plan.person, role=job.role, team=people.team(), site=job.site, manager=chief,
        starts_on=date(2026, 12, 1), reason=EmploymentReason.TRANSFER, by=None,
    )  # fmt: skip
    operations.follow_people()
    assert (plan.employment, plan.manager_id) == (job, boss.id)
    clock(datetime(2026, 12, 1, 9, tzinfo=UTC))
    operations.follow_people()
    operations.follow_people()
    assert (plan.employment, plan.manager_id) == (moved, chief.id)
    assert told(chief) == ["tasks_given"], "once, however often the job runs"


def test_a_new_lead_takes_over_what_the_old_lead_managed(
    plan: OnboardingPlan, boss: Person
) -> None:
    team, by = plan.employment.team, people.account(roles=["hr"])
    team.lead = boss
    db.session.flush()
    other = make.plan(make.hire(team=team, person=people.person(), manager=worker()))
    make.task(other, TaskOwner.MANAGER, key="theirs")
    lead = worker("Lale")
    people_operations.set_team_lead(team, lead=lead, by=by)
    assert plan.manager_id == lead.id
    assert owners(plan)["welcome"] == lead.id
    assert other.manager_id != lead.id, "somebody else is the manager there"
    people_operations.set_team_lead(team, lead=None, by=by)
    assert (plan.manager_id, owners(plan)["welcome"]) == (None, None)
    assert told(lead) == ["tasks_given", "tasks_to_hr"]


def test_a_named_buddy_keeps_their_tasks_when_the_manager_changes(plan: OnboardingPlan) -> None:
    buddy = worker("Bora")
    task_of(plan, "lunch").owner = buddy
    db.session.flush()
    chief = worker()
    operations.change_manager(plan, chief, by=None)
    assert (owners(plan)["lunch"], owners(plan)["welcome"]) == (buddy.id, chief.id)


def test_nobody_becomes_their_own_manager(plan: OnboardingPlan) -> None:
    operations.change_manager(plan, plan.person, by=None)
    assert plan.manager_id is None


def test_the_tasks_of_an_owner_who_left_go_to_the_manager(
    plan: OnboardingPlan, boss: Person
) -> None:
    buddy = worker("Bora")
    task_of(plan, "lunch").owner = buddy
    db.session.flush()
    job = db.session.scalars(sa.select(Employment).filter_by(person_id=buddy.id)).one()
    people_operations.end_employment(job, ends_on=date(2026, 11, 20), by=None)
    assert owners(plan)["lunch"] == boss.id
    assert (told(buddy), told(boss)) == (["tasks_gone"], ["tasks_given"])


def test_when_the_manager_leaves_the_lead_above_takes_over_or_hr(
    plan: OnboardingPlan, boss: Person, clock: Any
) -> None:
    chief = worker("Yeni")
    plan.employment.team.parent = people.team(lead=chief)
    plan.employment.team.lead = boss
    db.session.flush()
    for person, ends_on in ((boss, date(2026, 11, 30)), (chief, date(2026, 12, 4))):
        job = db.session.scalars(sa.select(Employment).filter_by(person_id=person.id)).one()
        people_operations.end_employment(job, ends_on=ends_on, by=None)
    operations.follow_people()
    assert plan.manager_id == boss.id, "still here"
    clock(datetime(2026, 12, 2, 9, tzinfo=UTC))
    operations.follow_people()
    assert (plan.manager_id, owners(plan)["welcome"]) == (chief.id, chief.id)
    clock(datetime(2026, 12, 12, 9, tzinfo=UTC))
    operations.follow_people()
    assert (plan.manager_id, owners(plan)["welcome"]) == (None, None)


def test_the_plan_of_a_hire_who_left_is_stopped(plan: OnboardingPlan, boss: Person) -> None:
    people_operations.end_employment(plan.employment, ends_on=date(2026, 11, 23), by=None)
    assert plan.stopped_at is not None
    assert told(boss) == []
    assert owners(plan)["welcome"] == boss.id
