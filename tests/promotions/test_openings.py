"""Internal openings: who is found, who learns of a wish, and what fits oneself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.careers.operations import Asked
from portal.careers.states import RequirementKind
from portal.core import clock as portal_clock
from portal.core.db import db
from portal.hiring.models import Application, Posting
from portal.hiring.states import ApplicationSource, PostingState
from portal.people.models import Person
from portal.promotions import matching, queries
from portal.promotions.models import MoveWish
from tests.factories import careers, competencies, hiring, people
from tests.factories import promotions as make
from tests.page import PageClient


@pytest.fixture
def who(app: Flask, client: PageClient, clock: object) -> Any:
    with app.app_context():
        found = make.line()
        for level in (3, 4):
            competencies.requirement(found.role, competencies.competency(), level)
        db.session.commit()
        yield found


def posting(who: make.Line, *, manager: Any = None, **values: Any) -> Posting:
    """An open posting for the next role in another branch, hired for by the lead there."""
    other = people.team(lead=people.person("Hira"))
    asked = hiring.requisition(
        role=who.role, team=values.pop("team", other),
        hiring_manager=manager or other.lead,
    )  # fmt: skip
    return hiring.posting(requisition=asked, **values)


def inside(viewer: Any, row: Posting) -> list[tuple[int, int, int]]:
    found = matching.people_inside(viewer, row, portal_clock.today())
    return [(one.row.id, one.met, one.missing + one.unknown) for one in found]


def test_only_those_who_are_open_are_found_the_nearest_first(who: make.Line) -> None:
    near = people.employment(team=who.team).person
    shut = people.employment(team=who.team).person
    people.employment(team=who.team)
    for person in (who.person, near):
        make.wish(person)
    make.wish(shut, is_open=False)
    first = queries.needs_by_role([who.role.id], portal_clock.today())[who.role.id][0]
    from portal.competencies.models import Competency

    competencies.evidence(near, db.session.get_one(Competency, first.subject), level=5)
    assert inside(who.hr, posting(who)) == [(near.id, 1, 1), (who.person.id, 0, 2)]


def test_wishes_for_other_roles_and_sites_do_not_fit(who: make.Line) -> None:
    row = posting(who)
    wish = make.wish(who.person, role_ids=[people.role().id])
    assert inside(who.hr, row) == []
    wish.role_ids, wish.site_ids = [who.role.id], [people.site().id]
    assert inside(who.hr, row) == []
    wish.site_ids = [row.requisition.site_id]
    assert len(inside(who.hr, row)) == 1


def test_what_one_wishes_for_comes_first_and_one_s_own_post_not_at_all(who: make.Line) -> None:
    other = people.role()
    plain = posting(who)
    wished = hiring.posting(requisition=hiring.requisition(role=other, team=people.team()))
    job = who.person.employments[0]
    hiring.posting(requisition=hiring.requisition(role=job.role, team=job.team, site=job.site))
    wish = make.wish(who.person, role_ids=[other.id], site_ids=[wished.requisition.site_id])
    for values, order in (
        ({}, [(wished.id, True), (plain.id, False)]),
        ({"site_ids": [job.site_id]}, [(plain.id, False), (wished.id, False)]),
        ({"site_ids": [], "is_open": False}, [(plain.id, False), (wished.id, False)]),
    ):
        for name, value in values.items():
            setattr(wish, name, value)
        found = matching.openings_for(who.person.id, wish, portal_clock.today())
        assert [(one.posting.id, one.wished) for one in found] == order


def test_the_present_manager_learns_nothing(client: PageClient, who: make.Line) -> None:
    """Who hires for a post and manages the person sees everybody else who fits."""
    elsewhere = people.employment().person
    for person in (who.person, elsewhere):
        make.wish(person)
    for account in (who.lead, who.chief):
        manager = db.session.get_one(Person, account.person_id)
        row = posting(who, manager=manager)
        assert [key for key, *_rest in inside(account, row)] == [elsewhere.id]
        db.session.commit()
        assert "Ceren" not in client.as_(account).get(f"/hiring/postings/{row.id}/inside").text
        address = f"/hiring/postings/{row.id}/inside/export/csv"
        with client.as_(account).http.get(address) as answer:
            assert "Ceren" not in answer.get_data(as_text=True)
        assert len(inside(who.hr, row)) == 2


def test_corrective_actions_are_for_hr_alone(who: make.Line) -> None:
    careers.requirements(who.role, Asked(RequirementKind.CONDUCT))
    make.wish(who.person)
    row = posting(who)
    manager = people.account(person=row.requisition.hiring_manager)
    for account, lines in ((who.hr, 3), (manager, 2)):
        [found] = matching.people_inside(account, row, portal_clock.today())
        assert len(found.lines) == lines


def test_a_move_out_and_a_leaver_are_not_found(who: make.Line) -> None:
    make.wish(who.person)
    who.person.employments[0].ends_on = date(2026, 11, 1)
    assert inside(who.hr, posting(who)) == []


def test_a_lead_of_the_team_who_does_not_hire_sees_no_list(
    client: PageClient, who: make.Line
) -> None:
    row = posting(who, team=who.team)
    db.session.commit()
    url = f"/hiring/postings/{row.id}/inside"
    assert client.as_(who.lead).get(url).status == 403
    assert client.as_(who.director).get(url).status == 403
    assert "People inside who fit" in client.as_(who.hr).get(f"/hiring/postings/{row.id}").text
    row.state = PostingState.CLOSED
    db.session.commit()
    assert client.as_(who.hr).get(url).status == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_cost_the_same_for_one_and_for_three(
    client: PageClient, who: make.Line, count_queries: Callable[[], int], number: int
) -> None:
    row = posting(who)
    for _each in range(number):
        make.wish(people.employment(team=who.team).person)
    for _each in range(number - 1):
        posting(who)
    for _each in range(number):
        line = make.line()
        make.proposed(line)
    db.session.commit()
    hr, own = client.as_(who.hr), client.as_(who.own)
    for asker, address, costs in (
        (hr, f"/hiring/postings/{row.id}/inside", 11),
        (own, "/my/openings", 11),
        (hr, "/promotions", 5),
    ):
        asker.get(address)
        count_queries()
        assert asker.get(address).status == 200
        assert (address, count_queries()) == (address, costs)


def test_what_fits_me_comes_with_what_is_missing(client: PageClient, who: make.Line) -> None:
    careers.requirements(who.role, careers.experience(careers.option(2)))
    first = posting(who)
    posting(who, state=PostingState.CLOSED)
    db.session.commit()
    page = client.as_(who.own).get("/my/openings")
    assert "You meet 1 of 3." in page.text
    assert page.text.count("Missing:") == 1
    assert f"/careers/{first.slug}/apply?source=internal" in page.html


def test_needs_of_many_roles_are_those_of_each(who: make.Line) -> None:
    from portal.careers import queries as of_careers

    day = portal_clock.today()
    other = people.role()
    careers.requirements(other, careers.experience(careers.option(2)), since=date(2024, 1, 1))
    careers.requirements(other, careers.experience(careers.option(9)), since=date(2025, 1, 1))
    careers.requirements(other, careers.experience(careers.option(7)), since=date(2030, 1, 1))
    found = queries.needs_by_role([who.role.id, other.id], day)
    assert found == {key: of_careers.needs_of(key, day) for key in (who.role.id, other.id)}
    assert queries.needs_by_role([], day) == {}


def test_saying_and_taking_back_that_one_is_open(client: PageClient, who: make.Line) -> None:
    own = client.as_(who.own)
    assert own.get("/my/openings").fields()["version"] == "0"
    data = {"is_open": "y", "roles": str(who.role.id), "version": "0"}
    assert own.post("/my/openings", data).status == 303
    wish = db.session.scalars(sa.select(MoveWish)).one()
    assert (wish.is_open, wish.role_ids) == (True, [who.role.id])
    stale = own.post("/my/openings", {"version": "0"})
    assert stale.status == 422
    assert "Someone changed this" in stale.text
    assert own.post("/my/openings", {"version": "1", "roles": "999999"}).status == 422


def test_a_colleague_applies_with_what_is_known(client: PageClient, who: make.Line) -> None:
    row = posting(who)
    db.session.commit()
    url = f"/careers/{row.slug}/apply?source=internal"
    own = client.as_(who.own)
    fields = own.get(url).fields()
    assert (fields["given_name"], fields["email"]) == ("Ceren", who.person.email)
    assert client.get(url).fields()["given_name"] == ""
    assert own.get(f"/careers/{row.slug}/apply").fields()["given_name"] == ""
    answers = {f"must_{place}": "yes" for place in range(3)}
    page = own.post(url, {**fields, **answers, "consent": "y"})
    assert page.status == 303, page.tree.xpath("//*[@role='alert']")[0].text_content()
    made = db.session.scalars(sa.select(Application)).one()
    assert (made.person_id, made.source) == (who.person.id, ApplicationSource.INTERNAL)
    assert "Applied" in own.get("/my/openings").text
