"""Starting a plan, each way out, and naming a buddy."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core.db import db
from portal.core.errors import Refused
from portal.core.i18n import LOCALES
from portal.core.inbox import Notice
from portal.onboarding import queries
from portal.onboarding.models import OnboardingPlan, OnboardingTemplate
from portal.onboarding.operations import load_templates, name_buddy, start_plan
from portal.onboarding.starter import pack
from portal.onboarding.states import TaskOwner, TemplateState
from portal.people.models import Role
from portal.people.operations import start_employment
from portal.people.states import EmploymentReason
from tests.factories import competencies, offers, people
from tests.factories import onboarding as make

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def plans() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(OnboardingPlan)) or 0


def test_the_template_of_the_role_becomes_tasks_with_owners_and_days() -> None:
    role = people.role()
    template = make.template(
        role,
        make.entry("papers", "hr", -3, needs_evidence=True, blocking=True),
        make.entry("headset", "it", -1),
        make.entry("welcome", "manager", 0),
        make.entry("lunch", "buddy", 0),
        make.entry("read", "hire", 5, milestone=30),
    )
    job = make.hire(role=role)
    plan = start_plan(job, by=None)
    assert plan is not None
    assert plan.template_id == template.id
    told = [(t.key, t.owner_kind.value, t.owner_id, t.due_on) for t in plan.tasks]
    assert told == [
        ("papers", "hr", None, date(2026, 11, 26)),
        ("headset", "it", None, date(2026, 11, 30)),
        ("welcome", "manager", job.manager_id, date(2026, 12, 1)),
        ("lunch", "buddy", job.manager_id, date(2026, 12, 1)),
        ("read", "hire", job.person_id, date(2026, 12, 31)),
    ]
    papers, *_others, read = plan.tasks
    assert (papers.needs_evidence, papers.blocking, read.milestone) == (True, True, 30)
    assert read.check_in is not None
    assert papers.check_in is None


def test_a_plan_knows_its_manager_its_last_day_and_until_when_the_probation_lasts() -> None:
    role = people.role()
    make.template(role, finish_within_days=100, probation_months=3)
    job = make.hire(role=role, starts_on=date(2026, 11, 30))
    plan = start_plan(job, by=None)
    assert plan is not None
    assert plan.manager_id == job.manager_id
    assert plan.finish_by == date(2027, 3, 10)
    assert plan.probation_ends_on == date(2027, 2, 27), "February has no 30th"


def test_the_probation_agreed_in_the_offer_goes_before_the_template() -> None:
    role = people.role()
    make.template(role, probation_months=3)
    offer = offers.draft(offers.candidate(), people.account(roles=["hr"]))
    offer.probation_months = 6
    job = make.hire(role=role, source_type="offer", source_id=offer.id)
    plan = start_plan(job, by=None)
    assert plan is not None
    assert plan.probation_ends_on == date(2027, 5, 31)


def test_a_template_for_the_site_goes_before_the_one_for_everywhere() -> None:
    role = people.role()
    job = make.hire(role=role)
    make.template(role)
    local = make.template(role, site_id=job.site_id)
    make.template(role, site_id=people.site().id)
    make.template(role, site_id=job.site_id, state=TemplateState.RETIRED, number=9)
    plan = start_plan(job, by=None)
    assert plan is not None
    assert plan.template_id == local.id


def test_starting_a_plan_twice_makes_one() -> None:
    role = people.role()
    make.template(role)
    job = make.hire(role=role)
    assert start_plan(job, by=None) is start_plan(job, by=None)
    assert plans() == 1


def test_without_a_template_and_without_gaps_there_is_no_plan() -> None:
    assert start_plan(make.hire(), by=None) is None
    assert plans() == 0


def test_nothing_is_late_the_moment_it_is_asked_for() -> None:
    role = people.role()
    make.template(role, make.entry("papers", "hr", -10))
    plan = start_plan(make.hire(role=role), by=None)
    assert plan is not None
    assert plan.tasks[0].due_on == date(2026, 11, 24), "ten working days before would be the 17th"


def test_the_manager_hears_of_the_plan_in_their_language() -> None:
    role = people.role()
    make.template(role)
    job = make.hire(role=role)
    boss = people.account(person=job.manager)
    start_plan(job, by=None)
    notice = db.session.scalars(sa.select(Notice).where(Notice.account_id == boss.id)).one()
    assert notice.params["who"] == "Ceren Arslan"
    assert notice.params["day"]["tr"] == "1 Aralık 2026"
    assert notice.params["day"]["ja"] == "2026年12月1日"


def test_what_the_interview_showed_below_the_requirement_becomes_tasks() -> None:
    """The worked example: template and gaps of a customer service associate."""
    role = people.role(key="customer_service_associate")
    make_competency = {
        key: competencies.competency(key)
        for key in ("communication", "problem_solving", "empathy", "unheard_of")
    }
    for key, required in (
        ("communication", 3),
        ("problem_solving", 3),
        ("empathy", 3),
        ("unheard_of", 3),
    ):
        competencies.requirement(role, make_competency[key], level=required, weight=25)
    load_templates(by=None)
    job = make.hire(role=role)
    seen = [
        ("communication", 4, date(2026, 3, 1)), ("communication", 2.5, date(2026, 11, 2)),
        ("problem_solving", 2, date(2026, 3, 1)), ("problem_solving", 3, date(2026, 11, 2)),
        ("unheard_of", 1, date(2026, 11, 2)),
    ]  # fmt: skip
    for key, level, day in seen:
        competencies.evidence(job.person, make_competency[key], level=level, observed_on=day)
    plan = start_plan(job, by=None)
    assert plan is not None
    gaps = [task for task in plan.tasks if task.from_interview]
    assert [task.key for task in gaps] == ["gap-communication"], (
        "the newest evidence counts; empathy was not observed, and one has no exercise"
    )
    (gap,) = gaps
    assert gap.owner_id == job.person_id
    assert gap.due_on == date(2026, 12, 15), "ten working days after the first"
    assert set(gap.reason) == set(gap.title) == set(LOCALES)
    assert "showed level 2.5 in communication; the role asks for level 3" in gap.reason["en"]
    assert "2,5. düzey görüldü; görev 3. düzeyi gerektiriyor" in gap.reason["tr"]
    assert "mostró el nivel 2,5; el puesto requiere el nivel 3" in gap.reason["es"]
    assert "レベル2.5でしたが、この職務ではレベル3が求められます" in gap.reason["ja"]
    template = pack()["template"][0]
    assert len(plan.tasks) == len(template["tasks"]) + 1


def test_gaps_alone_make_a_plan() -> None:
    role, skill = people.role(), competencies.competency("empathy")
    competencies.requirement(role, skill, level=4)
    job = make.hire(role=role)
    competencies.evidence(job.person, skill, level=3)
    plan = start_plan(job, by=None)
    assert plan is not None
    assert [task.key for task in plan.tasks] == ["gap-empathy"]


def test_every_starter_template_loads_once_and_only_for_roles_there_are() -> None:
    roles = {entry["role"] for entry in pack()["template"]}
    missing = max(roles)
    for key in roles - {missing}:
        people.role(key=key)
    wanted = sum(entry["role"] != missing for entry in pack()["template"])
    assert load_templates(by=None) == wanted
    assert load_templates(by=None) == 0
    people.role(key=missing)
    assert load_templates(by=None) == len(pack()["template"]) - wanted
    assert set(db.session.scalars(sa.select(Role.key).join(OnboardingTemplate.role))) == roles


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (EmploymentReason.HIRE, 1),
        (EmploymentReason.RETURN, 1),
        (EmploymentReason.PROMOTION, 0),
        (EmploymentReason.TRANSFER, 0),
    ],
)
def test_only_who_is_hired_or_returns_is_onboarded(reason: EmploymentReason, expected: int) -> None:
    role, team = people.role(), people.team()
    make.template(role)
    start_employment(
        people.person(),
        role=role,
        team=team,
        site=team.site,
        manager=None,
        starts_on=make.FIRST_DAY,
        reason=reason,
        by=None,
    )
    assert plans() == expected


def test_who_began_long_ago_is_only_entered_afterwards() -> None:
    role, team = people.role(), people.team()
    make.template(role)
    start_employment(
        people.person(),
        role=role,
        team=team,
        site=team.site,
        manager=None,
        starts_on=date(2024, 1, 8),
        reason=EmploymentReason.HIRE,
        by=None,
    )
    assert plans() == 0


def test_the_tasks_of_the_buddy_move_to_the_colleague_who_is_named() -> None:
    plan = make.plan()
    hr = people.account(roles=["hr"])
    job = plan.employment
    colleague = people.employment(people.person("Bora", "Buddy"), team=job.team).person
    account = people.account(person=colleague)
    lunch = make.task(plan, TaskOwner.BUDDY)
    before = make.task(plan, TaskOwner.BUDDY, done_at=datetime(2026, 11, 23, tzinfo=UTC))
    choose = make.task(plan, TaskOwner.MANAGER, key="buddy")
    welcome = make.task(plan, TaskOwner.MANAGER)
    assert plan.buddy is None, "the manager only stands in"
    name_buddy(plan, colleague, by=hr)
    assert plan.buddy is colleague
    assert (lunch.owner_id, before.owner_id) == (colleague.id, job.manager_id)
    assert choose.evidence == "Bora Buddy"
    assert choose.done_at is not None
    assert welcome.done_at is None
    notice = db.session.scalars(sa.select(Notice).where(Notice.account_id == account.id)).one()
    assert notice.kind == "onboarding.buddy"
    with pytest.raises(Refused, match="already"):
        name_buddy(plan, colleague, by=hr)


def test_only_a_colleague_of_the_team_can_be_the_buddy() -> None:
    plan = make.plan()
    job, hr = plan.employment, people.account(roles=["hr"])
    make.task(plan, TaskOwner.BUDDY)
    people.employment(job.manager, team=job.team)
    gone = people.employment(team=job.team, ends_on=date(2026, 10, 31)).person
    elsewhere = people.employment().person
    for person in (plan.person, job.manager, gone, elsewhere):
        with pytest.raises(Refused, match="colleague of the team") as refused:
            name_buddy(plan, person, by=hr)
        assert refused.value.field == "buddy"


def test_a_buddy_with_nothing_to_do_is_not_named() -> None:
    plan = make.plan()
    colleague = people.employment(team=plan.employment.team).person
    with pytest.raises(Refused, match="Nothing is left"):
        name_buddy(plan, colleague, by=people.account(roles=["hr"]))


def test_the_tasks_one_is_shown_are_ones_own_and_those_of_ones_office() -> None:
    plan = make.plan()
    job = plan.employment
    rows = {owner: make.task(plan, owner) for owner in TaskOwner}
    make.task(plan, done_at=datetime(2026, 11, 23, tzinfo=UTC))
    make.task(plan, due_on=date(2027, 6, 1))
    orphan = make.task(plan, TaskOwner.MANAGER, owner_id=None)

    def due(*roles: str, person: Any = None) -> set[int]:
        account = people.account(roles=roles, person=person)
        found = queries.open_tasks_of(account, until=date(2026, 12, 31))
        return {task.id for task in db.session.scalars(found)}

    assert due(person=plan.person) == {rows[TaskOwner.HIRE].id}
    assert due(person=job.manager) == {rows[TaskOwner.MANAGER].id, rows[TaskOwner.BUDDY].id}
    assert due("hr") == {rows[TaskOwner.HR].id, orphan.id}
    assert due("admin") == {rows[TaskOwner.IT].id}
    assert due() == set()
