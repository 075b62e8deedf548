"""Cycles: what fits together, whom they are about, their launch and their end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Person, Team
from portal.reviews import operations
from portal.reviews.models import Review, ReviewCycle, ReviewPart
from portal.reviews.operations import Terms
from portal.reviews.states import CycleState, PartKind, PartState, ReviewsFact, ReviewState
from tests.factories import competencies, people
from tests.factories import reviews as make
from tests.factories.people import in_words

pytestmark = pytest.mark.usefixtures("db_session", "clock")

WEIGHTS = {"self": 20, "manager": 40, "peer": 20, "upward": 20}
TERMS = Terms(
    name=in_words("Review"),
    starts_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    population={"team_ids": [], "role_ids": [], "site_ids": [], "employed_by": None},
    weights=WEIGHTS,
    least_raters=3,
    peers_wanted=3,
    opens_on=date(2026, 11, 24),
    peers_due_on=date(2026, 12, 1),
    parts_due_on=date(2026, 12, 10),
    manager_due_on=date(2026, 12, 20),
    calibration_due_on=date(2027, 1, 10),
    signing_due_on=date(2027, 1, 31),
)


def hr() -> Account:
    return people.account(roles=["hr"])


def prepared(**values: Any) -> ReviewCycle:
    cycle = operations.add_cycle(make.template(), replace(TERMS, **values), by=hr())
    db.session.flush()
    return cycle


def refusal(action: Any, *values: Any, **named: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        action(*values, **named)
    return caught.value


def line(reports: int = 3) -> tuple[Team, Person, list[Person]]:
    """A team with a lead above and so many people who report to the lead."""
    lead = people.person("Leyla")
    team = people.team(lead=lead)
    people.employment(lead, team=team)
    members = [people.person(f"Member{n}") for n in range(reports)]
    for one in members:
        people.employment(one, team=team, manager=lead)
    return team, lead, members


def of_team(team: Team, **values: Any) -> ReviewCycle:
    return prepared(population=TERMS.population | {"team_ids": [team.id]}, **values)


def parts_of(person: Person) -> set[tuple[PartKind, int]]:
    found = sa.select(ReviewPart.kind, ReviewPart.author_id).join(ReviewPart.review)
    rows = db.session.execute(found.where(Review.person_id == person.id))
    return {(kind, author_id) for kind, author_id in rows}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"weights": {"self": 50, "manager": 40}}, "weight_self"),
        ({"weights": {"self": 100, "manager": 0}}, "weight_manager"),
        ({"least_raters": 2}, "least_raters"),
        ({"ends_on": date(2025, 1, 1)}, "ends_on"),
        ({"peers_due_on": date(2026, 11, 1)}, "peers_due_on"),
        ({"manager_due_on": date(2026, 12, 9)}, "manager_due_on"),
        ({"signing_due_on": date(2027, 1, 9)}, "signing_due_on"),
    ],
)
def test_terms_that_do_not_fit_are_refused_at_their_field(
    change: dict[str, Any], field: str
) -> None:
    refused = refusal(operations.add_cycle, make.template(), replace(TERMS, **change), by=hr())
    assert refused.field == field


def test_the_sum_of_the_weights_stands_in_the_message() -> None:
    wrong = replace(TERMS, weights={"self": 50, "manager": 40})
    assert "90" in refusal(operations.add_cycle, make.template(), wrong, by=hr()).message


def test_a_launch_makes_a_review_with_self_and_manager_for_each_person() -> None:
    team, lead, members = line(2)
    assert operations.launch_cycle(of_team(team), by=hr()) == 3
    one = members[0]
    assert parts_of(one) == {(PartKind.SELF, one.id), (PartKind.MANAGER, lead.id)}
    fact = sa.select(AuditEvent.about_person_id).filter_by(action=str(ReviewsFact.REVIEW_ADDED))
    assert set(db.session.scalars(fact)) == {lead.id, *(member.id for member in members)}


def test_reports_write_upward_only_if_there_are_enough_of_them() -> None:
    team, lead, members = line(3)
    few, lonely, _two = line(2)
    operations.launch_cycle(of_team(team), by=hr())
    operations.launch_cycle(of_team(few), by=hr())
    assert parts_of(lead) == {(PartKind.SELF, lead.id)} | {
        (PartKind.UPWARD, member.id) for member in members
    }
    assert parts_of(lonely) == {(PartKind.SELF, lonely.id)}


def test_the_competencies_of_the_role_are_pinned_as_they_are_worded() -> None:
    team, _lead, members = line(1)
    skill = competencies.competency()
    job = members[0].employment_on(date(2026, 11, 24))
    assert job is not None
    competencies.requirement(job.role, skill, level=4, weight=30)
    operations.launch_cycle(of_team(team), by=hr())
    review = db.session.scalars(sa.select(Review).filter_by(person_id=members[0].id)).one()
    pinned = skill.current_version_id
    competencies.version(skill)
    assert review.competencies == [
        {"competency_id": skill.id, "version_id": pinned, "level": 4, "weight": 30}
    ]


def test_a_preview_says_who_has_nobody_and_who_is_busy_elsewhere() -> None:
    team, lead, members = line(1)
    operations.launch_cycle(of_team(team), by=hr())
    found = operations.preview(of_team(team))
    assert [row.id for row in found.without_manager] == [lead.id]
    assert {row.id for row in found.elsewhere} == {lead.id, members[0].id}
    assert found.taken == []


def test_the_population_narrows_by_role_site_and_day() -> None:
    team, _lead, members = line(2)
    late = people.person("Late")
    people.employment(late, team=team, starts_on=date(2026, 9, 1))
    since = prepared(
        population=TERMS.population | {"team_ids": [team.id], "employed_by": "2026-07-01"}
    )
    assert late.id not in {row.id for row in operations.preview(since).rows}
    job = members[0].employment_on(date(2026, 11, 24))
    assert job is not None
    only = prepared(population=TERMS.population | {"role_ids": [job.role_id]})
    assert members[0].id in {row.id for row in operations.preview(only).rows}
    nowhere = prepared(population=TERMS.population | {"site_ids": [people.site().id]})
    assert operations.preview(nowhere).rows == []


def test_nobody_launches_twice_or_too_late_or_about_nobody(clock: Any) -> None:
    team, _lead, _members = line(1)
    cycle = of_team(team)
    operations.launch_cycle(cycle, by=hr())
    refusal(operations.launch_cycle, cycle, by=hr())
    empty = prepared(population=TERMS.population | {"site_ids": [people.site().id]})
    assert "Nobody fits" in refusal(operations.launch_cycle, empty, by=hr()).message
    other = of_team(line(1)[0])
    clock(datetime(2026, 12, 11, 9, tzinfo=UTC))
    assert "over already" in refusal(operations.launch_cycle, other, by=hr()).message


def test_somebody_can_be_added_once_while_it_runs() -> None:
    team, lead, _members = line(1)
    cycle = of_team(team)
    newcomer = people.person("New")
    people.employment(newcomer, team=team, manager=lead)
    refusal(operations.add_person, cycle, newcomer, by=hr())
    stranger = people.person("Gone")
    elsewhere = people.person("Else")
    people.employment(elsewhere)
    operations.launch_cycle(cycle, by=hr())
    assert refusal(operations.add_person, cycle, newcomer, by=hr()).field == "person"
    assert refusal(operations.add_person, cycle, stranger, by=hr()).field == "person"
    review = operations.add_person(cycle, elsewhere, by=hr())
    operations.cancel_review(review, note="By mistake", by=hr())
    assert operations.add_person(cycle, elsewhere, by=hr()).state is ReviewState.WRITING


def test_closing_calls_off_what_was_never_released() -> None:
    cycle = make.cycle()
    open_one = make.review(cycle=cycle)
    released = make.released(cycle=cycle)
    assert operations.close_cycle(cycle, by=hr()) == 1
    assert make.fresh(open_one).state is ReviewState.CANCELLED
    assert make.fresh(released).state is ReviewState.RELEASED
    assert db.session.get_one(ReviewCycle, cycle.id).state is CycleState.CLOSED


def test_calling_off_a_running_cycle_needs_a_reason_and_spares_what_is_signed() -> None:
    cycle = make.cycle()
    done, written = make.signed(cycle=cycle), make.review(cycle=cycle)
    assert refusal(operations.cancel_cycle, cycle, reason=" ", by=hr()).field == "reason"
    operations.cancel_cycle(cycle, reason="Too early", by=hr())
    assert make.fresh(done).state is ReviewState.SIGNED
    assert make.fresh(written).note == "Too early"


def test_after_the_launch_only_name_and_days_change() -> None:
    team, _lead, _members = line(1)
    cycle = of_team(team)
    operations.launch_cycle(cycle, by=hr())
    later = replace(TERMS, weights={"manager": 100}, signing_due_on=date(2027, 2, 28))
    operations.change_cycle(cycle, cycle.template, later, by=hr())
    assert (cycle.weights, cycle.signing_due_on) == (WEIGHTS, date(2027, 2, 28))


def test_many_people_cost_no_more_statements_than_few() -> None:
    def launched(number: int) -> int:
        team, _lead, _members = line(number)
        cycle, by = of_team(team, weights={"self": 50, "manager": 50}), hr()
        seen: list[str] = []

        def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement)

        sa.event.listen(sa.Engine, "before_cursor_execute", note)
        operations.launch_cycle(cycle, by=by)
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
        return len(seen)

    assert launched(3) == launched(30)


def test_open_parts_are_open() -> None:
    team, _lead, _members = line(1)
    operations.launch_cycle(of_team(team), by=hr())
    assert set(db.session.scalars(sa.select(ReviewPart.state))) == {PartState.OPEN}
