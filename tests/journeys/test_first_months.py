"""A new colleague on a phone: the list, a tick, one's words for the check-in that follows."""

from __future__ import annotations

from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.steps_posting import day
from tests.journeys.walker import PHONE

HIRE = """
    select a.email, t.id, c.id, o.id from onboarding_plan p
    join account a on a.person_id = p.person_id
    join onboarding_task t on t.plan_id = p.id and t.milestone = 30
    join onboarding_check_in c on c.task_id = t.id and c.held_on is null
    join onboarding_task o on o.plan_id = p.id and o.owner_id = p.person_id
        and o.done_at is null and not o.needs_evidence
    join account m on m.person_id = p.manager_id and m.email = 'lead@demo.example'
    where a.email like '%@demo.example' order by p.id
"""


def test_a_hire_ticks_a_task_and_meets_the_lead(portal: Portal, enter: Open) -> None:
    email, talk, check_in, task = portal.rows(HIRE)[0]
    hire = enter(email.partition("@")[0], size=PHONE)
    hire.go("/")
    hire.page.click('.bottom a[href="#menu"]')
    hire.follow('.nav-list a[href="/onboarding"]')
    hire.press(f"/onboarding/tasks/{task}/finish")
    assert portal.value("select done_at from onboarding_task where id = ?", task)
    hire.go(f"/onboarding/check-ins/{check_in}")
    hire.page.fill("textarea", "Calls go well. <b>Refunds</b> are still hard: şğıİ 返金")
    hire.press(f"/check-ins/{check_in}/words")
    assert not hire.has("form[action$='/held']")

    lead = enter("lead")
    lead.go("/?all=1")
    lead.follow(f'.main a[href*="task-{talk}"]')
    lead.follow(f'a[href$="/onboarding/check-ins/{check_in}"]')
    assert "<b>Refunds</b> are still hard: şğıİ 返金" in lead.text("main")
    lead.page.locator("details:has(form[action$='/actions']) summary").click()
    lead.page.fill("[name$=title]", "Hear three refunds together")
    lead.page.select_option("form[action$='/actions'] [name$=owner]", "hire")
    lead.page.fill("form[action$='/actions'] [name$=due_on]", day(6))
    lead.press(f"/check-ins/{check_in}/actions")
    lead.page.fill("form[action$='/words'] textarea", "Kind and exact; refunds come next.")
    lead.press(f"/check-ins/{check_in}/words")
    lead.press(f"/check-ins/{check_in}/held")
    assert portal.value("select held_on from onboarding_check_in where id = ?", check_in)

    hire.go("/onboarding")
    assert "Hear three refunds together" in hire.text("main")
