"""Completions from a table: looked at first, then recorded all together or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.dialects import postgresql, sqlite

from portal.accounts.models import Account
from portal.competencies.operations import add_evidence_of_many
from portal.competencies.states import EvidenceSource
from portal.core import audit, clock, files, i18n, imports
from portal.core.db import Json, db
from portal.core.errors import Refused
from portal.core.imports import Column, Kind, Row, SheetImport
from portal.core.jobs import enqueue
from portal.people.models import Person
from portal.training import queries
from portal.training.models import Completion, Course, Credit
from portal.training.operations.completion import EARLIEST_ZONE, close_enrolment
from portal.training.states import Origin, TrainingFact

KIND = "completions"
EMAIL = Column(
    "email", _l("E-mail"), most=254, example="ada@example.com",
    aliases=("mail", "employee email", "e-posta", "e-posta adresi", "eposta", "correo",
             "correo electrónico", "メール", "メールアドレス", "eメール"),
)  # fmt: skip
COURSE = Column(
    "course", _l("Course"), example="complaint_handling",
    aliases=("course key", "training", "eğitim", "kurs", "curso", "formación", "研修", "コース"),
)  # fmt: skip
DAY = Column(
    "completed_on", _l("Completed on"), Kind.DATE, example="2026-03-31",
    aliases=("date", "completion date", "tarih", "tamamlanma tarihi", "fecha",
             "fecha de finalización", "完了日", "修了日", "日付"),
)  # fmt: skip
SCORE = Column(
    "score", _l("Score in per cent"), Kind.NUMBER, needed=False, most=100, example="85",
    aliases=("score", "result", "puan", "sonuç", "puntuación", "nota", "点数", "得点"),
)  # fmt: skip
COLUMNS = (EMAIL, COURSE, DAY, SCORE)

SOME = 500
"""Rows of one statement: SQLite takes 32,766 values."""

ANNOUNCED = 50
"""Completions other features answer to in one transaction."""

Item = TypeVar("Item")


@dataclass
class Entry:
    """One row as it would be imported; ``known`` says that it is there already."""

    row: Row
    person: Person | None
    course: Course | None
    known: bool = False

    @property
    def day(self) -> date | None:
        """The day of the completion."""
        return self.row.values.get(DAY.key)

    @property
    def score(self) -> int | None:
        """The score, if there is one."""
        return self.row.values.get(SCORE.key)


@dataclass(frozen=True)
class Preview:
    """What a file would do: its rows, and what is wrong with the file as a whole."""

    entries: Sequence[Entry]
    problems: Sequence[str]
    unknown: Sequence[str]

    @property
    def fresh(self) -> list[Entry]:
        """What would be added."""
        return [one for one in self.entries if not one.known and not one.row.problems]

    @property
    def wrong(self) -> list[Entry]:
        """What must be mended first."""
        return [one for one in self.entries if one.row.problems]

    @property
    def known(self) -> list[Entry]:
        """What is there already."""
        return [one for one in self.entries if one.known and not one.row.problems]


def preview_completions(row: SheetImport, *, by: Account) -> Preview:
    """Read a file that was sent and say what each of its rows would do; nothing is saved.

    Raises:
        Refused: if it can't be read at all.
    """
    table = imports.read(files.read(row.file), COLUMNS)
    people = _people(table.rows)
    courses = _Courses(db.session.scalars(queries.every_course()).all())
    entries = [
        Entry(one, _person(one, people, by), courses.of(one) if one.values[COURSE.key] else None)
        for one in table.rows
    ]
    for one in entries:
        _check_day(one)
    _mark_known(entries)
    return Preview(entries, table.problems, table.unknown)


def _people(rows: Sequence[Row]) -> dict[str, Person]:
    sent = sorted({i18n.fold(one.values[EMAIL.key]) for one in rows if one.values[EMAIL.key]})
    found: dict[str, Person] = {}
    for some in _batches(sent):
        for person in db.session.scalars(queries.people_with_emails(some)):
            found[person.email_folded] = person
    return found


def _person(row: Row, people: dict[str, Person], by: Account) -> Person | None:
    email = row.values[EMAIL.key]
    if not email:
        return None
    person = people.get(i18n.fold(email))
    if person is None:
        row.refuse(EMAIL, _("Nobody here has the address “%(email)s”.", email=email[:100]))
    elif person.id == by.person_id:
        row.refuse(EMAIL, _("Somebody else imports what you completed."))
    return person


class _Courses:
    """The catalogue by key and by title in any language."""

    def __init__(self, courses: Sequence[Course]) -> None:
        self.by_key = {course.key: course for course in courses}
        self.by_title: dict[str, set[Course]] = {}
        for course in courses:
            for title in course.title.values():
                self.by_title.setdefault(i18n.fold(title.strip()), set()).add(course)

    def of(self, row: Row) -> Course | None:
        """The course a row names; the row says so if there is none, or more than one."""
        sent = row.values[COURSE.key]
        if sent in self.by_key:
            return self.by_key[sent]
        found = self.by_title.get(i18n.fold(sent), set())
        if len(found) > 1:
            row.refuse(COURSE, _("Several courses are called so. Give the key of one."))
        elif not found:
            row.refuse(COURSE, _("The catalogue has no course “%(name)s”.", name=sent[:100]))
        return next(iter(found)) if len(found) == 1 else None


def _check_day(one: Entry) -> None:
    if one.day is not None and one.day > clock.today(EARLIEST_ZONE):
        one.row.refuse(DAY, _("%(day)s lies ahead.", day=i18n.date(one.day)))


def _mark_known(entries: Sequence[Entry]) -> None:
    """Say which rows are there already, in the portal or further up in the file."""
    people = sorted({one.person.id for one in entries if one.person})
    courses = {one.course.id for one in entries if one.course}
    there: set[tuple[int, int, date]] = set()
    for some in _batches(people):
        there |= {
            (person_id, course_id, day)
            for person_id, course_id, day in db.session.execute(
                queries.completions_known(some, courses)
            )
        }
    above: dict[tuple[int, int, date], Entry] = {}
    for one in entries:
        if one.person is None or one.course is None or one.day is None:
            continue
        key = (one.person.id, one.course.id, one.day)
        first = above.setdefault(key, one)
        one.known = key in there or first is not one
        if first is not one and first.score != one.score:
            message = _("Row %(row)s gives another score for the same.", row=first.row.number)
            one.row.refuse(SCORE, message)


def import_completions(row: SheetImport, *, by: Account) -> int:
    """Record every completion of a file at once; how many were added.

    Hours and evidence follow from the courses, live enrolments are closed, and other features
    hear of the completions from a job, so that the rows are all there or none is.

    Raises:
        Refused: if anything in the file is wrong, or it was imported before.
    """
    found = preview_completions(row, by=by)
    if found.problems or found.wrong:
        raise Refused(_("Nothing is imported while something in the file is wrong."))
    imports.applied(row, len(found.fresh))
    closed = _close_enrolments(found.fresh)
    ids: list[int] = []
    for some in _batches(found.fresh):
        ids += _record(some, closed, by=by)
    audit.record(TrainingFact.COMPLETIONS_IMPORTED, row, by=by, added=len(ids))
    for chunk in _batches(ids, ANNOUNCED):
        enqueue("training.announce_completions", completion_ids=chunk)
    return len(ids)


def _close_enrolments(entries: Sequence[Entry]) -> dict[tuple[int, int], int]:
    """Close what people were enrolled in: enrolment ids by person and course."""
    pairs = {(one.person.id, one.course.id) for one in entries if one.person and one.course}
    courses = {course_id for _person_id, course_id in pairs}
    closed: dict[tuple[int, int], int] = {}
    for some in _batches(sorted({person_id for person_id, _course_id in pairs})):
        for live in db.session.scalars(queries.live_enrolments_in(some, courses)).all():
            key = (live.person_id, live.course_id)
            if key in pairs:
                close_enrolment(live)
                closed[key] = live.id
    db.session.flush()
    return closed


def _record(
    entries: Sequence[Entry], closed: dict[tuple[int, int], int], *, by: Account
) -> list[int]:
    now = clock.now()
    rows = [
        {"person_id": one.person.id, "course_id": one.course.id, "completed_on": one.day,
         "score": one.score, "origin": Origin.IMPORT, "recorded_at": now, "recorded_by_id": by.id,
         "enrolment_id": closed.get((one.person.id, one.course.id))}
        for one in entries if one.person and one.course
    ]  # fmt: skip
    is_postgres = db.session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if is_postgres else sqlite.insert)(Completion)
    # Somebody may record one of them at this moment.
    written = insert.values(rows).on_conflict_do_nothing()
    fresh = db.session.execute(
        written.returning(
            Completion.id, Completion.person_id, Completion.course_id, Completion.completed_on
        )
    ).all()
    courses = {one.course.id: one.course for one in entries if one.course}
    credits_, evidence = [], []
    for key, person_id, course_id, day in fresh:
        credits_ += _credits(key, person_id, courses[course_id], day)
        evidence += _evidence(key, person_id, courses[course_id], day)
    if credits_:
        db.session.execute(sa.insert(Credit), credits_)
    add_evidence_of_many(evidence, by=by)
    audit.record_many(
        TrainingFact.COMPLETED,
        ({"subject_type": Completion.__tablename__, "subject_id": key,
          "about_person_id": person_id} for key, person_id, _course_id, _day in fresh),
        by=by,
    )  # fmt: skip
    return [key for key, *_rest in fresh]


def _credits(key: int, person_id: int, course: Course, day: date) -> list[Json]:
    return [
        {"person_id": person_id, "category_id": worth.category_id, "minutes": worth.minutes,
         "earned_on": day, "completion_id": key, "claimed_at": clock.now()}
        for worth in course.credits
    ]  # fmt: skip


def _evidence(key: int, person_id: int, course: Course, day: date) -> list[Json]:
    return [
        {"person_id": person_id, "competency_id": taught.competency_id,
         "competency_version_id": taught.competency.current.id, "level": taught.level,
         "source": EvidenceSource.COURSE, "source_id": key, "observed_on": day}
        for taught in course.competencies
        if taught.competency.current is not None
    ]  # fmt: skip


def _batches(items: Sequence[Item], size: int = SOME) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
