"""Exact rows of the selects."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask_babel import force_locale
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.core.db import db
from portal.core.errors import Refused
from portal.people import operations, policy, queries
from portal.people.models import Person, Team
from portal.people.states import Standing
from tests.factories import people as make


def names(select: Any) -> Any:
    return [row.given_name for row in db.session.scalars(select)]


def listed(standing: Any, viewer: Any = None) -> Any:
    select = queries.people_listed(standing).order_by(Person.by_name(), Person.id)
    if viewer is not None:
        select = select.where(queries.visible_to(viewer))
    return [row.given_name for row in db.session.execute(select)]


@pytest.fixture
def tree(db_session: Any, clock: Any) -> Any:
    """Support above Istanbul and Madrid; one person in each."""
    top = make.team("Support")
    istanbul, madrid = make.team("Istanbul", parent=top), make.team("Madrid", parent=top)
    for where, name in ((top, "Ada"), (istanbul, "Işıl"), (madrid, "Lucía")):
        make.employment(make.person(name, name), team=where)
    return top, istanbul, madrid


def test_everyone_under_a_team_are_those_in_it_and_below(tree: Any) -> None:
    top, istanbul, _madrid = tree
    assert names(queries.everyone_under(top)) == ["Ada", "Işıl", "Lucía"]
    assert names(queries.everyone_under(istanbul)) == ["Işıl"]


def test_everyone_under_leaves_out_those_who_left_and_those_to_come(tree: Any) -> None:
    top, *_ = tree
    make.employment(make.person("Gone"), team=top, ends_on=date(2026, 11, 23))
    make.employment(make.person("Last day"), team=top, ends_on=date(2026, 11, 24))
    make.employment(make.person("Coming"), team=top, starts_on=date(2026, 11, 25))
    assert "Last day" in names(queries.everyone_under(top))
    assert not {"Gone", "Coming"} & set(names(queries.everyone_under(top)))
    assert "Coming" in names(queries.everyone_under(top, date(2026, 12, 1)))


def test_a_team_whose_number_begins_alike_is_not_below(db_session: Any, clock: Any) -> None:
    first = make.team("One")
    first.path = "/1/"
    other = make.team("Ten")
    other.path = "/10/"
    make.employment(make.person("Ten"), team=other)
    db_session.flush()
    assert names(queries.everyone_under(first)) == []


@given(
    parents=st.lists(st.integers(min_value=-1, max_value=30), min_size=1, max_size=12),
    moves=st.lists(st.tuples(st.integers(0, 11), st.integers(-1, 11)), max_size=4),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_everyone_under_equals_a_naive_walk_whatever_was_moved(
    db_session: Any, clock: Any, parents: Any, moves: Any
) -> None:
    by, where, role = make.account(), make.site(), make.role()
    teams: list[Team] = []
    for at, parent in enumerate(parents):
        above = teams[parent % at] if at and parent >= 0 else None
        teams.append(make.team(parent=above, site=where))
        make.employment(make.person(str(at)), team=teams[-1], role=role)
    for moved, to in moves:
        team = teams[moved % len(teams)]
        try:
            operations.move_team(team, parent=teams[to % len(teams)] if to >= 0 else None, by=by)
        except Refused:
            assert to >= 0

    def walk(team: Any) -> Any:
        below = [child for child in teams if child.parent_id == team.id]
        return {str(teams.index(team))}.union(*(walk(child) for child in below))

    for team in teams:
        assert set(names(queries.everyone_under(team))) == walk(team)


def test_everyone_under_is_one_query(tree: Any, db_session: Any, count_queries: Any) -> None:
    top, *_ = tree
    select = queries.everyone_under(top)
    count_queries()
    names(select)
    assert count_queries() == 1


def test_an_employment_covers_its_first_and_last_day(db_session: Any, clock: Any) -> None:
    row = make.employment(starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31))
    found = {
        day: db_session.scalar(queries.employment_of(row.person_id, day))
        for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1))
    }
    assert list(found.values()) == [None, row, row, None]


def test_current_employments_are_one_a_person(db_session: Any, clock: Any) -> None:
    person = make.person()
    make.employment(person, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    now = make.employment(person)
    assert list(db_session.scalars(queries.current_employments(date(2026, 11, 24)))) == [now]


def test_the_directory_tells_who_works_who_comes_and_who_left(db_session: Any, clock: Any) -> None:
    moved = make.person("Moved")
    make.employment(moved, starts_on=date(2024, 1, 1), ends_on=date(2025, 12, 31))
    make.employment(moved)
    make.employment(make.person("New"), starts_on=date(2027, 1, 1))
    make.employment(make.person("Left"), ends_on=date(2026, 10, 31))
    promoted = make.person("Promoted")
    make.employment(promoted, ends_on=date(2026, 12, 31))
    make.employment(promoted, starts_on=date(2027, 1, 1))
    make.person("Candidate")
    assert sorted(listed(Standing.WORKING)) == ["Moved", "Promoted"]
    assert listed(Standing.COMING) == ["New"]
    assert listed(Standing.LEFT) == ["Left"]


def test_everyone_listed_are_the_rows_of_those_who_work_here(tree: Any) -> None:
    moved = make.employment(make.person("Mia", "Moved"), starts_on=date(2020, 1, 1),
                            ends_on=date(2024, 12, 31)).person  # fmt: skip
    make.employment(moved, starts_on=date(2025, 1, 1))
    make.employment(make.person("Leo", "Left"), ends_on=date(2026, 11, 23))
    make.person("Can", "Didate")
    one_by_one = db.session.execute(queries.everyone_listed().order_by(Person.by_name())).all()
    at_once = queries.people_listed(Standing.WORKING).order_by(Person.by_name())
    assert one_by_one == db.session.execute(at_once).all()
    assert [row.given_name for row in one_by_one] == ["Ada", "Işıl", "Lucía", "Mia"]


def test_whom_a_viewer_sees_in_the_directory(tree: Any) -> None:
    top, istanbul, _madrid = tree
    everyone = ["Ada", "Işıl", "Lucía"]
    own = make.employment(make.person("Own", "Zed"), team=top)
    assert listed(Standing.WORKING, make.account(roles=["hr"])) == [*everyone, "Own"]
    assert listed(Standing.WORKING, make.account(roles=["executive"])) == [*everyone, "Own"]
    assert listed(Standing.WORKING, make.account(leads=istanbul)) == ["Işıl"]
    assert listed(Standing.WORKING, make.account(person=own.person)) == ["Own"]
    assert listed(Standing.WORKING, make.account(roles=["manager"])) == []


@pytest.mark.parametrize(
    ("locale", "families", "expected"),
    [
        (
            "tr",
            ["Işık", "İnan", "Çelik", "Cem", "Dağ", "Hal"],
            ["Cem", "Çelik", "Dağ", "Hal", "Işık", "İnan"],
        ),
        ("es", ["Nube", "Ñandú", "Oso"], ["Nube", "Ñandú", "Oso"]),
        ("en", ["Öz", "Pan", "Oak"], ["Oak", "Öz", "Pan"]),
    ],
)
def test_people_stand_in_the_order_of_the_readers_alphabet(
    app: Any, db_session: Any, clock: Any, locale: Any, families: Any, expected: Any
) -> None:
    for family in families:
        make.employment(make.person("A", family))
    with force_locale(locale):
        found = [row.family_name for row in db_session.scalars(queries.working_people())]
    assert found == expected


def test_japanese_people_stand_by_their_reading(app: Any, db_session: Any, clock: Any) -> None:
    for family, given_name, reading in (
        ("渡辺", "翼", "わたなべ つばさ"),
        ("髙橋", "花子", "タカハシ ハナコ"),
        ("伊藤", "誠", "いとう まこと"),
    ):
        person = make.person(given_name, family, reading=reading, language="ja")
        make.employment(person)
    with force_locale("ja"):
        found = [row.display_name for row in db_session.scalars(queries.working_people())]
    assert found == ["伊藤 誠", "髙橋 花子", "渡辺 翼"]


def test_who_answers_for_whom_is_the_same_for_one_and_for_a_list(tree: Any) -> None:
    top, istanbul, _madrid = tree
    head, lead = make.person("Head", "Head"), make.person("Lead", "Lead")
    manager = make.person("Manager", "Manager")
    viewers = [
        make.account(person=head, leads=top),
        make.account(person=lead, leads=istanbul),
        make.account(person=manager),
    ]
    for name, first, last in (
        ("Can", date(2026, 1, 1), None),
        ("Gone", date(2020, 1, 1), date(2020, 12, 31)),
        ("Later", date(2099, 1, 1), None),
    ):
        make.employment(
            make.person(name, name), team=istanbul, manager=manager, starts_on=first, ends_on=last
        )
    make.employment(lead, team=istanbul, manager=head)
    everybody = db.session.scalars(sa.select(Person).order_by(Person.id)).all()
    found = [
        set(db.session.scalars(sa.select(Person.given_name).where(queries.answered_for_by(one))))
        for one in viewers
    ]
    assert found == [{"Ada", "Işıl", "Lucía", "Can", "Lead"}, {"Işıl", "Can"}, {"Can"}]
    assert found == [
        {row.given_name for row in everybody if policy.answers_for(one, row)} for one in viewers
    ]
    names = sa.select(Person.given_name)
    assert found == [
        set(db.session.scalars(names.where(Person.id.in_(queries.everyone_answered_for(one)))))
        for one in viewers
    ]


def test_the_teams_below_a_path_are_the_same_if_the_path_is_a_parameter(db_session: object) -> None:
    top = make.team("Customer care")
    below, beside = make.team("Chat", parent=top), make.team("Finance")
    for path in (top.path, below.path, beside.path):
        plain, asked = (
            set(db.session.scalars(sa.select(Team.id).where(queries.within(Team.path, one))))
            for one in (path, sa.literal(path))
        )
        assert plain == asked
        assert len(plain) == (2 if path == top.path else 1)
