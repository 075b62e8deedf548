"""A goal from proposal to check-in, and a 1:1 whose action comes up again, on two phones."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.steps_posting import day
from tests.journeys.walker import DESK, PHONE

PERSON = "select person_id from account where email = 'associate@demo.example'"
MEETING = """
    select m.id, s.id from meeting m join meeting_series s on s.id = m.series_id
    join account g on g.person_id = s.guest_id and g.email = 'associate@demo.example'
    join account h on h.person_id = s.host_id and h.email = 'lead@demo.example'
    where m.state = 'planned' order by m.id
"""


def test_lead_and_associate_agree_on_a_goal_and_talk_about_it(portal: Portal, enter: Open) -> None:
    person = portal.value(PERSON)
    lead = enter("lead", size=DESK)
    lead.go(f"/goals/people/{person}/add")
    lead.page.fill("[name=title]", "Beş zor görüşmeyi <b>paylaş</b>: şğıİ 返金")
    lead.page.fill("[name=weight]", "5")
    lead.page.fill("[name=steps]", "5")
    lead.follow(".main button[value=propose]")
    goal = lead.number(r"/goals/(\d+)")

    associate = enter("associate", size=PHONE)
    associate.go("/")
    associate.follow(f'.main a[href*="/goals/{goal}"]')
    assert "<b>paylaş</b>: şğıİ 返金" in associate.text("main")
    associate.press(f"/goals/{goal}/answer", "[value=agree]")
    associate.page.check("[name=standing][value=at_risk]")
    associate.page.fill("[name=value]", "2")
    associate.press(f"/goals/{goal}/check-in", status=422)
    assert associate.page.input_value("[name=value]") == "2"
    associate.page.fill("[name=note]", "Vardiya değişti, zaman kalmadı.")
    associate.press(f"/goals/{goal}/check-in")
    assert portal.value("select standing from goal_check_in where goal_id = ?", goal) == "at_risk"

    meeting, series = portal.rows(MEETING)[0]
    associate.go("/my/meetings").follow(f'.main a[href$="/meetings/{meeting}"]')
    associate.page.fill("[name=text]", "Zor görüşmeler")
    associate.press(f"/meetings/{meeting}/agenda")
    associate.page.fill("[name=own]", "Yalnız benim için")
    associate.press(f"/meetings/{meeting}/private-notes")
    lead.go(f"/meetings/{meeting}")
    assert "Zor görüşmeler" in lead.text("main")
    assert "Yalnız benim" not in lead.page.content()
    lead.page.locator("details:has(form[action$='/actions']) summary").click()
    lead.page.fill("form[action$='/actions'] [name=title]", "İki kayıt seç")
    lead.page.select_option("form[action$='/actions'] [name=owner]", str(person))
    lead.page.fill("form[action$='/actions'] [name=due_on]", day(6))
    lead.press(f"/meetings/{meeting}/actions")

    soon = datetime.now(ZoneInfo("Europe/Istanbul")) + timedelta(hours=1)
    lead.go(f"/meetings/{meeting}/move")
    lead.page.fill("[name=starts_at]", f"{soon:%Y-%m-%dT%H:%M}")
    lead.follow(".main .form-actions [type=submit]")
    lead.press(f"/meetings/{meeting}/hold")
    following = portal.value(
        "select id from meeting where series_id = ? and state = 'planned'", series
    )
    assert following != meeting
    associate.go(f"/meetings/{following}")
    assert "İki kayıt seç" in associate.text("main")
    action = portal.value("select id from meeting_action where title = 'İki kayıt seç'")
    associate.press(f"/meetings/actions/{action}/finish")
    assert portal.value("select done_in_id from meeting_action where id = ?", action) == following


IDS = {
    "person": PERSON,
    "team": f"select team_id from employment where ends_on is null and person_id = ({PERSON})",
    "goal": "select goal_id from goal_change where state = 'proposed' order by id",
    "agreed": "select g.id from goal g join account a on a.person_id = g.person_id where"
              " g.state = 'agreed' and a.email = 'associate@demo.example' order by g.id",
    "meeting": MEETING,
    "series": "select id from meeting_series where guest_id ="
              f" ({PERSON}) and state = 'running' order by id",
}  # fmt: skip
PAGES = """
/my/goals /goals/team /goals/team?show=silent /goals/people/{person} /goals/people/{person}/add
/goals/teams/{team} /goals/teams/{team}/add /goals/{goal} /goals/{agreed} /goals/{agreed}/change
/goals/{agreed}/close /goals/{agreed}/drop /my/meetings /meetings/series/add
/meetings/series/{series} /meetings/series/{series}/change /meetings/{meeting}
/meetings/{meeting}/move
"""


def test_all_pages_on_a_phone_and_on_a_desk(portal: Portal, enter: Open) -> None:
    ids = {name: portal.value(query) for name, query in IDS.items()}
    for size in (PHONE, DESK):
        lead = enter("lead", size=size)
        for path in PAGES.format(**ids).split():
            lead.go(path)
