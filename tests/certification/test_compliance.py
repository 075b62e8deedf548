"""The compliance report: its figures, the lists behind them, the paper, and who sees what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from lxml import html

from portal.certification.documents.compliance import KIND
from portal.core import documents
from portal.core.db import db
from portal.core.documents.models import Document
from tests.factories import certification as make
from tests.factories import people
from tests.page import Page, PageClient

ADDRESS = "/certification/compliance"


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    """Nine people of whom each stands another way, in two branches."""
    with app.app_context():
        root = people.team("All")
        north, south = people.team("North", parent=root), people.team("South", parent=root)
        ccss, role = make.certification("CCSS", grace_days=10), people.role()
        make.mandate(ccss, role=role, within_days=30)

        def worker(team: Any, **more: Any) -> Any:
            return people.employment(team=team, role=role, **more).person

        def award(team: Any, last: date) -> Any:
            return make.award(worker(team), ccss, date(2024, 1, 1), last)

        award(north, date(2028, 1, 1))
        award(north, date(2027, 1, 1))
        award(north, date(2026, 11, 20))
        award(south, date(2025, 1, 1))
        make.revocation(award(south, date(2028, 1, 1)), date(2026, 1, 1))
        worker(south)
        worker(south, starts_on=date(2026, 11, 10))
        make.waiver(worker(south), ccss, date(2026, 1, 1))
        people.employment(team=south)
        found = {
            "hr": people.account(roles=["hr"]).id,
            "executive": people.account(roles=["executive"]).id,
            "north lead": people.account(leads=north).id,
            "south lead": people.account(leads=south).id,
            "associate": people.account(person=worker(people.team("Elsewhere"))).id,
            "south": south.id, "root": root.id, "ccss": ccss.id,
        }  # fmt: skip
        db.session.commit()
    return found


def figures(page: Page, table: int = 1, row: int = 1) -> list[str]:
    cells = page.tree.xpath(f"(//table)[{table}]/tbody/tr[{row}]/td[position() > 1]")
    return ["".join(cell.xpath("./text() | ./a/text() | ./b/text()")).strip() for cell in cells]


def test_everybody_is_counted_where_they_belong(client: PageClient, ids: dict[str, int]) -> None:
    page = client.as_(ids["hr"]).get(f"{ADDRESS}?team={ids['root']}")
    assert figures(page) == ["8", "3", "2", "1", "2", "1", "1", "1", "50.0%"]
    assert figures(page, 2, 1) == ["3", "3", "2", "1", "0", "0", "0", "0", "100.0%"]
    assert figures(page, 2, 2) == ["5", "0", "0", "0", "2", "1", "1", "1", "0.0%"]


def test_each_figure_opens_as_many_people(client: PageClient, ids: dict[str, int]) -> None:
    hr = client.as_(ids["hr"])
    page = hr.get(f"{ADDRESS}?team={ids['root']}")
    links = page.tree.xpath("(//table)[1]//td/a[contains(@href, 'matrix')]")
    assert len(links) == 8
    for link in links:
        number = int(link.text)
        behind = hr.get(link.get("href"))
        assert len(behind.tree.xpath("//table/tbody[last()]/tr")) == number, link.get("href")


def test_on_another_day_it_was_otherwise(client: PageClient, ids: dict[str, int]) -> None:
    page = client.as_(ids["hr"]).get(f"{ADDRESS}?team={ids['root']}&on=2024-12-31")
    assert figures(page)[:1] == ["0"] or "Nothing is mandatory" in page.text
    page = client.as_(ids["hr"]).get(f"{ADDRESS}?team={ids['root']}&on=2026-12-11")
    assert figures(page)[6] == "0"


def test_a_lead_counts_their_own_people_only(client: PageClient, ids: dict[str, int]) -> None:
    page = client.as_(ids["north lead"]).get(ADDRESS)
    assert figures(page)[0] == "3"
    page = client.as_(ids["north lead"]).get(f"{ADDRESS}?team={ids['south']}")
    assert "Nothing is mandatory for these people" in page.text
    assert client.as_(ids["associate"]).get(ADDRESS).status == 403


def test_the_download_has_both_tables(client: PageClient, ids: dict[str, int]) -> None:
    address = f"{ADDRESS}/export/csv?team={ids['root']}"
    text = client.as_(ids["hr"]).http.get(address, buffered=True).get_data(as_text=True)
    assert "Certification,CCSS,8,3,2,1,2,1,1,1,0.5" in text
    assert "Team,South,5,0" in text


def issued(client: PageClient, app: Flask, account: int, query: str = "") -> Document:
    answer = client.as_(account).post(f"{ADDRESS}/print{query}")
    assert answer.status == 303
    with app.app_context():
        return db.session.scalars(sa.select(Document).order_by(Document.id.desc())).first()


@pytest.mark.parametrize("language", ["en", "tr", "es", "ja"])
def test_the_paper_says_day_reach_and_who_asked(
    client: PageClient, app: Flask, ids: dict[str, int], language: str
) -> None:
    from portal.accounts.models import Account
    from portal.core.documents import codec

    with app.app_context():
        db.session.get_one(Account, ids["hr"]).language = language
        db.session.commit()
    paper = issued(client, app, ids["hr"], f"?team={ids['root']}&on=2026-11-24")
    with app.app_context():
        data = codec.decode(paper.payload)
        assert data.by_certification[0].cells[:8] == ("8", "3", "2", "1", "2", "1", "1", "1")
        page = documents.to_html(paper.template, data, locale=language, brand=documents.Brand())
        text = html.fromstring(page).text_content()
        assert db.session.get_one(Account, ids["hr"]).display_name in text
        assert "2026" in text


def test_the_paper_of_a_lead_has_no_other_team(
    client: PageClient, app: Flask, ids: dict[str, int]
) -> None:
    paper = issued(client, app, ids["north lead"], f"?team={ids['root']}")
    assert "South" not in str(paper.payload)
    assert paper.kind == KIND


def test_only_who_asked_and_hr_read_the_paper(
    client: PageClient, app: Flask, ids: dict[str, int]
) -> None:
    paper = issued(client, app, ids["north lead"])
    readers = {}
    for who in ("hr", "north lead", "south lead", "executive", "associate"):
        readers[who] = client.as_(ids[who]).get(f"/documents/{paper.id}").status
    assert readers == {
        "hr": 200, "north lead": 200, "south lead": 403, "executive": 403, "associate": 403
    }  # fmt: skip
