"""One person's development at a glance: plan, assessments, feedback, papers."""

from __future__ import annotations

from flask import render_template, url_for

from portal.accounts.viewer import viewer
from portal.core.access import allowed, signed_in
from portal.core.db import db
from portal.core.documents import documents_of
from portal.core.i18n import NATIVE_NAMES
from portal.development import policy, queries
from portal.development.documents import PASSPORT
from portal.development.queries.assessments import LIVE
from portal.development.reading import read_plan
from portal.development.routes import bp
from portal.people.models import Person


@bp.get("/my/development")
@signed_in
def my_development() -> str:
    """The reader's own page."""
    return _page(db.session.get_one(Person, viewer().person_id))


@bp.get("/development/people/<int:person_id>")
@allowed(policy.see_development, on=Person)
def person_development(person: Person) -> str:
    """The same page of somebody else."""
    return _page(person)


def address_of(person_id: int) -> str:
    """The page of a person: one's own has an address of its own."""
    if person_id == viewer().person_id:
        return url_for("development.my_development")
    return url_for("development.person_development", person_id=person_id)


def _page(person: Person) -> str:
    me = viewer()
    plan = db.session.scalar(queries.live_plan(person.id))
    plans = db.session.scalars(queries.plans_of(person.id)).all()
    assessments = db.session.scalars(queries.assessments_of(person.id)).all()
    papers = documents_of(person, kind=PASSPORT) if policy.print_passport(me, person) else None
    return render_template(
        "development/person.html",
        person=person,
        own=person.id == me.person_id,
        plan=read_plan(plan, me) if plan else None,
        earlier=[one for one in plans if one.closed_at is not None],
        assessments=assessments,
        assessing=any(one.state in LIVE for one in assessments),
        requests=db.session.scalars(queries.requests_about(person.id, me)).all(),
        passports=db.session.scalars(papers).all() if papers is not None else [],
        paper_languages=list(NATIVE_NAMES.items()),
    )
