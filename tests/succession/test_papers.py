"""The two papers and the chart: what they say, to whom, in each language, marked on each sheet."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pypdf
import pytest
import sqlalchemy as sa

from portal.core import clock, documents
from portal.core.brand import brand
from portal.core.charts import Organisation, Seat, Successor, Unit
from portal.core.db import db
from portal.core.documents import Document, codec
from portal.core.i18n import LOCALES
from portal.succession import operations
from portal.succession.board import bench_of, paged, row_of, teams_planned
from portal.succession.charting import organisation
from portal.succession.models import KeyPosition
from portal.succession.papers import plan_of, unit_of
from portal.succession.states import ActionKind, Impact, LossRisk
from tests.factories import competencies, people, succession
from tests.page import PageClient

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def plan() -> KeyPosition:
    """A judged position with a successor who lacks something, and emergency cover."""
    hr, role = people.account(roles=["hr"]), people.role("Manager")
    competencies.requirement(role, competencies.competency())
    kept = succession.key_position(role=role, holder=people.person("Mete", "Uslu"))
    operations.assess_position(kept, impact=Impact.HIGH, risk=LossRisk.LOW, note="Calm", by=hr)
    person = people.employment(people.person("Ceren", "Kaya")).person
    level = succession.scale()["one_to_two_years"]
    made = operations.nominate(kept, person, level=level, reason="Leads calmly", by=hr)
    operations.add_action(made, ActionKind.PROJECT, text="Sit in", due_on=clock.today(), by=hr)
    succession.nomination(kept, people.employment(people.person("Nil", "Er")).person, "",
                          is_emergency=True)  # fmt: skip
    db.session.expire_all()
    return kept


def printed(template: str, data: Any, locale: str) -> list[str]:
    pdf = documents.render(template, codec.decode(codec.encode(data)), locale=locale,
                           brand=brand(), country="TR", time_zone="UTC")  # fmt: skip
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("locale", LOCALES)
def test_each_sheet_names_its_reader(locale: str) -> None:
    kept = plan()
    reader = people.account(roles=["executive"], language=locale)
    teams = teams_planned(reader)
    sheets = printed(
        "succession_plan", plan_of(row_of(reader, kept, clock.today()), reader), locale
    )
    unit = unit_of(bench_of(reader, clock.today()), teams[0], teams, reader)
    sheets += printed("succession_unit", unit, locale)
    assert len(sheets) > 3
    assert all(reader.display_name in "".join(sheet.split("\n")) for sheet in sheets)


def test_the_plan_says_everything_its_reader_may_see() -> None:
    kept = plan()
    data = plan_of(row_of(reader := people.account(roles=["hr"]), kept, clock.today()), reader)
    [named] = data.successors
    assert (named.name, named.reason) == ("Ceren Kaya", "Leads calmly")
    assert len(named.missing) == 1
    assert [what for what, _when in named.actions] == ["Sit in (Project)"]
    assert data.emergency == ("Nil Er",)
    assert ("Note", "Calm") in data.risk
    assert [who for _day, who, _what in data.history] == ["Ceren Kaya"]


def test_a_planner_prints_the_own_line_and_says_so() -> None:
    kept, team = plan(), people.team()
    succession.key_position(team=team)
    planner = people.account(leads=team, roles=["manager", "planner"])
    teams = teams_planned(planner)
    data = unit_of(bench_of(planner, clock.today()), teams[0], teams, planner)
    assert len(data.positions) == 1
    assert data.scope.endswith(f"for which {planner.display_name} plans.")
    assert kept.position.team.path not in data.paths


def test_printing_leads_to_the_paper_and_is_recorded(client: PageClient) -> None:
    kept = plan()
    hr = people.account(roles=["hr"])
    db.session.commit()
    for url in (f"/succession/positions/{kept.id}/print", "/succession/print"):
        page = client.as_(hr).post(url, {})
        assert page.status == 303
        assert client.as_(hr).get(page.location).status == 200
    kinds = set(db.session.scalars(sa.select(Document.kind)))
    assert kinds == {"succession_plan", "succession_unit"}
    assert "Printed for you" in client.as_(hr).get(f"/succession/positions/{kept.id}").text


def test_the_chart_stands_on_its_own_page(client: PageClient) -> None:
    plan()
    page = client.as_(people.account(roles=["hr"])).get("/succession/chart")
    assert page.status == 200
    assert "Ceren" not in page.text, "nominations that wait are not drawn"
    assert "Emergency: Nil Er" in page.text


def test_too_many_positions_are_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    plan()
    hr = people.account(roles=["hr"])
    bench, teams = bench_of(hr, clock.today()), teams_planned(hr)
    assert organisation(bench, teams) is not None
    monkeypatch.setattr("portal.succession.charting.MOST", 0)
    assert organisation(bench, teams) is None


SEAT = Seat("Lead", "Mete", (Successor("Ceren: ready", ready=True),))
CHART = Organisation(
    "Chart",
    (Unit("All", 0, ()), Unit("Site", 1, (SEAT,)), Unit("Team", 2, (Seat("Lead", "Nil", ()),))),
)


@pytest.mark.parametrize("width", [340, 600, 900])
def test_a_chart_says_all_of_its_table(width: int) -> None:
    drawn = CHART.svg(width)
    for row in CHART.rows()[1:]:
        for cell in row:
            assert cell in drawn or cell == "–"
    assert "Nobody is named" in drawn


def test_a_chart_is_split_between_units_and_loses_none() -> None:
    parts = CHART.split(600, 60.0)
    assert [unit.label for part in parts for unit in part.units] == ["All", "Site", "Team"]
    assert len(parts) == 3
    assert all("<svg" in part.svg(600) for part in parts)


def test_the_page_of_a_position_asks_as_often_for_three_nominations_as_for_one(
    client: PageClient, count_queries: Callable[[], int]
) -> None:
    kept, hr = plan(), people.account(roles=["hr"])
    db.session.commit()
    url = f"/succession/positions/{kept.id}"
    look = client.as_(hr)
    look.get(url)
    count_queries()
    look.get(url)
    few = count_queries()
    for _number in range(2):
        succession.nomination(kept)
    db.session.commit()
    look.get(url)
    count_queries()
    look.get(url)
    assert count_queries() == few


def test_a_suggestion_for_the_career_plan_names_no_nomination(client: PageClient) -> None:
    team = people.team()
    kept = succession.key_position(team=team)
    person = people.employment(people.person("Ceren"), team=team).person
    made, planner = (
        succession.nomination(kept, person),
        people.account(leads=team, roles=["manager", "planner"]),
    )
    action = operations.add_action(
        made, ActionKind.PROJECT, text="SECRET", due_on=clock.today(), by=planner
    )
    own = people.account(person=person)
    db.session.commit()
    look, url = client.as_(planner), f"/succession/actions/{action.id}/suggest"
    assert "SECRET" in look.get(url).html
    sent = {"title": "Lead the move", "due_on": clock.today()}
    assert look.post(url, sent | {"title": ""}).status == 422
    assert look.post(url, sent).status == 303
    text = client.as_(own).get("/my/development", follow=True).text
    assert "SECRET" not in text
    stranger = client.as_(people.account(roles=["hr"]))
    assert stranger.get(url).status == 403


def test_the_table_has_pages_and_the_figures_do_not() -> None:
    kept = [plan(), succession.key_position(), succession.key_position()]
    bench = bench_of(people.account(roles=["hr"]), clock.today())
    first = paged(bench.rows, None, size=2)
    second = paged(bench.rows, first.next_cursor, size=2)
    assert [len(first.rows), len(second.rows)] == [2, 1]
    assert (first.previous_cursor, second.next_cursor) == (None, None)
    assert paged(bench.rows, second.previous_cursor, size=2).rows == first.rows
    assert bench.coverage.posts == len(kept)
