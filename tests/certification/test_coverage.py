"""Who will be able to serve if nobody renews, the warnings that follow, and who hears of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import hypothesis.strategies as st
import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given

from portal.certification import remembered
from portal.certification.coverage import (
    ALWAYS,
    HORIZON,
    able_days,
    days_between,
    numbers,
    outlook,
)
from portal.certification.models import ClientQueue
from portal.certification.operations import tell_coverage
from portal.certification.outlook import Ahead, gaps
from portal.certification.queries import Known
from portal.certification.standing import Absence, Facts
from portal.certification.states import SUFFICIENT, CertificationFact
from portal.certification.telling import cause, warning
from portal.core import audit
from portal.core.db import db
from portal.core.mail.models import OutgoingMail
from portal.people.models import Employment, Team
from tests.factories import certification as make
from tests.factories import people
from tests.page import PageClient

TODAY = date(2026, 11, 24)
OFFSET = st.integers(-300, 300)
MAYBE = st.none() | OFFSET


def day(number: int | None) -> date | None:
    return None if number is None else TODAY + timedelta(days=number)


@st.composite
def known(draw: Any) -> Known:
    """Some awards and waivers around today."""
    found = Known()
    for number in range(draw(st.integers(0, 3))):
        issued = draw(OFFSET)
        away = draw(MAYBE)
        left = day(away)
        found.awards.append(Facts(
            number, TODAY + timedelta(days=issued),
            day(issued + draw(st.integers(0, 400))) if draw(st.booleans()) else None,
            agreed=draw(st.sampled_from([True, True, None, False])),
            revoked_on=day(draw(MAYBE)), superseded_on=day(draw(MAYBE)), void_from=day(draw(MAYBE)),
            absences=(Absence(left, left + timedelta(days=draw(st.integers(0, 60)))),)
            if left else (),
            window_days=90, expiring_days=30, grace_days=draw(st.sampled_from([0, 10])),
        ))  # fmt: skip
    if draw(st.booleans()):
        first = draw(OFFSET)
        last = day(first + draw(st.integers(0, 100))) if draw(st.booleans()) else None
        found.waivers.append((TODAY + timedelta(days=first), last))
    return found


@given(known())
def test_able_days_are_those_on_which_the_standing_suffices(facts: Known) -> None:
    found = able_days(facts, TODAY)
    for number in range(HORIZON + 1):
        on = TODAY + timedelta(days=number)
        assert bool(found >> number & 1) == (facts.held(on).standing in SUFFICIENT)


@given(st.lists(st.integers(0, ALWAYS), max_size=5))
def test_numbers_count_everybody_on_each_day(people: list[int]) -> None:
    expected = [sum(days >> place & 1 for days in people) for place in range(HORIZON + 1)]
    assert numbers(people) == expected


def test_a_period_is_cut_to_the_horizon() -> None:
    assert days_between(None, None, TODAY) == ALWAYS
    assert days_between(day(-5), day(0), TODAY) == 1
    assert days_between(day(-5), day(-1), TODAY) == 0
    assert days_between(day(HORIZON), None, TODAY) == 1 << HORIZON
    assert days_between(day(HORIZON + 1), None, TODAY) == 0


def test_the_first_day_with_too_few_names_who_is_lost() -> None:
    found = outlook({1: days_between(None, day(9), TODAY), 2: ALWAYS}, 2)
    assert (found.now, found.left, found.first_short, found.lost) == (2, 1, 10, (1,))
    assert outlook({1: ALWAYS}, 1).first_short is None


class World:
    """A queue with two licensed people, served by one team with a lead."""

    def __init__(self) -> None:
        self.hr = people.account(roles=["hr"])
        branch = people.team("Brokers")
        self.lead = people.account(leads=branch)
        self.team: Team = branch
        self.other = people.account(leads=people.team("Sales"))
        self.queue: ClientQueue = make.queue(branch, name=people.in_words("Brokerage"))
        self.licence = make.certification("Series 7")
        make.mandate(self.licence, queue=self.queue)
        self.ada = self._worker("Ada", date(2027, 3, 2))
        self.bea = self._worker("Bea", date(2027, 2, 1))

    def _worker(self, name: str, last: date) -> Any:
        person = people.employment(people.person(name, "Mora"), team=self.team).person
        make.award(person, self.licence, date(2026, 1, 1), last)
        return person


@pytest.fixture
def world(db_session: Any, clock: Any) -> World:
    return World()


def said(world: World, viewer: Any = None) -> list[str]:
    return [f"{warning(gap)} {cause(gap.names)}" for gap in gaps(viewer or world.hr, TODAY)]


def test_a_queue_and_a_team_are_warned_of_by_name_and_day(world: World) -> None:
    assert said(world) == [
        (
            "If no renewal succeeds, nobody may serve Brokerage from March 3, 2027. "
            "It hangs on the renewals of Ada Mora and Bea Mora."
        ),
        (
            "If no renewal succeeds, nobody in Brokers holds Series 7 from March 3, 2027. "
            "It hangs on the renewals of Ada Mora and Bea Mora."
        ),
    ]


def test_a_higher_minimum_is_missed_earlier(world: World) -> None:
    world.queue.minimum = 2
    assert said(world)[0] == (
        "If no renewal succeeds, only 1 person may serve Brokerage from February 2, 2027; "
        "2 are needed. It hangs on the renewal of Bea Mora."
    )
    world.queue.minimum = 3
    assert said(world)[0].startswith("Only 2 people may serve Brokerage now; 3 are needed.")


def test_a_renewal_takes_the_warning_away(world: World) -> None:
    old = make.award(world.ada, world.licence, date(2026, 2, 1), date(2027, 3, 2))
    make.award(world.ada, world.licence, date(2026, 11, 1), date(2029, 3, 2), supersedes_id=old.id)
    assert said(world) == []


def test_who_leaves_counts_as_long_as_they_work(world: World) -> None:
    db.session.execute(
        sa.update(Employment)
        .where(Employment.person_id == world.ada.id)
        .values(ends_on=date(2026, 12, 31))
    )
    assert "from February 2, 2027" in said(world)[0]


def test_each_viewer_hears_of_what_they_see(world: World) -> None:
    assert len(said(world, world.lead)) == 2
    assert said(world, world.other) == []


def test_six_statements_for_any_number_of_people(world: World, count_queries: Any) -> None:
    db.session.flush()
    count_queries()
    ahead = Ahead(world.hr, TODAY)
    ahead.for_queue(world.queue)
    assert count_queries() == 6
    for number in range(30):
        world._worker(f"W{number}", date(2027, 2, 1))
    count_queries()
    Ahead(world.hr, TODAY).for_queue(world.queue)
    assert count_queries() == 6


def mails() -> list[tuple[str, str]]:
    rows = db.session.execute(
        sa.select(OutgoingMail.to_address, OutgoingMail.text)
        .where(OutgoingMail.kind == "certification/coverage")
        .order_by(OutgoingMail.id)
    )
    return [(row.to_address, row.text) for row in rows]


def test_hr_and_the_lead_are_told_once(world: World) -> None:
    assert tell_coverage(TODAY) == 2
    assert {to for to, _text in mails()} == {world.hr.email, world.lead.email}
    assert "nobody may serve Brokerage from March 3, 2027" in mails()[0][1]
    assert tell_coverage(TODAY + timedelta(days=7)) == 0
    assert len(mails()) == 2


def test_a_warning_that_ended_and_came_back_is_new(world: World) -> None:
    tell_coverage(TODAY)
    waiver = make.waiver(world.ada, world.licence, TODAY, by=world.hr)
    assert tell_coverage(TODAY) == 0
    db.session.delete(waiver)
    db.session.flush()
    assert tell_coverage(TODAY) == 2
    assert len(mails()) == 4


def test_mail_comes_in_the_language_of_who_reads_it(world: World) -> None:
    world.hr.language = "tr"
    tell_coverage(TODAY)
    assert "Brokerage (tr)" in dict(mails())[world.hr.email]


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    with app.app_context():
        world = World()
        late = people.employment(people.person("Cem", "Mora"), team=world.team).person
        make.award(late, world.licence, date(2024, 1, 1), date(2026, 10, 31))
        people.employment(people.person("Dee", "Mora"), team=world.team)
        below = people.team("Floor", parent=world.team)
        found = {
            "hr": world.hr.id, "lead": world.lead.id, "other": world.other.id,
            "below": people.account(leads=below).id, "queue": world.queue.id,
            "associate": people.account(person=world.ada).id,
            "executive": people.account(roles=["executive"]).id,
        }  # fmt: skip
        db.session.commit()
    return found


def test_the_queue_says_who_may_and_why_others_may_not(
    client: PageClient, ids: dict[str, int]
) -> None:
    page = client.as_(ids["hr"]).get(f"/certification/queues/{ids['queue']}")
    assert "Series 7 expired: it was valid until Oct 31, 2026." in page.text
    assert "Series 7 is missing." in page.text
    assert "nobody may serve Brokerage from March 3, 2027" in page.text
    assert page.tree.xpath("string(//dl[@class='stats']//dd[1])").strip() == "2"


def test_the_queue_on_another_day(client: PageClient, ids: dict[str, int]) -> None:
    page = client.as_(ids["hr"]).get(f"/certification/queues/{ids['queue']}?on=2027-03-03")
    assert "0 people may serve; there must be 1." in page.text
    page = client.as_(ids["hr"]).get("/certification/queues?on=2027-03-03")
    assert "Too few" in page.text


def test_the_download_of_a_queue(client: PageClient, ids: dict[str, int]) -> None:
    address = f"/certification/queues/{ids['queue']}/export/csv"
    text = client.as_(ids["hr"]).http.get(address, buffered=True).get_data(as_text=True)
    assert text.count("Yes") == 2
    assert "Series 7 is missing." in text


def test_others_leads_and_associates_see_no_queue(client: PageClient, ids: dict[str, int]) -> None:
    address = f"/certification/queues/{ids['queue']}"
    for who, status in (("lead", 200), ("executive", 200), ("other", 403), ("associate", 403)):
        assert client.as_(ids[who]).get(address).status == status
        assert client.as_(ids[who]).http.get(
            f"{address}/export/csv", buffered=True
        ).status_code == (status)
    assert "Brokerage" not in client.as_(ids["other"]).get("/certification/queues").text


def test_who_leads_a_part_sees_that_part_and_no_verdict(
    client: PageClient, ids: dict[str, int]
) -> None:
    page = client.as_(ids["below"]).get(f"/certification/queues/{ids['queue']}")
    assert "You see your own people." in page.text
    assert "Mora" not in page.tree.xpath("string(//main)")


def test_the_page_of_warnings_is_narrowed_to_the_reader(
    client: PageClient, ids: dict[str, int]
) -> None:
    assert (
        "nobody may serve Brokerage" in client.as_(ids["lead"]).get("/certification/coverage").text
    )
    assert "No warnings" in client.as_(ids["other"]).get("/certification/coverage").text
    assert client.as_(ids["associate"]).get("/certification/coverage").status == 403


def test_moments_do_not_matter(clock: Any, world: World) -> None:
    clock(datetime.fromisoformat("2026-11-24T23:59:00+00:00"))
    assert len(said(world)) == 2


def test_numbers_of_queues_are_kept_until_something_they_rest_on_changes(
    app: Flask, client: PageClient, ids: dict[str, int], monkeypatch: Any, count_queries: Any
) -> None:
    monkeypatch.setattr(remembered, "LARGE", 1)
    hr = client.as_(ids["hr"])

    def numbers_and_cost() -> tuple[list[str], int]:
        count_queries()
        page = hr.get("/certification/queues")
        cells = page.tree.xpath("//td[@class='r']/text()")
        return [cell.strip() for cell in cells], count_queries()

    first, whole = numbers_and_cost()
    again, kept = numbers_and_cost()
    assert first == again
    assert kept < whole
    with app.app_context():
        queue = db.session.get_one(ClientQueue, ids["queue"])
        people.employment(people.person("Eve", "Mora"), team=queue.teams[0].team)
        db.session.commit()
    stale, _cost = numbers_and_cost()
    assert stale == first, "a row without its event in the trail is no recorded change"
    with app.app_context():
        queue = db.session.get_one(ClientQueue, ids["queue"])
        audit.record(CertificationFact.QUEUE_CHANGED, queue, by=None)
        db.session.commit()
    after, _cost = numbers_and_cost()
    assert after != first
