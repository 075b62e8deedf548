"""The career passport: what somebody can show of their way so far, as their own paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.careers.models import CareerClaim
from portal.careers.states import ClaimKind, ClaimState
from portal.careers.wording import month
from portal.certification import queries as certification
from portal.certification.models import Award, CertificationVersion
from portal.certification.standing import Held
from portal.certification.states import IN_FORCE
from portal.competencies import queries as competencies
from portal.core import audit, clock, documents, i18n
from portal.core.access import Viewer
from portal.core.brand import brand
from portal.core.db import db
from portal.core.documents import Document
from portal.core.i18n import words
from portal.development import policy
from portal.development.states import DevelopmentFact
from portal.development.timeline import Stretch, Timeline
from portal.people.models import Person
from portal.people.queries import latest_employment, timeline_of
from portal.training.models import Completion, Course

PASSPORT = "career_passport"


@dataclass(frozen=True)
class Work:
    """One stretch of work: when, as what and where; ``confirmed`` if it was elsewhere."""

    when: str
    title: str
    place: str


@dataclass(frozen=True)
class Skill:
    """The newest level of a competency, the sentence behind it, and what it rests on."""

    name: str
    level: str
    dots: int
    sentence: str
    seen: str
    day: str


@dataclass(frozen=True)
class Passport:
    """Everything the passport shows, as text in its language."""

    name: str
    headline: str
    statement: str
    timeline: Timeline | None
    here: tuple[Work, ...]
    elsewhere: tuple[Work, ...]
    skills: tuple[Skill, ...]
    certificates: tuple[tuple[str, str, str], ...]
    courses: tuple[tuple[str, str], ...]
    education: tuple[tuple[str, str, str], ...]


def issue_passport(person: Person, *, locale: str, by: Viewer) -> Document:
    """Freeze the passport as of today and have it printed, in the language that was asked for."""
    job = db.session.scalars(latest_employment(person.id)).first()
    paper = documents.issue(
        PASSPORT,
        passport_of(person, locale, clock.today(job.site.time_zone if job else None)),
        subject=person,
        locale=locale,
        by=by,
        country=job.site.country if job else "",
        time_zone=job.site.time_zone if job else "UTC",
    )
    audit.record(DevelopmentFact.PASSPORT_ISSUED, paper, by=by, about=person.id)
    return paper


def passport_of(person: Person, locale: str, today: date) -> Passport:
    """What the passport says in a language on a day."""
    with force_locale(locale):
        here, drawn = _here(person, today)
        elsewhere, more = _elsewhere(person)
        return Passport(
            name=person.display_name,
            headline=here[0].title if here else "",
            statement=_statement(today),
            timeline=_timeline([*more, *drawn], today),
            here=here,
            elsewhere=elsewhere,
            skills=_skills(person),
            certificates=_certificates(person, today),
            courses=_courses(person),
            education=_education(person),
        )


def _statement(today: date) -> str:
    return _(
        "%(organisation)s confirms what this paper says as of %(day)s. Levels run from 1 to 5 and "
        "come from recorded observations.",
        organisation=brand().name,
        day=i18n.date(today, "long"),
    )


def _here(person: Person, today: date) -> tuple[tuple[Work, ...], list[Stretch]]:
    """Roles held here, newest first; stretches in one role that meet are one."""
    runs: list[tuple[date, date | None, str, str]] = []
    for job in db.session.scalars(timeline_of(person.id)):
        if job.starts_on > today:
            continue
        title, place = words(job.role.title), words(job.site.name)
        if runs and (runs[-1][2], runs[-1][3]) == (title, place):
            runs[-1] = (job.starts_on, runs[-1][1], title, place)
        else:
            runs.append((job.starts_on, job.ends_on, title, place))
    works = tuple(Work(_when(first, last, today), title, place)
                  for first, last, title, place in runs)  # fmt: skip
    drawn = [Stretch(title, first, min(last or today, today), here=True)
             for first, last, title, _place in runs]  # fmt: skip
    return works, drawn


def _elsewhere(person: Person) -> tuple[tuple[Work, ...], list[Stretch]]:
    """Work elsewhere that a second person has confirmed, newest first."""
    rows = [one for one in db.session.scalars(_confirmed(person, ClaimKind.EXPERIENCE))
            if one.starts_on is not None]  # fmt: skip
    works = tuple(Work(_when(one.starts_on, one.ends_on, one.ends_on), one.title,
                       _("Elsewhere, confirmed")) for one in rows if one.starts_on)  # fmt: skip
    drawn = [Stretch(one.title, one.starts_on, one.ends_on, here=False)
             for one in rows if one.starts_on]  # fmt: skip
    return works, drawn


def _confirmed(person: Person, kind: ClaimKind) -> sa.Select[CareerClaim]:
    return (
        sa.select(CareerClaim)
        .where(
            CareerClaim.person_id == person.id,
            CareerClaim.kind == kind,
            CareerClaim.state == ClaimState.CONFIRMED,
        )
        .order_by(CareerClaim.ends_on.desc(), CareerClaim.id)
    )


def _when(first: date, last: date | None, today: date) -> str:
    if last is None or last > today:
        return _("since %(month)s", month=month(first))
    return _("%(first)s – %(last)s", first=month(first), last=month(last))


def _timeline(stretches: list[Stretch], today: date) -> Timeline | None:
    if not stretches:
        return None
    ordered = sorted(stretches, key=lambda one: (one.first, one.last))
    return Timeline(_("Work so far"), tuple(ordered), today)


def _skills(person: Person) -> tuple[Skill, ...]:
    found = []
    for row in db.session.execute(competencies.levels_shown(person.id)):
        whole = row.level == int(row.level)
        sentence = words(row.anchors[str(int(row.level))])
        found.append(Skill(
            words(row.name), i18n.number(row.level, None if whole else 1), int(row.level),
            sentence, ngettext("%(num)s observation", "%(num)s observations", row.seen),
            i18n.date(row.observed_on),
        ))  # fmt: skip
    return tuple(found)


def _certificates(person: Person, today: date) -> tuple[tuple[str, str, str], ...]:
    """Those in force: name, who certifies, and until when."""
    keys = db.session.scalars(
        sa.select(Award.certification_id).where(Award.person_id == person.id).distinct()
    ).all()
    held = certification.held([person.id], keys, today) if keys else {}
    valid = {one.award_id: one for one in held.values()
             if one.standing in IN_FORCE and one.award_id is not None}  # fmt: skip
    select = (
        sa.select(Award.id, CertificationVersion.name, CertificationVersion.issuer)
        .join(CertificationVersion, CertificationVersion.id == Award.version_id)
        .where(Award.id.in_(valid))
        .order_by(Award.issued_on.desc(), Award.id)
    )
    return tuple((words(row.name), row.issuer, _until(valid[row.id]))
                 for row in db.session.execute(select))  # fmt: skip


def _until(held: Held) -> str:
    if held.last_day is None:
        return _("without end")
    return _("valid until %(day)s", day=i18n.date(held.last_day))


def _courses(person: Person) -> tuple[tuple[str, str], ...]:
    """Each course once, by its last completion, newest first."""
    last = sa.func.max(Completion.completed_on)
    select = (
        sa.select(Course.title, last.label("day"))
        .join(Completion, Completion.course_id == Course.id)
        .where(Completion.person_id == person.id)
        .group_by(Course.id, Course.title)
        .order_by(last.desc(), Course.id)
    )
    return tuple((words(row.title), i18n.date(row.day)) for row in db.session.execute(select))


def _education(person: Person) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (one.title, str(one.education.label) if one.education else "", str(one.ends_on.year))
        for one in db.session.scalars(_confirmed(person, ClaimKind.EDUCATION))
    )


def may_read(viewer: Viewer, document: Document) -> bool:
    """The person whose passport it is, and HR."""
    person = db.session.get(Person, document.subject_id)
    return person is not None and policy.print_passport(viewer, person)


documents.register_kind(PASSPORT, _l("Career passport"), may_read)
