"""The plan of a requisition and the question bank."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from portal.core.db import db
from portal.hiring.states import RequisitionState
from portal.interviews.models import InterviewPlan, Question
from portal.interviews.states import PlanState
from tests.factories import competencies as library
from tests.factories import hiring, people
from tests.factories import interviews as make
from tests.page import PageClient

Saved = Callable[[Callable[[], Any]], Any]


def drafted(**values: Any) -> dict[str, Any]:
    plan = make.plan(published=False, **values)
    extra = make.question(plan.competencies[0].competency_version.competency)
    return {
        "hr": people.account(roles=["hr"]).id,
        "url": f"/interviews/plans/{plan.id}",
        "id": plan.id,
        "parts": [part.id for part in plan.competencies],
        "questions": [asked.question_id for asked in plan.questions],
        "extra": extra.id,
        "version": str(plan.version),
    }


def test_a_plan_is_drafted_from_the_role_once(client: PageClient, saved: Saved) -> None:
    def scene() -> tuple[int, int]:
        requisition = hiring.requisition()
        competency = library.competency()
        library.requirement(requisition.role, competency)
        make.question(competency, text="What would you do?")
        return people.account(roles=["hr"]).id, requisition.id

    hr, requisition = saved(scene)
    signed_in = client.as_(hr)
    url = f"/interviews/requisitions/{requisition}/plan"
    first, second = signed_in.post(url), signed_in.post(url)
    assert first.location == second.location
    assert "What would you do?" in signed_in.get(first.location).text


def changed(found: dict[str, Any], **values: str) -> dict[str, str]:
    first, second = found["parts"]
    one, two = found["questions"]
    fields = {
        "version": found["version"],
        "cut": "3.5",
        f"weight-{first}": "30",
        f"weight-{second}": "70",
        f"place-{one}": "2",
        f"place-{two}": "1",
        f"place-{found['extra']}": "",
    }
    return fields | values


def test_numbers_weights_and_order_are_changed(client: PageClient, saved: Saved) -> None:
    found = saved(drafted)
    signed_in = client.as_(found["hr"])
    assert signed_in.get(f"{found['url']}/edit").status == 200
    assert signed_in.post(f"{found['url']}/edit", changed(found)).status == 303

    def stored() -> tuple[Any, ...]:
        plan = db.session.get_one(InterviewPlan, found["id"])
        asked = [question.question_id for question in plan.questions]
        return plan.cut, [part.weight for part in plan.competencies], asked

    assert saved(stored) == (350, [30, 70], found["questions"][::-1])


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("weight", "31", "must come to 100"),
        ("weight", "x", "whole number from 0 to 100"),
        ("weight", "-5", "whole number"),
        ("weight", "9999999999", "whole number"),
        ("place", "1.5", "whole numbers"),
        ("place", "²", "whole numbers"),
    ],
)
def test_wrong_numbers_are_said_and_kept(
    client: PageClient, saved: Saved, name: str, value: str, message: str
) -> None:
    found = saved(drafted)
    key = found["parts"][0] if name == "weight" else found["questions"][0]
    field = f"{name}-{key}"
    page = client.as_(found["hr"]).post(f"{found['url']}/edit", changed(found, **{field: value}))
    assert page.status == 422
    assert message in page.text
    assert page.tree.xpath("//input[@name=$n]/@value", n=field) == [value]


def test_a_plan_that_changed_meanwhile_is_stale(client: PageClient, saved: Saved) -> None:
    found = saved(drafted)
    page = client.as_(found["hr"]).post(f"{found['url']}/edit", changed(found, version="7"))
    assert page.status == 422
    assert "Someone changed this" in page.text


def test_pinning_is_final(client: PageClient, saved: Saved) -> None:
    found = saved(drafted)
    signed_in = client.as_(found["hr"])
    page = signed_in.submit(signed_in.get(found["url"]), "/publish")
    assert "Pinned" in page.text
    assert signed_in.get(f"{found['url']}/edit").status == 403
    assert signed_in.post(f"{found['url']}/publish").status == 403
    state = saved(lambda: db.session.get_one(InterviewPlan, found["id"]).state)
    assert state is PlanState.PUBLISHED


def test_only_hr_and_the_hiring_manager_see_a_plan(client: PageClient, saved: Saved) -> None:
    def scene() -> dict[str, Any]:
        found = drafted()
        plan = db.session.get_one(InterviewPlan, found["id"])
        manager = people.account(person=plan.requisition.hiring_manager, roles=["manager"])
        other = people.account(roles=["manager"])
        return found | {"manager": manager.id, "other": other.id}

    found = saved(scene)
    assert client.as_(found["manager"]).get(found["url"]).status == 200
    assert client.as_(found["other"]).get(found["url"]).status == 403


def bank(rows: int = 2) -> dict[str, Any]:
    competencies = [library.competency() for _ in range(rows)]
    return {
        "hr": people.account(roles=["hr"]).id,
        "competencies": [each.id for each in competencies],
        "questions": [make.question(each).id for each in competencies],
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_the_bank_costs_the_same_for_one_and_three(
    client: PageClient, saved: Saved, count_queries: Callable[[], int], rows: int
) -> None:
    found = saved(lambda: bank(rows))
    signed_in = client.as_(found["hr"])
    count_queries()
    signed_in.get("/settings/questions")
    assert count_queries() == 5


def test_the_bank_is_filtered_by_competency_and_kind(client: PageClient, saved: Saved) -> None:
    found = saved(bank)
    signed_in = client.as_(found["hr"])
    first, second = (f"/settings/questions/{key}" for key in found["questions"])
    page = signed_in.get(f"/settings/questions?competency={found['competencies'][0]}")
    assert page.tree.xpath(f"//a[@href='{first}']")
    assert not page.tree.xpath(f"//a[@href='{second}']")
    assert "No question fits" in signed_in.get("/settings/questions?kind=situational").text
    assert signed_in.get("/settings/questions?kind=nonsense&competency=x").status == 200


def test_a_question_is_reworded_in_four_languages(client: PageClient, saved: Saved) -> None:
    found = saved(bank)
    url = f"/settings/questions/{found['questions'][0]}"
    signed_in = client.as_(found["hr"])
    page = signed_in.get(url)
    sent = page.fields(url) | {
        "text-tr": "Neden?",
        "probe_2-en": "And then?",
        "listen_1-ja": "理由",
        "is_active": "",
    }
    assert signed_in.post(url, sent).status == 303

    def stored() -> tuple[Any, ...]:
        question = db.session.get_one(Question, found["questions"][0])
        heard = question.listen_for[0]["ja"]
        return question.text["tr"], len(question.probes), heard, question.is_active

    assert saved(stored) == ("Neden?", 2, "理由", False)
    empty = dict.fromkeys(page.fields(url), "")
    assert signed_in.post(url, empty).status == 422


def test_a_question_of_ones_own_is_added(client: PageClient, saved: Saved) -> None:
    found = saved(bank)
    signed_in = client.as_(found["hr"])
    assert signed_in.post("/settings/questions/new", {"text-en": "Why?"}).status == 422
    page = signed_in.post(
        "/settings/questions/new",
        {
            "competency": str(found["competencies"][0]),
            "kind": "situational",
            "level": "lead",
            "text-en": "Why?",
            "probe_1-en": "And then?",
        },
        follow=True,
    )
    assert "Question added" in page.text


def test_only_hr_keeps_the_bank(client: PageClient, saved: Saved) -> None:
    found = saved(bank)
    manager = client.as_(saved(lambda: people.account(roles=["manager"]).id))
    for path in ("", "/new", f"/{found['questions'][0]}"):
        assert manager.get(f"/settings/questions{path}").status == 403


def test_the_record_of_a_requisition_shows_its_plan(client: PageClient, saved: Saved) -> None:
    def scene() -> dict[str, Any]:
        found = drafted()
        requisition = db.session.get_one(InterviewPlan, found["id"]).requisition
        manager = people.account(person=requisition.hiring_manager, roles=["manager"])
        director = people.account(roles=["executive"])
        return found | {
            "manager": manager.id,
            "director": director.id,
            "record": f"/hiring/requisitions/{requisition.id}",
        }

    found = saved(scene)
    for who in ("hr", "manager"):
        page = client.as_(found[who]).get(found["record"])
        assert page.tree.xpath("//a[@href=$url]", url=found["url"])
        assert "A draft can still change" in page.text
    assert "Interview plan" not in client.as_(found["director"]).get(found["record"]).text
    client.as_(found["hr"]).post(f"{found['url']}/publish")
    assert "Pinned on" in client.as_(found["hr"]).get(found["record"]).text


def unplanned(state: RequisitionState = RequisitionState.APPROVED) -> dict[str, Any]:
    posting = hiring.posting(requisition=hiring.requisition(state=state))
    requisition = posting.requisition
    competency = library.competency()
    library.requirement(requisition.role, competency, weight=100)
    make.question(competency)
    return {
        "hr": people.account(roles=["hr"]).id,
        "lead": people.account(leads=requisition.team).id,
        "record": f"/hiring/requisitions/{requisition.id}",
        "make": f"/interviews/requisitions/{requisition.id}/plan",
        "posting": f"/hiring/postings/{posting.id}",
    }


def test_a_plan_is_made_from_the_record_of_its_requisition(
    client: PageClient, saved: Saved
) -> None:
    found = saved(unplanned)
    signed_in = client.as_(found["hr"])
    page = signed_in.submit(signed_in.get(found["record"]), found["make"])
    assert page.h1 == "Interview plan"


def test_a_requisition_that_is_over_gets_no_plan(client: PageClient, saved: Saved) -> None:
    found = saved(lambda: unplanned(RequisitionState.CANCELLED))
    signed_in = client.as_(found["hr"])
    page = signed_in.get(found["record"])
    assert "No interview plan was made" in page.text
    assert not page.tree.xpath("//form[@action=$url]", url=found["make"])
    assert "Pin the interview plan" not in signed_in.get(found["posting"]).text


def test_a_published_posting_asks_to_pin_the_plan_until_it_is_pinned(
    client: PageClient, saved: Saved
) -> None:
    found = saved(unplanned)
    signed_in, label = client.as_(found["hr"]), "Pin the interview plan"
    plan = signed_in.submit(signed_in.get(found["posting"]), found["make"])
    [link] = signed_in.get(found["posting"]).tree.xpath("//a[contains(., $label)]", label=label)
    assert plan.form("/publish").action.startswith(link.get("href"))
    assert label not in client.as_(found["lead"]).get(found["posting"]).text
    signed_in.submit(plan, "/publish")
    assert label not in signed_in.get(found["posting"]).text
