"""Who may do what with a corrective action, in every state: one literal table."""

from __future__ import annotations

from datetime import date

import pytest

from portal.accounts.models import Account
from portal.conduct import policy, queries
from portal.conduct.states import ActionState, Outcome
from portal.core.db import db
from tests.conduct.test_pages import action, who
from tests.factories import conduct as make
from tests.factories import people

__all__ = ["who"]

CHARGE = "lead chief hr"

TABLE = {
    "proposed": {
        "confirm_action": "hr", "return_action": "hr", "close_action": "hr",
        "withdraw_action": "hr",
    },
    "proposed by hr": {
        "confirm_action": "hr executive", "return_action": "hr executive", "close_action": "hr",
        "withdraw_action": "hr",
    },
    "returned": {"change_action": CHARGE, "close_action": "hr", "withdraw_action": "hr"},
    "open": {
        "note_talk": CHARGE, "close_action": CHARGE, "withdraw_action": "hr",
        "acknowledge_action": "self",
    },
    "closed": {},
}  # fmt: skip

RULES = (
    "confirm_action", "return_action", "change_action", "note_talk", "close_action",
    "withdraw_action", "acknowledge_action",
)  # fmt: skip


@pytest.mark.parametrize("state", TABLE)
def test_who_takes_which_step(who: dict[str, Account], state: str) -> None:
    ended = {"outcome": Outcome.MET, "closed_on": date(2026, 11, 20)} if state == "closed" else {}
    row = action(
        who, state=ActionState(state.split(maxsplit=1)[0]), by_hr=state.endswith("hr"), **ended
    )
    found = {
        rule: " ".join(name for name, one in who.items() if getattr(policy, rule)(one, row))
        for rule in RULES
    }
    assert {rule: names for rule, names in found.items() if names} == TABLE[state]


def test_nobody_about_themselves_whatever_they_are(who: dict[str, Account]) -> None:
    who["self"].roles = ["hr", "executive", "manager"]
    for state in (ActionState.PROPOSED, ActionState.RETURNED, ActionState.OPEN):
        row = action(who, state=state)
        allowed = {rule for rule in RULES if getattr(policy, rule)(who["self"], row)}
        assert allowed == ({"acknowledge_action"} if state is ActionState.OPEN else set())
        assert not policy.propose_action(who["self"], row.person)


def test_the_list_is_for_who_answers_for_somebody(who: dict[str, Account]) -> None:
    names = {name for name, one in who.items() if policy.see_actions(one)}
    assert names == {"lead", "chief", "former", "hr", "stranger"}


def test_what_ever_counted_is_told_with_its_days(who: dict[str, Account]) -> None:
    person = who["self"].person_id
    first, last, ended = date(2026, 11, 1), date(2027, 11, 1), date(2026, 11, 20)
    kept = action(who)
    over = action(who, state=ActionState.CLOSED, outcome=Outcome.NOT_MET, closed_on=ended)
    action(who, state=ActionState.CLOSED, outcome=Outcome.WITHDRAWN, closed_on=ended)
    action(who, state=ActionState.PROPOSED)
    make.action(people.employment().person)
    rows = sorted(
        map(tuple, db.session.execute(queries.spans_of([person]))), key=lambda row: row[1]
    )
    assert rows == [(person, kept.id, first, None, last), (person, over.id, first, ended, last)]
