"""Pages of the organisation, sites, teams, roles and the trail."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from portal.accounts.models import Account
from portal.core import audit
from portal.core.audit import AuditEvent
from portal.core.brand import brand
from portal.core.clock import now
from portal.core.db import db
from portal.people import operations, queries
from portal.people.models import PayBand, Role, Site, Team
from portal.people.routes.trail import FEW
from portal.people.states import PeopleFact
from tests.factories import people as make
from tests.main_form import send, typed

PAGES = (
    "/settings/organisation",
    "/settings/sites",
    "/settings/teams",
    "/settings/roles",
    "/settings/trail",
)


@pytest.fixture
def office(app: Any, client: Any, clock: Any) -> Any:
    """A site, a team with a lead, a role with its pay, and accounts of every kind; all as ids."""
    with app.app_context():
        lead = make.person("Leyla", "Lead")
        team = make.team("Support", lead=lead)
        role = make.role("Associate")
        make.employment(lead, team=team, role=role)
        ids = {
            "team": team.id,
            "site": team.site_id,
            "role": role.id,
            "lead_person": lead.id,
            "band": make.pay_band(role).id,
            "lead": make.account(person=lead, leads=team).id,
        }
        for name in ("hr", "admin", "executive", "manager", "interviewer"):
            ids[name] = make.account(roles=[name]).id
        db.session.commit()
    return ids


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("hr", 200),
        ("admin", 200),
        ("executive", 403),
        ("manager", 403),
        ("interviewer", 403),
        ("lead", 403),
    ],
)
def test_who_opens_the_settings(client: Any, office: Any, path: Any, who: Any, status: Any) -> None:
    assert client.as_(office[who]).get(path).status == status


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_sent_to_sign_in(client: Any, office: Any, path: Any) -> None:
    assert client.get(path).status == 303


def picture(kind: Any = "PNG") -> Any:
    data = io.BytesIO()
    Image.new("RGB", (40, 20), "#0f5c6e").save(data, kind)
    data.seek(0)
    return data


def test_the_organisation_leads_every_page_at_once(app: Any, client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    assert "Portal" in hr.get("/settings/organisation").tree.findtext(".//title")
    page = send(
        hr,
        hr.get("/settings/organisation"),
        name="Işık Destek A.Ş.",
        colour="#7a1f3d",
        address="Büyükdere Caddesi 1\nİstanbul",
        logo=(picture(), "logo.png"),
    )
    assert page.status == 200
    assert "Işık Destek A.Ş." in page.tree.findtext(".//title")
    assert "--accent:#7a1f3d" in page.html
    [logo] = page.tree.xpath("//img[@class='org-logo']/@src")
    answer = client.http.get(logo)
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert "immutable" in answer.headers["Cache-Control"]
    with app.app_context():
        shown = brand()
        assert (shown.name, shown.logo[:4]) == ("Işık Destek A.Ş.", b"\x89PNG")


def test_a_colour_that_is_hard_to_read_is_refused_at_its_field(client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    page = send(hr, hr.get("/settings/organisation"), name="Acme", colour="#ffcc00")
    assert page.status == 422
    assert typed(page)["name"] == "Acme"
    assert page.tree.xpath("//p[@id='colour-error']")
    assert "1.51 to 1" in page.text


def test_a_logo_that_is_no_picture_is_refused_at_its_field(client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    for content, name in (
        (io.BytesIO(b"<svg/>"), "logo.png"),
        (io.BytesIO(b"%PDF-1.7"), "logo.pdf"),
    ):
        page = send(hr, hr.get("/settings/organisation"), name="Acme", logo=(content, name))
        assert page.status == 422
        assert page.tree.xpath("//p[@id='logo-error']")


def test_a_logo_is_taken_away_and_its_address_is_gone(app: Any, client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    page = send(hr, hr.get("/settings/organisation"), name="Acme", logo=(picture("JPEG"), "a.jpg"))
    [logo] = page.tree.xpath("//img[@class='org-logo']/@src")
    page = send(hr, page, remove_logo="y")
    assert not page.tree.xpath("//img[@class='org-logo']")
    assert client.http.get(logo).status_code == 404


def test_the_brand_is_plain_before_it_is_set_up(app: Any, db_session: Any) -> None:
    assert brand().name == "Portal"


def test_a_change_by_another_worker_shows_on_the_next_page(
    app: Any, client: Any, office: Any
) -> None:
    hr = client.as_(office["hr"])
    hr.get("/settings/sites")
    with app.app_context():
        operations.change_organisation(
            name="Changed elsewhere", legal_name="", address="", email="", colour="#000000", by=None
        )
        db.session.commit()
    assert "Changed elsewhere" in hr.get("/settings/sites").tree.findtext(".//title")


def test_a_site_is_added_and_corrected(app: Any, client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    send(
        hr,
        hr.get("/settings/sites/add"),
        **{"name-en": "Osaka", "name-ja": "大阪"},
        city="大阪市",
        country="JP",
        time_zone="Asia/Tokyo",
        currency="JPY",
        language="ja",
    )
    with app.app_context():
        site = db.session.query(Site).filter_by(country="JP").one()
        assert site.name == {"en": "Osaka", "ja": "大阪"}
        key = site.id
    page = send(hr, hr.get(f"/settings/sites/{key}"), city="堺市")
    assert "堺市" in page.text
    assert "Japan" in page.text


def test_a_site_without_a_time_zone_is_refused(client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    page = send(hr, hr.get("/settings/sites/add"), **{"name-en": "Mars"}, time_zone="Mars/Olympus")
    assert page.status == 422
    assert typed(page)["name-en"] == "Mars"


def test_a_team_is_added_moved_led_and_renamed(app: Any, client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    page = send(
        hr,
        hr.get("/settings/teams/add"),
        **{"name-en": "Chat", "name-tr": "Sohbet"},
        parent=str(office["team"]),
        site=str(office["site"]),
    )
    assert "Chat" in page.text
    with app.app_context():
        chat = db.session.query(Team).filter(Team.parent_id == office["team"]).one()
        key, path = chat.id, chat.path
    assert path == f"/{office['team']}/{key}/"
    page = hr.get(f"/settings/teams/{key}")
    assert "Support › Chat" in page.text
    send(hr, page, "/lead", lead=str(office["lead_person"]))
    send(hr, page, "/move", parent="")
    send(hr, page, f"/teams/{key}", **{"name-en": "Chats"})
    with app.app_context():
        chat = db.session.get(Team, key)
        assert (chat.path, chat.name["en"], chat.lead_id) == (
            f"/{key}/",
            "Chats",
            office["lead_person"],
        )


def test_a_move_below_itself_is_refused_at_its_field(client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    page = send(
        hr, hr.get(f"/settings/teams/{office['team']}"), "/move", parent=str(office["team"])
    )
    assert page.status == 422
    assert page.tree.xpath("//p[@id='parent-error']")


def test_a_role_is_added_and_its_lines_belong_together(app: Any, client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    sent = {
        "title-en": "Chat specialist",
        "title-tr": "Sohbet uzmanı",
        "summary-en": "Chats.",
        "duties-en": "Answer\nRecord",
        "duties-tr": "Yanıtlamak\nKaydetmek",
        "musts-en": "Typing",
        "wishes-en": "Humour",
        "aliases-en": "Chatter\nChat agent",
    }
    page = send(
        hr,
        hr.get("/settings/roles/add"),
        **sent,
        key="chat_specialist",
        family="customer_service",
        level="2",
    )
    assert page.h1 == "Chat specialist"
    assert "Customer service" in page.text, "the family by its name, not by its key"
    with app.app_context():
        role = db.session.query(Role).filter_by(key="chat_specialist").one()
        assert role.duties == [
            {"en": "Answer", "tr": "Yanıtlamak"},
            {"en": "Record", "tr": "Kaydetmek"},
        ]
        assert role.qualifications == [
            {"must": True, "en": "Typing"},
            {"must": False, "en": "Humour"},
        ]
        assert role.aliases == {"en": ["Chatter", "Chat agent"]}
        key = role.id
    page = send(hr, hr.get(f"/settings/roles/{key}/edit"), **{"duties-tr": "Yanıtlamak"})
    assert page.status == 422
    assert "same number of lines" in page.text


def test_a_key_that_is_taken_is_refused(app: Any, client: Any, office: Any) -> None:
    with app.app_context():
        key = db.session.get(Role, office["role"]).key
    hr = client.as_(office["hr"])
    page = send(
        hr,
        hr.get("/settings/roles/add"),
        **{"title-en": "A", "summary-en": "B"},
        key=key,
        family="x",
        level="1",
    )
    assert page.status == 422
    assert page.tree.xpath("//p[@id='key-error']")


def test_a_role_shows_its_pay_with_source_and_date(client: Any, office: Any) -> None:
    text = client.as_(office["admin"]).get(f"/settings/roles/{office['role']}").text
    assert "TRY 480,000 to TRY 720,000 a year" in text.replace("\xa0", " ").replace("₺", "TRY ")
    assert "Salary survey" in text
    assert "Jan 1, 2026" in text


def test_pay_is_set_corrected_and_removed(app: Any, client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    page = send(
        hr,
        hr.get(f"/settings/roles/{office['role']}/pay"),
        country="JP",
        currency="JPY",
        minimum="3,000,000",
        maximum="4000000",
        period="year",
        source="Survey",
        dated="2026-01-01",
    )
    assert "Japan" in page.text
    with app.app_context():
        band = db.session.query(PayBand).filter_by(country="JP").one()
        assert (band.minimum, band.maximum) == (3_000_000, 4_000_000)
        key = band.id
    page = send(hr, hr.get(f"/settings/roles/pay-bands/{key}"), maximum="1")
    assert page.status == 422
    assert "can't be below the lowest" in page.text
    page = send(hr, hr.get(f"/settings/roles/{office['role']}"), f"/pay-bands/{key}/remove")
    assert "Japan" not in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/settings/roles/{role}/edit",
        "/settings/roles/{role}/pay",
        "/settings/roles/pay-bands/{band}",
    ],
)
def test_administrators_read_roles_but_hr_changes_them(client: Any, office: Any, path: Any) -> None:
    admin = client.as_(office["admin"])
    assert admin.get(f"/settings/roles/{office['role']}").status == 200
    assert admin.get(path.format(**office)).status == 403


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries_run"),
    [
        ("/settings/sites", 3),
        ("/settings/teams", 4),
        ("/settings/roles", 3),
        ("/settings/trail", 4),
    ],
)
def test_lists_cost_the_same_for_one_and_for_three(
    app: Any, client: Any, clock: Any, count_queries: Any, path: Any, queries_run: Any, rows: Any
) -> None:
    with app.app_context():
        for _at in range(rows):
            team = make.team(lead=make.person())
            role = make.role()
            audit.record(PeopleFact.TEAM_ADDED, team, by=make.account())
            audit.record(PeopleFact.ROLE_ADDED, role, by=make.account())
        hr = make.account(roles=["hr"]).id
        db.session.commit()
    page = client.as_(hr)
    count_queries()
    assert page.get(path).status == 200
    assert count_queries() == queries_run


def test_the_trail_tells_who_did_what_and_is_narrowed(app: Any, client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    send(hr, hr.get(f"/settings/teams/{office['team']}"), "/move", parent="")
    text = hr.get("/settings/trail").text
    assert "Team moved" in text
    with app.app_context():
        named = db.session.get_one(Account, office["hr"]).display_name
    assert "Team moved" in hr.get(f"/settings/trail?q={named}&about=team").text
    assert "Nothing was recorded" in hr.get("/settings/trail?q=nobody+of+this+name").text
    assert "Nothing was recorded" in hr.get("/settings/trail?until=2026-11-23").text
    assert "Team moved" in hr.get("/settings/trail?from=2026-11-24&until=2026-11-24").text
    assert hr.get("/settings/trail?from=nonsense&q=%25&about=y").status == 200


def test_the_trail_is_narrowed_to_many_people_of_one_name(
    app: Any, client: Any, office: Any
) -> None:
    with app.app_context():
        team = make.team("Support")
        for _at in range(FEW + 1):
            account = make.account(person=make.person("Deniz", "Yılmaz"))
        audit.record(PeopleFact.TEAM_ADDED, team, by=account)
        other = make.account(person=make.person("Olga", "Other"))
        audit.record(PeopleFact.TEAM_CHANGED, team, by=other)
        db.session.commit()
    page = client.as_(office["hr"]).get("/settings/trail?q=yilmaz")
    assert len(page.tree.xpath("//tbody/tr")) == 1
    assert "Team added" in page.text


def test_the_trail_is_downloaded(app: Any, client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    send(hr, hr.get(f"/settings/teams/{office['team']}"), "/move", parent="")
    answer = hr.http.get("/settings/trail/export/csv?about=team")
    lines = answer.get_data().decode("utf-8-sig").splitlines()
    answer.close()
    assert lines[0] == "Moment,Who,What happened,Record,Number,Changes,Request"
    assert ",Team moved,Team," in lines[1]


def test_the_trail_never_shows_what_a_panel_scored(app: Any, client: Any, office: Any) -> None:
    with app.app_context():
        db.session.add(
            AuditEvent(
                at=now(),
                action="scorecard.saved",
                account_id=office["hr"],
                subject_type="scorecard_answer",
                subject_id=1,
                before={},
                after={"rating": 5, "note": "Bright"},
                request_id="",
            )
        )
        db.session.commit()
    page = client.as_(office["hr"]).get("/settings/trail")
    assert "rating" in page.text
    assert "Bright" not in page.html


def test_starter_roles_are_loaded_once_with_pay_in_minor_units(db_session: Any, clock: Any) -> None:
    assert operations.load_roles(None) == 5
    assert operations.load_roles(None) == 0
    role = db_session.scalar(queries.roles().where(Role.key == "customer_service_associate"))
    pay = {band.country: band.minimum for band in db_session.scalars(queries.pay_bands_of(role.id))}
    assert pay["TR"] == 48_000_000
    assert pay["JP"] % 1000 == 0
    assert pay["JP"] < 10_000_000
    assert role.title["ja"] == "カスタマーサービス担当者"
