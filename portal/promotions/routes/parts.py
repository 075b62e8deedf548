"""What promotions show on pages of lower features: a path, a person's record, a posting."""

from __future__ import annotations

from typing import Any

from flask import Flask, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.careers.parts import LINKS, Link
from portal.careers.routes.path import asked_role
from portal.core.db import db
from portal.hiring.models import Posting
from portal.hiring.parts import NextAction, posting_links
from portal.people import parts
from portal.people.models import Person
from portal.promotions import policy, queries
from portal.promotions.states import TOLD


def connect(app: Flask) -> None:
    """Add the parts."""
    LINKS.add(app, _on_path)
    posting_links.add(app, _on_posting)
    parts.add_part(app, Person, "promotions/_person_part.html", _on_person)


def _on_path(viewer: Account, person: Person) -> Link | None:
    """To one's own openings, or to a proposal for those who answer for the person."""
    if viewer.person_id == person.id:
        return Link(_("Open posts here"), url_for("promotions.my_openings"), "briefcase")
    if not policy.propose(viewer, person):
        return None
    role = asked_role()
    wanted = role.id if role else None
    url = url_for("promotions.propose", person_id=person.id, role=wanted)
    return Link(_("Propose a promotion"), url, "arrow-up")


def _on_posting(posting: Posting, viewer: Account) -> NextAction | None:
    """To the people inside who fit."""
    if not policy.see_inside(viewer, posting):
        return None
    url = url_for("promotions.people_inside", posting_id=posting.id)
    return NextAction(_l("People inside who fit"), url)


def _on_person(viewer: Account, person: Person) -> dict[str, Any] | None:
    """The promotion under way, or the way to propose one; one's own once one has been told."""
    if viewer.person_id == person.id:
        own = db.session.scalar(queries.own_offer(person.id, TOLD))
        return {"person": person, "promotion": own, "own": True} if own else None
    if not policy.propose(viewer, person):
        return None
    live = db.session.scalar(queries.live_of(person.id))
    return {"person": person, "promotion": live, "own": False}
