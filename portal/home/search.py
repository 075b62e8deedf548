"""Search over what the person may see: colleagues for whoever is in charge, candidates for HR."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import search as index
from portal.core.db import db
from portal.people import policy as people
from portal.people import queries
from portal.people.models import Person

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
