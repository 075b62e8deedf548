"""Programmes: found, joined and left by people, and how far each of them is."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.viewer import viewer
from portal.core import clock, i18n, tables
from portal.core.access import allowed, signed_in
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Person
from portal.training import operations, policy, queries
from portal.training.forms.programme import EnrolInProgrammeForm
from portal.training.models import Programme, ProgrammeEnrolment
from portal.training.routes import bp
from portal.training.routes.forms import done, form_page
from portal.training.states import Origin
from portal.training.steps import Step, progress, steps

MOST = 200
"""People in one list to choose from; others are found by name."""


@bp.get("/training/programmes")
@signed_in
def programmes() -> ResponseReturnValue:
    """The programmes on offer and those one is in, with one's progress."""
    me = viewer()
    offered = db.session.scalars(
        queries.programmes().options(*queries.programme_with_courses())
    ).all()
    mine = {
        row.programme_id: row
        for row in db.session.scalars(queries.programme_enrolments_of(me.person_id))
    }
    rows = list(dict.fromkeys([*(row.programme for row in mine.values()), *offered]))
    found = steps_of(me.person_id, rows)
    return render_template(
        "training/programmes.html",
        rows=[(row, found[row.id], progress(found[row.id]), mine.get(row.id)) for row in rows],
    )


def steps_of(person_id: int, rows: Sequence[Programme]) -> dict[int, list[Step]]:
    """Where a person stands with each course of these programmes, by programme."""
    ids = {one.course_id for row in rows for one in row.courses}
    ids |= {first.required_id for row in rows for one in row.courses
            for first in one.course.prerequisites}  # fmt: skip
    done_ids = {key for _who, key in db.session.execute(queries.completed_by([person_id], ids))}
    live = {key for key, *_rest in db.session.execute(queries.standing_in(person_id, ids))}
    return {row.id: steps(row, done_ids, live) for row in rows}


@bp.get("/training/programmes/<int:programme_id>")
@allowed(policy.see_programme, on=Programme, options=queries.programme_with_courses())
def programme(programme: Programme) -> ResponseReturnValue:
    """One programme, one's own way through it, and that of those one answers for."""
    me = viewer()
    own = db.session.scalar(queries.live_programme_enrolment(me.person_id, programme.id))
    return _page(programme, db.session.get_one(Person, me.person_id), own)


@bp.get("/training/programme-enrolments/<int:programme_enrolment_id>")
@allowed(policy.see_programme_enrolment, on=ProgrammeEnrolment)
def programme_enrolment(programme_enrolment: ProgrammeEnrolment) -> ResponseReturnValue:
    """The way of one person through a programme."""
    return _page(programme_enrolment.programme, programme_enrolment.person, programme_enrolment)


def _page(row: Programme, person: Person, way: ProgrammeEnrolment | None) -> ResponseReturnValue:
    me = viewer()
    found = steps_of(person.id, [row])[row.id]
    own = person.id == me.person_id
    members = None
    if own and policy.enrol_others(me):
        members = tables.page(
            queries.members(row.id, me),
            order=((ProgrammeEnrolment.id, False),),
            cursor=request.args.get("cursor"),
        )
    return render_template(
        "training/programme.html",
        programme=row,
        person=person,
        own=own,
        way=way,
        steps=found,
        progress=progress(found),
        may_join=operations.may_join(row),
        members=members,
        today=clock.today(me.time_zone),
    )


@bp.post("/training/programmes/<int:programme_id>/join")
@allowed(policy.see_programme, on=Programme)
def join_programme(programme: Programme) -> ResponseReturnValue:
    """Put oneself on the way through a programme."""
    me = viewer()
    person = db.session.get_one(Person, me.person_id)
    operations.enrol_in_programme(person, programme, origin=Origin.SELF, by=me)
    flash(_("You are in the programme, and enrolled in what is open to you first."), "ok")
    return redirect(url_for("training.programme", programme_id=programme.id), 303)


@bp.post("/training/programme-enrolments/<int:programme_enrolment_id>/leave")
@allowed(policy.leave_programme, on=ProgrammeEnrolment)
def leave_programme(programme_enrolment: ProgrammeEnrolment) -> ResponseReturnValue:
    """Take somebody, or oneself, out of a programme."""
    operations.leave_programme(programme_enrolment, by=viewer())
    flash(_("Out of the programme. What is completed stays."), "ok")
    address = url_for("training.programme", programme_id=programme_enrolment.programme_id)
    return redirect(address, 303)


@bp.route("/training/programmes/<int:programme_id>/enrol", methods=["GET", "POST"])
@allowed(policy.enrol_in_programme, on=Programme)
def enrol_in_programme(programme: Programme) -> ResponseReturnValue:
    """Put people one answers for on the way; HR anybody, found by name."""
    named = request.args.get("q", "").strip()[:200].replace("\x00", "")
    found = db.session.scalars(
        queries.people_for_programme(viewer(), programme.id, named).limit(MOST + 1)
    ).all()
    form = EnrolInProgrammeForm()
    form.people.offer = [(one.id, one.display_name) for one in found[:MOST]]
    if done(form, lambda: _enrol(programme, found, form)):
        number = len(form.people.data or ())
        flash(ngettext("One person is in the programme now.",
                       "%(num)s people are in the programme now.", number), "ok")  # fmt: skip
        return redirect(url_for("training.programme", programme_id=programme.id), 303)
    return form_page(
        "training/enrol_in_programme.html", form,
        programme=programme, q=named, more=len(found) > MOST,
    )  # fmt: skip


def _enrol(programme: Programme, people: Sequence[Person], form: EnrolInProgrammeForm) -> None:
    """Put everyone ticked on the way; if one cannot be, nobody is."""
    reason = {i18n.current_locale(): form.reason.data} if form.reason.data else {}
    for person in people:
        if person.id not in (form.people.data or ()):
            continue
        try:
            operations.enrol_in_programme(
                person, programme, origin=Origin.MANAGER, reason=reason,
                due_on=form.due_on.data, by=viewer(),
            )  # fmt: skip
        except Refused as refused:
            message = _("%(who)s: %(why)s", who=person.display_name, why=refused.message)
            raise Refused(message, "people") from refused
