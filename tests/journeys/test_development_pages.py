"""The pages of development: all on a phone, those with wide tables on a desk too."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.walker import DESK, PHONE

PERSON = "select person_id from account where email = 'associate@demo.example'"
IDS = {
    "person": PERSON,
    "plan": "select id from career_plan where closed_at is null order by id",
    "agreed": "select id from assessment where state = 'agreed' order by id",
    "live": f"select id from assessment where person_id = ({PERSON})"
    " order by case state when 'open' then 0 else 1 end, id",
    "shared": "select id from feedback_request where audience = 'shared' order by id",
    "action": "select id from plan_action where subject_id is null and done_on is null order by id",
}
OWN = """
/my/development /development/people/{person}/assess /development/people/{person}/ask
/development/plans/{plan}/edit /development/plans/{plan}/actions
/development/actions/{action}/edit /development/assessments/{live}
"""
WIDE = "/development/plans/{plan} /development/feedback/{shared} /paths/explorer /paths/ladder"
LEAD = """
/development/people /development/people/{person} /development/people?show=agreed
/development/assessments/{agreed}
"""
ANSWER = """
    select r.id from feedback_reply r join account a on a.person_id = r.giver_id
    where a.email = 'associate@demo.example' and r.state = 'asked' order by r.id
"""
SHEET = (
    "select id from assessment_sheet where submitted_at is null and side = 'manager' order by id"
)


def paths(portal: Portal, table: str) -> list[str]:
    """The addresses of a table with ids of the demo in them."""
    used = {name: query for name, query in IDS.items() if f"{{{name}}}" in table}
    return table.format(**{name: portal.value(f"{query} limit 1") for name, query in used.items()}
                        ).split()  # fmt: skip


def test_ones_own_on_a_phone(portal: Portal, enter: Open) -> None:
    phone = enter("associate", size=PHONE)
    for path in paths(portal, OWN + WIDE):
        phone.go(path)
    phone.go(f"/development/replies/{portal.value(f'{ANSWER} limit 1')}")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_those_of_a_lead(portal: Portal, enter: Open, size: dict[str, int]) -> None:
    lead = enter("lead", size=size)
    for path in paths(portal, LEAD + WIDE):
        lead.go(path)
    # The journey of an assessment, if it was made before, has sent the demo's only one.
    waiting = portal.rows(f"{SHEET} limit 1")
    live = portal.value(f"{IDS['live']} limit 1")
    lead.go(
        f"/development/sheets/{waiting[0][0]}" if waiting else f"/development/assessments/{live}"
    )


@pytest.mark.parametrize("lang", ["tr", "es", "ja"])
def test_the_chief_pages_in_other_languages(portal: Portal, enter: Open, lang: str) -> None:
    phone = enter("associate", size=PHONE)
    phone.lang = lang
    for path in paths(portal, "/my/development /development/plans/{plan} /paths/explorer"):
        phone.go(f"{path}?lang={lang}")
