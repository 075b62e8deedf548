"""Completions from a table: shown with all that is wrong, imported whole or not at all."""

from __future__ import annotations

import io
from datetime import date

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from portal.accounts.models import Account
from portal.competencies.models import Evidence
from portal.core import imports
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.imports import SheetImport
from portal.training import jobs, queries
from portal.training.models import Completion, Credit, ProgrammeEnrolment
from portal.training.operations import import_completions, preview_completions
from portal.training.states import EnrolmentState, Origin
from tests.factories import competencies, people, programmes
from tests.factories import training as make

pytestmark = pytest.mark.usefixtures("db_session")


def sent(*rows: str, by: Account, head: str = "E-mail,Course,Completed on,Score") -> SheetImport:
    data = "\n".join((head, *rows)).encode()
    upload = FileStorage(io.BytesIO(data), "completions.csv", "file")
    return imports.keep(upload, "completions", by=by)


def colleague(email: str):
    return people.employment(people.person(email=email)).person


def completions() -> list[tuple[int, int, date, int | None]]:
    rows = sa.select(Completion).order_by(Completion.id)
    return [
        (row.person_id, row.course_id, row.completed_on, row.score)
        for row in db.session.scalars(rows)
    ]


def test_every_row_becomes_a_completion_with_hours_evidence_and_a_closed_enrolment() -> None:
    hr, ada = people.account(roles=["hr"]), colleague("Ada@Example.com")
    course = make.course("Listening", key="listening")
    competency = competencies.competency()
    make.teaches(course, competency, 4)
    make.worth(course, make.category("ethics"), 30)
    enrolment = make.enrolment(ada, course)
    row = sent("ada@example.com,listening,2026-03-31,85", by=hr)
    assert import_completions(row, by=hr) == 1
    assert completions() == [(ada.id, course.id, date(2026, 3, 31), 85)]
    [completion] = db.session.scalars(sa.select(Completion)).all()
    assert (completion.origin, completion.enrolment_id) == (Origin.IMPORT, enrolment.id)
    db.session.refresh(enrolment)
    assert enrolment.state is EnrolmentState.COMPLETED
    [credit] = db.session.scalars(sa.select(Credit)).all()
    assert (credit.minutes, credit.completion_id) == (30, completion.id)
    [evidence] = db.session.scalars(sa.select(Evidence)).all()
    assert (evidence.level, evidence.source_id, evidence.observed_on) == (
        4, completion.id, date(2026, 3, 31),
    )  # fmt: skip
    actions = db.session.scalars(sa.select(AuditEvent.action)).all()
    assert {"training.completed", "training.imported"} <= set(actions)
    assert row.applied_rows == 1


def test_a_course_is_named_by_its_key_or_by_a_title_in_any_language() -> None:
    hr, ada = people.account(roles=["hr"]), colleague("ada@example.com")
    course = make.course("Listening")
    rows = ["ada@example.com,Listening (tr),2026-03-30,", "ada@example.com,LISTENING,2026-03-31,"]
    assert import_completions(sent(*rows, by=hr), by=hr) == 2
    assert [row[:2] for row in completions()] == [(ada.id, course.id)] * 2


def wrong(row: SheetImport, by: Account) -> list[tuple[int, str, str]]:
    return [
        (one.row, one.column, one.message)
        for entry in preview_completions(row, by=by).wrong
        for one in entry.row.problems
    ]


def test_what_is_wrong_stops_all_of_it() -> None:
    hr = people.account(roles=["hr"])
    colleague("ada@example.com")
    people.person(email="candidate@example.com")
    for title in ("Listening", "Same", "Same"):
        make.course(title)
    row = sent(
        "ada@example.com,Listening,2026-03-31,85",
        "nobody@example.com,Listening,2026-03-31,",
        "candidate@example.com,Listening,2026-03-31,",
        "ada@example.com,Unknown,2026-03-31,",
        "ada@example.com,Same,2026-03-31,",
        "ada@example.com,Listening,2027-03-31,",
        "ada@example.com,Listening,2026-03-31,90",
        f"{hr.email},Listening,2026-03-31,",
        by=hr,
    )
    people.employment(db.session.get_one(people.Person, hr.person_id))
    assert wrong(row, hr) == [
        (3, "E-mail", "Nobody here has the address “nobody@example.com”."),
        (4, "E-mail", "Nobody here has the address “candidate@example.com”."),
        (5, "Course", "The catalogue has no course “Unknown”."),
        (6, "Course", "Several courses are called so. Give the key of one."),
        (7, "Completed on", "Mar 31, 2027 lies ahead."),
        (8, "Score in per cent", "Row 2 gives another score for the same."),
        (9, "E-mail", "Somebody else imports what you completed."),
    ]
    with pytest.raises(Refused, match="Nothing is imported"):
        import_completions(row, by=hr)
    assert completions() == []


def test_what_is_there_already_is_said_and_not_added_again() -> None:
    hr, ada = people.account(roles=["hr"]), colleague("ada@example.com")
    course = make.course("Listening")
    make.completion(ada, course, completed_on=date(2026, 3, 30))
    row = sent(
        "ada@example.com,Listening,2026-03-30,",
        "ada@example.com,Listening,2026-03-31,",
        "ada@example.com,Listening,2026-03-31,",
        by=hr,
    )
    found = preview_completions(row, by=hr)
    assert [one.known for one in found.entries] == [True, False, True]
    assert import_completions(row, by=hr) == 1
    assert len(completions()) == 2


def test_the_same_file_is_imported_once() -> None:
    hr = people.account(roles=["hr"])
    colleague("ada@example.com")
    make.course("Listening")
    line = "ada@example.com,Listening,2026-03-31,"
    first, again = sent(line, by=hr), sent(line, by=hr)
    import_completions(first, by=hr)
    for row in (first, again):
        with pytest.raises(Refused, match="imported already"):
            import_completions(row, by=hr)
    assert len(completions()) == 1


def test_other_features_hear_of_it_from_a_job() -> None:
    hr, ada = people.account(roles=["hr"]), colleague("ada@example.com")
    course = make.course("Listening")
    way = programmes.way(programmes.programme("", course), ada)
    import_completions(sent("ada@example.com,Listening,2026-03-31,", by=hr), by=hr)
    assert db.session.get_one(ProgrammeEnrolment, way.id).is_live
    jobs.announce_completions(list(db.session.scalars(sa.select(Completion.id))))
    assert not db.session.get_one(ProgrammeEnrolment, way.id).is_live


def test_a_thousand_rows_cost_a_few_statements(count_queries) -> None:
    hr, course = people.account(roles=["hr"]), make.course("Listening")
    make.worth(course, make.category(), 30)
    make.teaches(course, competencies.competency())
    role, team = people.role(), people.team()
    lines = []
    for number in range(1_000):
        person = people.person(email=f"p{number}@example.com")
        people.employment(person, role=role, team=team)
        lines.append(f"p{number}@example.com,Listening,2026-03-31,80")
    row = sent(*lines, by=hr)
    db.session.flush()
    db.session.expire_all()
    count_queries()
    assert import_completions(row, by=hr) == 1_000
    assert count_queries() < 80
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    one = db.session.scalars(sa.select(Completion.person_id).limit(1)).one()
    assert [int(row.minutes) for row in db.session.execute(
        queries.credits_between(one, first, last))] == [30]  # fmt: skip
