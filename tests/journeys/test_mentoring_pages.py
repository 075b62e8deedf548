"""The pages of mentoring: all on a phone, those with wide tables on a desk too."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.walker import DESK, PHONE

OF_ASSOCIATE = """select p.id from mentoring_pair p join account a on a.person_id = p.mentee_id
    where p.state = 'running' and a.email = 'associate@demo.example' order by p.id limit 1"""
IDS = {
    "over": "select id from mentoring_programme where state = 'closed'",
    "round": "select max(id) from mentoring_programme where kind = 'round'",
    "pair": OF_ASSOCIATE.removesuffix(" limit 1"),
    "ended": "select id from mentoring_pair where state = 'ended' order by id",
    "asked": "select p.id from mentoring_pair p join account a on a.person_id = p.mentor_id"
             " where a.email = 'lead@demo.example' and p.match_id is null",
    "planned": f"select max(id) from mentoring_session where pair_id = ({OF_ASSOCIATE})",
    "held": "select max(id) from mentoring_session where state = 'held'"
            f" and pair_id = ({OF_ASSOCIATE})",
    "mentor": "select p.id from mentor_profile p join account a on a.person_id = p.person_id"
              " where a.email = 'lead@demo.example'",
    "associate": "select person_id from account where email = 'associate@demo.example'",
}  # fmt: skip
HR = """
/mentoring/programmes /mentoring/programmes/{over} /mentoring/programmes/{over}/report
/mentoring/programmes/{round} /mentoring/programmes/{round}/people
/mentoring/programmes/{round}/match /mentoring/programmes/{round}/change
/mentoring/programmes/add /mentoring/pairs/{pair} /mentoring/pairs/{ended} /people/{associate}
"""
OWN = """
/mentoring /mentoring/profile /mentoring/mentors /mentoring/mentors/{mentor}
/mentoring/mentors/{mentor}/ask /mentoring/programmes/{round} /mentoring/programmes/{round}/join
/mentoring/pairs/{pair} /mentoring/pairs/{pair}/goals /mentoring/pairs/{pair}/end
/mentoring/pairs/{pair}/sessions/plan /mentoring/pairs/{pair}/feedback/mid
/mentoring/sessions/{planned} /mentoring/sessions/{planned}/change /mentoring/sessions/{held}
"""


def paths(portal: Portal, table: str) -> list[str]:
    """The addresses of a table with ids of the demo in them."""
    used = {name: query for name, query in IDS.items() if f"{{{name}}}" in table}
    ids = {name: portal.value(f"{query} limit 1") for name, query in used.items()}
    return table.format(**ids).split()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_what_hr_sees(portal: Portal, enter: Open, size: dict[str, int]) -> None:
    hr = enter("hr", size=size)
    for path in paths(portal, HR):
        hr.go(path)


def test_what_a_mentee_sees_on_a_phone(portal: Portal, enter: Open) -> None:
    phone = enter("associate", size=PHONE)
    for path in paths(portal, OWN):
        phone.go(path)


def test_what_a_mentor_and_a_manager_see(portal: Portal, enter: Open) -> None:
    mentor = enter("interviewer1", size=PHONE)
    for path in paths(portal, "/ /mentoring /mentoring/pairs/{pair} /mentoring/sessions/{held}"):
        mentor.go(path)
    lead = enter("lead", size=PHONE)
    for path in paths(portal, "/ /mentoring/pairs/{pair} /mentoring/pairs/{asked}"):
        lead.go(path)


@pytest.mark.parametrize("lang", ["tr", "es", "ja"])
def test_the_chief_pages_in_other_languages(portal: Portal, enter: Open, lang: str) -> None:
    phone = enter("associate", size=PHONE)
    phone.lang = lang
    for path in paths(portal, "/mentoring /mentoring/pairs/{pair} /mentoring/sessions/{planned}"):
        phone.go(f"{path}?lang={lang}")
