"""Pages of certifications, mandates and client queues."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from portal.certification.models import Certification, CertificationVersion, ClientQueue, Mandate
from portal.certification.states import CriterionKind, ExpiryMode
from portal.core.db import db
from portal.training.models import CreditCategory
from tests.factories import certification as make
from tests.factories import people
from tests.factories.people import added, in_words
from tests.main_form import main_form, send, typed

URL = "/settings/certifications"


@pytest.fixture
def office(app: Any, client: Any, clock: Any) -> Any:
    """A planner's certificate with hours, a licence, one holder, a team with a queue; as ids."""
    with app.app_context():
        for key in ("general", "ethics"):
            if db.session.scalar(sa.select(CreditCategory).filter_by(key=key)) is None:
                added(CreditCategory(key=key, name=in_words(key.capitalize())))
        planner = make.certification(
            "Planner", key="planner", mode=ExpiryMode.PREVIOUS_EXPIRY, window_days=120,
            renewal_minutes=1800, renewal_minima={"ethics": 120}, grace_days=10, lapse_months=24,
            criteria=[make.criterion(CriterionKind.ETHICS, text=in_words("Signs the code"))],
        )  # fmt: skip
        licence = make.certification("Licence", requires=[planner])
        team = people.team("Wealth")
        make.award(people.person(), planner, date(2026, 1, 1), date(2028, 1, 1))
        queue = make.queue(team, name=in_words("Trading"))
        ids = {
            "planner": planner.id, "licence": licence.id, "team": team.id, "queue": queue.id,
            "mandate": make.mandate(planner, queue=queue, within_days=30).id,
            "role": people.role("Adviser").id,
            "hr": people.account(roles=["hr"]).id,
            "manager": people.account(roles=["manager"]).id,
        }  # fmt: skip
        db.session.commit()
    return ids


@pytest.fixture
def hr(client: Any, office: Any) -> Any:
    return client.as_(office["hr"])


def versions(app: Any, key: int) -> int:
    with app.app_context():
        return db.session.scalar(
            sa.select(sa.func.count())
            .select_from(CertificationVersion)
            .where(CertificationVersion.certification_id == key)
        )


def test_the_list_tells_rule_mandate_and_holders(hr: Any, office: Any) -> None:
    text = hr.get(URL).text
    assert "Valid for 24 months from the previous expiry." in text
    assert "Trading" in text
    cells = hr.get(URL).tree.xpath("//tr[td/a[text()='Planner']]/td[@class='r']/text()")
    assert cells == ["1"]


def test_only_hr_keeps_certifications(client: Any, office: Any) -> None:
    manager = client.as_(office["manager"])
    for url in (URL, f"{URL}/{office['planner']}", f"{URL}/add", "/settings/queues"):
        assert manager.get(url).status == 403


def test_a_rule_is_told_in_the_readers_words(hr: Any, office: Any) -> None:
    text = hr.get(f"{URL}/{office['planner']}").text
    for sentence in (
        "Valid for 24 months from the previous expiry.",
        "Lapses 24 months after the last day of employment, unless the person returns.",
        "Renewal opens 120 days before the last valid day.",
        "It shows as expiring on its last 30 days.",
        "It holds good for 10 days of grace after it.",
        "Renewal asks for 30 hours of continuing education, of them at least 2 hours of Ethics.",
        "Nobody needs to check the evidence.",
        "Signs the code",
        "Code of ethics",
    ):
        assert sentence in text, sentence
    assert "Signs the code (tr)" in hr.get(f"{URL}/{office['planner']}?lang=tr").text


def test_a_rule_is_tried_out(hr: Any, office: Any) -> None:
    page = hr.get(
        f"{URL}/{office['planner']}?completed_on=2027-02-01&previous=2027-03-10&left_on=2026-06-30"
    )
    for answer in ("Mar 10, 2029", "Nov 10, 2028", "Feb 9, 2029", "Mar 20, 2029", "Jun 30, 2028"):
        assert answer in page.text
    wrong = hr.get(f"{URL}/{office['planner']}?completed_on=2027-02-30")
    assert wrong.status == 422
    assert "Write a real date" in wrong.text


