"""Who may see a plan, tick its tasks, read their evidence and name a buddy."""

from __future__ import annotations

import pytest

from portal.accounts.models import Account
from portal.onboarding import policy
from portal.onboarding.models import OnboardingPlan
from portal.onboarding.states import TaskOwner
from tests.factories import competencies, people
from tests.factories import onboarding as make

pytestmark = pytest.mark.usefixtures("db_session", "clock")
WHO = ("hire", "manager", "lead", "head", "buddy", "hr", "admin", "executive", "interviewer",
       "other_lead", "colleague")  # fmt: skip


@pytest.fixture
def plan() -> OnboardingPlan:
    head = people.person()
    top = people.team(lead=head)
    team = people.team(parent=top, lead=people.person())
    job = make.hire(team=team)
    plan = make.plan(job)
    for owner in TaskOwner:
        make.task(plan, owner)
    make.task(plan, competency_id=competencies.competency().id, key="gap")
    buddy = people.employment(team=team).person
    next(t for t in plan.tasks if t.owner_kind is TaskOwner.BUDDY).owner = buddy
    return plan


@pytest.fixture
def who(plan: OnboardingPlan) -> dict[str, Account]:
    job = plan.employment
    return {
        "hire": people.account(person=plan.person),
        "manager": people.account(person=job.manager, roles=["manager"]),
        "lead": people.account(person=job.team.lead, leads=job.team),
        "head": people.account(person=job.team.parent.lead, leads=job.team.parent),
        "buddy": people.account(person=plan.buddy),
        "hr": people.account(roles=["hr"]),
        "admin": people.account(roles=["admin"]),
        "executive": people.account(roles=["executive"]),
        "interviewer": people.account(roles=["interviewer"]),
        "other_lead": people.account(leads=people.team()),
        "colleague": people.account(),
    }


def allowed(rule: str, who: dict[str, Account], row: object) -> set[str]:
    return {name for name, account in who.items() if getattr(policy, rule)(account, row)}


RESPONSIBLE = {"manager", "lead", "head", "hr"}


def test_who_sees_and_changes_a_plan(plan: OnboardingPlan, who: dict[str, Account]) -> None:
    assert allowed("see_plan", who, plan) == {*RESPONSIBLE, "hire", "buddy", "admin"}
    assert allowed("see_whole_plan", who, plan) == {*RESPONSIBLE, "hire"}
    assert allowed("name_buddy", who, plan) == RESPONSIBLE


@pytest.mark.parametrize(
    ("owner", "finish", "read"),
    [
        (TaskOwner.HIRE, {"hire", "hr"}, {*RESPONSIBLE, "hire"}),
        (TaskOwner.MANAGER, RESPONSIBLE, {*RESPONSIBLE, "hire"}),
        (TaskOwner.BUDDY, {*RESPONSIBLE, "buddy"}, {*RESPONSIBLE, "hire", "buddy"}),
        (TaskOwner.HR, {"hr"}, {"hr", "hire"}),
        (TaskOwner.IT, {"admin", "hr"}, {*RESPONSIBLE, "hire", "admin"}),
    ],
)
def test_who_finishes_a_task_and_reads_its_evidence(
    plan: OnboardingPlan,
    who: dict[str, Account],
    owner: TaskOwner,
    finish: set[str],
    read: set[str],
) -> None:
    task = next(task for task in plan.tasks if task.owner_kind is owner)
    assert allowed("finish_task", who, task) == finish
    assert allowed("reopen_task", who, task) == finish
    assert allowed("read_evidence", who, task) == read


def test_what_the_interview_showed_is_not_for_everyone_who_has_a_task(
    plan: OnboardingPlan, who: dict[str, Account]
) -> None:
    gap = next(task for task in plan.tasks if task.key == "gap")
    assert allowed("see_task", who, gap) == {*RESPONSIBLE, "hire"}
    assert allowed("see_task", who, plan.tasks[0]) == set(WHO)


def test_the_lead_of_a_team_does_not_manage_their_own_onboarding() -> None:
    lead = people.person()
    team = people.team(lead=lead)
    plan = make.plan(make.hire(person=lead, team=team))
    account = people.account(person=lead, leads=team)
    assert policy.see_plan(account, plan)
    assert not policy.name_buddy(account, plan)


def test_templates_are_kept_by_hr(who: dict[str, Account]) -> None:
    assert {name for name, account in who.items() if policy.see_templates(account)} == {"hr"}
