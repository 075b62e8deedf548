"""A certificate is renewed, checked and counted; a rule is changed."""

from __future__ import annotations

from tests.journeys import steps_certificate as steps
from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.walker import PHONE


def test_a_renewal_from_a_phone_to_the_managers_check(portal: Portal, enter: Open) -> None:
    licence = steps.certification(portal, "complaints_licence")
    phone = enter("associate", size=PHONE)
    steps.begin_renewal(phone, licence)
    steps.show_everything(phone)
    award = steps.hand_in(phone)
    assert "Awaiting check" in phone.text("main")
    phone.go(f"/certification/awards/{award}")
    assert not phone.has("form[action$='/check']")

    manager = enter("manager")
    steps.check(manager, award)
    agreed = portal.value("select agreed from award_check where award_id = ?", award)
    assert agreed

    phone.go("/my/certificates")
    assert "Replaced" in phone.text("main")
    steps.look_ahead(manager, portal, "complaints_istanbul")


def test_hr_publishes_a_newer_rule(portal: Portal, enter: Open) -> None:
    licence = steps.certification(portal, "interviewer_licence")
    before = portal.value("select count(*) from award where certification_id = ?", licence)
    hr = enter("hr")
    assert steps.publish_newer_rule(hr, licence, 36) == licence
    versions = portal.rows(
        "select number, period_months from certification_version where certification_id = ?"
        " order by number", licence,
    )  # fmt: skip
    assert versions == [(1, 24), (2, 36)]
    assert before == portal.value("select count(*) from award where certification_id = ?", licence)


def test_hr_imports_completions_wrong_then_right(portal: Portal, enter: Open) -> None:
    hr = enter("hr")
    steps.send_completions(hr, "nobody@demo.example")
    assert "Nobody here has the address" in hr.text("main")
    assert not hr.has("main form[method=post] .btn-primary")
    count = "select count(*) from completion where origin = 'import'"
    assert portal.value(count) == 0
    steps.send_completions(hr, "associate@demo.example")
    hr.follow("main form[method=post] .btn-primary")
    assert portal.value(count) == 2
    steps.send_completions(hr, "associate@demo.example")
    assert portal.value(count) == 2


def test_hr_prints_the_compliance_report(portal: Portal, enter: Open) -> None:
    hr = enter("hr")
    hr.go("/?all=1")
    hr.follow('.main a[href$="/certification/coverage"]')
    assert "Brokerage" in hr.text("main")
    hr.go("/certification/compliance")
    hr.follow("main table a.plain >> nth=0")
    hr.go("/certification/compliance?on=2026-12-01")
    text = steps.print_compliance(hr)
    assert "Data protection certificate" in text
    lead = enter("lead", size=PHONE)
    lead.go(hr.path, status=403)
