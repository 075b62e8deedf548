"""What mentoring shows on the record page of a person, and on a path."""

from __future__ import annotations

from typing import Any

from flask import Flask, url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.careers.parts import LINKS, Link
from portal.core import clock
from portal.core.db import db
from portal.mentoring import policy, queries
from portal.mentoring.states import LIVE
from portal.people import parts
from portal.people import policy as people
from portal.people.models import Person


def connect(app: Flask) -> None:
    """Add the parts to both pages."""
    parts.add_part(app, Person, "mentoring/_person_part.html", _of_person)
    LINKS.add(app, _on_path)


def _of_person(viewer: Account, person: Person) -> dict[str, Any] | None:
    """Whom somebody has as mentor: for them, HR, and who answers for them."""
    own = viewer.person_id == person.id
    if not (own or policy.keep_programmes(viewer) or people.answers_for(viewer, person)):
        return None
    pairs = db.session.scalars(
        queries.with_goals(queries.pairs_of(person.id, *LIVE))
    ).unique().all()  # fmt: skip
    as_mentee = [one for one in pairs if one.mentee_id == person.id]
    as_mentor = len(pairs) - len(as_mentee)
    works = person.employment_on(clock.today()) is not None
    ask = works and policy.ask_for(viewer, person)
    if not (pairs or ask):
        return None
    return {"pairs": as_mentee, "mentees": as_mentor, "ask": ask, "person": person}


def _on_path(viewer: Account, person: Person) -> Link | None:
    """The way from one's own path to the mentors."""
    if viewer.person_id != person.id:
        return None
    return Link(_("Find a mentor"), url_for("mentoring.mentors"), "person-heart")
