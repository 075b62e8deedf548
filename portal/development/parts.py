"""What development adds to the page of a path and to a person's record."""

from __future__ import annotations

from typing import Any

from flask import Flask, url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.careers.parts import LINKS, OFFERS, Link, Offer
from portal.core.db import db
from portal.development import policy, queries
from portal.people import parts
from portal.people.models import Person


def connect(app: Flask) -> None:
    """Add the parts."""
    parts.add_part(app, Person, "development/_person_part.html", _of_person)
    LINKS.add(app, _link)
    OFFERS.add(app, _offer)


def _address(viewer: Account, person: Person) -> str:
    if policy.is_own(viewer, person):
        return url_for("development.my_development")
    return url_for("development.person_development", person_id=person.id)


def _of_person(viewer: Account, person: Person) -> dict[str, Any] | None:
    """The way to plan, assessments and feedback."""
    if not policy.see_development(viewer, person) or not person.employments:
        return None
    return {"url": _address(viewer, person)}


def _link(viewer: Account, person: Person) -> Link:
    return Link(_("Development"), _address(viewer, person), "map")


def _offer(viewer: Account, person: Person) -> Offer | None:
    """One click from what the path names into the career plan."""
    if not policy.start_plan(viewer, person):
        return None
    plan = db.session.scalar(queries.live_plan(person.id))
    live = [one for one in plan.actions if one.dropped_on is None] if plan else []
    taken: set[tuple[str, int] | str] = {
        (str(one.kind), one.subject_id) if one.subject_id is not None else one.need for one in live
    }
    return Offer(
        url_for("development.add_from_path", person_id=person.id),
        _("Add to my plan") if policy.is_own(viewer, person) else _("Add to the plan"),
        _("In the career plan"),
        taken,
    )
