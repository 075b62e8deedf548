"""Pages of succession, on a phone and on a desk, as those who plan."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.walker import DESK, PHONE

IDS = {
    "post": "select kp.id from key_position kp join position p on p.id = kp.position_id"
            " where p.code = 'IST-MGR'",
    "star": "select kp.id from key_position kp join position p on p.id = kp.position_id"
            " where p.code = 'MAD-LEAD-1'",
    "waiting": "select key_position_id from nomination where state = 'proposed'",
    "named": "select id from nomination where state = 'approved' order by id",
    "action": "select id from succession_action order by id",
    "lead": "select person_id from account where email = 'lead@demo.example'",
    "manager": "select person_id from account where email = 'manager@demo.example'",
    "associate": "select person_id from account where email = 'associate@demo.example'",
    "session": "select id from grid_session order by id",
    "kept": "select id from succession_scenario order by id",
    "level": "select id from readiness_level order by id",
}  # fmt: skip
WIDE = """
/succession /succession/chart /succession/positions/{post} /succession/positions/{star}
/succession/positions/{waiting} /succession/positions/{post}/candidates
/succession/what-if?leaver={manager}&leaver={lead} /succession/what-if/compare?scenario={kept}
/succession/grid /succession/grid?session={session}
"""
NARROW = """
/succession/what-if /succession/positions/add /succession/positions/{post}/holder
/succession/positions/{post}/assess /succession/positions/{post}/nominate/{associate}
/succession/nominations/{named}/judge /succession/nominations/{named}/end
/succession/nominations/{named}/actions /succession/grid/people/{associate}
/succession/grid/sessions/add /settings/succession /settings/succession/levels/add
/settings/succession/levels/{level} /settings/succession/grid
"""
CHIEF = "/succession /succession/positions/{post} /succession/grid"


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


@pytest.mark.parametrize("lang", ["tr", "es", "ja"])
def test_the_chief_pages_in_other_languages(portal: Portal, enter: Open, lang: str) -> None:
    director = enter("director", size=PHONE)
    director.lang = lang
    for path in paths(portal, CHIEF):
        director.go(f"{path}?lang={lang}")


def test_a_planner_sees_the_own_line_only(portal: Portal, enter: Open) -> None:
    manager = enter("manager", size=DESK)
    for path in paths(portal, "/succession /succession/chart /succession/grid"):
        manager.go(path)
        assert "Istanbul" in manager.text("main")
        assert "Madrid" not in manager.text("main")
    (star,) = paths(portal, "/succession/positions/{star}")
    manager.go(star, 403)
    for own in paths(portal, "/succession/what-if?leaver={lead} /succession/grid/people/{lead}"):
        manager.go(own)


def test_people_find_no_way_in(portal: Portal, enter: Open) -> None:
    for name in ("associate", "lead", "interviewer1"):
        somebody = enter(name, size=PHONE, axe=False)
        somebody.go("/")
        assert not somebody.has("a[href^='/succession']")
        somebody.go("/succession", 403)
