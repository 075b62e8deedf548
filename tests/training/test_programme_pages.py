"""Pages of programmes, rules, hours, imports and certificates."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.core import clock
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.jobs import run_pending
from portal.people.models import Person
from portal.training.models import Completion, Enrolment, EnrolmentRule
from portal.training.states import EnrolmentState, SessionState
from tests.factories import people, programmes
from tests.factories import training as make
from tests.page import PageClient

Saved = Callable[[Callable[[], Any]], Any]


def me(**values: Any) -> tuple[Person, int]:
    person = people.employment(people.person("Ceren", "Kaya")).person
    return person, people.account(person=person, **values).id


def test_a_person_joins_a_programme_and_sees_what_waits_for_what(
    client: PageClient, saved: Saved
) -> None:
    def scene() -> tuple[int, int]:
        _person, account = me()
        row = programmes.programme("First 90 days", make.course("One"), make.course("Two"))
        return account, row.id

    account, programme = saved(scene)
    client = client.as_(account)
    assert "First 90 days" in client.get("/training/programmes").text
    url = f"/training/programmes/{programme}"
    page = client.get(url)
    assert "Waits for: “One”" in " ".join(page.text.split())
    assert client.post(page.form("/join").action).status == 303
    page = client.get(url)
    assert "Enrolled" in page.text
    assert "0 of 2 completed" in client.get("/training/programmes").text
    assert client.post(page.form("/leave").action).status == 303
    assert page.form("/leave").action not in client.get(url).html


def test_a_lead_puts_people_on_the_way_and_sees_how_far_they_are(
    client: PageClient, saved: Saved
) -> None:
    def scene() -> tuple[int, int, int]:
        lead = people.person()
        team = people.team(lead=lead)
        one = make.course("One")
        person = people.employment(people.person("Ada", "Lovelace"), team=team).person
        make.completion(person, one)
        row = programmes.programme("Start", one, make.course("Two"))
        programmes.way(row, people.employment(people.person("New"), team=team).person)
        programmes.way(programmes.programme("Other", make.course()))
        return people.account(person=lead, leads=team).id, row.id, person.id

    account, programme, person = saved(scene)
    client = client.as_(account)
    url = f"/training/programmes/{programme}"
    assert client.post(f"{url}/enrol", {"people": "999999"}).status == 422
    answer = client.post(f"{url}/enrol", {"people": str(person), "reason": "New role"})
    assert answer.status == 303
    page = client.get(url)
    assert "Ada Lovelace" in page.text
    assert page.tree.xpath("//main//table//td[2]/text()") == ["0 of 2", "1 of 2"]
    link = page.tree.xpath("//a[contains(@href, '/programme-enrolments/')]/@href")[-1]
    page = client.get(link)
    assert page.h1 == "Start: Ada Lovelace"
    assert "New role" in page.text


def test_hr_keeps_a_programme_with_its_courses_in_order(client: PageClient, saved: Saved) -> None:
    def scene() -> tuple[int, int, int]:
        return people.account(roles=["hr"]).id, make.course("One").id, make.course("Two").id

    account, one, two = saved(scene)
    client = client.as_(account)
    page = client.get("/settings/programmes/add")
    texts = {
        f"{name}-{tag}": f"{name} {tag}"
        for name in ("title", "summary") for tag in ("en", "tr", "es", "ja")
    }  # fmt: skip
    form = texts | {
        "key": "start", "in_order": "1",
        "courses-0-course": str(one), "courses-0-place": "2",
        "courses-1-course": str(two), "courses-1-place": "1", "courses-1-optional": "1",
    }  # fmt: skip
    assert page.h1 == "Add a programme"
    assert client.post("/settings/programmes/add", form | {"courses-0-optional": "1"}).status == 422
    answer = client.post("/settings/programmes/add", form)
    assert answer.status == 303, answer.text
    page = client.get(answer.location)
    assert list(page.tree.xpath("//ol//b/text()")) == ["Two", "One"]
    assert client.get("/settings/programmes").text.count("title en") == 1
    edit = answer.location.replace("/training/", "/settings/")
    stale = client.post(edit, form | {"version": "0"})
    assert stale.status == 422
    assert "Someone changed this" in stale.text


def test_hr_counts_whom_a_rule_would_enrol_before_it_is_in_force(
    app: Flask, client: PageClient, saved: Saved
) -> None:
    def scene() -> tuple[int, int, int]:
        role = people.role("Lead")
        for _each in range(2):
            people.employment(role=role)
        people.employment()
        return people.account(roles=["hr"]).id, make.course("Listening").id, role.id

    account, course, role = saved(scene)
    client = client.as_(account)
    form = {"target": f"course-{course}", "role": str(role), "due_days": "30",
            "starts_on": clock.today().isoformat()}  # fmt: skip
    url = "/settings/training-rules/add"
    page = client.post(url, form | {"step": "count"})
    assert page.status == 200
    assert "It would enrol 2 people today." in page.text
    assert saved(lambda: db.session.scalar(sa.select(sa.func.count(EnrolmentRule.id)))) == 0
    assert client.post(url, form | {"step": "count", "due_days": "x"}).status == 422
    assert client.post(url, form | {"step": "save"}).status == 303
    assert client.post(url, form | {"step": "save"}).status == 422
    assert "Because your role is Lead." in client.get("/settings/training-rules").text
    with app.app_context():
        run_pending(app)
    assert saved(lambda: db.session.scalar(sa.select(sa.func.count(Enrolment.id)))) == 2
    page = client.get("/settings/training-rules")
    assert client.post(page.form("/end").action).status == 303
    assert "Ended rules" in client.get("/settings/training-rules").text


def test_hours_are_claimed_checked_and_exported(client: PageClient, saved: Saved) -> None:
    def scene() -> dict[str, int]:
        boss = people.person()
        person = people.employment(manager=boss).person
        return {
            "own": people.account(person=person).id,
            "boss": people.account(person=boss, roles=["manager"]).id,
            "person": person.id,
            "category": make.category("ethics").id,
        }

    ids = saved(scene)
    own = client.as_(ids["own"])
    form = {"title": "Webinar", "provider": "=School", "minutes": "1.5",
            "category": str(ids["category"]), "earned_on": clock.today().isoformat()}  # fmt: skip
    assert own.post("/my/training/hours/claim", form).status == 422
    proof = (io.BytesIO(b"plain text"), "proof.txt")
    assert own.post("/my/training/hours/claim", form | {"file": proof}).status == 303
    assert "Awaiting check" in own.get("/my/training/hours").text
    boss = client.as_(ids["boss"])
    page = boss.get("/training/hours")
    [link] = page.tree.xpath("//main//table//a/@href")
    assert "proof.txt" in boss.get(link).text
    assert boss.get(f"{link}/file").status == 200
    reading = sa.select(AuditEvent).where(AuditEvent.action == "training.credit_file.read")
    assert saved(lambda: len(db.session.scalars(reading).all())) == 1
    assert boss.post(link, {"counts": "0"}).status == 422
    assert boss.post(link, {"counts": "1"}).status == 303
    assert boss.get(link).status == 403
    assert "Checked" in boss.get("/training/hours?show=past").text
    own = client.as_(ids["own"])
    assert "2026Ethics1.5 h" in own.get("/my/training/hours").text
    table = downloaded(own, f"/training/people/{ids['person']}/hours/export/csv").decode()
    assert "Webinar,'=School,Counted" in table


def downloaded(client: PageClient, url: str) -> bytes:
    response = client.get(url).response
    data = response.get_data()
    response.close()
    return data


def table(*rows: str, head: str = "E-mail,Course,Completed on,Score") -> dict[str, Any]:
    return {"file": (io.BytesIO("\n".join((head, *rows)).encode()), "completions.csv")}


def test_a_table_is_shown_before_it_is_imported_and_imported_once(
    client: PageClient, saved: Saved
) -> None:
    def scene() -> int:
        people.employment(people.person("Ada", "Lovelace", email="ada@example.com"))
        make.course("Listening", key="listening")
        return people.account(roles=["hr"]).id

    client = client.as_(saved(scene))
    wrong = client.post("/training/import", table("bob@example.com,listening,03/04/2026,"))
    assert wrong.status == 303
    page = client.get(wrong.location)
    assert "Nobody here has the address “bob@example.com”." in page.text
    assert "can be March 4, 2026 or April 3, 2026" in page.text
    assert "until then nothing is imported" in page.text
    assert client.post(wrong.location).status == 409
    good = "ada@example.com,listening,2026-03-31,85"
    answer = client.post("/training/import", table(good))
    page = client.get(answer.location)
    assert "Ada Lovelace" in page.text
    assert "March 31, 2026" in page.text
    assert saved(lambda: db.session.scalar(sa.select(sa.func.count(Completion.id)))) == 0
    assert client.post(page.form(answer.location).action).status == 303
    assert saved(lambda: db.session.scalar(sa.select(sa.func.count(Completion.id)))) == 1
    assert client.post(answer.location).status == 409
    again = client.post("/training/import", table(good))
    assert "This very file was imported before." in client.get(again.location).text
    assert "completions.csv" in client.get("/training/import").text


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.csv", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "a.csv", "can't be read as one of these"),
        (b"PK\x03\x04 not a zip", "a.xlsx", "can't be read as one of these"),
        ("E-mail;Şehir".encode("iso8859-9"), "a.csv", "can't be read as one of these"),
        (b"a,b\n" * 100_000, "a.csv", "more than 10,000 rows"),
        (b"a,b\n", "a.exe", "cannot be used here"),
    ],
)
def test_files_that_are_not_what_they_say_stay_outside(
    client: PageClient, saved: Saved, data: bytes, name: str, message: str
) -> None:
    client = client.as_(saved(lambda: people.account(roles=["hr"]).id))
    page = client.post("/training/import", {"file": (io.BytesIO(data), name)})
    assert page.status == 422
    assert message in page.text


def test_a_table_with_other_headings_is_told_what_is_missing(
    client: PageClient, saved: Saved
) -> None:
    client = client.as_(saved(lambda: people.account(roles=["hr"]).id))
    answer = client.post("/training/import", table("x,y", head="Name,<b>When</b>"))
    page = client.get(answer.location)
    assert "These columns are missing: E-mail, Course, Completed on." in page.text
    for kind in ("csv", "xlsx"):
        assert downloaded(client, f"/training/import/template/{kind}")


def test_forged_pages_and_filters_of_a_preview_are_harmless(
    client: PageClient, saved: Saved
) -> None:
    client = client.as_(saved(lambda: people.account(roles=["hr"]).id))
    answer = client.post("/training/import", table("x,y,z,"))
    for query in ("page=0", "page=-1", "page=99999999999", "page=x", "show=<script>", "show=wrong"):
        assert client.get(f"{answer.location}?{query}").status == 200


def test_certificates_of_a_session_come_as_one_box(
    app: Flask, client: PageClient, saved: Saved
) -> None:
    def scene() -> tuple[int, int]:
        held = make.session(
            make.course("Listening"), starts_at=clock.now() - timedelta(days=1),
            state=SessionState.HELD,
        )  # fmt: skip
        for name in ("Ada", "髙橋"):
            row = make.enrolment(people.person(name), session=held, state=EnrolmentState.COMPLETED)
            make.completion(row.person, held.course, enrolment_id=row.id)
        return people.account(roles=["hr"]).id, held.id

    account, session = saved(scene)
    client = client.as_(account)
    url = f"/training/sessions/{session}/certificates"
    assert url in client.get(f"/training/sessions/{session}").html
    assert client.post(client.get(url).form(url).action).status == 303
    assert "0 of 2 are ready." in client.get(url).text
    with app.app_context():
        run_pending(app)
    assert "Download 2 certificates" in client.get(url).text
    archive = zipfile.ZipFile(io.BytesIO(downloaded(client, f"{url}.zip")))
    names = archive.namelist()
    assert len(names) == 2
    assert names[0].startswith("001 Ada")
    assert all(archive.read(name).startswith(b"%PDF-") for name in names)


def test_one_asks_for_the_certificate_of_a_course_and_gets_the_same_again(
    client: PageClient, saved: Saved
) -> None:
    def scene() -> int:
        person, account = me()
        make.completion(person, make.course("Listening"))
        return account

    client = client.as_(saved(scene))
    action = client.get("/my/training").form("/certificate").action
    first, again = client.post(action), client.post(action)
    assert first.location == again.location
    assert client.get(first.location).status == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_with_one_row_and_three(
    client: PageClient, saved: Saved, count_queries: Callable[[], int], rows: int
) -> None:
    def scene() -> tuple[int, int, int]:
        hr = people.account(roles=["hr"])
        person = db.session.get_one(Person, hr.person_id)
        joined = programmes.programme("", make.course(), make.course(after=(make.course(),)))
        for _each in range(rows):
            first = make.course()
            own = programmes.programme("", first, make.course(after=(first,)))
            programmes.way(own, person)
            programmes.way(joined)
            programmes.rule(course=make.course(), role=people.role(), team=people.team())
            programmes.claim()
            programmes.claim(person)
        found = people.person(email="ada@example.com")
        people.employment(found)
        make.course(key="listening")
        return hr.id, joined.id, person.id

    account, programme, person = saved(scene)
    client = client.as_(account)
    lines = [f"ada@example.com,listening,2026-03-{day:02}," for day in range(1, rows + 1)]
    preview = client.post("/training/import", table(*lines)).location
    costs = {}
    for url in (
        "/training/programmes", f"/training/programmes/{programme}", "/settings/programmes",
        "/settings/training-rules", "/training/hours", "/my/training/hours", preview,
    ):  # fmt: skip
        client.get(url)
        count_queries()
        client.get(url)
        costs[url.replace(str(programme), "1") if "programmes/" in url else url] = count_queries()
    costs["preview"] = costs.pop(preview)
    assert list(costs.values()) == [10, 10, 5, 4, 3, 6, 11], costs
    del person
