"""Who may do what in succession: literal tables; every refusal; the cost of each list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from portal.core import clock as portal_clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Employment, Team
from portal.succession import jobs, operations, policy
from portal.succession.models import KeyPosition, Nomination
from portal.succession.operations import grid as grids
from portal.succession.states import (
    ActionKind,
    EndReason,
    Impact,
    LossRisk,
    NominationState,
    PositionState,
    SessionState,
)
from tests.factories import people, succession
from tests.factories.people import in_words
from tests.page import PageClient

pytestmark = pytest.mark.usefixtures("db_session", "clock")

EVERYONE = ("hr", "other hr", "executive", "planner", "outside", "manager", "nominee", "holder")
Who = dict[str, Any]


@pytest.fixture
def team() -> Team:
    return people.team("Support")


@pytest.fixture
def post(team: Team) -> KeyPosition:
    return succession.key_position(team=team, holder=people.person("Holder"))


@pytest.fixture
def who(team: Team, post: KeyPosition) -> Who:
    """Everybody is there twice: with the role that plans, and named or holding it as well."""
    holder = db.session.query(Employment).filter_by(position_id=post.position_id).one().person
    return {
        "hr": people.account(roles=["hr"]), "other hr": people.account(roles=["hr"]),
        "executive": people.account(roles=["executive"]),
        "planner": people.account(leads=team, roles=["manager", "planner"]),
        "outside": people.account(leads=people.team(), roles=["manager", "planner"]),
        "manager": people.account(leads=team, roles=["manager"]),
        "nominee": people.account(person=people.employment(team=team).person, roles=["hr"]),
        "holder": people.account(person=holder, roles=["hr"]),
    }  # fmt: skip


@pytest.fixture
def nomination(who: Who, post: KeyPosition) -> Nomination:
    """Proposed by one of HR; the nominee is of HR too."""
    nominee = db.session.get_one(type(people.person()), who["nominee"].person_id)
    return succession.nomination(post, nominee, by=who["hr"], state=NominationState.PROPOSED)


def names(who: Who, rule: str, *row: object) -> str:
    return ", ".join(name for name in EVERYONE if getattr(policy, rule)(who[name], *row))


HR = "hr, other hr, nominee, holder"
ALL = "hr, other hr, executive, nominee, holder"
PLANNERS = "hr, other hr, executive, planner, nominee, holder"
NAMED = "hr, other hr, executive, planner, holder"


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("plans_all", ALL), ("set_up_succession", HR),
        ("see_succession", "hr, other hr, executive, planner, outside, nominee, holder"),
    ],
)  # fmt: skip
def test_who_plans(who: Who, rule: str, found: str) -> None:
    assert names(who, rule) == found


POSITIONS = {
    # rule: (while it is planned for, afterwards)
    "plan_position": (PLANNERS, PLANNERS),
    "change_position": (PLANNERS, ""),
    "end_position": (ALL, ""),
}


@pytest.mark.parametrize("rule", POSITIONS)
def test_who_keeps_the_plan_of_a_position(who: Who, post: KeyPosition, rule: str) -> None:
    before = names(who, rule, post)
    operations.end_key_position(post, by=who["hr"])
    assert (before, names(who, rule, post)) == POSITIONS[rule]


def test_the_holder_judges_not_what_the_own_position_means(who: Who, post: KeyPosition) -> None:
    found = names(who, "assess_position", post, who["holder"].person_id)
    assert found == PLANNERS.replace(", holder", "")
    with pytest.raises(Refused, match="Nobody judges a position they hold"):
        operations.assess_position(post, impact=Impact.HIGH, risk=LossRisk.LOW, by=who["holder"])


NOMINATIONS = {
    NominationState.PROPOSED: {
        "see_nomination": NAMED, "change_nomination": NAMED,
        "decide_nomination": NAMED.removeprefix("hr, "),
    },
    NominationState.APPROVED: {"see_nomination": NAMED, "change_nomination": NAMED},
    NominationState.REFUSED: {"see_nomination": NAMED},
    NominationState.ENDED: {"see_nomination": NAMED},
}  # fmt: skip


@pytest.mark.parametrize("state", NominationState)
def test_who_does_what_with_a_nomination_and_the_nominee_never(
    who: Who, nomination: Nomination, state: NominationState
) -> None:
    with db.session.no_autoflush:
        nomination.state = state
        rules = ("see_nomination", "change_nomination", "decide_nomination")
        found = {rule: names(who, rule, nomination) for rule in rules}
    db.session.expire(nomination)
    assert {rule: by for rule, by in found.items() if by} == NOMINATIONS[state]


def test_who_sees_somebody_in_the_grid_and_keeps_sessions(who: Who, team: Team) -> None:
    succession.scale()
    somebody = people.employment(team=team).person
    assert names(who, "see_person_in_grid", somebody) == PLANNERS
    own = db.session.get_one(type(somebody), who["nominee"].person_id)
    assert names(who, "place_person", own) == NAMED
    session = operations.open_session(
        name="Autumn", team=team, held_on=portal_clock.today(), by=who["planner"]
    )
    assert names(who, "see_session", session) == names(who, "change_session", session) == PLANNERS
    operations.close_session(session, by=who["planner"])
    assert (names(who, "see_session", session), names(who, "change_session", session)) == (
        PLANNERS, "",
    )  # fmt: skip
    with pytest.raises(Refused, match="session is over"):
        operations.close_session(session, by=who["planner"])
    assert session.state is SessionState.CLOSED


# --- Refusals -------------------------------------------------------------------------------------


ACTIONS: tuple[tuple[dict[str, Any], str, str | None], ...] = (
    ({"due_on": date(2026, 11, 23)}, "today or a later day", "due_on"),
    ({"kind": ActionKind.COURSE}, "Choose a course", "course"),
    ({"text": "  "}, "what is to be done", "text"),
)


@pytest.mark.parametrize(("values", "words", "field"), ACTIONS)
def test_an_action_says_what_and_until_when(
    who: Who, nomination: Nomination, values: dict[str, Any], words: str, field: str
) -> None:
    fine = {"kind": ActionKind.PROJECT, "text": "Lead a launch", "due_on": date(2026, 12, 1)}
    with pytest.raises(Refused, match=words) as refused:
        operations.add_action(nomination, **(fine | values), by=who["other hr"])
    assert refused.value.field == field


def test_what_is_over_is_changed_no_more(who: Who, nomination: Nomination) -> None:
    by = who["other hr"]
    operations.end_nomination(nomination, EndReason.WISH, by=by)
    due = date(2026, 12, 1)
    for step in (
        lambda: operations.end_nomination(nomination, EndReason.WISH, by=by),
        lambda: operations.add_action(
            nomination, ActionKind.PROJECT, text="Lead", due_on=due, by=by
        ),
        lambda: operations.judge_nomination(
            nomination, level=nomination.level, is_emergency=False, reason="New", by=by
        ),
    ):
        with pytest.raises(Refused, match="This nomination is over"):
            step()
    operations.end_key_position(nomination.key_position, by=by)
    with pytest.raises(Refused, match="no longer planned for"):
        operations.end_key_position(nomination.key_position, by=by)
    assert nomination.key_position.state is PositionState.ENDED


def test_before_there_is_a_grid_nobody_is_placed(who: Who, team: Team) -> None:
    person = people.employment(team=team).person
    for step in (
        lambda: operations.place_person(person, x=0, y=0, evidence="Calm", by=who["hr"]),
        lambda: operations.open_session(
            name="Autumn", team=team, held_on=portal_clock.today(), by=who["hr"]
        ),
    ):
        with pytest.raises(Refused, match="no talent grid yet"):
            step()


def test_a_session_has_a_name_and_is_of_a_team_one_plans_for(who: Who, team: Team) -> None:
    succession.scale()
    for values, field in (({"name": " "}, "name"), ({"by": who["outside"]}, "team")):
        fine: dict[str, Any] = {
            "name": "Autumn", "team": team, "held_on": portal_clock.today(), "by": who["hr"],
        }  # fmt: skip
        with pytest.raises(Refused) as refused:
            grids.open_session(**(fine | values))
        assert refused.value.field == field


def level(**values: Any) -> dict[str, Any]:
    return {
        "name": in_words("Soon"), "months_from": 1, "months_to": 3, "is_ready": False,
    } | values  # fmt: skip


def test_a_step_of_the_scale_has_a_key_of_its_own_and_an_end_after_its_beginning(who: Who) -> None:
    succession.scale()
    for key, values, field in (
        ("ready_now", level(), "key"), ("soon", level(months_to=0), "months_to"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            operations.add_level(key=key, **values, by=who["hr"])
        assert refused.value.field == field
    made = operations.add_level(key="soon", **level(), by=who["hr"])
    db.session.flush()
    operations.change_level(made, **level(is_ready=True, is_retired=True), by=who["hr"])
    assert (made.is_ready, made.is_retired) == (True, True)


def test_one_step_in_use_counts_as_ready(who: Who) -> None:
    ready = [row for row in succession.scale().values() if row.is_ready]
    for row in ready[1:]:
        operations.change_level(row, **level(name=row.name, is_retired=False), by=who["hr"])
    for values in (
        {"is_ready": False, "is_retired": False},
        {"is_ready": True, "is_retired": True},
    ):
        with pytest.raises(Refused, match="has to count as ready"):
            operations.change_level(ready[0], **level(**values), by=who["hr"])


def test_the_job_of_the_morning_ends_what_came_true(who: Who, nomination: Nomination) -> None:
    jobs.look_after()
    assert nomination.is_open
    holder = db.session.query(Employment).filter_by(person_id=who["holder"].person_id).one()
    holder.ends_on = portal_clock.today() - timedelta(days=2)
    own = db.session.query(Employment).filter_by(person_id=nomination.nominee_id).one()
    own.position_id = nomination.key_position.position_id
    db.session.flush()
    jobs.look_after()
    db.session.refresh(nomination)
    assert nomination.state is NominationState.ENDED


# --- Costs ----------------------------------------------------------------------------------------


LISTS = {
    "/succession": 11,
    "/succession/chart": 11,
    "/succession/grid": 6,
    "/succession/what-if": 14,
    "/succession/positions/{post}": 15,
    "/succession/positions/{post}/candidates": 7,
    "/settings/succession": 4,
}


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("path", LISTS)
def test_the_pages_cost_the_same_with_one_row_and_with_three(
    client: PageClient, who: Who, post: KeyPosition, count_queries: Callable[[], int], path: str,
    number: int,
) -> None:  # fmt: skip
    succession.scale()
    hr = who["hr"]
    for at in range(number):
        one = succession.nomination(post)
        operations.add_action(one, ActionKind.PROJECT, text="Lead", due_on=date(2026, 12, 1), by=hr)
        succession.nomination(succession.key_position(holder=people.person()))
        operations.place_person(one.nominee, x=0, y=at % 3, evidence="Calm", by=hr)
        operations.open_session(
            name=f"Session {at}", team=post.position.team, held_on=portal_clock.today(), by=hr
        )
        operations.save_scenario(
            name=f"Scenario {at}",
            note="",
            team=post.position.team,
            leaver_ids=[one.nominee_id],
            leaves_on=portal_clock.today(),
            by=hr,
        )
        operations.add_level(key=f"later{at}", **level(), by=hr)
    db.session.commit()
    browser, url = client.as_(hr), path.format(post=post.id)
    browser.get(url)
    count_queries()
    assert browser.get(url).status == 200
    assert (path, count_queries()) == (path, LISTS[path])
