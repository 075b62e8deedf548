"""The pages of the bench: what they show, refuse, and to whom they are closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from portal.core import clock
from portal.core.db import db
from portal.people.models import Position
from portal.succession.models import KeyPosition, Nomination
from portal.succession.states import EndReason, NominationState
from tests.factories import competencies, people, succession, training
from tests.page import Page, PageClient

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def get(client: PageClient, url: str, status: int = 200) -> Page:
    """The page, with the status that is expected."""
    page = client.get(url)
    assert page.status == status, page.text
    return page


def post(client: PageClient, url: str, data: dict[str, Any], status: int = 303) -> Page:
    """The answer to a form, with the status that is expected; rows are read anew."""
    page = client.post(url, data)
    db.session.expire_all()
    assert page.status == status, page.text
    return page


def plan() -> KeyPosition:
    """A position with a holder and one ready successor."""
    role = people.role("Manager")
    competencies.requirement(role, competencies.competency())
    kept = succession.key_position(role=role, holder=people.person("Mete"))
    succession.nomination(kept, people.employment(people.person("Ceren", "Kaya")).person)
    return kept


def test_the_bench_shows_figures_positions_and_successors(client: PageClient) -> None:
    plan()
    page = get(client.as_(people.account(roles=["hr"])), "/succession")
    assert "Manager" in page.text
    assert "Ceren Kaya" in page.text
    assert "100%" in page.text


def test_an_empty_bench_offers_the_first_step(client: PageClient) -> None:
    page = get(client.as_(people.account(roles=["hr"])), "/succession")
    assert "No key positions yet" in page.text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_bench_downloads(client: PageClient, kind: str) -> None:
    plan()
    hr = client.as_(people.account(roles=["hr"]))
    with hr.http.get(f"/succession/export/{kind}") as response:
        assert response.status_code == 200
        assert response.data


def test_a_team_outside_the_line_is_not_there(client: PageClient) -> None:
    kept, own = plan(), people.team()
    planner = people.account(leads=own, roles=["manager", "planner"])
    get(client.as_(planner), f"/succession?team={kept.position.team_id}", 404)


def test_hr_adds_a_position_and_says_who_holds_it(client: PageClient) -> None:
    job = people.employment(people.person("Nil"))
    hr = client.as_(people.account(roles=["hr"]))
    post(
        hr,
        "/succession/positions/add",
        {"team": job.team_id, "role": job.role_id, "code": "IST-1"},
        303,
    )
    kept = db.session.query(KeyPosition).one()
    post(hr, f"/succession/positions/{kept.id}/holder", {"employment": job.id}, 303)
    assert job.position_id == kept.position_id
    assert "Nil" in get(hr, f"/succession/positions/{kept.id}").text


def test_a_code_is_given_once(client: PageClient) -> None:
    seat = plan().position
    page = post(
        client.as_(people.account(roles=["hr"])),
        "/succession/positions/add",
        {"team": seat.team_id, "role": seat.role_id, "code": seat.code},
        422,
    )
    assert "Another position has this code." in page.text
    assert db.session.query(Position).count() == 1


def test_a_high_risk_needs_a_reason(client: PageClient) -> None:
    kept = plan()
    hr = client.as_(people.account(roles=["hr"]))
    url = f"/succession/positions/{kept.id}/assess"
    sent = {"version": kept.version, "impact": "high", "risk": "high", "note": "Two offers"}
    page = post(hr, url, sent, 422)
    assert "Say why the holder is likely to leave." in page.text
    assert "Two offers" in page.text
    post(hr, url, sent | {"reasons": ["market"]}, 303)
    assert "Sought after elsewhere" in get(hr, f"/succession/positions/{kept.id}").text


def test_the_holder_judges_not_and_reads_not(client: PageClient) -> None:
    holder = people.person()
    kept = succession.key_position(holder=holder)
    own = client.as_(people.account(roles=["executive"], person=holder))
    assert "others judge it" in get(own, f"/succession/positions/{kept.id}").text
    get(own, f"/succession/positions/{kept.id}/assess", 403)


def test_the_system_proposes_by_the_rules_of_my_path(client: PageClient) -> None:
    kept = plan()
    near = people.employment(people.person("Yakın")).person
    competency = competencies.competency()
    competencies.requirement(kept.position.role, competency)
    competencies.evidence(near, competency, level=5)
    people.employment(people.person("Uzak"))
    page = get(
        client.as_(people.account(roles=["hr"])), f"/succession/positions/{kept.id}/candidates"
    )
    assert page.text.index("Yakın") < page.text.index("Uzak")
    assert "Ceren" not in page.text


def test_somebody_is_named_approved_and_ended(client: PageClient) -> None:
    kept = plan()
    person = people.employment(people.person("Selin")).person
    level = succession.scale()["ready_now"]
    hr = people.account(roles=["hr"])
    post(
        client.as_(hr),
        f"/succession/positions/{kept.id}/nominate/{person.id}",
        {"level": level.id, "reason": "Led the night team"},
        303,
    )
    made = db.session.query(Nomination).filter_by(nominee_id=person.id).one()
    decide = f"/succession/nominations/{made.id}/decide"
    post(client.as_(hr), decide, {"decision": "approve"}, 403)
    director = client.as_(people.account(roles=["executive"]))
    assert "as a second person" in get(director, f"/succession/positions/{kept.id}").text
    post(director, f"/succession/nominations/{made.id}/decide", {"decision": "approve"}, 303)
    assert made.state is NominationState.APPROVED
    post(director, f"/succession/nominations/{made.id}/end", {"reason": "wish"}, 303)
    assert made.end_reason is EndReason.WISH


def test_turning_down_without_a_note_comes_back(client: PageClient) -> None:
    made = succession.nomination(plan(), state=NominationState.PROPOSED)
    page = post(
        client.as_(people.account(roles=["hr"])),
        f"/succession/nominations/{made.id}/decide",
        {"decision": "refuse"},
        422,
    )
    assert "Say why not." in page.text


def test_who_was_faster_is_said_and_nothing_typed_is_lost(client: PageClient) -> None:
    made = succession.nomination(plan())
    assert made.level is not None
    stale = {"version": made.version, "level": made.level_id, "reason": "Typed for long"}
    made.reason = "Changed by a colleague"
    db.session.commit()
    page = post(
        client.as_(people.account(roles=["hr"])),
        f"/succession/nominations/{made.id}/judge",
        stale,
        422,
    )
    assert "Typed for long" in page.text


def test_successors_move_up(client: PageClient) -> None:
    kept = plan()
    second = succession.nomination(kept)
    post(
        client.as_(people.account(roles=["hr"])),
        f"/succession/nominations/{second.id}/rank",
        {"to": "up"},
        303,
    )
    assert second.rank == 1


def test_a_development_action_is_planned_done_and_dropped(client: PageClient) -> None:
    made = succession.nomination(plan())
    course = training.course()
    hr = client.as_(people.account(roles=["hr"]))
    due = clock.today() + timedelta(days=60)
    url = f"/succession/nominations/{made.id}/actions"
    assert "Choose a course." in post(hr, url, {"kind": "course", "due_on": due}, 422).text
    post(hr, url, {"kind": "course", "course": course.id, "due_on": due}, 303)
    action = made.actions[0]
    post(hr, f"/succession/actions/{action.id}/done", {}, 303)
    assert action.done_on == clock.today()
    post(hr, f"/succession/actions/{action.id}/remove", {}, 303)
    db.session.refresh(made)
    assert made.actions == []


def test_the_last_step_that_counts_as_ready_stays(client: PageClient) -> None:
    level = succession.scale()["ready_now"]
    names = {f"name-{key}": value for key, value in level.name.items()}
    page = post(
        client.as_(people.account(roles=["hr"])),
        f"/settings/succession/levels/{level.id}",
        names | {"version": level.version, "months_from": 0, "months_to": 0},
        422,
    )
    assert "One step has to count as ready." in page.text


def test_a_step_does_not_end_before_it_begins(client: PageClient) -> None:
    hr = client.as_(people.account(roles=["hr"]))
    step = {"key": "later", "name-en": "Later", "months_from": 12, "months_to": 6}
    page = post(hr, "/settings/succession/levels/add", step, 422)
    assert "This comes before the first month." in page.text


def test_settings_are_kept(client: PageClient) -> None:
    hr = client.as_(people.account(roles=["hr"]))
    values = {"tell_nominees": "y", "stale_months": 6, "review_months": 6, "stuck_months": 12}
    post(hr, "/settings/succession", values, 303)
    assert 'value="6"' in get(hr, "/settings/succession").html


@pytest.mark.parametrize("roles", [["manager"], ["interviewer"], ["admin"], []])
def test_nobody_else_comes_in(client: PageClient, roles: list[str]) -> None:
    kept = plan()
    stranger = client.as_(people.account(roles=roles))
    for path in ("/succession", f"/succession/positions/{kept.id}", "/settings/succession"):
        get(stranger, path, 403)
