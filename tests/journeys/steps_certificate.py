"""Renewing a certificate on a phone, checking it, a newer rule, and completions from a table."""

from __future__ import annotations

import io

import pypdf

from tests.journeys.paper import pdf, upload
from tests.journeys.server import Portal
from tests.journeys.steps_posting import day
from tests.journeys.walker import Walker


def certification(portal: Portal, key: str) -> int:
    """The id of a certification of the demo."""
    return int(portal.value("select id from certification where key = ?", key))


def begin_renewal(phone: Walker, key: int) -> None:
    """The holder begins with one click."""
    phone.go("/my/certificates")
    button = phone.page.locator(f'form:has([name=certification][value="{key}"]) [type=submit]')
    phone.follow(button)


def show_everything(phone: Walker) -> None:
    """A file and a word for each criterion that is open; a wrong file is refused in place."""
    program = upload("signed.pdf", b"MZ\x90\x00\x03" + bytes(4000))
    right = upload("signed.pdf", pdf("Signed"))
    asked = "li[id^=criterion-]:has(.pill.warn):has(form[action$='/evidence'])"
    assert phone.has(asked)
    for paper, status in ((program, 422), (right, 200)):
        part = phone.page.locator(asked).first
        if not part.locator("form").is_visible():
            part.locator("summary").click()
        part.locator("textarea").fill("Read and signed: ğüşİı")
        part.locator("[type=file]").set_input_files(paper)
        phone.follow(part.locator("[type=submit]"), status)
    assert not phone.has(asked)


def hand_in(phone: Walker) -> int:
    """What was brought becomes an award; returns its id."""
    phone.press("/hand-in")
    return phone.number(r"/certification/awards/(\d+)")


def check(manager: Walker, award: int) -> None:
    """The manager finds it on the home page, opens the evidence and agrees."""
    manager.go("/?all=1")
    manager.follow(f'.main a[href$="/certification/awards/{award}"]')
    evidence = manager.one('a[href*="/certification/evidence/"]').get_attribute("href")
    paper = manager.context.request.get(str(evidence))
    assert paper.body().startswith(b"%PDF")
    manager.press(f"/awards/{award}/check", "[name=agreed][value=yes]")


def publish_newer_rule(hr: Walker, certification: int, months: int) -> int:
    """HR tries out a longer period, is refused a nonsensical one, and publishes."""
    hr.go(f"/settings/certifications/{certification}/edit")
    hr.page.fill("[name=period_months]", "0")
    hr.page.fill("[name=effective_from]", day(0))
    hr.follow("[name=step][value=publish]", status=422)
    assert hr.has("#period_months-error")
    hr.page.fill("[name=period_months]", str(months))
    hr.follow("[name=step][value=try]")
    hr.follow("[name=step][value=publish]")
    return hr.number(r"/settings/certifications/(\d+)")


def send_completions(hr: Walker, email: str) -> None:
    """HR sends a table of two rows, the second about somebody in particular."""
    table = (
        "E-mail;Course;Completed on;Score\n"
        "lead@demo.example;crm_tools;2026-02-03;\n"
        f"{email};crm_tools;2026-02-04;91\n"
    )
    hr.go("/training/import")
    hr.page.set_input_files("[type=file]", upload("completions.csv", table.encode(), "text/csv"))
    hr.follow(".form-actions [type=submit]")


def look_ahead(manager: Walker, portal: Portal, queue: str) -> None:
    """The team on a day to come, and who may serve a queue then: without renewals nobody."""
    key = portal.value("select id from client_queue where key = ?", queue)
    manager.follow('.nav-list a[href$="/certification/matrix"]')
    manager.page.fill("[name=on]", day(90))
    manager.follow("form:has([name=on]) [type=submit]")
    manager.go(f"/certification/queues?on={day(0)}")
    manager.follow(f'a[href*="/certification/queues/{key}"]')
    now = manager.page.locator("#may + table tbody tr, [aria-labelledby=may] tbody tr").count()
    assert now > 0
    manager.page.fill("[name=on]", day(90))
    manager.follow("form:has([name=on]) [type=submit]")
    later = manager.page.locator("[aria-labelledby=may] tbody tr").count()
    assert later < now


def print_compliance(hr: Walker) -> str:
    """HR has the report printed; the page shows it when the worker has made it."""
    hr.follow('form[action*="/certification/compliance/print"] [type=submit]')
    hr.page.locator('.main a[href$="/file"]').wait_for(timeout=30_000)
    hr.settle()
    answer = hr.context.request.get(f"{hr.path.split('?')[0]}/file")
    assert answer.headers["content-type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.body())).pages
    return "".join(page.extract_text() for page in pages)
