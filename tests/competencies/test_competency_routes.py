"""Pages of the library, requirements and evidence."""

from __future__ import annotations

from typing import Any

import pytest

from portal.competencies.models import RoleRequirement
from portal.core.audit import AuditEvent
from portal.core.db import db
from tests.factories import competencies as make
from tests.factories import people
from tests.main_form import send, typed


@pytest.fixture
def office(app: Any, client: Any, clock: Any) -> Any:
    """Two competencies, a role asking for one, an associate with evidence, accounts; as ids."""
    with app.app_context():
        empathy, listening = make.competency("empathy"), make.competency("listening")
        role = people.role("Associate")
        make.requirement(role, empathy, 3, 100)
        lead, associate = people.person("Leyla", "Lead"), people.person("Işıl", "Çelik")
        team = people.team("Support", lead=lead)
        for one in (lead, associate):
            people.employment(one, team=team, role=role)
        make.evidence(associate, empathy, 3.5, note="Calmed an angry caller.")
        ids = {
            "empathy": empathy.id,
            "listening": listening.id,
            "role": role.id,
            "version": empathy.current_version_id,
            "associate": associate.id,
            "self": people.account(person=associate).id,
            "lead": people.account(person=lead, leads=team).id,
            "stranger": people.account().id,
        }
        for name in ("hr", "admin", "executive", "manager", "interviewer"):
            ids[name] = people.account(roles=[name]).id
        db.session.commit()
    return ids


def test_everyone_here_reads_the_library_by_family(client: Any, office: Any) -> None:
    page = client.as_(office["self"]).get("/settings/competencies")
    assert "Behavioural core" in page.text
    assert "Empathy" in page.text
    assert "Add a competency" not in page.text
    assert client.get("/settings/competencies").status == 303


def test_a_competency_shows_five_anchors_in_the_readers_language(
    app: Any, client: Any, office: Any
) -> None:
    page = client.as_(office["hr"]).get(f"/settings/competencies/{office['empathy']}?lang=ja")
    for level in range(1, 6):
        assert f"Empathy at level {level}. (ja)" in page.text


def test_hr_publishes_a_wording_and_the_one_before_is_kept(
    app: Any, client: Any, office: Any
) -> None:
    hr = client.as_(office["hr"])
    url = f"/settings/competencies/{office['empathy']}/edit"
    assert "Nothing changed" in send(hr, hr.get(url)).text
    page = send(hr, hr.get(url), **{"anchor_3-tr": "Müşteriyi sakinleştirir."})
    assert "Version 2 is published." in page.text
    before = hr.get(f"/settings/competencies/versions/{office['version']}")
    assert "This wording was replaced." in before.text


