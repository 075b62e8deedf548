"""The pages of reviews being written: on a phone, those with tables on a desk too."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.walker import DESK, PHONE

IDS = {
    "cycle": "select id from review_cycle where state = 'running' order by id desc",
    "template": "select id from review_template order by id",
    "named": "select p.id from review_part p join review r on r.id = p.review_id"
             " where p.state = 'named' and r.state = 'writing' order by p.id",
    "waiting": "select review_id from review_part where state = 'named' order by id",
    "in": "select p.id from review_part p join review r on r.id = p.review_id"
          " where p.state = 'submitted' and p.kind = 'self' and r.state = 'writing' order by p.id",
    "own": "select p.id from review_part p join account a on a.person_id = p.author_id"
           " where a.email = 'associate@demo.example' and p.kind = 'self' order by p.id desc",
    "peer": "select p.id from review_part p join account a on a.person_id = p.author_id"
            " where a.email = 'associate@demo.example' and p.kind = 'peer' and p.state = 'open'"
            " order by p.id",
    "boss": "select p.id from review_part p join account a on a.person_id = p.author_id"
            " where a.email = 'lead@demo.example' and p.kind = 'manager' and p.state = 'open'"
            " order by p.id",
}  # fmt: skip
HR = """
/reviews/cycles/new /reviews/cycles/{cycle}/edit /reviews/cycles/{cycle}/cancel
/reviews/cycles/{cycle}/people/add?q=an /reviews/{waiting}/peers /reviews/{waiting}/cancel
/reviews/parts/{named}/refuse /reviews/parts/{in} /reviews/parts/{in}/return
/settings/reviews/new /my/reviews
"""
WIDE = """
/reviews/cycles /reviews/cycles/{cycle} /reviews/cycles/{cycle}/close /reviews/team
/settings/reviews /settings/reviews/{template}
"""


def paths(portal: Portal, table: str) -> list[str]:
    """The addresses of a table with ids of the demo in them."""
    used = {name: query for name, query in IDS.items() if f"{{{name}}}" in table}
    return table.format(
        **{name: portal.value(f"{query} limit 1") for name, query in used.items()}
    ).split()


def test_on_a_phone(portal: Portal, enter: Open) -> None:
    hr = enter("hr", size=PHONE)
    for path in paths(portal, HR + WIDE):
        hr.go(path)


def test_on_a_desk(portal: Portal, enter: Open) -> None:
    hr = enter("hr", size=DESK)
    for path in paths(portal, WIDE):
        hr.go(path)


@pytest.mark.parametrize(
    ("who", "table"),
    [
        (
            "associate",
            "/my/reviews /reviews/parts/{own} /reviews/parts/{peer} /reviews/parts/{peer}/decline",
        ),
        ("lead", "/my/reviews /reviews/parts/{boss} /reviews/{waiting}/peers /reviews/team"),
    ],
)
def test_ones_own(portal: Portal, enter: Open, who: str, table: str) -> None:
    for size in (PHONE, DESK):
        walker = enter(who, size=size)
        for path in paths(portal, table):
            walker.go(path)
