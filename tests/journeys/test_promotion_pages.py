"""Pages of promotions and internal openings, on a phone and on a desk, as those who use them."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.walker import DESK, PHONE

IDS = {
    "asked": "select id from promotion where state = 'in_approval' order by id",
    "past": "select id from promotion where state = 'effective' order by id",
    "offered": "select id from promotion where state = 'offered' order by id",
    "posting": "select id from posting where state = 'open' order by id",
    "person": "select person_id from account where email = 'interviewer1@demo.example'",
}
WIDE = "/promotions /promotions/{asked} /promotions/{past} /hiring/postings/{posting}/inside"
NARROW = """
/paths/people/{person}/promote /promotions/{asked}/edit /promotions/{asked}/withdraw
/promotions/{asked}/announcement /promotions/{past}/news /hiring/postings/{posting}
"""
OWN = """
/my/promotion /my/promotion/{offered}/accept /my/promotion/{offered}/decline /my/openings /my/path
"""


def paths(portal: Portal, table: str) -> list[str]:
    ids = {name: portal.value(query + " limit 1") for name, query in IDS.items()}
    return table.format(**ids).split()


def test_hr_on_a_phone(portal: Portal, enter: Open) -> None:
    hr = enter("hr", size=PHONE)
    for path in paths(portal, WIDE + NARROW):
        hr.go(path)


def test_hr_on_a_desk(portal: Portal, enter: Open) -> None:
    hr = enter("hr", size=DESK)
    for path in paths(portal, WIDE):
        hr.go(path)


def test_who_decides(portal: Portal, enter: Open) -> None:
    manager = enter("manager", size=PHONE)
    (path,) = paths(portal, "/promotions/{asked}")
    manager.go(path)
    assert manager.has("form[action$='/decide']")


@pytest.mark.parametrize("lang", ["en", "tr", "es", "ja"])
def test_ones_own(portal: Portal, enter: Open, lang: str) -> None:
    own = enter("associate", size=PHONE)
    own.lang = lang
    for path in paths(portal, OWN):
        own.go(f"{path}?lang={lang}")
