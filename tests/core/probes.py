"""Views that write and then succeed, refuse, answer with an error or break."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Blueprint, abort, g
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.exc import StaleDataError

from portal.core import audit
from portal.core.access import public
from portal.core.db import db
from portal.core.errors import Gone, NotFound, Refused
from portal.hiring.models import Requisition
from portal.people.states import PeopleFact
from tests.factories import people

bp = Blueprint("probes", __name__, url_prefix="/probes")


def _write() -> None:
    people.person("Probe")


@bp.post("/write")
@public
def write() -> str:
    _write()
    return "written"


@bp.post("/answer/<int:code>")
@public
def answer(code: int) -> ResponseReturnValue:
    """An answer of its own with any status."""
    _write()
    return "answered", code


@bp.route("/abort/<int:code>", methods=["GET", "POST"])
@public
def stop(code: int) -> ResponseReturnValue:
    _write()
    abort(code)


@bp.post("/raise/<string:kind>")
@public
def fail(kind: str) -> ResponseReturnValue:
    _write()
    raise {
        "refused": Refused("Not today."),
        "gone": Gone(),
        "not-found": NotFound(),
        "stale": StaleDataError(),
        "fault": RuntimeError("the secret of the house"),
    }[kind]


@bp.post("/race/<int:requisition_id>")
@public
def race(requisition_id: int) -> str:
    """Change a row that somebody else changes in between."""
    row = db.session.get_one(Requisition, requisition_id)
    row.openings += 1
    table = Requisition.__table__
    db.session.connection().execute(
        sa.update(table).where(table.c.id == row.id).values(version=table.c.version + 1)
    )
    return "changed"


@bp.get("/reading/<int:person_id>")
@public
def reading(person_id: int) -> str:
    """Open something whose readers are recorded."""
    from portal.people.models import Person

    person = db.session.get_one(Person, person_id)
    audit.record_reading(PeopleFact.PERSON_READ, person, by=Reader(), about=person.id)
    return str(g.request_id)


class Reader:
    """Stands for an account."""

    id = 7
    person_id = 70
