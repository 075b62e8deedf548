"""Who may see a plan, tick its tasks, read their evidence and name a buddy."""

from __future__ import annotations

import pytest

from portal.accounts.models import Account
from portal.core import clock as clock_time
from portal.onboarding import policy
from portal.onboarding.models import OnboardingPlan
from portal.onboarding.states import DecisionState, ProbationOutcome, TaskOwner
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


def test_who_answers_for_a_plan_hands_its_tasks_over_and_holds_its_check_ins(
    plan: OnboardingPlan, who: dict[str, Account]
) -> None:
    talk = make.check_in(plan)
    task = plan.tasks[0]
    assert allowed("answer_for", who, plan) == RESPONSIBLE
    assert allowed("hand_over", who, task) == RESPONSIBLE
    assert allowed("see_check_in", who, talk) == {*RESPONSIBLE, "hire"}
    assert allowed("write_for_check_in", who, talk) == {*RESPONSIBLE, "hire"}
    assert allowed("hold_check_in", who, talk) == RESPONSIBLE
    assert allowed("reopen_task", who, talk.task) == RESPONSIBLE
    talk.held_on = plan.starts_on
    assert allowed("write_for_check_in", who, talk) == set()
    task.done_at = clock_time.now()
    assert allowed("hand_over", who, task) == set(), "what is done is done"


def test_what_was_agreed_is_for_those_who_see_the_whole_plan(
    plan: OnboardingPlan, who: dict[str, Account]
) -> None:
    talk = make.check_in(plan)
    agreed = make.task(plan, agreed_at_id=talk.task_id)
    assert allowed("see_task", who, agreed) == {*RESPONSIBLE, "hire"}


STATES = [
    (DecisionState.PROPOSED, ProbationOutcome.PASS, {"hr"}, set()),
    (DecisionState.PROPOSED, ProbationOutcome.END, {"hr"}, set()),
    (DecisionState.RETURNED, ProbationOutcome.END, set(), set()),
    (DecisionState.CONFIRMED, ProbationOutcome.PASS, set(), set()),
    (DecisionState.CONFIRMED, ProbationOutcome.EXTEND, set(), set()),
    (DecisionState.CONFIRMED, ProbationOutcome.END, set(), {"hr"}),
]


@pytest.mark.parametrize(("state", "outcome", "confirm", "end"), STATES)
def test_who_decides_on_a_probation(
    plan: OnboardingPlan,
    who: dict[str, Account],
    state: DecisionState,
    outcome: ProbationOutcome,
    confirm: set[str],
    end: set[str],
) -> None:
    plan.probation_ends_on = plan.starts_on
    decision = make.decision(
        plan, who["manager"], outcome=outcome, state=state,
        until=None if outcome is ProbationOutcome.PASS else plan.starts_on,
        decided_at=None if state is DecisionState.PROPOSED else clock_time.now(),
    )  # fmt: skip
    assert allowed("propose_probation", who, plan) == RESPONSIBLE
    assert allowed("see_probation", who, decision) == RESPONSIBLE
    assert allowed("confirm_probation", who, decision) == confirm
    assert allowed("return_probation", who, decision) == confirm
    assert allowed("end_employment", who, decision) == end
    plan.probation_ends_on = None
    assert allowed("propose_probation", who, plan) == set()


def test_hr_does_not_confirm_what_it_proposed_nor_about_itself(plan: OnboardingPlan) -> None:
    own = people.account(person=plan.person, roles=["hr"])
    hr, other = people.account(roles=["hr"]), people.account(roles=["hr"])
    decision = make.decision(plan, hr)
    may = [policy.confirm_probation(account, decision) for account in (own, hr, other)]
    assert may == [False, False, True]
    assert not policy.see_probation(own, decision)


def test_only_a_template_in_use_is_retired(who: dict[str, Account]) -> None:
    role = people.role()
    used, draft = make.template(role), make.draft(role)
    assert allowed("retire_template", who, used) == {"hr"}
    assert allowed("retire_template", who, draft) == set()
    for rule in ("see_template", "copy_template", "change_template", "publish_template",
                 "draft_template", "discard_template", "update_plans"):  # fmt: skip
        assert allowed(rule, who, draft) == {"hr"}