def test_an_unchanged_rule_makes_no_version(app: Any, hr: Any, office: Any) -> None:
    with app.app_context():
        db.session.get_one(Certification, office["planner"]).current.content_hash = "other"
        db.session.commit()
    url = f"{URL}/{office['planner']}/edit"
    assert "Version 2 is published." in send(hr, hr.get(url), step="publish").text
    assert "Nothing changed" in send(hr, hr.get(url), step="publish").text
    assert versions(app, office["planner"]) == 2


def test_a_changed_rule_is_a_version_with_what_changed(app: Any, hr: Any, office: Any) -> None:
    url = f"{URL}/{office['planner']}/edit"
    page = send(
        hr, hr.get(url), step="publish", period_months="36", minimum_ethics="2.5",
        **{"criteria-0-needs_file": "y", "criteria-0-at_renewal": "y"},
    )  # fmt: skip
    assert "Version 2 is published." in page.text
    with app.app_context():
        version = db.session.get_one(Certification, office["planner"]).current
        key = version.id
        assert (version.period_months, version.renewal_minima) == (36, {"ethics": 150})
        assert [row.needs_file for row in version.criteria] == [True]
    changes = hr.get(f"{URL}/versions/{key}").text
    assert "What changed since version 1" in changes
    assert "2.5 hours of Ethics" in changes
    assert "First certificate" in changes
    assert "Each time · File" in changes


def test_rows_are_added_and_taken_away_without_script(app: Any, hr: Any, office: Any) -> None:
    url = f"{URL}/{office['planner']}/edit"
    page = send(hr, hr.get(url), step="more", short="KEPT")
    assert (page.status, typed(page)["short"]) == (200, "KEPT")
    assert versions(app, office["planner"]) == 1
    words = {"criteria-1-kind": "exam", "criteria-1-text-ja": "試験", "criteria-1-at_first": "y"}
    page = send(hr, page, step="publish", **words, **{"criteria-0-remove": "y"})
    assert "Version 2 is published." in page.text
    with app.app_context():
        rows = db.session.get_one(Certification, office["planner"]).current.criteria
        assert [row.text for row in rows] == [{"ja": "試験"}]


def test_a_rule_being_written_is_tried_out(app: Any, hr: Any, office: Any) -> None:
    url = f"{URL}/{office['planner']}/edit"
    days = {"trial-completed_on": "2026-01-31", "trial-previous": ""}
    page = send(hr, hr.get(url), step="try", mode="month_end", period_months="1", **days)
    assert page.status == 200
    assert "Feb 28, 2026" in page.text
    assert versions(app, office["planner"]) == 1
    page = send(hr, page, step="try", period_months="")
    assert page.status == 422
    assert "This kind of expiry needs it." in page.text
    page = send(hr, page, step="try", period_months="x")
    assert page.status == 422


def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(hr: Any, office: Any) -> None:
    url = f"{URL}/{office['planner']}/edit"
    page = send(hr, hr.get(url), step="publish", mode="year_end", period_months="18", issuer="Me")
    assert page.status == 422
    assert page.tree.xpath("//p[@id='period_months-error']")
    assert typed(page)["issuer"] == "Me"
    page = send(hr, hr.get(url), step="publish", prerequisites=[str(office["licence"])])
    assert "Planner → Licence → Planner" in page.text
    page = send(hr, hr.get(url), step="publish", **{"criteria-0-at_first": ""})
    assert page.status == 422
    assert "choose the first certificate" in page.text


def test_ending_older_certificates_is_asked_twice(app: Any, hr: Any, office: Any) -> None:
    url = f"{URL}/{office['planner']}/edit"
    change = {"step": "publish", "voids_older": "y", "effective_from": "2027-01-01", "short": "P2"}
    page = send(hr, hr.get(url), **change)
    assert "1 certificate that would count on Jan 1, 2027 ends the day before." in page.text
    assert versions(app, office["planner"]) == 1
    later = send(hr, page, step="publish", effective_from="2027-02-01")
    assert "would count on Feb 1, 2027" in later.text
    assert "Version 2 is published." in send(hr, later, step="publish").text


