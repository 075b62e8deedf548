"""What follows if somebody leaves: told, drawn, lost, kept and compared."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from portal.core import clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Person
from portal.succession import operations
from portal.succession.effects import effects_of
from portal.succession.models import KeyPosition, Scenario
from portal.succession.whatif import WhatIf, what_if
from tests.factories import certification, onboarding, people, succession
from tests.page import PageClient

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def line() -> tuple[KeyPosition, KeyPosition, Person, Person]:
    """A manager, a lead who is ready to follow, and somebody ready for the lead's place."""
    team = people.team()
    manager = people.person("Mete", "Ak")
    top = succession.key_position(team=team, role=people.role("Manager"), holder=manager)
    lead = people.person("Lale", "Er")
    below = succession.key_position(team=team, role=people.role("Team lead"), holder=lead)
    succession.nomination(top, lead)
    next_ = people.employment(people.person("Ceren", "Su"), team=team).person
    succession.nomination(below, next_)
    return top, below, manager, lead


def asked(*leavers: Person, viewer: Any = None) -> WhatIf:
    db.session.expire_all()
    who = viewer or people.account(roles=["hr"])
    return what_if(who, [one.id for one in leavers], clock.today())


def test_the_chain_is_told_move_by_move() -> None:
    top, below, manager, _lead = line()
    found = asked(manager)
    assert [sentence.split(", Team")[0] for sentence in found.sentences] == [
        "Lale Er takes over Manager",
        "Ceren Su takes over Team lead",
    ]
    assert found.sentences[1].endswith("and leaves no key position.")
    assert [step.bad for step in found.chains()[0]] == [False, False]
    assert {top.id, below.id} == {move.post for move in found.outcome.moves}


def test_where_nobody_is_ready_the_story_says_so() -> None:
    _top, _below, manager, lead = line()
    found = asked(manager, lead)
    assert any("stays empty: nobody is ready" in sentence for sentence in found.sentences)
    assert found.chains()[0][-1].bad


def test_the_drawing_has_the_same_steps_in_its_table() -> None:
    _top, _below, manager, _lead = line()
    drawing = asked(manager).drawing
    assert drawing is not None
    assert [row[0] for row in drawing.rows()] == ["Step", "1.1", "1.2"]
    assert "Lale Er" in drawing.svg()


def test_nobody_asks_about_their_own_leaving() -> None:
    _top, _below, manager, _lead = line()
    own = people.account(roles=["executive"], person=manager)
    assert asked(manager, viewer=own).leavers == []


def test_what_leavers_answer_for_is_lost() -> None:
    leader = people.person("Lider")
    team = people.team(lead=leader)
    report = people.employment(team=team, manager=leader)
    people.employment(leader, team=team, manager=None)
    onboarding.task(onboarding.plan(report, manager_id=leader.id))
    found = effects_of(people.account(roles=["hr"]), [leader.id], clock.today())
    assert [row.lead_id for row in found.leaderless] == [leader.id]
    assert found.reports == {leader.id: 1}
    assert [plan.person_id for plan in found.onboarding] == [report.person_id]


def test_certificates_are_counted_by_team_with_the_day_from_which_nobody_holds_them() -> None:
    team, kept = people.team(), certification.certification()
    leaver = people.employment(team=team).person
    stays = people.employment(team=team).person
    today = clock.today()
    certification.award(leaver, kept, today - timedelta(days=10))
    certification.award(
        stays, kept, today - timedelta(days=10), expires_on=today + timedelta(days=30)
    )
    found = effects_of(people.account(roles=["hr"]), [leaver.id], today).certificates
    assert [(row.before, row.after) for row in found] == [(2, 1)]
    assert found[0].none_from is not None
    assert found[0].none_from > today
    both = effects_of(people.account(roles=["hr"]), [leaver.id, stays.id], today).certificates
    assert [(row.before, row.after, row.none_from) for row in both] == [(2, 0, today)]


def test_if_nobody_leaves_nothing_is_lost() -> None:
    assert not effects_of(people.account(roles=["hr"]), [], clock.today())


def keep(by: Any, *leavers: Person, **values: Any) -> Scenario:
    defaults: dict[str, Any] = {"name": "Two at once", "note": "", "team": people.team(),
                                "leaves_on": clock.today()}  # fmt: skip
    return operations.save_scenario(
        **(defaults | values), leaver_ids=[one.id for one in leavers], by=by
    )


def test_a_scenario_needs_leavers_and_a_name() -> None:
    hr = people.account(roles=["hr"])
    with pytest.raises(Refused, match="Choose who leaves"):
        keep(hr)
    with pytest.raises(Refused, match="Give it a name"):
        keep(hr, people.person(), name=" ")


def test_nobody_keeps_a_scenario_of_their_own_leaving() -> None:
    hr = people.account(roles=["hr"])
    with pytest.raises(Refused, match="Somebody else looks"):
        keep(hr, db.session.get_one(Person, hr.person_id))


def test_asking_saves_nothing_and_keeping_does(client: PageClient) -> None:
    _top, _below, manager, _lead = line()
    hr = client.as_(people.account(roles=["hr"]))
    url = f"/succession/what-if?leaver={manager.id}&on=2027-01-31"
    assert "Lale Er takes over Manager" in hr.get(url).text
    assert db.session.query(Scenario).count() == 0
    keep_url = f"/succession/what-if/keep?leaver={manager.id}&on=2027-01-31"
    assert hr.post(keep_url, {"name": ""}).status == 422
    assert hr.post(keep_url, {"name": "Mete goes"}).status == 303
    kept = db.session.query(Scenario).one()
    assert kept.leaves_on.isoformat() == "2027-01-31"
    page = hr.get(f"/succession/what-if/compare?scenario={kept.id}")
    assert "Mete goes" in page.text
    assert hr.post(f"/succession/scenarios/{kept.id}/remove").status == 303
    assert db.session.query(Scenario).count() == 0


def test_a_leaver_is_found_by_name(client: PageClient) -> None:
    line()
    hr = client.as_(people.account(roles=["hr"]))
    page = hr.get("/succession/what-if?q=zzzz")
    assert "Nobody of that name." in page.text


def test_a_planner_asks_about_the_own_line_only(client: PageClient) -> None:
    _top, _below, manager, _lead = line()
    planner = client.as_(people.account(leads=people.team(), roles=["manager", "planner"]))
    page = planner.get(f"/succession/what-if?leaver={manager.id}")
    assert "Mete" not in page.text


def test_who_would_leave_does_not_open_the_scenario(client: PageClient) -> None:
    _top, _below, manager, _lead = line()
    kept = keep(people.account(roles=["hr"]), manager)
    db.session.commit()
    key = kept.id
    own = client.as_(people.account(roles=["executive"], person=manager))
    assert "Two at once" not in own.get("/succession/what-if").text
    assert own.post(f"/succession/scenarios/{key}/remove").status == 403
