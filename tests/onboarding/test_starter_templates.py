"""Onboarding templates are complete, and every competency gap has a task."""

import re
from typing import Any

import pytest

from tests.starter_words import (
    assert_complete,
    assert_no_turkish_suffix,
    assert_same_placeholders,
    competency_keys,
    load,
)

CONTENT = load("onboarding", "templates.toml")
TEMPLATES: list[dict[str, Any]] = CONTENT["template"]
OWNERS = {"hire", "manager", "buddy", "hr", "it"}
PLACEHOLDER = re.compile(r"\{(\w+)\}")
NEEDED = {
    "contract_papers",
    "equipment",
    "buddy",
    "tool_crm",
    "tool_ticketing",
    "tool_knowledge_base",
    "tool_telephony",
    "privacy_training",
    "product_training",
    "qa_side_by_side",
}

each_template = pytest.mark.parametrize(
    "template", TEMPLATES, ids=[template["key"] for template in TEMPLATES]
)


def test_templates_belong_to_roles_of_the_starter_ladder() -> None:
    roles = {role["key"] for role in load("people", "roles.toml")["role"]}
    assert {template["role"] for template in TEMPLATES} == {
        "customer_service_associate",
        "team_lead",
    }
    assert {template["role"] for template in TEMPLATES} <= roles


def test_every_text_speaks_four_languages() -> None:
    assert_complete(CONTENT)


@each_template
def test_tasks_are_sound_and_in_order_of_time(template: dict[str, Any]) -> None:
    tasks = template["tasks"]
    assert 14 <= len(tasks) <= 18
    assert len({task["key"] for task in tasks}) == len(tasks)
    assert {task["owner"] for task in tasks} == OWNERS
    offsets = [task["offset_days"] for task in tasks]
    assert offsets == sorted(offsets)
    assert all(
        type(task[flag]) is bool for task in tasks for flag in ("needs_evidence", "blocking")
    )


@each_template
def test_what_nobody_may_forget_is_in_the_template(template: dict[str, Any]) -> None:
    assert {task["key"] for task in template["tasks"]} >= NEEDED


@each_template
def test_check_ins_follow_after_thirty_sixty_and_ninety_days(template: dict[str, Any]) -> None:
    milestones = [task["milestone"] for task in template["tasks"] if "milestone" in task]
    assert milestones == [30, 60, 90]


def test_every_competency_has_a_gap_task() -> None:
    assert set(CONTENT["gap_tasks"]) == competency_keys()


@pytest.mark.parametrize("key", CONTENT["gap_tasks"])
def test_the_reason_of_a_gap_task_names_both_levels(key: str) -> None:
    task = CONTENT["gap_tasks"][key]
    assert task["offset_days"] > 0
    assert sorted(PLACEHOLDER.findall(task["reason"]["en"])) == ["level", "required"]
    assert_same_placeholders(task["reason"], PLACEHOLDER, {"level", "required"})
    assert_same_placeholders(task["title"], PLACEHOLDER, set())
    assert_no_turkish_suffix(task["reason"])
