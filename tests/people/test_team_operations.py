"""The tree of teams: places, moves, leads and what leads may see."""

from __future__ import annotations

from typing import Any

import pytest

from portal.core import audit
from portal.core.db import db
from portal.core.errors import Refused
from portal.people import operations
from portal.people.models import Person
from tests.factories import people as make


@pytest.fixture
def by(db_session: Any, clock: Any) -> Any:
    return make.account(roles=["hr"])


def add(name: Any, parent: Any = None, **values: Any) -> Any:
    return operations.add_team(
        name={"en": name}, parent=parent, site=values.pop("site", None) or make.site(), **values
    )


def test_a_team_lies_below_its_parent(by: Any) -> None:
    top = add("Top", by=by)
    below = add("Below", top, by=by)
    assert (top.path, below.path) == (f"/{top.id}/", f"/{top.id}/{below.id}/")


def test_a_move_takes_the_whole_subtree_along(by: Any) -> None:
    one, two = add("One", by=by), add("Two", by=by)
    child = add("Child", one, by=by)
    grandchild = add("Grandchild", child, by=by)
    operations.move_team(child, parent=two, by=by)
    assert child.path == f"/{two.id}/{child.id}/"
    assert grandchild.path == f"/{two.id}/{child.id}/{grandchild.id}/"
    assert one.path == f"/{one.id}/"
    operations.move_team(child, parent=None, by=by)
    assert grandchild.path == f"/{child.id}/{grandchild.id}/"


def test_a_team_cannot_come_to_lie_below_itself(by: Any) -> None:
    top = add("Top", by=by)
    below = add("Below", add("Middle", top, by=by), by=by)
    for parent in (top, below):
        with pytest.raises(Refused) as refused:
            operations.move_team(top, parent=parent, by=by)
        assert refused.value.field == "parent"


def test_a_tree_that_would_grow_too_deep_is_refused(by: Any) -> None:
    top = add("Top", by=by)
    deep = make.team("Deep")
    deep.path = "/" + "1/" * 199
    with pytest.raises(Refused):
        operations.move_team(top, parent=deep, by=by)


def test_a_lead_sees_the_team_and_the_one_before_no_longer(by: Any) -> None:
    team = add("Team", by=by)
    old, new = make.account(), make.account()
    operations.set_team_lead(team, lead=db.session.get(Person, old.person_id), by=by)
    assert old.led_paths == [team.path]
    operations.set_team_lead(team, lead=db.session.get(Person, new.person_id), by=by)
    assert (old.led_paths, new.led_paths) == ([], [team.path])
    operations.set_team_lead(team, lead=None, by=by)
    assert new.led_paths == []


def test_who_leads_two_teams_keeps_the_other(by: Any) -> None:
    lead = make.person()
    account = make.account(person=lead)
    one, two = add("One", lead=lead, by=by), add("Two", lead=lead, by=by)
    assert account.led_paths == [one.path, two.path]
    operations.set_team_lead(one, lead=None, by=by)
    assert account.led_paths == [two.path]


def test_leads_anywhere_in_a_moved_subtree_see_the_new_paths(by: Any) -> None:
    lead = make.person()
    account = make.account(person=lead)
    top = add("Top", by=by)
    moved = add("Moved", by=by)
    below = add("Below", moved, lead=lead, by=by)
    operations.move_team(moved, parent=top, by=by)
    assert account.led_paths == [below.path] == [f"/{top.id}/{moved.id}/{below.id}/"]


def test_a_lead_who_gets_an_account_later_sees_the_team_at_once(by: Any) -> None:
    lead = make.person()
    team = add("Team", lead=lead, by=by)
    assert make.account(person=lead).led_paths == [team.path]


def test_a_team_is_renamed_and_placed_elsewhere(by: Any) -> None:
    team, elsewhere = add("Team", by=by), make.site()
    operations.change_team(team, name={"ja": "大阪"}, site=elsewhere, by=by)
    assert (team.name, team.site) == ({"ja": "大阪"}, elsewhere)


def test_the_trail_keeps_the_place_and_the_lead_before_and_after(by: Any, db_session: Any) -> None:
    old, new = make.person(), make.person()
    top, team = add("Top", by=by), add("Team", lead=old, by=by)
    operations.set_team_lead(team, lead=new, by=by)
    operations.move_team(team, parent=top, by=by)
    moved, led = db_session.scalars(audit.of(team)).all()[:2]
    assert (led.before["lead_id"], led.after["lead_id"]) == (old.id, new.id)
    assert (moved.after["parent_id"], moved.after["path"]) == (top.id, team.path)
    assert moved.before["path"] == f"/{team.id}/"
