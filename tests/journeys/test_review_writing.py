"""HR begins a cycle, somebody writes and names peers, the lead agrees and writes."""

from __future__ import annotations

from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.walker import PHONE, Walker

MEMBERS = """
    select a.person_id, a.email, p.family_name, e.team_id from account a
    join person p on p.id = a.person_id
    join employment e on e.person_id = a.person_id and e.ends_on is null
    join person m on m.id = e.manager_id
    join account l on l.person_id = m.id and l.email = 'lead@demo.example'
    where a.email like '%.%@demo.example' and a.state = 'active' order by a.person_id desc
"""
REVIEW = "select id from review where person_id = ? and state = 'writing' order by id desc"
PART = "select id from review_part where review_id = ? and kind = ?"
NAME = "Journey review Şğıİ 昇進"
WORDS = "The outage in March: one list for all of us. <b>Şğıİ</b> 昇進"


def begin(hr: Walker, team: int) -> int:
    """Prepare a cycle for a team; wrong weights come back with their sum, nothing typed is lost."""
    hr.go("/reviews/cycles/new")
    page = hr.page
    for language in ("en", "tr", "es", "ja"):
        page.fill(f"[name=name-{language}]", NAME)
    page.check(f"[name=teams][value='{team}']")
    for kind, weight in (("self", 30), ("manager", 50), ("peer", 10), ("upward", 0)):
        page.fill(f"[name=weight_{kind}]", str(weight))
    hr.follow(".savebar [type=submit]", 422)
    assert "The weights sum to 90" in hr.text("main")
    assert page.input_value("[name=name-en]") == NAME
    page.fill("[name=weight_peer]", "20")
    hr.follow(".savebar [type=submit]")
    assert "in another running cycle" in hr.text("main")
    hr.press("/launch")
    assert "The cycle has begun for" in hr.text()
    return hr.number(r"/reviews/cycles/(\d+)")


def write(who: Walker, part: int) -> None:
    """Hand in too early, then with everything."""
    who.go(f"/reviews/parts/{part}")
    page = who.page
    page.locator("textarea[name^=text-]").first.fill(WORDS)
    who.follow(".savebar .btn-primary", 422)
    assert page.locator("textarea[name^=text-]").first.input_value() == WORDS
    for radio in page.locator("input[name^=level-][value='3']").all():
        radio.check(force=True)
    for field in page.locator("textarea[name^=text-]").all():
        field.fill(WORDS)
    who.follow(".savebar .btn-primary")
    assert who.path == "/my/reviews"


def test_from_the_cycle_to_both_parts(portal: Portal, enter: Open) -> None:
    (person, email, family, team), *others = portal.rows(MEMBERS)
    hr, own = enter("hr"), enter(email.partition("@")[0], size=PHONE)
    hr.go(f"/reviews/{portal.value(REVIEW, person)}/cancel")
    hr.page.fill("[name=note]", "Moves to the other cycle")
    hr.follow(".form-actions [type=submit]")
    begin(hr, team)
    review = portal.value(REVIEW, person)
    own.go("/my/reviews")
    assert NAME in own.text("main")
    write(own, portal.value(PART, review, "self"))

    peer = others[0]
    own.go(f"/reviews/{review}/peers")
    own.page.fill("#q", peer[2])
    own.follow("main form[method=get] [type=submit]")
    own.follow(f"form:has([name=peer][value='{peer[0]}']) [type=submit]")
    assert "is proposed" in own.text()

    lead = enter("lead")
    lead.go(f"/reviews/{review}/peers")
    lead.press("/agree")
    assert portal.mail("reviews/peer_asked", peer[1])
    part = portal.value(PART, review, "manager")
    lead.go(f"/reviews/parts/{part}")
    lead.page.click("#self-review summary")
    assert WORDS in lead.text("#self-review")
    write(lead, part)
    lead.go(f"/reviews/team?q={family}")
    assert NAME in lead.text("main")
