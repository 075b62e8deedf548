"""A lead proposes, manager and HR agree, the associate says yes, and holds the new role."""

from __future__ import annotations

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pypdf

from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.walker import PHONE, Walker

SOMEBODY = """
    select a.person_id, a.email, a.display_name from account a
    join employment e on e.person_id = a.person_id and e.ends_on is null
    join role r on r.id = e.role_id and r.key = 'customer_service_associate'
    join person m on m.id = e.manager_id
    join account l on l.person_id = m.id and l.email = 'lead@demo.example'
    where a.email like '%.%@demo.example' and a.state = 'active'
    and a.person_id not in (select person_id from promotion) order by a.person_id
"""
ROLE = "select id from role where key = 'senior_associate'"
WHY = "Customers ask for them by name. <b>Şğıİ</b> 昇進"


def propose(lead: Walker, person: int, role: int) -> int:
    lead.go(f"/paths/people/{person}?role={role}")
    lead.follow('a[href*="/promote"]')
    lead.page.fill("[name=starts_on]", datetime.now(ZoneInfo("Europe/Istanbul")).date().isoformat())
    lead.page.fill("[name=reason]", WHY)
    lead.follow(".form-actions [type=submit]", 422)
    assert WHY in lead.page.input_value("[name=reason]")
    lead.page.select_option("[name=gap_reason]", "learns_on_the_job")
    lead.page.fill("[name=gap_note]", "With a plan for three months.")
    lead.follow(".form-actions [type=submit]")
    return lead.number(r"/promotions/(\d+)")


def decide(who: Walker, promotion: int) -> None:
    who.go("/?all=1")
    who.follow(f'.main a[href$="/promotions/{promotion}"]')
    assert WHY in who.text("main")
    who.page.check("[name=agreed][value=yes]")
    who.press("/decide")


def tell(lead: Walker, promotion: int) -> None:
    form = f'form[action$="/promotions/{promotion}/tell"]'
    for _attempt in range(30):
        lead.page.goto(f"/promotions/{promotion}")
        if lead.has(form):
            break
        lead.page.wait_for_timeout(1000)
    lead.settle()
    lead.press(f"/promotions/{promotion}/tell")


def test_from_the_proposal_to_the_new_role(portal: Portal, enter: Open) -> None:
    person, email, name = portal.rows(SOMEBODY)[0]
    lead, own = enter("lead"), enter(email.partition("@")[0], size=PHONE)
    promotion = propose(lead, person, portal.value(ROLE))
    own.go("/my/promotion")
    assert "There is no promotion here" in own.text("main")
    for approver in ("manager", "hr"):
        decide(enter(approver), promotion)
    lead.go(f"/promotions/{promotion}/announcement")
    lead.page.fill("[name=text]", "Congratulations!")
    lead.follow(".form-actions [type=submit]")
    assert not portal.mails("promotions/offered", email)
    tell(lead, promotion)
    assert "/my/promotion" in portal.mail("promotions/offered", email).link("/my/promotion")

    own.go("/?all=1")
    own.follow('.main a[href$="/my/promotion"]')
    letter = own.one('a[href*="/documents/"]').get_attribute("href")
    answer = own.context.request.get(str(letter))
    assert answer.headers["content-type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.body())).pages
    assert name.split()[-1] in "".join(page.extract_text() for page in pages)
    own.follow('a[href$="/accept"]')
    own.page.check("[name=consent]")
    own.follow(".form-actions [type=submit]")
    assert "Congratulations" in own.text("main")
    held = (
        "select r.key, e.reason from employment e join role r on r.id = e.role_id"
        " where e.person_id = ? and e.ends_on is null"
    )
    assert portal.rows(held, person) == [("senior_associate", "promotion")]

    lead.go("/inbox")
    assert f"{name} has been promoted to" in lead.text("main")
    lead.go(f"/promotions/{promotion}/news")
    assert "Congratulations!" in lead.text("main")