def test_a_level_left_empty_is_said_at_its_field(client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    empty = {f"anchor_2-{tag}": "" for tag in ("en", "tr", "es", "ja")}
    page = send(
        hr,
        hr.get(f"/settings/competencies/{office['empathy']}/edit"),
        **{"name-en": "Kept"},
        **empty,
    )
    assert page.status == 422
    assert typed(page)["name-en"] == "Kept"
    assert page.tree.xpath("//p[@id='anchor_2-error']")


def test_hr_adds_a_competency(app: Any, client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    anchors = {f"anchor_{level}-ja": f"水準{level}" for level in range(1, 6)}
    page = send(
        hr,
        hr.get("/settings/competencies/add"),
        key="calm",
        family="craft",
        **{"name-ja": "冷静さ", "description-ja": "落ち着いて対応する。"},
        **anchors,
    )
    assert page.h1 == "冷静さ"
    again = send(
        hr,
        hr.get("/settings/competencies/add"),
        key="calm",
        family="craft",
        **{"name-ja": "冷静さ", "description-ja": "落ち着いて対応する。"},
        **anchors,
    )
    assert again.status == 422


def test_requirements_are_set_and_shown_on_the_role(app: Any, client: Any, office: Any) -> None:
    hr = client.as_(office["hr"])
    url = f"/settings/roles/{office['role']}/requirements"
    names = {key: office[key] for key in ("empathy", "listening")}
    page = send(
        hr,
        hr.get(url),
        **{
            f"level_{names['empathy']}": "4",
            f"weight_{names['empathy']}": "60",
            f"level_{names['listening']}": "2",
            f"weight_{names['listening']}": "40",
        },
    )
    assert page.h1 == "Associate"
    assert "Empathy at level 4." in page.text
    assert "40%" in page.text
    with app.app_context():
        assert db.session.query(RoleRequirement).count() == 2


@pytest.mark.parametrize(
    ("level", "weight", "field", "message"),
    [
        ("4", "60", "weight_{empathy}", "They must sum to 100."),
        ("", "100", "level_{empathy}", "Choose a level"),
        ("4", "", "weight_{empathy}", "Give a weight"),
        ("4", "abc", "weight_{empathy}", "Write a number"),
        ("4", "101", "weight_{empathy}", "Write a number from 0 to 100"),
    ],
)
def test_weights_that_are_wrong_are_said_at_the_field(
    client: Any, office: Any, level: Any, weight: Any, field: Any, message: Any
) -> None:
    hr = client.as_(office["hr"])
    page = send(
        hr,
        hr.get(f"/settings/roles/{office['role']}/requirements"),
        **{
            f"level_{office['empathy']}": level,
            f"weight_{office['empathy']}": weight,
        },
    )
    assert page.status == 422
    [error] = page.tree.xpath("//p[@id=$id]", id=f"{field.format(**office)}-error")
    assert message in error.text_content()
    assert typed(page)[f"weight_{office['empathy']}"] == weight


@pytest.mark.parametrize(
    "path",
    [
        "/settings/competencies/add",
        "/settings/competencies/{empathy}/edit",
        "/settings/roles/{role}/requirements",
    ],
)
@pytest.mark.parametrize("who", ["admin", "executive", "manager", "interviewer", "lead", "self"])
def test_only_hr_changes_the_library(client: Any, office: Any, path: Any, who: Any) -> None:
    assert client.as_(office[who]).get(path.format(**office)).status == 403


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("self", 200),
        ("lead", 200),
        ("hr", 200),
        ("executive", 403),
        ("admin", 403),
        ("manager", 403),
        ("interviewer", 403),
        ("stranger", 403),
    ],
)
def test_who_opens_evidence(client: Any, office: Any, who: Any, status: Any) -> None:
    assert client.as_(office[who]).get(f"/people/{office['associate']}/evidence").status == status


def test_opened_evidence_is_recorded_and_the_person_sees_it(
    app: Any, client: Any, office: Any
) -> None:
    page = client.as_(office["lead"]).get(f"/people/{office['associate']}/evidence")
    assert "Calmed an angry caller." in page.text
    assert "3.5 Empathy at level 3." in page.text
    with app.app_context():
        event = db.session.query(AuditEvent).filter_by(action="evidence.read").one()
        assert (event.account_id, event.about_person_id) == (office["lead"], office["associate"])
    mine = client.as_(office["self"]).get(f"/people/{office['associate']}")
    assert "Leyla Lead Evidence opened" in mine.text


def test_a_persons_page_shows_levels_and_only_those_allowed_a_way_to_the_rows(
    client: Any, office: Any
) -> None:
    way = f"/people/{office['associate']}/evidence"
    for who, linked in (("self", True), ("lead", True), ("hr", True), ("executive", False)):
        page = client.as_(office[who]).get(f"/people/{office['associate']}")
        assert "3.5 Empathy at level 3." in page.text
        assert bool(page.tree.xpath("//a[@href=$url]", url=way)) is linked


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "number"), [("/settings/competencies", 3), ("record", 6), ("evidence", 4)]
)
def test_pages_cost_the_same_for_one_and_for_three(
    app: Any, client: Any, clock: Any, count_queries: Any, path: Any, number: Any, rows: Any
) -> None:
    with app.app_context():
        person = people.employment().person
        for _at in range(rows):
            competency = make.competency()
            make.version(competency)
            make.evidence(person, competency)
            make.requirement(people.role(), competency)
        me, last = people.account(person=person).id, competency.id
        urls = {
            "record": f"/settings/competencies/{last}",
            "evidence": f"/people/{person.id}/evidence",
        }
        db.session.commit()
    page = client.as_(me)
    count_queries()
    assert page.get(urls.get(path, path)).status == 200
    assert count_queries() == number