def test_a_certification_is_added(app: Any, hr: Any, office: Any) -> None:
    page = hr.get(f"{URL}/add")
    values = {
        "key": "phone_licence", "name-tr": "Telefon belgesi", "short": "TEL", "issuer": "Us",
        "description-tr": "Arayanlara yanıt verir.", "mode": "none", "step": "publish",
    }  # fmt: skip
    added_page = send(hr, page, **values)
    assert added_page.h1 == "Telefon belgesi"
    assert "Never expires." in added_page.text
    again = send(hr, page, **values)
    assert again.status == 422
    assert again.tree.xpath("//p[@id='key-error']")


def test_hostile_numbers_and_forged_choices_are_refused(hr: Any, office: Any) -> None:
    url = f"{URL}/{office['planner']}/edit"
    for change in (
        {"period_months": "9" * 30}, {"window_days": "-1"}, {"renewal_minutes": "1e9"},
        {"fixed_on": "0001-01-01"}, {"mode": "for ever"}, {"prerequisites": ["999999"]},
        {"criteria-0-course": "999999"}, {"name-en": "x" * 161}, {"criteria-0-kind": "magic"},
        {"criteria-900-text-en": "far"},
    ):  # fmt: skip
        page = send(hr, hr.get(url), step="publish", **change)
        assert page.status == 422 or "criteria-900-text-en" in change, change


def test_retiring_says_what_stands_in_the_way(hr: Any, office: Any) -> None:
    page = send(hr, hr.get(f"{URL}/{office['planner']}"), "/retire")
    assert "still mandatory" in page.text
    page = send(hr, hr.get(f"{URL}/{office['licence']}"), "/retire")
    assert "Retired." in page.text
    assert "No new certificates are given." in page.text


def test_a_mandate_is_set_and_ended(app: Any, hr: Any, office: Any) -> None:
    with app.app_context():
        team = db.session.get_one(people.Team, office["team"])
        people.employment(team=team)
        db.session.commit()
    form = hr.get(f"{URL}/{office['licence']}/mandates/add")
    assert send(hr, form).status == 422
    page = send(hr, form, team=str(office["team"]), within_days="14", starts_on="2026-12-01")
    assert "Mandatory for 1 person who works here today." in page.text
    assert "14 days" in page.text
    url = f"{URL}/mandates/{office['mandate']}/end"
    assert send(hr, hr.get(url), ends_on="1999-12-31").status == 422
    assert "Saved." in send(hr, hr.get(url), ends_on="2026-12-31").text
    with app.app_context():
        assert db.session.get_one(Mandate, office["mandate"]).ends_on == date(2026, 12, 31)


def test_queues_are_added_and_changed(app: Any, hr: Any, office: Any) -> None:
    page = hr.get("/settings/queues")
    assert "Trading" in page.text
    assert "Planner" in page.text
    form = hr.get("/settings/queues/add")
    assert send(hr, form, key="loans", **{"name-en": "Loans"}).status == 422
    page = send(hr, form, key="loans", teams=[str(office["team"])], **{"name-en": "Loans"})
    assert "The queue is there." in page.text
    form = hr.get(f"/settings/queues/{office['queue']}")
    assert main_form(form).fields["minimum"] == "1"
    assert "mandatory for this queue" in send(hr, form, is_active="").text
    assert "Saved." in send(hr, form, minimum="3").text
    with app.app_context():
        assert db.session.get_one(ClientQueue, office["queue"]).minimum == 3


@pytest.mark.parametrize(
    ("url", "queries"),
    [(URL, 5), ("/settings/queues", 5), (f"{URL}/%(planner)s", 9), (f"{URL}/%(planner)s/edit", 9)],
)
def test_lists_cost_the_same_with_one_row_and_with_more(
    app: Any, hr: Any, office: Any, count_queries: Any, url: str, queries: int
) -> None:
    hr.get(url % office)
    count_queries()
    hr.get(url % office)
    few = count_queries()
    with app.app_context():
        planner = db.session.get_one(Certification, office["planner"])
        for _n in range(3):
            extra = make.certification(requires=[planner], criteria=[make.criterion()])
            make.mandate(extra, queue=make.queue(people.team(), people.team()))
            make.mandate(planner)
            make.award(people.person(), extra, date(2026, 1, 1), None)
        version = make.version(planner, criteria=[make.criterion(), make.criterion()], requires=[])
        version.void_from = None
        db.session.commit()
    count_queries()
    hr.get(url % office)
    assert (few, count_queries()) == (queries, queries)
