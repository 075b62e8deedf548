"""The talent grid: placing with evidence, history, sessions, another size, and who sees it."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Person
from portal.succession import operations, queries
from portal.succession.gridding import Grid, grid_of, shifts
from portal.succession.models import GridPlacement, GridSession, TalentGrid
from tests.factories import people, succession
from tests.page import PageClient

pytestmark = pytest.mark.usefixtures("db_session", "clock")

WORDS = {"en": "A", "tr": "B", "es": "C", "ja": "D"}


@pytest.fixture(autouse=True)
def _scale(db_session: object) -> None:
    succession.scale()


def place(person: Person | None = None, **values: Any) -> GridPlacement:
    defaults: dict[str, Any] = {"x": 2, "y": 1, "evidence": "Best figures for two quarters",
                                "by": people.account(roles=["hr"])}  # fmt: skip
    who = person or people.employment().person
    return operations.place_person(who, **(defaults | values))


def seen(viewer: Any) -> Grid:
    grid = db.session.scalars(queries.grid_in_use()).one()
    return grid_of(viewer, grid, clock.today())


def test_the_newest_placement_counts_and_the_others_stay() -> None:
    hr = people.account(roles=["hr"])
    first = place(by=hr)
    place(first.placed_person, x=0, y=0, evidence="A hard year", by=hr)
    found = seen(hr)
    assert [one.row.id for one in found.boxes[0, 0]] == [first.placed_person_id]
    assert (2, 1) not in found.boxes
    history = db.session.scalars(queries.placements_of(first.placed_person_id)).all()
    assert [(row.x, row.y) for row in history] == [(0, 0), (2, 1)]


def test_the_trail_does_not_name_who_was_placed() -> None:
    made = place()
    event = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert event.about_person_id is None
    assert str(made.evidence) not in str(event.after)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"evidence": " "}, "Write down what this rests on"),
        ({"x": 3}, "Choose a box of the grid"),
    ],
)
def test_a_placement_needs_evidence_and_a_box(values: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        place(**values)


def test_nobody_places_themself() -> None:
    person = people.employment().person
    with pytest.raises(Refused, match="Nobody places themself"):
        place(person, by=people.account(roles=["hr"], person=person))


def test_who_does_not_work_here_has_no_place() -> None:
    with pytest.raises(Refused, match="does not work here"):
        place(people.person())


def test_a_session_keeps_what_was_changed_in_it() -> None:
    hr, team = people.account(roles=["hr"]), people.team()
    session = operations.open_session(name="Autumn", team=team, held_on=clock.today(), by=hr)
    made = place(session=session, by=hr)
    operations.close_session(session, by=hr)
    assert [row.id for row in db.session.scalars(queries.placed_in(session.id))] == [made.id]
    with pytest.raises(Refused, match="This session is over"):
        place(session=session, by=hr)


def test_a_planner_opens_sessions_for_the_own_line_only() -> None:
    planner = people.account(leads=people.team(), roles=["planner"])
    with pytest.raises(Refused, match="Choose a team you lead"):
        operations.open_session(
            name="Autumn", team=people.team(), held_on=clock.today(), by=planner
        )


def change(size: int) -> TalentGrid:
    return operations.change_grid(
        size=size, x_title=WORDS, y_title=WORDS, columns=[WORDS] * size, rows=[WORDS] * size,
        boxes={f"{x}-{y}": WORDS for x in range(size) for y in range(size)},
        by=people.account(roles=["hr"]),
    )  # fmt: skip


def test_new_words_keep_the_placements_and_a_new_size_begins_anew() -> None:
    hr, made = people.account(roles=["hr"]), place()
    assert change(3).id == made.grid_id
    assert seen(hr).placed == 1
    assert change(4).id != made.grid_id
    assert seen(hr).placed == 0
    assert len(db.session.scalars(queries.placements_of(made.placed_person_id)).all()) == 1


def test_an_old_session_does_not_place_in_a_new_grid() -> None:
    hr = people.account(roles=["hr"])
    session = operations.open_session(
        name="Autumn", team=people.team(), held_on=clock.today(), by=hr
    )
    change(2)
    with pytest.raises(Refused, match="The grid has changed since"):
        place(x=0, y=0, session=session, by=hr)


def test_nobody_finds_themself_in_the_grid() -> None:
    person = people.employment().person
    place(person)
    own = people.account(roles=["hr"], person=person)
    assert seen(own).placed == 0
    assert person.id not in [one.row.id for one in seen(own).open]


@pytest.mark.parametrize("number", [1, 3])
def test_the_grid_takes_one_statement(count_queries: Any, number: int) -> None:
    hr = people.account(roles=["hr"])
    for _number in range(number):
        place(by=hr)
    db.session.flush()
    grid = db.session.scalars(queries.grid_in_use()).one()
    count_queries()
    assert grid_of(hr, grid, clock.today()).placed == number
    assert count_queries() == 1


def test_placing_on_the_page(client: PageClient) -> None:
    job = people.employment(people.person("Ceren", "Kaya"))
    hr = client.as_(people.account(roles=["hr"]))
    url = f"/succession/grid/people/{job.person_id}"
    page = hr.get(f"{url}?box=1-2")
    assert page.fields(url)["box"] == "1-2"
    wrong = hr.post(url, {"box": "1-2", "evidence": ""})
    assert wrong.status == 422
    assert hr.post(url, {"box": "1-2", "evidence": "Led the launch"}).status == 303
    assert "Ceren Kaya" in hr.get(f"/succession/grid?team={job.team_id}").text
    assert "Led the launch" in hr.get(url).text


def test_a_session_on_the_page(client: PageClient) -> None:
    job = people.employment(people.person("Ceren", "Kaya"))
    hr = client.as_(people.account(roles=["hr"]))
    form = {"name": "Autumn", "team": job.team_id, "held_on": "2026-11-24"}
    assert hr.post("/succession/grid/sessions/add", form | {"name": ""}).status == 422
    opened = hr.post("/succession/grid/sessions/add", form)
    assert "Ceren Kaya" in hr.get(opened.location).text
    key = opened.location.split("=")[-1]
    assert hr.post(f"/succession/grid/sessions/{key}/close").status == 303
    assert "Closed" in hr.get(f"/succession/grid?session={key}").text


def test_the_words_of_the_grid_are_edited(client: PageClient) -> None:
    hr = client.as_(people.account(roles=["hr"]))
    page = hr.get("/settings/succession/grid")
    fields = page.fields("/settings/succession/grid")
    nothing = dict.fromkeys(("x_title-en", "x_title-tr", "x_title-es", "x_title-ja"), "")
    assert hr.post("/settings/succession/grid?size=3", fields | nothing).status == 422
    sent = fields | {"x_title-en": "Results"}
    assert hr.post("/settings/succession/grid?size=3", sent).status == 303
    assert "begins a new grid" in hr.get("/settings/succession/grid?size=2").text


def test_who_stands_in_a_box_never_sees_it(client: PageClient) -> None:
    made = place()
    db.session.commit()
    person_id = made.placed_person_id
    own = client.as_(people.account(person=db.session.get_one(Person, person_id), roles=["hr"]))
    assert own.get(f"/succession/grid/people/{person_id}").status == 403
    stranger = client.as_(people.account())
    assert stranger.get("/succession/grid").status == 403


def test_a_session_shows_how_many_stood_where_before_and_after(client: PageClient) -> None:
    hr, team = people.account(roles=["hr"]), people.team()
    first, second = (people.employment(team=team).person for _ in range(2))
    place(first, x=0, y=0, by=hr)
    session = operations.open_session(name="Autumn", team=team, held_on=clock.today(), by=hr)
    place(first, x=1, y=1, session=session, by=hr)
    place(first, x=2, y=2, session=session, by=hr)
    place(second, x=2, y=2, session=session, by=hr)
    operations.close_session(session, by=hr)
    place(second, x=0, y=0, by=hr)
    grid = session.grid
    before, after = (
        grid_of(hr, grid, clock.today(), team, until)
        for until in (placements(session)[0] - 1, placements(session)[-1])
    )
    named = {one.name["en"]: (one.before, one.after) for one in shifts(before, after)}
    assert named == {grid.boxes["2-2"]["en"]: (0, 2), grid.boxes["0-0"]["en"]: (1, 0)}
    db.session.commit()
    page = client.as_(hr).get(f"/succession/grid?session={session.id}")
    assert "Before and after the session" in page.text


def placements(session: GridSession) -> list[int]:
    return [row.id for row in db.session.scalars(queries.placed_in(session.id))]


def test_who_was_placed_in_a_session_does_not_even_see_that_somebody_was(
    client: PageClient,
) -> None:
    hr, team = people.account(roles=["hr"]), people.team()
    person = people.employment(team=team).person
    own = people.account(person=person, roles=["hr"])
    session = operations.open_session(name="Autumn", team=team, held_on=clock.today(), by=hr)
    place(person, x=2, y=2, evidence="CANARY", session=session, by=hr)
    db.session.commit()
    page = client.as_(own).get(f"/succession/grid?session={session.id}")
    assert "CANARY" not in page.text
    assert "Nothing yet." in page.text
    assert "Before and after the session" not in page.text
