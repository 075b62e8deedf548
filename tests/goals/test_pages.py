"""The pages of goals: writing, proposing, agreeing, checking in, closing, the list, its cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.core.db import db
from portal.goals.models import Goal
from portal.goals.operations import withdraw_change
from portal.goals.states import GoalState, Measure, Standing
from portal.people.models import Person, Team
from tests.factories import goals as make
from tests.factories import metrics, people
from tests.goals.conftest import staff
from tests.page import Page, PageClient

SENT = {
    "title": "Answer faster", "why": "Customers wait", "weight": "30", "starts_on": "2026-11-24",
    "ends_on": "2026-12-31", "measure": "steps", "steps": "4",
}  # fmt: skip


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    """Accounts by name, and some of their people and teams."""
    with app.app_context():
        who = staff()
        names = ("member", "peer", "lead", "manager", "former", "stranger", "hr")
        found = {name: getattr(who, name).id for name in names}
        found |= {"person": who.member.person_id, "team": who.team.id,
                  "lead_person": who.lead.person_id}  # fmt: skip
        db.session.commit()
        return found


def added(app: Flask, **values: Any) -> int:
    """A goal, committed; ``person`` and ``team`` by id."""
    with app.app_context():
        person, team = values.pop("person", None), values.pop("team", None)
        by = values.pop("by", None)
        row = make.goal(
            db.session.get(Person, person) if person else None,
            team=db.session.get(Team, team) if team else None,
            by=db.session.get(Account, by) if by else None,
            **values,
        )
        db.session.commit()
        return row.id


def state_of(app: Flask, key: int) -> GoalState:
    with app.app_context():
        return db.session.get_one(Goal, key).state


def proposed(app: Flask, client: PageClient, ids: dict[str, int], **changes: str) -> Page:
    page = client.as_(ids["member"])
    sent = SENT | {"then": "propose"} | changes
    return page.post(f"/goals/people/{ids['person']}/add", sent, follow=True)


def test_an_empty_page_says_what_to_do(client: PageClient, ids: dict[str, int]) -> None:
    page = client.as_(ids["member"]).get("/my/goals")
    assert "No goals yet" in page.text
    assert "Weights today: 0% of 100%" in page.text


def test_a_goal_is_proposed_and_agreed(app: Flask, client: PageClient, ids: dict[str, int]) -> None:
    page = proposed(app, client, ids)
    assert page.h1 == "Answer faster"
    assert "Goal proposed" in page.text
    assert "Your manager is asked" in page.text
    path = page.response.request.path
    lead = client.as_(ids["lead"])
    page = lead.submit(lead.get(path), "/answer", decision="agree")
    assert "Agreed. The goal counts from now on." in page.text
    assert client.as_(ids["member"]).get("/my/goals").text.count("Answer faster") == 1


def test_sending_back_without_a_word_keeps_the_page(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    path = proposed(app, client, ids).response.request.path
    lead = client.as_(ids["lead"])
    page = lead.submit(lead.get(path), "/answer", decision="return")
    assert page.status == 422
    assert "Say what should be different." in page.text
    page = lead.submit(lead.get(path), "/answer", decision="return", note="Smaller.")
    assert page.status == 200
    assert lead.get(path).status == 403
    assert "Sent back: Smaller." in client.as_(ids["member"]).get(path).text


def test_agreeing_to_what_changed_meanwhile_is_refused(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    path = proposed(app, client, ids).response.request.path
    page = client.as_(ids["lead"]).post(f"{path}/answer", {"version": "99", "decision": "agree"})
    assert page.status == 409
    assert "Someone changed this" in page.text


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"steps": ""}, "Fill this in."),
        ({"measure": "number", "start": "3", "target": ""}, "Fill this in."),
        ({"measure": "metric"}, "Fill this in."),
        ({"measure": "number", "start": "3", "target": "3"}, "nothing to reach"),
        ({"ends_on": "2026-11-01"}, "before the first"),
        ({"weight": "101"}, "from 0 to 100"),
        ({"title": ""}, "Fill this in."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(
    app: Flask, client: PageClient, ids: dict[str, int], changes: dict[str, str], text: str
) -> None:
    page = proposed(app, client, ids, **changes)
    assert page.status == 422
    assert text in page.text
    assert page.fields()["why"].strip() == "Customers wait"


def test_weights_over_a_hundred_are_refused_but_may_be_drafted(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    added(app, person=ids["person"], weight=90)
    page = proposed(app, client, ids)
    assert page.status == 422
    assert "the weights come to 120%" in page.text
    page = proposed(app, client, ids, then="draft")
    assert "Only you see it." in page.text


def test_a_change_shows_old_and_new_until_it_is_agreed(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    key = added(app, person=ids["person"], title="Help two")
    member = client.as_(ids["member"])
    page = member.submit(
        member.get(f"/goals/{key}/change"), title="Help three", reason="There are three."
    )
    assert "Help two" in page.h1
    assert "Help three" in page.text
    lead = client.as_(ids["lead"])
    page = lead.submit(lead.get(f"/goals/{key}"), "/answer", decision="agree")
    assert page.h1 == "Help three"
    assert "There are three." in page.text


def test_a_stale_change_keeps_what_was_typed(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    key = added(app, person=ids["person"], state=GoalState.DRAFT, by=ids["member"])
    page = client.as_(ids["member"]).post(f"/goals/{key}/change", SENT | {"version": "99"})
    assert page.status == 409
    assert page.fields()["title"] == "Answer faster"


def test_check_ins_are_listed_and_drawn(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    key = added(app, person=ids["person"])
    member = client.as_(ids["member"])
    for day, value in (("2026-11-02", "1"), ("2026-11-16", "3")):
        page = member.submit(
            member.get(f"/goals/{key}"), "/check-in", on_day=day, value=value,
            standing="on_track", note=f"Step {value}",
        )  # fmt: skip
        assert page.status == 200
    assert "3 of 5 steps" in page.text
    assert page.tree.xpath("//figure[contains(@class, 'trend')]//*[name()='svg']")
    page = member.submit(member.get(f"/goals/{key}"), "/check-in", value="9", standing="on_track")
    assert page.status == 422
    assert "whole number from 0 to 5" in page.text


def test_a_metric_is_read_by_itself(app: Flask, client: PageClient, ids: dict[str, int]) -> None:
    with app.app_context():
        metric = metrics.metric()
        person = db.session.get_one(Person, ids["person"])
        metrics.value(person, metric, 82, period=date(2026, 9, 1))
        metrics.value(person, metric, 86, period=date(2026, 11, 1))
        key = metric.id
        db.session.commit()
    page = proposed(
        app, client, ids, measure="metric", metric=str(key), metric_target="90",
        starts_on="2026-10-01",
    )  # fmt: skip
    path = page.response.request.path
    lead = client.as_(ids["lead"])
    page = lead.submit(lead.get(path), "/answer", decision="agree")
    assert "Now 86%, target 90%" in page.text
    assert "50%" in page.text
    assert "value" not in page.fields("/check-in")


def test_the_manager_closes_and_the_person_sees_the_result(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    key = added(app, person=ids["person"])
    assert client.as_(ids["member"]).get(f"/goals/{key}/close").status == 403
    lead = client.as_(ids["lead"])
    page = lead.submit(lead.get(f"/goals/{key}/close"), result="80", outcome="Nearly there.")
    assert page.status == 200
    page = client.as_(ids["member"]).get(f"/goals/{key}")
    assert "Result: 80%" in page.text
    assert "Nearly there." in page.text
    assert state_of(app, key) is GoalState.PARTLY


def test_goals_stand_as_a_tree(app: Flask, client: PageClient, ids: dict[str, int]) -> None:
    top = added(app, person=ids["person"], title="Top")
    added(app, person=ids["person"], title="Below", parent_id=top)
    added(app, team=ids["team"], title="For all of us")
    page = client.as_(ids["member"]).get("/my/goals")
    below = page.tree.xpath("//li[contains(@class, 'ms-4')]//b")
    assert [one.text_content() for one in below] == ["Below"]
    assert "For all of us" in page.text


def test_the_list_shows_who_has_no_goal_and_who_was_silent(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    key = added(app, person=ids["person"], weight=40)
    with app.app_context():
        make.check_in(
            db.session.get_one(Goal, key), on_day=date(2026, 10, 5), standing=Standing.AT_RISK
        )
        db.session.commit()
    lead = client.as_(ids["lead"])
    names = {
        show: [
            one.text_content().split()[0]
            for one in lead.get(f"/goals/team?show={show}").tree.xpath("//tbody//td[1]/a")
        ]
        for show in ("", "none", "silent", "waiting", "trouble")
    }
    assert names == {"": ["Member", "Peer"], "none": ["Peer"], "silent": ["Member"],
                     "waiting": [], "trouble": ["Member"]}  # fmt: skip


def test_the_export_has_the_same_people(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    added(app, person=ids["person"], weight=40)
    lead = client.as_(ids["lead"])
    with lead.http.get("/goals/team/export/csv") as answer:
        lines = answer.get_data(as_text=True).splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["Member Kaya", "Peer Kaya"]
    assert ",1,40,0,," in lines[1]


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_for_one_goal_and_for_three(
    app: Flask, client: PageClient, ids: dict[str, int], count_queries: Callable[[], int],
    number: int,
) -> None:  # fmt: skip
    with app.app_context():
        metric = metrics.metric()
        for _one in range(number):
            person = people.person()
            people.employment(person, team=db.session.get_one(Team, ids["team"]))
            make.goal(person)
            mine = db.session.get_one(Person, ids["person"])
            row = make.goal(mine, parent_id=make.goal(mine).id)
            make.check_in(row)
            make.goal(mine, measure=Measure.METRIC, metric_id=metric.id)
            make.goal(team=db.session.get_one(Team, ids["team"]))
        db.session.commit()
    lead, member = client.as_(ids["lead"]), client.as_(ids["member"])
    for one in (lead, member):
        one.get("/inbox")
    count_queries()
    assert lead.get("/goals/team").status == 200
    first = count_queries()
    assert member.get("/my/goals").status == 200
    assert (first, count_queries()) == COSTS
    for path, cost in OTHERS.items():
        lead.get(path.format(**ids))
        count_queries()
        assert lead.get(path.format(**ids)).status == 200
        assert (path, count_queries()) == (path, cost)


COSTS = (6, 9)
"""Statements of the manager's list and of one's own page."""
OTHERS = {"/goals/people/{person}": 9, "/goals/teams/{team}": 5}
"""Statements of what a manager reads of a person and of a team."""


@pytest.mark.parametrize("number", [1, 3])
def test_a_goal_costs_the_same_however_much_was_said_of_it(
    app: Flask, client: PageClient, ids: dict[str, int], count_queries: Callable[[], int],
    number: int,
) -> None:  # fmt: skip
    key = added(app, person=ids["person"])
    with app.app_context():
        goal, member = db.session.get_one(Goal, key), db.session.get_one(Account, ids["member"])
        for _one in range(number):
            make.check_in(goal, by=people.account(roles=["hr"]))
            make.goal(people.employment(team=db.session.get_one(Team, ids["team"])).person,
                      parent_id=key)  # fmt: skip
            withdraw_change(make.change(goal, by=member), by=member)
        db.session.commit()
    lead = client.as_(ids["lead"])
    lead.get(f"/goals/{key}")
    count_queries()
    assert lead.get(f"/goals/{key}").text.count("Plans changed.") == number
    assert count_queries() == 10


def test_agreed_goals_stand_on_the_record_page_for_who_may_see_them(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    added(app, person=ids["person"], title="Help two")
    added(app, person=ids["person"], title="Not yet", state=GoalState.PROPOSED, by=ids["member"])
    path = f"/people/{ids['person']}"
    texts = {who: client.as_(ids[who]).get(path).text for who in ("member", "lead", "hr", "peer")}
    assert {who for who, text in texts.items() if "Help two" in text} == {"member", "lead", "hr"}
    assert not any("Not yet" in text for text in texts.values())
