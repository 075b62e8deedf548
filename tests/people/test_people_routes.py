"""Pages of people: happy path, refusal, stranger."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.people.forms import choices
from portal.people.models import Employment, Person
from portal.people.operations import add_person
from tests.factories import people as make
from tests.main_form import send, typed


@pytest.fixture
def office(app: Any, client: Any, clock: Any) -> Any:
    """A team with a lead and an associate, others outside it, and accounts; all as ids."""
    with app.app_context():
        lead, associate = make.person("Leyla", "Lead"), make.person("Işıl", "Çelik", language="tr")
        team = make.team("Support", lead=lead)
        role = make.role("Associate")
        make.employment(lead, team=team, role=role)
        row = make.employment(associate, team=team, role=role)
        outside = make.employment(make.person("Olga", "Other"), role=role)
        candidate = make.person("Can", "Didate")
        ids = {
            "team": team.id,
            "associate": associate.id,
            "outside": outside.person_id,
            "candidate": candidate.id,
            "employment": row.id,
            "role": role.id,
            "site": team.site_id,
            "hr": make.account(roles=["hr"]).id,
            "admin": make.account(roles=["admin"]).id,
            "executive": make.account(roles=["executive"]).id,
            "manager": make.account(roles=["manager"]).id,
            "lead": make.account(person=lead, leads=team).id,
            "self": make.account(person=associate).id,
        }
        db.session.commit()
    return ids


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("hr", 200),
        ("executive", 200),
        ("lead", 200),
        ("admin", 403),
        ("manager", 403),
        ("self", 403),
    ],
)
def test_who_opens_the_directory(client: Any, office: Any, who: Any, status: Any) -> None:
    assert client.as_(office[who]).get("/people").status == status


def test_a_stranger_is_sent_to_sign_in(client: Any, office: Any) -> None:
    page = client.get("/people")
    assert (page.status, "/sign-in" in page.location) == (303, True)


def test_the_directory_lists_who_works_here_and_finds_them(
    app: Any, client: Any, office: Any
) -> None:
    with app.app_context():
        person = add_person(
            given_name="İpek", family_name="Şahin", email="ipek@example.com", language="tr", by=None
        )
        make.employment(person)
        db.session.commit()
    hr = client.as_(office["hr"])
    page = hr.get("/people")
    assert page.h1 == "People"
    assert "Işıl Çelik" in page.text
    assert "Can Didate" not in page.text
    found = hr.get("/people?q=ipek+sahin").text
    assert "İpek Şahin" in found
    assert "Işıl Çelik" not in found
    assert "Nobody fits" in hr.get("/people?q=nobody").text


def test_filters_narrow_the_directory(client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    by_team = hr.get(f"/people?team={office['team']}").text
    assert "Işıl" in by_team
    assert "Olga" not in by_team
    assert "Işıl" in hr.get(f"/people?site={office['site']}").text
    assert "Nobody fits" in hr.get("/people?standing=left").text
    assert hr.get("/people?team=999999&site=x&standing=nonsense&cursor=broken").status == 200


def test_a_large_tree_offers_its_upper_levels_and_leads_further_down(
    app: Any, client: Any, office: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(choices, "MOST_TEAMS", 5)
    with app.app_context():
        top = make.team("Lisbon")
        desk = make.team("Travel desk", parent=top)
        night = [make.team(f"Night {number}", parent=desk) for number in range(3)]
        make.employment(make.person("Noor"), team=night[1])
        ids = {"top": top.id, "desk": desk.id, "night": night[1].id}
        db.session.commit()
    hr = client.as_(office["hr"])

    def offered(page: Any) -> list[str]:
        return list(page.tree.xpath("//select[@name='team']/option/text()"))

    assert "Lisbon › Travel desk" in offered(page := hr.get("/people"))
    assert not [label for label in offered(page) if "Night" in label]
    [link] = hr.get(f"/people?team={ids['desk']}&q=n").tree.xpath("//a[text()='Night 1']/@href")
    assert link == f"/people?q=n&team={ids['night']}"
    page = hr.get(f"/people?team={ids['night']}")
    assert "Noor" in page.text
    assert "Lisbon › Travel desk › Night 1" in offered(page)
    assert not page.tree.xpath("//nav[@aria-label='Teams below']")
    assert hr.get("/people?team=0").status == 200


def test_a_lead_lists_the_own_team_only(client: Any, office: Any) -> None:
    text = client.as_(office["lead"]).get("/people").text
    assert "Işıl Çelik" in text
    assert "Olga" not in text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_directory_is_downloaded_as_it_is_narrowed(client: Any, office: Any, kind: Any) -> None:
    answer = client.as_(office["lead"]).http.get(f"/people/export/{kind}?team={office['team']}")
    assert answer.status_code == 200
    if kind == "csv":
        text = answer.get_data().decode("utf-8-sig")
        assert (
            text.splitlines()[0]
            == "Given name,Family name,E-mail,Role,Team,Site,First day,Last day"
        )
        assert "Işıl,Çelik" in text
        assert "Olga" not in text
    answer.close()
    assert client.as_(office["self"]).http.get(f"/people/export/{kind}").status_code == 403


def test_another_kind_of_download_is_not_found(client: Any, office: Any) -> None:
    assert client.as_(office["hr"]).get("/people/export/exe").status == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_directory_costs_the_same_for_one_and_for_three(
    app: Any, client: Any, clock: Any, count_queries: Any, rows: Any
) -> None:
    with app.app_context():
        team, role = make.team(), make.role()
        for _at in range(rows):
            make.employment(team=team, role=role)
        hr = make.account(roles=["hr"]).id
        db.session.commit()
    page = client.as_(hr)
    count_queries()
    assert page.get("/people").status == 200
    assert count_queries() == 8


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_record_costs_the_same_after_one_job_and_after_three(
    app: Any, client: Any, clock: Any, count_queries: Any, jobs: Any
) -> None:
    with app.app_context():
        person = make.person()
        make.employment(person)
        for year in range(2010, 2010 + jobs - 1):
            manager = make.person()
            first, last = date(year, 1, 1), date(year, 12, 31)
            make.employment(person, starts_on=first, ends_on=last, manager=manager)
        ids = person.id, make.account(roles=["hr"]).id
        db.session.commit()
    page = client.as_(ids[1])
    page.get("/inbox")
    count_queries()
    record = page.get(f"/people/{ids[0]}")
    assert (record.status, len(record.tree.xpath("//ol[@class='tline']/li"))) == (200, jobs)
    assert count_queries() == 17


@pytest.mark.parametrize(
    ("who", "associate", "candidate"),
    [
        ("hr", 200, 200),
        ("executive", 200, 403),
        ("lead", 200, 403),
        ("self", 200, 403),
        ("admin", 403, 403),
        ("manager", 403, 403),
    ],
)
def test_who_opens_a_record(
    client: Any, office: Any, who: Any, associate: Any, candidate: Any
) -> None:
    viewer = client.as_(office[who])
    assert viewer.get(f"/people/{office['associate']}").status == associate
    assert viewer.get(f"/people/{office['candidate']}").status == candidate


def test_a_lead_does_not_open_the_record_of_another_team(client: Any, office: Any) -> None:
    assert client.as_(office["lead"]).get(f"/people/{office['outside']}").status == 403


def test_a_record_that_is_not_there_is_not_found(client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    assert hr.get("/people/999999").status == 404
    assert hr.get("/people/99999999999999999999").status == 404


def test_the_person_sees_who_opened_the_record_and_others_do_not(client: Any, office: Any) -> None:
    assert "Nobody but you" in client.as_(office["self"]).get(f"/people/{office['associate']}").text
    assert "Who opened" not in client.as_(office["lead"]).get(f"/people/{office['associate']}").text
    mine = client.as_(office["self"]).get(f"/people/{office['associate']}").text
    assert "Leyla Lead Record opened" in mine


def test_opening_the_own_record_is_not_recorded(app: Any, client: Any, office: Any) -> None:
    client.as_(office["self"]).get(f"/people/{office['associate']}")
    with app.app_context():
        assert not db.session.query(AuditEvent).filter_by(action="person.read").count()


def test_hr_adds_and_employs_a_person(app: Any, client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    page = send(
        hr,
        hr.get("/people/add"),
        given_name="花子",
        family_name="髙橋",
        reading="タカハシ ハナコ",
        email="hanako@example.jp",
        language="ja",
    )
    assert page.h1 == "New employment of 髙橋 花子"
    page = send(
        hr,
        page,
        role=str(office["role"]),
        team=str(office["team"]),
        site=str(office["site"]),
        starts_on="2026-11-02",
        reason="hire",
    )
    assert page.h1 == "髙橋 花子"
    assert "Associate" in page.text
    assert "髙橋 花子" in hr.get("/people?q=たかはし").text


def test_what_is_wrong_is_said_at_the_field_and_the_rest_is_kept(client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    page = send(hr, hr.get("/people/add"), given_name="Ali", family_name="", email="ali")
    assert page.status == 422
    assert typed(page)["given_name"] == "Ali"
    assert "Fill this in." in page.text
    assert "Write an e-mail address such as" in page.text


def test_an_employment_too_early_is_said_at_its_day(client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    url = f"/people/{office['associate']}/employ"
    page = send(hr, hr.get(url), starts_on="2025-01-01", reason="transfer")
    assert page.status == 422
    assert typed(page)["starts_on"] == "2025-01-01"
    assert page.tree.xpath("//p[@id='starts_on-error']")


def test_hr_corrects_a_person_and_an_address_that_is_taken_is_refused(
    app: Any, client: Any, office: Any
) -> None:
    hr = client.as_(office["hr"])
    page = send(hr, hr.get(f"/people/{office['associate']}/edit"), family_name="Çelik Işık")
    assert page.h1 == "Işıl Çelik Işık"
    with app.app_context():
        taken = db.session.get(Person, office["outside"]).email
    page = send(hr, hr.get(f"/people/{office['associate']}/edit"), email=taken)
    assert page.status == 422
    assert "Olga Other has this address already." in page.text


def test_hr_sets_the_last_day(app: Any, client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    url = f"/people/employments/{office['employment']}/end"
    assert send(hr, hr.get(url), ends_on="2020-01-01").status == 422
    send(hr, hr.get(url), ends_on="2026-12-31")
    with app.app_context():
        assert db.session.get(Employment, office["employment"]).ends_on == date(2026, 12, 31)


@pytest.mark.parametrize(
    "path",
    [
        "/people/add",
        "/people/{associate}/edit",
        "/people/{associate}/employ",
        "/people/employments/{employment}/end",
    ],
)
@pytest.mark.parametrize("who", ["lead", "self", "executive", "admin", "manager"])
def test_only_hr_changes_people(client: Any, office: Any, path: Any, who: Any) -> None:
    assert client.as_(office[who]).get(path.format(**office)).status == 403
