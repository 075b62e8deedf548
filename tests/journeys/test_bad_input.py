"""What goes wrong is said beside the field, in the reader's language, and nothing is lost."""

from __future__ import annotations

import re

from tests.journeys.conftest import Open
from tests.journeys.paper import upload
from tests.journeys.server import Portal
from tests.journeys.steps_application import Candidate, fill_in
from tests.journeys.walker import PHONE

JOB = "customer-service-associate-istanbul"
SCRIPT = "<script>document.title = 'owned'</script><img src=x onerror=alert(1)>"
RUDE = Candidate(SCRIPT[:100], "Öztürk & <b>Söhne</b>", "rude@mail.example")
SEND = ".form-actions [type=submit]"


def test_a_program_is_not_a_cv_and_consent_is_needed(portal: Portal, walk: Open) -> None:
    phone = walk(lang="tr", size=PHONE)
    phone.go(f"/careers/{JOB}/apply")
    fill_in(phone, RUDE, consent=False)
    program = upload("cv.pdf", b"MZ\x90\x00\x03" + bytes(4000))
    phone.page.set_input_files("[name=cv]", program)
    phone.page.fill("[name=headline]", "\u202ereversed")
    phone.follow(SEND, status=422)
    assert phone.has("#headline-error")
    assert phone.has("#cv-error")
    assert phone.has("#consent-error")
    assert phone.page.locator(".error-summary").evaluate("e => e === document.activeElement")
    assert phone.page.input_value("[name=given_name]") == RUDE.given_name
    assert phone.page.input_value("[name=letter]").startswith("İnsanlara")
    assert not portal.rows("select id from application where email = ?", RUDE.email)


def test_a_good_cv_is_kept_when_another_field_is_wrong(portal: Portal, walk: Open) -> None:
    phone = walk(lang="tr", size=PHONE)
    phone.go(f"/careers/{JOB}/apply")
    fill_in(phone, Candidate("Deniz", "Su", "deniz.su@mail.example"), consent=False)
    phone.follow(SEND, status=422)
    phone.page.check("[name=consent]")
    phone.follow(SEND)
    assert portal.value(
        "select f.name from application a join stored_file f on f.id = a.cv_file_id"
        " where a.email = 'deniz.su@mail.example'"
    ) == "özgeçmiş.pdf"  # fmt: skip


def test_script_in_text_is_shown_as_text(portal: Portal, walk: Open, enter: Open) -> None:
    phone = walk(lang="tr", size=PHONE)
    phone.go(f"/careers/{JOB}/apply")
    fill_in(phone, RUDE)
    phone.page.fill("[name=letter]", f"{SCRIPT} مرحبا بكم 👩🏽‍💻 髙﨑㈱①")
    phone.follow(SEND)
    phone.go(portal.mail("hiring/received", RUDE.email).link("/careers/applications/"))
    key = portal.value("select id from application where email = ?", RUDE.email)
    posting = portal.value("select posting_id from application where id = ?", key)
    hr = enter("hr")
    for path in (
        f"/hiring/applications/{key}", f"/hiring/applications/{key}/screen",
        f"/hiring/postings/{posting}/board", f"/hiring/postings/{posting}/table",
        "/hiring/candidates", "/search?q=Söhne", f"/search?q={SCRIPT}",
    ):  # fmt: skip
        hr.go(path)
        assert "owned" not in hr.page.title() or "/applications/" in path
        assert not hr.has("main img[src=x]")


def test_the_second_of_two_tabs_is_told_to_look_again(portal: Portal, enter: Open) -> None:
    requisition = portal.value("select id from requisition where state = 'draft' order by id")
    first, second = enter("hr"), enter("hr")
    for tab in (first, second):
        tab.go(f"/hiring/requisitions/{requisition}/edit")
    first.page.fill("[name=note]", "From the first tab.")
    first.press("/edit")
    second.page.fill("[name=note]", "From the second tab.")
    with second.answering(409), second.page.expect_navigation():
        second.one(".savebar [type=submit]").click()
    second.expected.append("status of 422")
    second.settle()
    note = portal.value("select note from requisition where id = ?", requisition)
    assert note == "From the first tab."


def test_forged_addresses_end_on_a_page_with_a_reference(portal: Portal, enter: Open) -> None:
    foreign = portal.value(
        "select id from interview where id not in (select interview_id from scorecard s"
        " join account a on a.id = s.account_id where a.email = 'interviewer1@demo.example')"
        " order by id"
    )
    walker = enter("interviewer1", size=PHONE)
    for path, status in (
        ("/hiring/applications/999999", 404), ("/hiring/applications/99999999999999999999999", 404),
        (f"/interviews/{foreign}", 403), ("/settings/outbox", 403), ("/nothing/here", 404),
    ):  # fmt: skip
        walker.go(path, status=status)
        assert re.search(r"Reference \S{6,}", walker.text("main")), path


def test_dead_links_say_so_kindly(portal: Portal, walk: Open) -> None:
    phone = walk(lang="ja", size=PHONE)
    email = portal.value(
        "select a.email from application a join offer o on o.application_id = a.id"
        " where o.state = 'expired'"
    )
    expired = portal.mails("offers/offer", email)[-1].link("/offer/")
    phone.go(expired, status=410)
    for path in ("/invitation/gone", "/reset/gone", "/offer/gone", "/careers/applications/gone"):
        status = phone.context.request.get(path).status
        assert status in {404, 410}, path
        phone.go(path, status=status)
