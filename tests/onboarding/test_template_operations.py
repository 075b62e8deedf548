"""Writing templates: drafts, tasks, versions, copies, each way out."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import audit
from portal.core.db import db
from portal.core.errors import NotFound, Refused
from portal.onboarding import operations, queries
from portal.onboarding.models import OnboardingTemplate
from portal.onboarding.operations import Entry
from portal.onboarding.states import TaskOwner, TaskTime, TemplateState
from tests.factories import onboarding as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session", "clock")


@pytest.fixture
def hr(db_session: Any) -> Any:
    return people.account(roles=["hr"])


def wanted(title: str = "Read", time: TaskTime = TaskTime.AFTER, days: int = 2,
           **values: Any) -> Entry:  # fmt: skip
    defaults: dict[str, Any] = {
        "owner": TaskOwner.HIRE, "needs_evidence": False, "blocking": False, "help": {},
    }  # fmt: skip
    return Entry(title=people.in_words(title), time=time, days=days, **(defaults | values))


def titles(template: OnboardingTemplate) -> list[str]:
    return [task["title"]["en"] for task in template.tasks]


def test_a_new_template_is_a_draft_until_it_is_published(hr: Any) -> None:
    role, site = people.role(), people.site()
    draft = operations.add_template(
        role=role, site=site, name=people.in_words("Night shift"), finish_within_days=60,
        probation_months=2, by=hr,
    )  # fmt: skip
    assert (draft.state, draft.number) == (TemplateState.DRAFT, 1)
    assert db.session.scalar(queries.template_for(role.id, site.id)) is None
    with pytest.raises(Refused, match="Add a task first"):
        operations.publish_template(draft, by=hr)
    operations.add_task(draft, wanted(), by=hr)
    operations.publish_template(draft, by=hr)
    assert db.session.scalar(queries.template_for(role.id, site.id)) is draft
    assert db.session.scalar(queries.template_for(role.id, people.site().id)) is None
    assert db.session.scalars(audit.of(draft)).first().action == "onboarding.template_published"


def test_a_role_has_one_template_a_place(hr: Any) -> None:
    role, site = people.role(), people.site()
    values: dict[str, Any] = {
        "role": role, "name": people.in_words("Plan"), "finish_within_days": None,
        "probation_months": 0, "by": hr,
    }  # fmt: skip
    everywhere = operations.add_template(site=None, **values)
    operations.add_template(site=site, **values)
    for taken in (None, site):
        with pytest.raises(Refused, match="There is a template") as refused:
            operations.add_template(site=taken, **values)
        assert refused.value.field == "site"
    operations.add_task(everywhere, wanted(), by=hr)
    operations.publish_template(everywhere, by=hr)
    operations.retire_template(everywhere, by=hr)
    again = operations.add_template(site=None, **values)
    assert (again.key, again.number) == (everywhere.key, 2)


def test_a_copy_has_the_tasks_of_its_source_and_goes_its_own_way(hr: Any) -> None:
    source = make.template(people.role(), make.entry("papers", "hr", -3), make.entry("lunch"))
    copy = operations.add_template(
        role=people.role(), site=None, name=source.name, finish_within_days=None,
        probation_months=0, source=source, by=hr,
    )  # fmt: skip
    assert copy.tasks == source.tasks
    operations.remove_task(copy, "lunch", by=hr)
    assert len(source.tasks) == 2


def test_publishing_a_draft_replaces_the_version_in_use(hr: Any) -> None:
    first = make.template(people.role(), make.entry())
    draft = operations.draft_template(first, by=hr)
    assert operations.draft_template(first, by=hr) is draft, "one draft at a time"
    assert (draft.number, draft.tasks) == (2, first.tasks)
    operations.publish_template(draft, by=hr)
    assert (first.state, draft.state) == (TemplateState.REPLACED, TemplateState.PUBLISHED)
    third = operations.draft_template(first, by=hr)
    assert third.number == 3
    with pytest.raises(Refused):
        operations.publish_template(first, by=hr)
    with pytest.raises(Refused):
        operations.retire_template(first, by=hr)


def test_what_was_published_never_changes(hr: Any) -> None:
    template = make.template(people.role(), make.entry("papers"))
    refused: list[Any] = [
        lambda: operations.add_task(template, wanted(), by=hr),
        lambda: operations.change_task(template, "papers", wanted(), by=hr),
        lambda: operations.remove_task(template, "papers", by=hr),
        lambda: operations.move_task(template, "papers", up=True, by=hr),
        lambda: operations.discard_template(template, by=hr),
        lambda: operations.change_template(
            template, name={}, finish_within_days=None, probation_months=0, by=hr
        ),
    ]
    for change in refused:
        with pytest.raises(Refused, match="stays as it is"):
            change()


def test_tasks_stand_in_order_of_time_and_move_within_a_day(hr: Any) -> None:
    draft = make.draft(people.role(), make.entry("welcome"))
    operations.add_task(draft, wanted("Late", days=5), by=hr)
    operations.add_task(draft, wanted("Papers", TaskTime.BEFORE, 3, owner=TaskOwner.HR), by=hr)
    operations.add_task(draft, wanted("Lunch", TaskTime.FIRST_DAY, 0), by=hr)
    talk = operations.add_task(draft, wanted("Talk", TaskTime.CHECK_IN, 30), by=hr)
    assert titles(draft) == ["Papers", "Welcome", "Lunch", "Late", "Talk"]
    assert [task["offset_days"] for task in draft.tasks[:4]] == [-3, 0, 0, 5]
    assert (talk["milestone"], talk["owner"]) == (30, "manager"), "the manager holds check-ins"
    lunch = draft.tasks[2]["key"]
    operations.move_task(draft, lunch, up=True, by=hr)
    assert titles(draft)[1:3] == ["Lunch", "Welcome"]
    operations.move_task(draft, lunch, up=True, by=hr)
    assert titles(draft)[:3] == ["Papers", "Lunch", "Welcome"], "another day is no neighbour"
    operations.move_task(draft, lunch, up=False, by=hr)
    assert titles(draft)[1:3] == ["Welcome", "Lunch"]


def test_a_changed_task_keeps_its_key_and_a_removed_one_is_gone(hr: Any) -> None:
    draft = make.draft(people.role(), make.entry("papers", "hr", -3), make.entry("lunch"))
    operations.change_task(draft, "papers", wanted("Sign", blocking=True), by=hr)
    entry = draft.entry("papers")
    assert entry is not None
    assert (entry["title"]["en"], entry["blocking"], entry["offset_days"]) == ("Sign", True, 2)
    operations.remove_task(draft, "lunch", by=hr)
    assert titles(draft) == ["Sign"]
    for change in (
        lambda: operations.remove_task(draft, "lunch", by=hr),
        lambda: operations.change_task(draft, "lunch", wanted(), by=hr),
        lambda: operations.move_task(draft, "lunch", up=True, by=hr),
    ):
        with pytest.raises(NotFound):
            change()


def test_a_day_has_one_check_in(hr: Any) -> None:
    draft = make.draft(people.role(), make.entry())
    operations.add_task(draft, wanted("Talk", TaskTime.CHECK_IN, 30), by=hr)
    with pytest.raises(Refused, match="on this day already") as refused:
        operations.add_task(draft, wanted("Again", TaskTime.CHECK_IN, 30), by=hr)
    assert refused.value.field == "days"


def test_a_template_does_not_grow_without_end(hr: Any) -> None:
    draft = make.draft(people.role(), *(make.entry(f"task-{n}") for n in range(100)))
    with pytest.raises(Refused, match="at most 100"):
        operations.add_task(draft, wanted(), by=hr)


def test_a_draft_can_be_thrown_away(hr: Any) -> None:
    draft = make.draft(people.role())
    operations.discard_template(draft, by=hr)
    db.session.flush()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OnboardingTemplate)) == 0
