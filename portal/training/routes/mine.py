"""What somebody is enrolled in, has completed, and the hours it gave."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.access import allowed, signed_in
from portal.core.db import db
from portal.people.models import Person
from portal.training import policy, queries
from portal.training.models import CreditCategory
from portal.training.routes import bp


@bp.get("/my/training")
@signed_in
def my_training() -> ResponseReturnValue:
    """One's own training."""
    me = viewer()
    return _page(db.session.get_one(Person, me.person_id), own=True)


@bp.get("/training/people/<int:person_id>")
@allowed(policy.see_training, on=Person)
def person_training(person: Person) -> ResponseReturnValue:
    """The training of somebody one answers for."""
    return _page(person, own=viewer().person_id == person.id)


def _page(person: Person, *, own: bool) -> ResponseReturnValue:
    return render_template(
        "training/my_training.html",
        person=person,
        own=own,
        live=db.session.scalars(queries.live_enrolments_of(person.id)).all(),
        completions=db.session.scalars(queries.completions_of(person.id)).all(),
        ended=db.session.scalars(queries.ended_enrolments_of(person.id)).all(),
        hours=hours_of(person.id),
        today=clock.today(viewer().time_zone),
    )


def hours_of(person_id: int) -> list[tuple[int, list[tuple[CreditCategory, int]], int]]:
    """By year, newest first: the minutes of each category and their sum."""
    names = {row.id: row for row in db.session.scalars(queries.categories())}
    years: dict[int, list[tuple[Any, int]]] = {}
    for year, category_id, minutes in db.session.execute(queries.hours_by_year(person_id)):
        years.setdefault(int(year), []).append((names[category_id], int(minutes)))
    return [(year, rows, sum(minutes for _name, minutes in rows)) for year, rows in years.items()]
