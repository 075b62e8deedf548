"""Who reads which thanks: the rule and the select agree, whoever asks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.core.db import db
from portal.recognition import operations, policy, queries
from portal.recognition.states import ThanksVisibility
from tests.factories import people
from tests.factories import recognition as make

WHO = ("writer", "receiver", "manager", "lead above", "former manager", "peer", "hr", "executive")


@pytest.fixture
def world(db_session: Any) -> Any:
    """A team with a lead above; the former manager looks after another team now."""
    above = people.team("Branch")
    team = people.team("Team", parent=above)
    manager, former = people.person("Mana", "Ger"), people.person("For", "Mer")
    for chief in (manager, former):
        people.employment(chief, team=above)
    receiver = people.person("Rece", "Iver")
    people.employment(
        receiver, team=team, manager=former, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31)
    )
    people.employment(receiver, team=team, manager=manager)
    accounts = {
        "writer": make.colleague("Writer"),
        "receiver": people.account(person=receiver),
        "manager": people.account(person=manager),
        "lead above": people.account(leads=above),
        "former manager": people.account(person=former),
        "peer": make.colleague("Peer", team=team),
        "hr": people.account(roles=["hr"]),
        "executive": people.account(roles=["executive"]),
    }
    db.session.flush()
    return accounts


def seen(accounts: Any, row: Any, receiver: int) -> set[str]:
    by_rule = {name for name in WHO if policy.see_thanks(accounts[name], row)}
    if row.is_shown:
        by_select = {
            name for name in WHO
            if row in db.session.scalars(queries.received_by(receiver, accounts[name])).all()
        }  # fmt: skip
        assert by_select == by_rule
    return by_rule


def test_a_public_thanks_is_for_everyone(world: Any) -> None:
    row = make.thanks(world["writer"], world["receiver"])
    assert seen(world, row, world["receiver"].person_id) == set(WHO)


def test_a_private_one_is_for_the_person_and_those_who_answer_for_them_now(world: Any) -> None:
    row = make.thanks(world["writer"], world["receiver"], visibility=ThanksVisibility.PRIVATE)
    assert seen(world, row, world["receiver"].person_id) == {
        "writer", "receiver", "manager", "lead above",
    }  # fmt: skip


def test_a_hidden_one_is_left_to_the_writer_and_hr(world: Any) -> None:
    row = make.thanks(world["writer"], world["receiver"])
    operations.hide_thanks(row, "Names a customer.", by=world["hr"])
    assert seen(world, row, world["receiver"].person_id) == {"writer", "hr"}


def test_a_withdrawn_one_is_gone(world: Any) -> None:
    row = make.thanks(world["writer"], world["receiver"])
    operations.withdraw_thanks(row, by=world["writer"])
    assert seen(world, row, world["receiver"].person_id) == set()


def test_the_writer_and_those_thanked_do_not_clap(world: Any) -> None:
    row = make.thanks(world["writer"], world["receiver"])
    clapping = {name for name in WHO if policy.clap_thanks(world[name], row)}
    assert clapping == set(WHO) - {"writer", "receiver"}


def test_hr_hides_only_what_everyone_reads(world: Any) -> None:
    private = make.thanks(world["writer"], world["receiver"], visibility=ThanksVisibility.PRIVATE)
    public = make.thanks(world["writer"], world["receiver"])
    assert not policy.hide_thanks(world["hr"], private)
    assert {name for name in WHO if policy.hide_thanks(world[name], public)} == {"hr"}


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        ("change_thanks", {"writer"}), ("withdraw_thanks", {"writer"}), ("hide_thanks", {"hr"}),
        ("clap_thanks", set(WHO) - {"writer", "receiver"}),
    ],
)  # fmt: skip
def test_what_is_withdrawn_is_nobodys_to_change(world: Any, rule: str, shown: set[str]) -> None:
    row = make.thanks(world["writer"], world["receiver"])
    assert {name for name in WHO if getattr(policy, rule)(world[name], row)} == shown
    operations.withdraw_thanks(row, by=world["writer"])
    assert [name for name in WHO if getattr(policy, rule)(world[name], row)] == []


def test_private_thanks_stand_on_the_record_for_the_person_and_who_answers_for_them(
    world: Any,
) -> None:
    person = make.person_of(world["receiver"])
    reading = {name for name in WHO if policy.see_received(world[name], person)}
    assert reading == {"receiver", "manager", "lead above"}
