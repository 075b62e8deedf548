"""Employing people, and ending it."""

from __future__ import annotations

from datetime import date
from typing import cast

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.people import operations, policy
from portal.people.forms import EmploymentForm, EndForm
from portal.people.models import Employment, Person, Role, Site, Team
from portal.people.routes.blueprint import bp


@bp.route("/people/<int:person_id>/employ", methods=["GET", "POST"])
@allowed(policy.start_employment, on=Person)
def start_employment(person: Person) -> ResponseReturnValue:
    """Employ a person, or give them another role or team."""
    present = person.employment_on(clock.today())
    form = EmploymentForm(
        data={
            "role": present.role_id,
            "team": present.team_id,
            "site": present.site_id,
            "manager": present.manager_id,
            "shift": present.shift,
        }
        if present
        else None
    )
    if form.validate_on_submit():
        with refusals_to(form):
            _start(person, form)
            flash(_("Saved. It counts from the first day on."), "ok")
            return redirect(url_for("people.person", person_id=person.id), 303)
    return form_page("people/employment_form.html", form, person=person, present=present)


def _start(person: Person, form: EmploymentForm) -> Employment:
    get, manager = db.session.get_one, form.manager.data
    return operations.start_employment(
        person,
        role=get(Role, form.role.data),
        team=get(Team, form.team.data),
        site=get(Site, form.site.data),
        manager=get(Person, manager) if manager else None,
        starts_on=cast("date", form.starts_on.data),
        reason=form.reason.data,
        shift=form.shift.data or "",
        by=viewer(),
    )


@bp.route("/people/employments/<int:employment_id>/end", methods=["GET", "POST"])
@allowed(policy.end_employment, on=Employment)
def end_employment(employment: Employment) -> ResponseReturnValue:
    """Say which day is the last."""
    form = EndForm(obj=employment)
    if form.validate_on_submit():
        with refusals_to(form):
            operations.end_employment(
                employment, ends_on=cast("date", form.ends_on.data), by=viewer()
            )
            flash(_("Saved. The last day is set."), "ok")
            return redirect(url_for("people.person", person_id=employment.person_id), 303)
    return form_page("people/end_employment.html", form, employment=employment)
