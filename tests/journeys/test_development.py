"""Two views of the associate become agreed levels, and a changed plan gets both names again."""

from __future__ import annotations

from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.walker import PHONE, Walker

ROW = """
    select s.id, s.assessment_id from assessment_sheet s
    join assessment a on a.id = s.assessment_id and a.state = 'open'
    join account o on o.person_id = a.person_id and o.email = 'associate@demo.example'
    where s.side = 'manager' and s.submitted_at is null order by s.id
"""
PLAN = """
    select p.id from career_plan p join account o on o.person_id = p.person_id
    where o.email = 'associate@demo.example' and p.closed_at is null
"""
TYPED = "Three calls of last week. <b>Şğıİ</b> 昇進"


def fill(lead: Walker, sheet: int) -> None:
    """Choose the fourth sentence everywhere; an edge without a note comes back first."""
    lead.go(f"/development/sheets/{sheet}")
    for group in lead.page.locator(".anchors").all():
        group.locator("input[value='4']").check()
    first = lead.page.locator(".anchors").first
    first.locator("input[value='5']").check()
    lead.follow(".savebar .btn-primary", 422)
    lead.page.locator("[name^=note-]").first.fill(TYPED)
    lead.follow(".savebar .btn-primary")


def test_from_two_views_to_agreed_levels_and_a_signed_plan(portal: Portal, enter: Open) -> None:
    [(sheet, row)] = portal.rows(ROW)
    own, lead = enter("associate", size=PHONE), enter("lead")
    own.go(f"/development/assessments/{row}")
    assert "Neither side sees" in own.text("main")
    fill(lead, sheet)
    assert "Both sides are in" in lead.text("body")
    own.go(f"/development/assessments/{row}")
    assert TYPED in own.text("main")

    lead.go(f"/development/assessments/{row}/agree")
    for note in lead.page.locator("[name^=note-]").all():
        note.fill("We agreed after the talk.")
    lead.follow(".savebar .btn-primary")
    assert "Levels agreed" in lead.text("main")
    own.go("/inbox")
    assert "The levels of your assessment are agreed" in own.text("main")

    plan = portal.value(PLAN)
    own.go(f"/development/plans/{plan}/actions")
    own.page.select_option("[name=kind]", "project")
    own.page.fill("[name=title]", TYPED)
    own.follow(".savebar .btn-primary")
    own.press(f"/development/plans/{plan}/sign")
    lead.go(f"/development/plans/{plan}")
    lead.press(f"/development/plans/{plan}/sign")
    assert "Agreed" in lead.text("h1 + *, .page-head, main")
