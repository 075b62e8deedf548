"""Assessments: what each side may do when, what is written where, and what never counts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.competencies.models import Evidence
from portal.competencies.states import EvidenceSource
from portal.core import clock as time
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox.models import Notice
from portal.development import operations as development
from portal.development import policy
from portal.development.operations import Agreed, Entry
from portal.development.sidebyside import compared
from portal.development.states import AssessmentState, Side
from tests.factories import development as make
from tests.factories import people


@pytest.fixture
def pair(db_session: Any, clock: Any) -> make.Pair:
    return make.Pair()


def told(account: Any) -> list[str]:
    return list(db.session.scalars(sa.select(Notice.kind).where(Notice.account_id == account.id)))


def evidence(person: Any) -> list[tuple[float, str, str]]:
    rows = db.session.scalars(sa.select(Evidence).where(Evidence.person_id == person.id))
    return [(row.level, str(row.source), row.note) for row in rows]


def all_at(row: Any, level: int | None, note: str = "We looked at calls") -> dict[int, Agreed]:
    return {line.id: Agreed(level, note) for line in row.lines}


def test_both_sides_are_asked_and_the_role_is_frozen(pair: make.Pair) -> None:
    row = make.assessment(pair.person, pair.account, make.asked_role(3, 5))
    assert [line.wanted for line in row.lines] == [3, 5]
    assert told(pair.manager) == ["development.assess_other"]
    assert told(pair.account) == []


def test_there_is_one_at_a_time_against_a_role_that_asks_for_something(pair: make.Pair) -> None:
    with pytest.raises(Refused, match="no competency"):
        make.assessment(pair.person, pair.account, people.role())
    make.assessment(pair.person, pair.account)
    with pytest.raises(Refused, match="under way"):
        make.assessment(pair.person, pair.manager)


def test_the_day_may_not_lie_behind(pair: make.Pair) -> None:
    with pytest.raises(Refused, match="later day"):
        development.open_assessment(
            pair.person, make.asked_role(), due_on=time.today() - timedelta(days=1),
            by=pair.account,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Entry(), "level"),
        (Entry("", 1), "note"),
        (Entry(" ", 2), "note"),
        (Entry("", 5), "note"),
        (Entry("", 3), None),
        (Entry("", 4), None),
        (Entry("", None, cannot_say=True), None),
    ],
)
def test_a_note_is_needed_at_the_edges(pair: make.Pair, entry: Entry, field: str | None) -> None:
    sheet = make.assessment(pair.person, pair.account, make.asked_role(3)).sheet(Side.SELF)
    line = sheet.assessment.lines[0]
    development.save_sheet(sheet, {line.id: entry}, by=pair.account)
    assert set(development.problems(sheet)) == ({f"{field}-{line.id}"} if field else set())


@pytest.mark.parametrize("entry", [Entry(level=6), Entry(level=3, cannot_say=True)])
def test_a_draft_takes_one_answer_of_five(pair: make.Pair, entry: Entry) -> None:
    sheet = make.assessment(pair.person, pair.account, make.asked_role(3)).sheet(Side.SELF)
    with pytest.raises(Refused):
        development.save_sheet(sheet, {sheet.assessment.lines[0].id: entry}, by=pair.account)
    with pytest.raises(Refused, match="not part"):
        development.save_sheet(sheet, {999_999: Entry(level=3)}, by=pair.account)


def test_both_open_when_the_second_side_is_in(pair: make.Pair) -> None:
    row = make.assessment(pair.person, pair.manager)
    make.filled(row.sheet(Side.SELF), pair.account)
    assert (row.state, row.is_blind) == (AssessmentState.OPEN, True)
    with pytest.raises(ValueError, match="still open"):
        compared(row)
    make.filled(row.sheet(Side.MANAGER), pair.manager)
    assert (row.state, row.is_blind) == (AssessmentState.COMPLETE, False)
    assert "development.both_in" in told(pair.account)


def test_what_is_submitted_stays(pair: make.Pair) -> None:
    row = make.assessment(pair.person, pair.manager)
    sheet = make.filled(row.sheet(Side.SELF), pair.account)
    with pytest.raises(Refused, match="submitted this side"):
        development.save_sheet(sheet, {}, by=pair.account)


@pytest.mark.parametrize(("own", "theirs", "far"), [(3, 3, False), (3, 4, False), (2, 4, True)])
def test_two_levels_apart_are_flagged(pair: make.Pair, own: int, theirs: int, far: bool) -> None:
    row = make.complete(pair.person, pair.account, pair.manager, own=own, theirs=theirs)
    assert {one.is_far for one in compared(row)} == {far}


def test_agreed_levels_are_evidence_of_the_day_of_the_talk(pair: make.Pair) -> None:
    row = make.complete(pair.person, pair.account, pair.manager, own=5, theirs=2)
    assert evidence(pair.person) == []
    agreed = all_at(row, 4) | {row.lines[1].id: Agreed()}
    development.agree_levels(row, agreed, talked_on=time.today(), by=pair.manager)
    assert evidence(pair.person) == [(4, "assessment", "We looked at calls")]
    assert row.state is AssessmentState.AGREED
    assert "development.agreed" in told(pair.account)


def test_a_self_assessment_alone_never_counts(pair: make.Pair) -> None:
    row = make.assessment(pair.person, pair.account)
    make.filled(row.sheet(Side.SELF), pair.account, 5)
    with pytest.raises(Refused):
        development.agree_levels(row, all_at(row, 5), talked_on=time.today(), by=pair.account)
    complete = make.filled(row.sheet(Side.MANAGER), pair.manager).assessment
    with pytest.raises(Refused, match="Your manager"):
        development.agree_levels(complete, all_at(row, 5), talked_on=time.today(), by=pair.account)
    assert evidence(pair.person) == []


@pytest.mark.parametrize(
    ("level", "note", "day", "words"),
    [
        (4, " ", 0, "in a sentence"),
        (None, "", 0, "at least one level"),
        (7, "x", 0, "five sentences"),
        (4, "x", 1, "today at the latest"),
        (4, "x", -30, "since it began"),
    ],
)
def test_what_cannot_be_agreed(
    pair: make.Pair, level: int | None, note: str, day: int, words: str
) -> None:
    row = make.complete(pair.person, pair.account, pair.manager)
    when = time.today() + timedelta(days=day)
    with pytest.raises(Refused, match=words):
        development.agree_levels(row, all_at(row, level, note), talked_on=when, by=pair.manager)


def test_a_talk_is_planned_once_both_are_in(pair: make.Pair) -> None:
    row = make.assessment(pair.person, pair.manager)
    with pytest.raises(Refused, match="before both"):
        development.plan_talk(row, time.today(), by=pair.manager)
    make.filled(row.sheet(Side.SELF), pair.account)
    make.filled(row.sheet(Side.MANAGER), pair.manager)
    with pytest.raises(Refused, match="later day"):
        development.plan_talk(row, date(2026, 11, 1), by=pair.manager)
    development.plan_talk(row, time.today(), by=pair.manager)
    assert row.talk_on == time.today()
    assert "development.talk_on" in told(pair.account)


def test_one_called_off_makes_room_and_stays_closed(pair: make.Pair) -> None:
    row = make.assessment(pair.person, pair.manager)
    make.filled(row.sheet(Side.SELF), pair.account)
    development.cancel_assessment(row, by=pair.manager)
    assert not policy.read_answers(pair.manager, row)
    with pytest.raises(Refused, match="called off"):
        development.save_sheet(row.sheet(Side.MANAGER), {}, by=pair.manager)
    make.assessment(pair.person, pair.manager)


def test_whoever_takes_over_from_a_former_manager_begins_anew(pair: make.Pair) -> None:
    row = make.assessment(pair.person, pair.manager)
    sheet = row.sheet(Side.MANAGER)
    development.save_sheet(sheet, {row.lines[0].id: Entry("Mine alone", 2)}, by=pair.manager)
    boss = people.person("New", "Boss")
    account = people.account(person=boss)
    assert not policy.fill_sheet(account, sheet)
    pair.job.manager = boss
    db.session.flush()
    assert policy.fill_sheet(account, sheet)
    assert not policy.fill_sheet(pair.manager, sheet)
    development.save_sheet(sheet, {}, by=account)
    assert development.entries_of(sheet) == {}


def test_files_are_attached_until_the_side_is_in(pair: make.Pair) -> None:
    sheet = make.assessment(pair.person, pair.manager).sheet(Side.SELF)
    rows = [development.add_file(sheet, make.stored(), by=pair.account) for _number in range(5)]
    with pytest.raises(Refused, match="at most"):
        development.add_file(sheet, make.stored(), by=pair.account)
    development.remove_file(rows[0])
    assert len(sheet.files) == 4
    make.filled(sheet, pair.account)
    with pytest.raises(Refused, match="submitted"):
        development.add_file(sheet, make.stored(), by=pair.account)


def test_the_evidence_names_its_source(pair: make.Pair) -> None:
    row = make.complete(pair.person, pair.account, pair.manager)
    development.agree_levels(row, all_at(row, 4), talked_on=time.today(), by=pair.manager)
    sources = db.session.scalars(sa.select(Evidence.source).distinct()).all()
    assert sources == [EvidenceSource.ASSESSMENT]
