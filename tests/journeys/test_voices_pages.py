"""The pages of recognition and surveys: on a phone, those with tables on a desk too."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.walker import DESK, PHONE

IDS = {
    "thanks": "select t.id from thanks t where t.visibility = 'public' order by t.id desc",
    "value": "select id from organisation_value order by id",
    "over": "select id from survey where state = 'closed' order by id desc",
    "open": "select id from survey where state = 'open' order by id desc",
}
HR = """
/recognition/{thanks} /recognition/{thanks}/hide /settings/values /settings/values/add
/settings/values/{value} /surveys/new /surveys/new?start=pulse /surveys/{open}
/surveys/{open}/extend
"""
WIDE = "/recognition /surveys /surveys/{over} /surveys/{over}/results"
OWN = "/recognition /recognition/give /recognition/mine /surveys /surveys/{open}/answer"


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


@pytest.mark.parametrize("who", ["associate", "manager"])
def test_ones_own(portal: Portal, enter: Open, who: str) -> None:
    phone = enter(who, size=PHONE)
    for path in paths(portal, OWN):
        phone.go(path)


def test_a_survey_is_answered_and_a_colleague_thanked(portal: Portal, enter: Open) -> None:
    """What people do most: answer on the phone, then say thanks; the wall shows it."""
    phone = enter("interviewer2", size=PHONE)
    [sheet] = paths(portal, "/surveys/{open}/answer")
    phone.go(sheet)
    page = phone.page
    page.locator("input[type=radio]").nth(9).check()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    assert page.locator("main form").count() == 0
    phone.go("/recognition/give")
    page.locator("input[name=receivers]").first.check()
    page.locator("textarea[name=message]").fill("Kuyruk dolunca yanıma oturup yardım ettin.")
    page.locator("input[name=values]").first.check()
    page.locator(".savebar button[type=submit]").click()
    page.wait_for_load_state()
    phone.go("/recognition")
    assert "yanıma oturup" in page.inner_text("#wall")
