"""One person's path: their own page, the one others read, and what is begun there."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.careers import operations, parts, policy, queries, wording
from portal.careers.actions import ActionKind
from portal.careers.path import path_of
from portal.careers.routes import bp
from portal.certification.models import Certification
from portal.core import clock, i18n
from portal.core.access import allowed, row_or_404, signed_in
from portal.core.db import db
from portal.people.models import Person, Role
from portal.training.models import Course, Programme

LONGEST = 9


@bp.get("/my/path")
@signed_in
def my_path() -> str:
    """How far the reader is, and what to do next."""
    return _page(db.session.get_one(Person, viewer().person_id))


@bp.get("/paths/people/<int:person_id>")
@allowed(policy.see_path, on=Person)
def person_path(person: Person) -> str:
    """The same page of somebody else."""
    return _page(person)


@bp.post("/paths/people/<int:person_id>/begin")
@allowed(policy.take_step, on=Person)
def begin_step(person: Person) -> ResponseReturnValue:
    """Begin a course, a programme or a certification with one click."""
    role = row_or_404(Role, _number("role"))
    kind, subject, me = request.form.get("kind", ""), _number("subject"), viewer()
    if kind == ActionKind.COURSE:
        operations.begin_course(person, row_or_404(Course, subject), role, by=me)
        flash(_("Enrolled in the course."), "ok")
    elif kind == ActionKind.PROGRAMME:
        operations.begin_programme(person, row_or_404(Programme, subject), role, by=me)
        flash(_("Enrolled in the programme."), "ok")
    elif kind == ActionKind.CERTIFICATION:
        operations.begin_certification(person, row_or_404(Certification, subject), by=me)
        flash(_("Begun. The page of the certificate says what it asks for."), "ok")
    else:
        abort(404)
    return redirect(address_of(person, role.id), 303)


def address_of(person: Person, role_id: int | None = None) -> str:
    """The page of a path: one's own has an address of its own."""
    if person.id == viewer().person_id:
        return url_for("paths.my_path", role=role_id)
    return url_for("paths.person_path", person_id=person.id, role=role_id)


def asked_role() -> Role | None:
    """The role the address names, if there is such a role."""
    sent = request.args.get("role", "")
    return db.session.get(Role, int(sent)) if _is_number(sent) else None


def _page(person: Person) -> str:
    me = viewer()
    path = path_of(person, clock.today(me.time_zone), asked_role())
    job = person.employment_on(path.day)
    return render_template(
        "paths/path.html",
        path=path,
        person=person,
        own=person.id == me.person_id,
        manager=job.manager if job else None,
        claims=db.session.scalars(queries.claims_of(person.id)).all(),
        others=[(role.id, i18n.words(role.title)) for role in path.others],
        words=_texts(),
        links=parts.LINKS.shown(me, person),
        offer=parts.OFFERS.first(me, person),
    )


def _texts() -> dict[str, Any]:
    names = ("title", "has", "why_unknown", "month")
    return {name: getattr(wording, name) for name in names}


def _number(name: str) -> int:
    sent = request.form.get(name, "")
    return int(sent) if _is_number(sent) else 0


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST
