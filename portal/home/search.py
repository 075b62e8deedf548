"""Search over what the person may see: colleagues and candidates, courses and certifications."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.certification import policy as certification
from portal.certification import queries as certifications
from portal.certification.models import Certification
from portal.certification.states import CertificationState
from portal.core import i18n
from portal.core import search as index
from portal.core.db import db
from portal.people import policy as people
from portal.people import queries
from portal.people.models import Person
from portal.training import queries as training

MOST = 20


@dataclass(frozen=True)
class Hit:
    """One result: a name, where it leads, and a word on it."""

    title: str
    url: str
    why: str


def search(query: str, viewer: Account) -> list[tuple[str, list[Hit]]]:
    """Groups of results, each with its heading; empty groups are left out."""
    groups = []
    if people.see_people(viewer):
        groups.append((_("People"), _people(query, viewer)))
    if viewer.has_role("hr"):
        groups.append((_("Candidates"), _candidates(query)))
    groups.append((_("Courses"), _courses(query)))
    groups.append((_("Certifications"), _certifications(query, viewer)))
    return [(heading, hits) for heading, hits in groups if hits]


def _people(query: str, viewer: Account) -> list[Hit]:
    found = queries.people_found(viewer).where(Person.id.in_(index.matches("person", query)))
    return [
        Hit(person.display_name, url_for("people.person", person_id=person.id), person.email)
        for person in db.session.scalars(found.limit(MOST))
    ]


def _candidates(query: str) -> list[Hit]:
    found = sa.select(Person).where(Person.id.in_(index.matches("candidate", query)))
    return [
        Hit(person.display_name, url_for("hiring.candidates", q=person.email), person.email)
        for person in db.session.scalars(found.limit(MOST))
    ]


def _courses(query: str) -> list[Hit]:
    found = training.catalogue().where(training.found_by(query))
    return [
        Hit(
            i18n.words(row.title), url_for("training.course", course_id=row.id), str(row.kind.label)
        )
        for row in db.session.scalars(found.limit(MOST))
    ]


def _certifications(query: str, viewer: Account) -> list[Hit]:
    """Those in use; whoever does not keep them is led to where one begins the way to one."""
    keeps = certification.keep_definitions(viewer)
    return [
        Hit(i18n.words(row.current.name), _where(row, keeps=keeps), row.current.issuer)
        for row in db.session.scalars(certifications.certifications())
        if row.current and row.state is CertificationState.IN_USE and _fits(row, query)
    ][:MOST]


def _where(row: Certification, *, keeps: bool) -> str:
    if keeps:
        return url_for("certification.certification", certification_id=row.id)
    return url_for("certification.my_certificates")


def _fits(row: Certification, query: str) -> bool:
    """Whether each word stands in its name, in any language, or in its short one."""
    if row.current is None:
        return False
    text = i18n.fold(" ".join([row.current.short, *row.current.name.values()]))
    return all(word in text for word in i18n.fold(query).split())
