"""Signing up for a round as mentee or mentor, and signing off."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.mentoring import operations, policy, queries
from portal.mentoring.forms import MenteeForm, MentorForm, goals_of, other_side
from portal.mentoring.forms.joining import NAMED
from portal.mentoring.models import MentoringEntry, MentoringProgramme
from portal.mentoring.routes import bp
from portal.mentoring.states import Side, WishKind
from portal.people.models import Person


@bp.route("/mentoring/programmes/<int:programme_id>/join", methods=["GET", "POST"])
@allowed(policy.join_programme, on=MentoringProgramme)
def join_as_mentee(programme: MentoringProgramme) -> ResponseReturnValue:
    """Look for a mentor."""
    me = viewer()
    person = db.session.get_one(Person, me.person_id)
    entry = _entry(programme, person, Side.MENTEE)
    found = goals_of(person, clock.today(me.time_zone))
    form = MenteeForm(data=_mentee_data(programme, person, entry, me.language))
    form.offer(found)
    form.offer_people(other_side(programme, person, Side.MENTEE))
    if not form.is_submitted():
        wanted = [goal.competency_id for goal in entry.goals] if entry else [
            key for key, _label in found.gaps][: operations.MOST_GOALS]  # fmt: skip
        form.goals.process_data(wanted)
        form.others.process_data(wanted)
    if form.validate_on_submit():
        with refusals_to(form):
            role_id = found.role.id if found.role else None
            operations.join_as_mentee(programme, person, form.hopes_of(role_id), by=me)
            flash(_("You are in. HR matches everybody when the sign-up is over."), "ok")
            return redirect(url_for("mentoring.programme", programme_id=programme.id), 303)
    return form_page(
        "mentoring/join.html", form, programme=programme, side=Side.MENTEE, entry=entry,
        role=found.role, today=clock.today(),
    )  # fmt: skip


@bp.route("/mentoring/programmes/<int:programme_id>/offer", methods=["GET", "POST"])
@allowed(policy.join_programme, on=MentoringProgramme)
def join_as_mentor(programme: MentoringProgramme) -> ResponseReturnValue:
    """Take mentees."""
    me = viewer()
    person = db.session.get_one(Person, me.person_id)
    profile = db.session.scalar(queries.profile_of(person.id))
    if profile is None and programme.open_on(clock.today()):
        flash(_("Say first what you offer as a mentor."), "info")
        return redirect(url_for("mentoring.save_profile"), 303)
    entry = _entry(programme, person, Side.MENTOR)
    seats = (entry.seats if entry else None) or (profile.seats if profile else 1)
    form = MentorForm(data={"seats": seats} | _said_data(programme, person))
    form.offer_people(other_side(programme, person, Side.MENTOR))
    if form.validate_on_submit():
        with refusals_to(form):
            operations.join_as_mentor(
                programme, person, int(form.seats.data or 1), form.said(), by=me
            )
            flash(_("You are in. HR matches everybody when the sign-up is over."), "ok")
            return redirect(url_for("mentoring.programme", programme_id=programme.id), 303)
    return form_page(
        "mentoring/join.html", form, programme=programme, side=Side.MENTOR, entry=entry,
        role=None, today=clock.today(),
    )  # fmt: skip


@bp.post("/mentoring/programmes/<int:programme_id>/sign-off")
@allowed(policy.join_programme, on=MentoringProgramme)
def sign_off(programme: MentoringProgramme) -> ResponseReturnValue:
    """No longer take part."""
    me = viewer()
    side = Side.MENTOR if request.form.get("side") == str(Side.MENTOR) else Side.MENTEE
    person = db.session.get_one(Person, me.person_id)
    operations.sign_off(programme, person, side, by=me)
    flash(_("You no longer take part."), "ok")
    return redirect(url_for("mentoring.programme", programme_id=programme.id), 303)


def _entry(programme: MentoringProgramme, person: Person, side: Side) -> MentoringEntry | None:
    row = db.session.scalar(queries.entry_of(programme.id, person.id, side))
    return row if row is not None and row.left_at is None else None


def _mentee_data(
    programme: MentoringProgramme, person: Person, entry: MentoringEntry | None, language: str
) -> dict[str, object]:
    if entry is None:
        return {"languages": [language]}
    shown = {"languages": entry.languages, "shifts": entry.shifts, "hopes": entry.hopes}
    return shown | _said_data(programme, person)


def _said_data(programme: MentoringProgramme, person: Person) -> dict[str, object]:
    rows = db.session.scalars(queries.wishes_of(programme.id, person.id)).all()
    data: dict[str, object] = {}
    for kind, name in ((WishKind.WISH, "wish"), (WishKind.NOT_WITH, "not_with")):
        named = [row.other_id for row in rows if row.kind is kind]
        data |= {f"{name}_{number}": key for number, key in zip(NAMED, named, strict=False)}
    return data
