"""Rules that enrol whoever holds a role, works in a team or at a site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.dialects import postgresql, sqlite

from portal.accounts.models import Account
from portal.core import audit, clock, i18n
from portal.core.db import Json, Words, db
from portal.core.errors import Refused
from portal.core.i18n import words
from portal.core.jobs import enqueue
from portal.people.models import Employment, Person
from portal.training import queries
from portal.training.models import Enrolment, EnrolmentRule, ProgrammeEnrolment
from portal.training.operations.enrolment import enrol
from portal.training.operations.programme import enrol_in_programme
from portal.training.states import CourseState, EnrolmentState, Origin, StepState, TrainingFact
from portal.training.steps import steps

BATCH = 500
"""People enrolled in one transaction: on SQLite it keeps every other writer waiting."""

TOLD = 50
"""People told in one transaction: each gets a mail."""

LONGEST_DAYS = 3650


def set_rule(rule: EnrolmentRule, *, by: Account | None) -> EnrolmentRule:
    """Put a rule in force; those who fit it are enrolled by a job.

    Raises:
        Refused: if its course or programme is not on offer, or the same rule is in force.
    """
    target = rule.course or rule.programme
    if target is None or target.state is not CourseState.OFFERED:
        raise Refused(_("Choose a course or programme that is on offer."), "target")
    if not 0 <= rule.due_days <= LONGEST_DAYS:
        text = _("Give from 0 to %(most)s days.", most=i18n.number(LONGEST_DAYS))
        raise Refused(text, "due_days")
    if any(_same(rule, other) for other in db.session.scalars(queries.rules(live=True))):
        raise Refused(_("This rule is in force already. End it first to change it."), "target")
    db.session.add(rule)
    audit.record(TrainingFact.RULE_SET, rule, by=by)
    enqueue("training.apply_rule", key=f"rule:{rule.id}", rule_id=rule.id)
    return rule


def _same(one: EnrolmentRule, other: EnrolmentRule) -> bool:
    parts = ("course", "programme", "role", "team", "site")
    return one is not other and all(getattr(one, part) is getattr(other, part) for part in parts)


def end_rule(rule: EnrolmentRule, *, by: Account) -> None:
    """Enrol nobody any more by this rule; who is enrolled stays so.

    Raises:
        Refused: if it was ended before.
    """
    if rule.ended_at is not None:
        raise Refused(_("This rule has ended already."))
    rule.ended_at = clock.now()
    audit.record(TrainingFact.RULE_ENDED, rule, by=by)


def number_to_enrol(rule: EnrolmentRule, day: date) -> int:
    """How many people a rule, saved or not, would enrol on a day."""
    found = queries.to_enrol(rule, day).order_by(None).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(found)) or 0


def apply_rules(today: date) -> None:
    """Have every rule in force applied, each by a job of its own."""
    for rule in db.session.scalars(queries.rules(live=True)).all():
        if rule.starts_on <= today:
            enqueue("training.apply_rule", key=f"rule:{rule.id}", rule_id=rule.id)


def apply_rules_to(employment: Employment, *, by: Account | None) -> None:
    """Enrol one person at once by the rules their employment meets today.

    Who starts later is enrolled by the daily job on the first day.
    """
    today = clock.today(employment.site.time_zone)
    if not employment.covers(today):
        return
    for rule in db.session.scalars(queries.rules_for(employment, today)).all():
        chosen = queries.to_enrol(rule, today).where(Employment.id == employment.id)
        if db.session.execute(chosen).first() is None:
            continue
        due_on = _due(rule, employment.starts_on, today)
        _enrol_one(employment.person, rule, due_on, by=by)


def _enrol_one(person: Person, rule: EnrolmentRule, due_on: date, *, by: Account | None) -> None:
    given: dict[str, Any] = {
        "origin": Origin.RULE, "reason": reason_of(rule), "due_on": due_on, "rule": rule, "by": by,
    }  # fmt: skip
    try:
        if rule.course is not None:
            enrol(person, rule.course, **given)
        elif rule.programme is not None:
            enrol_in_programme(person, rule.programme, **given)
    except Refused:
        # The course was retired, say: the rule has nobody to enrol, and the hire goes on.
        return


def apply_rule(rule: EnrolmentRule, today: date) -> bool:
    """Enrol a batch of those who fit a rule; whether there may be more.

    Rows are inserted in few statements and told of by jobs. Of two workers at the same batch the
    database lets one insert each row, and only who inserted it tells the person.
    """
    target = rule.course or rule.programme
    over = rule.ended_at is not None or rule.starts_on > today
    if over or target is None or target.state is not CourseState.OFFERED:
        return False
    people = db.session.execute(queries.to_enrol(rule, today).limit(BATCH)).all()
    if not people:
        return False
    due = {person_id: _due(rule, starts_on, today) for person_id, starts_on in people}
    shared = {"rule_id": rule.id, "origin": Origin.RULE, "reason": reason_of(rule),
              "created_at": clock.now(), "version": 1}  # fmt: skip
    if rule.course is not None:
        pairs = [(person_id, rule.course.id) for person_id in due]
    else:
        pairs = _join(rule, due, shared)
    _enrol_many(pairs, due, shared | {"programme_id": rule.programme_id})
    return len(people) == BATCH


def _due(rule: EnrolmentRule, starts_on: date, today: date) -> date:
    """The days count from when somebody fits the rule; nothing is late the moment it is asked."""
    return max(max(rule.starts_on, starts_on) + timedelta(days=rule.due_days), today)


def _join(rule: EnrolmentRule, due: dict[int, date], shared: Json) -> list[tuple[int, int]]:
    """Put people on the way through a programme; who has to begin with which course."""
    programme = rule.programme
    assert programme is not None
    rows = [
        shared | {"person_id": key, "programme_id": programme.id, "due_on": day}
        for key, day in due.items()
    ]
    joined = _insert(ProgrammeEnrolment, rows, ProgrammeEnrolment.person_id)
    _note(TrainingFact.PROGRAMME_JOINED, "programme_enrolment", joined)
    ids = [person_id for _id, person_id in joined]
    courses = {row.course_id for row in programme.courses}
    courses |= {one.required_id for row in programme.courses for one in row.course.prerequisites}
    done: dict[int, set[int]] = {person_id: set() for person_id in ids}
    for person_id, course_id in db.session.execute(queries.completed_by(ids, courses)):
        done[person_id].add(course_id)
    return [
        (person_id, step.course.id)
        for person_id in ids
        for step in steps(programme, done[person_id], ())
        if step.state is StepState.OPEN and not step.optional
    ]


def _enrol_many(pairs: Sequence[tuple[int, int]], due: dict[int, date], shared: Json) -> None:
    rows = [
        shared | {"person_id": person_id, "course_id": course_id, "due_on": due[person_id],
                  "state": EnrolmentState.ENROLLED}
        for person_id, course_id in pairs
    ]  # fmt: skip
    fresh = _insert(Enrolment, rows, Enrolment.person_id)
    _note(TrainingFact.ENROLLED, "enrolment", fresh)
    ids = [key for key, _person_id in fresh]
    for start in range(0, len(ids), TOLD):
        enqueue("training.tell_enrolled", enrolment_ids=ids[start : start + TOLD])


def _insert(
    table: type[Enrolment | ProgrammeEnrolment],
    rows: list[Json],
    person: Any,  # noqa: ANN401
) -> list[tuple[int, int]]:
    """Insert what is not there yet: ids of the new rows and of their people."""
    is_postgres = db.session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if is_postgres else sqlite.insert)(table)
    found: list[tuple[int, int]] = []
    # SQLite takes 32,766 values in a statement.
    for start in range(0, len(rows), BATCH):
        written = insert.values(rows[start : start + BATCH]).on_conflict_do_nothing()
        found += [(key, who) for key, who in
                  db.session.execute(written.returning(table.id, person))]  # fmt: skip
    return found


def _note(fact: TrainingFact, table: str, rows: Sequence[tuple[int, int]]) -> None:
    audit.record_many(
        fact,
        ({"subject_type": table, "subject_id": key, "about_person_id": person_id}
         for key, person_id in rows),
        by=None,
    )  # fmt: skip


def reason_of(rule: EnrolmentRule) -> Words:
    """Why the rule enrols somebody, in each language."""
    return i18n.in_each_language(lambda: _reason(rule))


def _reason(rule: EnrolmentRule) -> str:
    given = {
        "role": words(rule.role.title) if rule.role else "",
        "team": words(rule.team.name) if rule.team else "",
        "site": words(rule.site.name) if rule.site else "",
    }
    sentences = {
        (True, True, True): _("Because your role is %(role)s, in %(team)s at %(site)s.", **given),
        (True, True, False): _("Because your role is %(role)s in %(team)s.", **given),
        (True, False, True): _("Because your role is %(role)s at %(site)s.", **given),
        (True, False, False): _("Because your role is %(role)s.", **given),
        (False, True, True): _("Because you work in %(team)s at %(site)s.", **given),
        (False, True, False): _("Because you work in %(team)s.", **given),
        (False, False, True): _("Because you work at %(site)s.", **given),
        (False, False, False): _("Because everybody here takes it."),
    }
    return str(sentences[rule.role is not None, rule.team is not None, rule.site is not None])
