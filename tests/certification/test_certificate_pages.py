"""Pages of one person's certificates: what is shown, who sees it, and each form."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.certification.models import Award, Pursuit, PursuitEvidence, Waiver
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.files import store
from tests.factories import certification as make
from tests.factories import people
from tests.page import Page, PageClient

PDF_LIKE = b"%PDF-1.4 but not really"
TEXT = b"Certificate of the institute"


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    """Deniz with four certifications, and accounts around them."""
    with app.app_context():
        former = people.person("Former", "Manager")
        manager = people.person("Mana", "Ger")
        team = people.team("Support")
        person = people.person("Deniz", "Kaya")
        people.employment(person, team=people.team(), manager=former, ends_on=date(2026, 5, 31))
        job = people.employment(person, team=team, manager=manager, starts_on=date(2026, 6, 1))
        valid = make.certification("CCSS", needs_check=True)
        expiring = make.certification("CWMA", period_months=12, grace_days=5, window_days=90)
        missing = make.certification(
            "CFP",
            needs_check=True,
            criteria=[make.criterion(), make.criterion(needs_file=True, at_renewal=True)],
        )
        offered = make.certification("Series 7")
        make.mandate(missing, role=job.role, within_days=10)
        make.mandate(expiring, role=job.role)
        first = make.award(person, valid, date(2026, 1, 10), date(2028, 1, 10))
        second = make.award(person, expiring, date(2025, 12, 1), date(2026, 12, 1))
        peer = people.employment(people.person("Bora", "Peer"), team=team).person
        found = {
            "person": person.id, "valid": valid.id, "expiring": expiring.id,
            "missing": missing.id, "offered": offered.id, "first": first.id, "second": second.id,
            "criterion": missing.current.criteria[0].id,
            "with_file": missing.current.criteria[1].id,
            "holder": people.account(person=person).id,
            "manager": people.account(person=manager).id,
            "lead": people.account(leads=team).id,
            "hr": people.account(roles=["hr"]).id,
            "peer": people.account(person=peer).id,
            "other": people.account(leads=people.team("Sales")).id,
            "former": people.account(person=former).id,
            "executive": people.account(roles=["executive"]).id,
            "interviewer": people.account(roles=["interviewer", "recruiter"]).id,
        }  # fmt: skip
        db.session.commit()
    return found


def own_page(client: PageClient, ids: dict[str, int], query: str = "") -> Page:
    return client.as_(ids["holder"]).get(f"/my/certificates{query}")


def rows_of(page: Page) -> dict[str, str]:
    """The first table: the name of each certification and its line."""
    rows = page.tree.xpath("(//table)[1]/tbody/tr")
    return {row.findtext(".//td//a") or row.text_content().split()[0]: " ".join(
        row.text_content().split()) for row in rows}  # fmt: skip


def pursuit_of(client: PageClient, ids: dict[str, int], name: str = "missing") -> str:
    answer = client.post(
        f"/certification/people/{ids['person']}/start", {"certification": ids[name]}
    )
    assert answer.status == 303
    return answer.location


def test_my_certificates_say_what_is_held_and_what_comes_next(
    client: PageClient, ids: dict[str, int]
) -> None:
    page = own_page(client, ids)
    assert page.h1 == "My certificates"
    lines = [" ".join(row.text_content().split()) for row in page.tree.xpath("//table[1]/tbody/tr")]
    assert "CFP Mandatory Not started Missing – Needed since Jun 11, 2026. Begin" in lines[0]
    assert "CWMA Mandatory Expiring" in lines[1]
    assert "Renew now, by Dec 6, 2026. Begin the renewal" in lines[1]
    assert "CCSS Valid" in lines[2]
    assert "Renew between Oct 12, 2027 and Jan 10, 2028." in lines[2]
    assert "Series 7" in page.text


def test_the_page_looks_back_and_ahead_without_offering_actions(
    client: PageClient, ids: dict[str, int]
) -> None:
    ahead = own_page(client, ids, "?on=2026-12-03")
    assert "CWMA Mandatory In grace" in ahead.text
    assert "You see how things stand on Thursday, December 3, 2026" in ahead.text
    assert "Begin the renewal" not in ahead.text
    assert "CWMA Mandatory Expired" in own_page(client, ids, "?on=2026-12-07").text
    assert "CCSS" not in own_page(client, ids, "?on=2025-12-31").text


@pytest.mark.parametrize("sent", ["31.12.2026", "2026-02-30", "99999-01-01", "1000-01-01", "<b>"])
def test_a_day_that_is_none_shows_today_and_says_so(
    client: PageClient, ids: dict[str, int], sent: str
) -> None:
    page = own_page(client, ids, f"?on={sent}")
    assert (page.status, "is not a day such as" in page.text) == (200, True)
    assert "Expiring" in page.text


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("holder", 200), ("manager", 200), ("lead", 200), ("hr", 200), ("peer", 403),
        ("other", 403), ("former", 403), ("executive", 403), ("interviewer", 403),
    ],
)  # fmt: skip
def test_certificates_are_for_the_person_their_manager_and_hr(
    client: PageClient, ids: dict[str, int], who: str, status: int
) -> None:
    reader = client.as_(ids[who])
    assert reader.get(f"/certification/people/{ids['person']}").status == status
    assert reader.get(f"/certification/awards/{ids['first']}").status == status
    assert reader.get(f"/certification/people/{ids['person']}/add").status == status


def test_the_way_is_begun_with_one_click_and_saved_step_by_step(
    client: PageClient, ids: dict[str, int]
) -> None:
    holder = client.as_(ids["holder"])
    page = own_page(client, ids)
    place = pursuit_of(holder, ids)
    assert pursuit_of(holder, ids) == place
    page = holder.get(place)
    assert (page.h1, "0 of 2 met" in page.text) == ("On the way to CFP", True)
    assert "2 things are still missing" in page.text
    prefix = f"criterion-{ids['criterion']}-"
    page = holder.post(
        f"{place}/evidence", {"criterion": ids["criterion"], f"{prefix}note": "Passed"},
        follow=True,
    )  # fmt: skip
    assert "1 of 2 met" in page.text
    assert "Passed" in page.text
    refused = holder.post(f"{place}/evidence", {"criterion": ids["with_file"]})
    assert (refused.status, "Add the file that shows it." in refused.text) == (422, True)
    file = (io.BytesIO(TEXT), "proof.txt")
    page = holder.post(
        f"{place}/evidence",
        {"criterion": ids["with_file"], f"criterion-{ids['with_file']}-file": file},
        follow=True,
    )
    assert "2 of 2 met" in page.text
    page = holder.post(f"{place}/hand-in", {"completed_on": "2026-11-24"}, follow=True)
    assert "Handed in. A second person checks it" in page.text
    assert "Awaiting check" in page.text
    assert holder.get(place).location.startswith("/certification/awards/")


def test_a_manager_checks_what_was_handed_in_and_the_reading_of_a_file_is_recorded(
    client: PageClient, app: Flask, ids: dict[str, int]
) -> None:
    award, file = _waiting(app, ids)
    manager = client.as_(ids["manager"])
    assert manager.get(f"/certification/evidence/{file}").status == 200
    assert client.as_(ids["holder"]).get(f"/certification/evidence/{file}").status == 200
    for who in ("peer", "former", "other", "executive"):
        assert client.as_(ids[who]).get(f"/certification/evidence/{file}").status == 403
    with app.app_context():
        read = sa.select(AuditEvent.account_id).where(AuditEvent.action == "certification.read")
        assert db.session.scalars(read).all() == [ids["manager"]]
    page = manager.get("/certification/checks")
    assert "Deniz Kaya: CFP" in page.text
    field = f"award-{award}-note"
    again = manager.post(f"/certification/awards/{award}/check", {"agreed": "no", field: " "})
    assert (again.status, "Say what is wrong" in again.text) == (422, True)
    page = manager.post(
        f"/certification/awards/{award}/check", {"agreed": "yes", field: "Fine"}, follow=True
    )
    assert "Agreed. Deniz Kaya has been told." in page.text
    assert "Nothing to check" in page.text
    assert manager.post(
        f"/certification/awards/{award}/check", {"agreed": "yes"}
    ).status == 409  # fmt: skip


def _waiting(app: Flask, ids: dict[str, int]) -> tuple[int, int]:
    """An award that awaits its check, and its evidence with a file."""
    with app.app_context():
        from portal.certification.models import AwardEvidence, Certification
        from portal.people.models import Person

        award = make.award(
            db.session.get_one(Person, ids["person"]),
            db.session.get_one(Certification, ids["missing"]),
            date(2026, 11, 20), date(2028, 11, 20), needs_check=True,
        )  # fmt: skip
        paper = store(TEXT, name="proof.txt", media_type="text/plain")
        evidence = people.added(AwardEvidence(award_id=award.id, file_id=paper.id))
        found = award.id, evidence.id
        db.session.commit()
    return found


@pytest.mark.parametrize(
    ("who", "listed"),
    [("hr", True), ("manager", True), ("lead", True), ("holder", False), ("peer", False),
     ("former", False), ("other", False), ("executive", False)],
)  # fmt: skip
def test_the_list_of_checks_holds_what_the_reader_may_check(
    client: PageClient, app: Flask, ids: dict[str, int], who: str, listed: bool
) -> None:
    award, _ = _waiting(app, ids)
    reader = client.as_(ids[who])
    page = reader.get("/certification/checks")
    assert (page.status, "CFP" in page.text) == (200, listed)
    answer = reader.post(f"/certification/awards/{award}/check", {"agreed": "yes"})
    assert answer.status == (303 if listed else 403)


def test_a_certificate_brought_along_goes_to_a_check(
    client: PageClient, app: Flask, ids: dict[str, int]
) -> None:
    holder = client.as_(ids["holder"])
    url = f"/certification/people/{ids['person']}/add"
    sent = {"certification": ids["offered"], "completed_on": "2026-03-01", "reference": "S7-1"}
    page = holder.post(url, sent)
    assert (page.status, "Add the certificate as a file." in page.text) == (422, True)
    page = holder.post(url, {**sent, "file": (io.BytesIO(TEXT), "series7.txt")}, follow=True)
    assert "A second person checks it" in page.text
    with app.app_context():
        award = db.session.scalars(sa.select(Award).order_by(Award.id.desc())).first()
        assert (award.needs_check, award.expires_on) == (True, date(2028, 3, 1))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("virus.pdf", PDF_LIKE, "damaged"),
        ("page.html", b"<script>alert(1)</script>", "cannot be used here"),
        ("empty.pdf", b"", "is empty"),
        ("photo.png", TEXT, "under another ending"),
        ("program.pdf", b"MZ\x90\x00\x03", "can't be read as one of these"),
        ("../../etc/passwd.pdf", b"\x00\x01", "can't be read"),
    ],
)
def test_hostile_files_are_refused_at_the_field(
    client: PageClient, app: Flask, ids: dict[str, int], name: str, data: bytes, message: str
) -> None:
    holder = client.as_(ids["holder"])
    sent = {"certification": ids["offered"], "completed_on": "2026-03-01"}
    url = f"/certification/people/{ids['person']}/add"
    page = holder.post(url, {**sent, "file": (io.BytesIO(data), name)})
    assert (page.status, message in page.text) == (422, True)
    place = pursuit_of(holder, ids)
    field = f"criterion-{ids['with_file']}-file"
    page = holder.post(
        f"{place}/evidence",
        {"criterion": ids["with_file"], field: (io.BytesIO(data), name)},
    )
    assert (page.status, message in page.text) == (422, True)
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(PursuitEvidence.id))) == 0


@pytest.mark.parametrize("sent", ["", "x", "0", "99999999999999999999", "²"])
def test_a_certification_that_is_none_is_not_found(
    client: PageClient, ids: dict[str, int], sent: str
) -> None:
    holder = client.as_(ids["holder"])
    url = f"/certification/people/{ids['person']}/start"
    assert holder.post(url, {"certification": sent}).status == 404


def test_evidence_for_a_criterion_of_something_else_is_not_found(
    client: PageClient, ids: dict[str, int]
) -> None:
    holder = client.as_(ids["holder"])
    place = pursuit_of(holder, ids, "offered")
    assert holder.post(f"{place}/evidence", {"criterion": ids["criterion"]}).status == 404
    assert holder.post(f"{place}/enrol", {"criterion": ids["criterion"]}).status == 404


def test_hr_revokes_and_corrects_and_nobody_else(client: PageClient, ids: dict[str, int]) -> None:
    place = f"/certification/awards/{ids['first']}"
    for who in ("holder", "manager", "lead", "executive"):
        reader = client.as_(ids[who])
        assert reader.post(f"{place}/revoke").status == 403
        assert reader.post(f"{place}/correct").status == 403
    hr = client.as_(ids["hr"])
    page = hr.post(f"{place}/correct", {"correct-completed_on": "2026-01-11"})
    assert (page.status, "Say what was wrong." in page.text) == (422, True)
    fix = {"correct-completed_on": "2026-01-11", "correct-reason": "Typing mistake"}
    page = hr.post(f"{place}/correct", fix, follow=True)
    assert "Corrected." in page.text
    right = page.response.request.path
    page = hr.post(f"{right}/revoke", {"revoke-revoked_on": "2026-01-01", "revoke-reason": "x"})
    assert (page.status, "It counts from Jan 11, 2026" in page.text) == (422, True)
    page = hr.post(
        f"{right}/revoke",
        {"revoke-revoked_on": "2026-11-01", "revoke-reason": "Exam was not sat"},
        follow=True,
    )
    assert "Exam was not sat" in page.text
    assert "Exam was not sat" in own_page(client, ids).text


def test_hr_releases_somebody_and_ends_it(
    client: PageClient, app: Flask, ids: dict[str, int]
) -> None:
    hr = client.as_(ids["hr"])
    url = f"/certification/people/{ids['person']}/waive"
    assert client.as_(ids["manager"]).get(url).status == 403
    assert hr.get(url).status == 200
    sent = {"certification": ids["missing"], "starts_on": "2026-11-01", "reason": "Back office"}
    page = hr.post(url, {**sent, "ends_on": "2026-10-01"})
    assert (page.status, "can't be before the first" in page.text) == (422, True)
    page = hr.post(url, sent, follow=True)
    assert "Deniz Kaya need not hold CFP." in page.text
    assert "CFP Mandatory Waived" in page.text
    with app.app_context():
        waiver = db.session.scalars(sa.select(Waiver.id)).one()
    assert client.as_(ids["holder"]).post(f"/certification/waivers/{waiver}/end").status == 403
    page = hr.post(f"/certification/waivers/{waiver}/end", follow=True)
    assert "The waiver ends today." in page.text


def test_giving_up_keeps_what_was_brought(
    client: PageClient, app: Flask, ids: dict[str, int]
) -> None:
    holder = client.as_(ids["holder"])
    place = pursuit_of(holder, ids)
    prefix = f"criterion-{ids['criterion']}-"
    holder.post(f"{place}/evidence", {"criterion": ids["criterion"], f"{prefix}note": "Passed"})
    assert "You can start again" in holder.post(f"{place}/give-up", follow=True).text
    assert "stays on record" in holder.get(place).text
    assert holder.post(f"{place}/give-up").status == 409
    assert pursuit_of(holder, ids) != place
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Pursuit.id))) == 2


def test_a_persons_record_shows_their_certificates(client: PageClient, ids: dict[str, int]) -> None:
    page = client.as_(ids["manager"]).get(f"/people/{ids['person']}")
    assert "All certificates" in page.text or page.status == 403
    page = client.as_(ids["hr"]).get(f"/people/{ids['person']}")
    assert "Needed since Jun 11, 2026." in page.text
    page = client.as_(ids["executive"]).get(f"/people/{ids['person']}")
    assert (page.status, "Needed since" in page.text) == (200, False)


@pytest.mark.parametrize("more", [0, 20])
def test_the_page_costs_the_same_however_much_is_held(
    client: PageClient,
    app: Flask,
    ids: dict[str, int],
    count_queries: Callable[[], int],
    more: int,
) -> None:
    with app.app_context():
        from portal.people.models import Person

        person = db.session.get_one(Person, ids["person"])
        for _ in range(more):
            make.award(person, make.certification(), date(2026, 3, 1), date(2027, 3, 1))
        db.session.commit()
    holder = client.as_(ids["holder"])
    holder.get("/my/certificates")
    count_queries()
    assert holder.get("/my/certificates").status == 200
    assert count_queries() == 7
