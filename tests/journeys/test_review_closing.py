"""A signed review comes back: HR reopens, compares and releases; associate and lead sign again."""

from __future__ import annotations

from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.walker import PHONE

SIGNED = """
    select r.id, r.cycle_id, m.email from review r
    join account a on a.person_id = r.person_id
    join account m on m.person_id = r.manager_id
    where a.email = 'associate@demo.example' and r.state = 'signed' order by r.id
"""


def test_a_review_is_compared_released_and_signed_by_both(portal: Portal, enter: Open) -> None:
    review, cycle, manager = portal.rows(SIGNED)[0]
    hr = enter("hr", lang="en")
    hr.go(f"/reviews/{review}")
    hr.follow(f'a[href$="/reviews/{review}/reopen"]')
    hr.page.fill("textarea", "A goal was forgotten.")
    hr.press(f"/reviews/{review}/reopen")
    hr.go(f"/reviews/cycles/{cycle}/calibration")
    hr.page.click(f"#review-{review} a[hx-get]")
    hr.page.wait_for_selector(f"#review-{review} textarea")
    hr.page.select_option(f"#review-{review} select", "4.5")
    hr.page.fill(f"#review-{review} textarea", "The goal counts.")
    hr.page.click(f"#review-{review} [type=submit]")
    hr.page.wait_for_selector(f"#review-{review} textarea", state="detached")
    assert portal.value("select rating from review where id = ?", review) == 4.5
    hr.go(f"/reviews/{review}")
    hr.press(f"/reviews/cycles/{cycle}/release")

    own = enter("associate", size=PHONE)
    own.go("/my/reviews")
    own.go(f"/reviews/{review}")
    own.follow(f'a[href$="/reviews/{review}/sign"]')
    own.page.check('[name=agrees][value="yes"]')
    own.page.fill("textarea", "Thank you for looking again: şğıİ 返金")
    own.press(f"/reviews/{review}/sign")

    lead = enter(manager.partition("@")[0], size=PHONE)
    lead.go(f"/reviews/{review}/sign")
    lead.page.check('[name=agrees][value="yes"]')
    lead.press(f"/reviews/{review}/sign")
    assert "şğıİ 返金" in lead.text("main")
    editions = portal.rows("select edition from review_record where review_id = ?", review)
    assert [row[0] for row in editions] == [1, 2]

    for path in (f"/reviews/cycles/{cycle}/papers", f"/reviews/cycles/{cycle}/calibration"):
        hr.go(path)
        enter("hr", size=PHONE).go(path)
