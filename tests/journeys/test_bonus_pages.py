"""The pages of corrective actions and bonuses: on a phone, those with wide tables on a desk too."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.walker import DESK, PHONE

IDS = {
    "person": "select person_id from account where email = 'associate@demo.example'",
    "open": "select id from corrective_action where state = 'open'",
    "proposed": "select id from corrective_action where state = 'proposed'",
    "plan": "select id from bonus_plan order by id",
    "run": "select id from bonus_run order by id",
    "statement": "select id from bonus_statement order by amount desc",
    "nothing": "select id from bonus_statement order by amount",
}
EVERY = """
/conduct/{open} /conduct/{proposed} /conduct/people/{person}/propose /bonuses
/bonuses/plans/add /bonuses/plans/{plan}/edit /bonuses/plans/{plan}/run
/bonuses/statements/{nothing} /bonuses/statements/{statement}/correct
"""
WIDE = """
/conduct /bonuses/plans/{plan} /bonuses/runs/{run} /bonuses/statements/{statement}
"""


def paths(portal: Portal, table: str) -> list[str]:
    """The addresses of a table with ids of the demo in them."""
    used = {name: query for name, query in IDS.items() if f"{{{name}}}" in table}
    ids = {name: portal.value(f"{query} limit 1") for name, query in used.items()}
    return table.format(**ids).split()


def test_on_a_phone(portal: Portal, enter: Open) -> None:
    hr = enter("hr", size=PHONE)
    for path in paths(portal, EVERY + WIDE):
        hr.go(path)


def test_on_a_desk(portal: Portal, enter: Open) -> None:
    hr = enter("hr", size=DESK)
    for path in paths(portal, WIDE):
        hr.go(path)


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_ones_own(enter: Open, size: dict[str, int]) -> None:
    own = enter("associate", size=size)
    own.go("/my/bonus")


def test_a_slider_that_is_moved_changes_the_payout(enter: Open) -> None:
    own = enter("associate", size=DESK)
    own.go("/my/bonus")
    before = own.page.locator("#what-if p.lead").inner_text()
    number = own.page.locator("#what-if input[type=number]").first
    number.fill(str(number.get_attribute("min")))
    number.dispatch_event("change")
    own.page.wait_for_function(
        "before => document.querySelector('#what-if p.lead').innerText !== before", arg=before
    )
