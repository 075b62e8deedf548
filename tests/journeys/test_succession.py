"""HR plans for a position, a director approves; what happens if the holder leaves; the grid."""

from __future__ import annotations

import io

import pypdf

from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.walker import Walker

WHY = "Ran the desk alone in June. <b>Şğıİ</b> 後任"
SOMEBODY = """
    select e.person_id, e.team_id, e.role_id, e.id, a.display_name from employment e
    join account a on a.person_id = e.person_id join person p on p.id = e.person_id
    join team t on t.id = e.team_id join role r on r.id = e.role_id
    where e.ends_on is null and e.position_id is null and r.key = 'senior_associate'
    and a.state = 'active' and a.email like '%.%@demo.example'
    and e.person_id not in (select nominee_id from nomination) order by e.person_id
"""


SAVE = ".savebar [type=submit]"


def add_position(hr: Walker, team: int, role: int, job: int) -> int:
    hr.go("/succession/positions/add")
    hr.page.select_option("[name=team]", str(team))
    hr.page.select_option("[name=role]", str(role))
    hr.follow(SAVE, 422)
    assert hr.page.input_value("[name=role]") == str(role)
    hr.page.fill("[name=code]", "JRN-1")
    hr.follow(SAVE)
    key = hr.number(r"/positions/(\d+)/holder")
    hr.page.select_option("[name=employment]", str(job))
    hr.follow(SAVE)
    return key


def name_somebody(hr: Walker, key: int) -> str:
    """The first of those proposed; refused without a reason."""
    assert "Nobody is named" in hr.text("main")
    hr.follow(f"a[href$='/positions/{key}/candidates']")
    hr.follow(f"a[href*='/positions/{key}/nominate/']")
    hr.page.locator("[name=level]").first.check()
    hr.follow(SAVE, 422)
    assert hr.page.locator("[name=level]").first.is_checked()
    hr.page.fill("[name=reason]", WHY)
    hr.follow(SAVE)
    assert WHY in hr.text("main")
    return hr.text("article h3").partition(". ")[2].partition(" Waits")[0]


def test_from_the_position_to_the_chain(portal: Portal, enter: Open) -> None:
    hr, director = enter("hr"), enter("director")
    person, team, role, job, holder = portal.rows(SOMEBODY)[0]
    key = add_position(hr, team, role, job)
    assert holder in hr.text("main")
    named = name_somebody(hr, key)
    assert not hr.has("form[action$='/decide']")

    director.go("/inbox")
    notice = "li:has-text('a nomination waits for approval')"
    assert named not in director.text(notice)
    director.follow(f"{notice} form[action$='/open'] button")
    assert director.path.endswith(f"/succession/positions/{key}")
    director.press("/decide", "[value=approve]")
    assert "Approved" in director.text("article")

    hr.go(f"/succession/what-if?leaver={person}")
    told = hr.text("main")
    assert holder in told
    assert f"{named} takes over" in told
    assert hr.has("figure svg.chart")
    hr.page.fill("[name=name]", "The lead leaves")
    hr.follow("form[action*='/what-if/keep'] [type=submit]")
    assert "The lead leaves" in hr.text("aside")

    hr.go(f"/succession/positions/{key}")
    hr.press("/print")
    document = hr.number(r"/documents/(\d+)")
    for _attempt in range(30):
        answer = hr.context.request.get(f"/documents/{document}/file")
        if answer.ok:
            break
        hr.page.wait_for_timeout(1000)
    pages = pypdf.PdfReader(io.BytesIO(answer.body())).pages
    assert all("Confidential" in page.extract_text() for page in pages)
    assert director.context.request.get(f"/documents/{document}/file").status == 403


def test_the_grid_by_keyboard_and_with_the_mouse(portal: Portal, enter: Open) -> None:
    hr = enter("hr")
    hr.go("/succession/grid")
    by_key = hr.page.locator(".grid-open .grid-name").first
    name = by_key.inner_text().strip()
    by_key.focus()
    with hr.page.expect_navigation():
        hr.page.keyboard.press("Enter")
    hr.settle()
    assert name in hr.text("h1")
    hr.page.select_option("[name=box]", "2-2")
    hr.page.focus("[name=evidence]")
    hr.page.keyboard.type("Best figures for two quarters")
    hr.page.locator(SAVE).focus()
    with hr.page.expect_navigation():
        hr.page.keyboard.press("Enter")
    hr.settle()
    assert name in hr.text("[data-box='2-2']")

    moved = hr.page.locator("[data-box='2-2'] .grid-name").first
    with hr.page.expect_navigation():
        moved.drag_to(hr.page.locator("[data-box='0-0']"))
    hr.settle()
    assert "box=0-0" in hr.path
    assert hr.page.input_value("[name=box]") == "0-0"
