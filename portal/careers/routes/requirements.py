"""What roles ask for beside their competencies: list, versions, form."""

from __future__ import annotations

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.careers import operations, policy, queries, wording
from portal.careers.forms.requirements import Choices, requirements_form
from portal.careers.queries.needs import need_of
from portal.careers.routes import bp
from portal.certification import queries as certification
from portal.certification.states import CertificationState
from portal.core import clock, i18n
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.metrics import queries as metrics
from portal.people.forms import choices as people
from portal.people.models import Role
from portal.people.queries import roles as all_roles
from portal.training.models import Course, Programme
from portal.training.states import CourseState


@bp.get("/paths/roles")
@allowed(policy.keep_ladder)
def roles() -> str:
    """All roles, each leading to what it asks for."""
    return render_template("paths/roles.html", roles=db.session.scalars(all_roles()).all())


@bp.get("/paths/roles/<int:role_id>")
@allowed(policy.keep_requirements, on=Role)
def requirements(role: Role) -> str:
    """What a role asks for now, was and will be."""
    today = clock.today(viewer().time_zone)
    versions = [
        (row, by, [need_of(line) for line in row.lines])
        for row, by in db.session.execute(queries.sets_of(role.id))
    ]
    current = db.session.scalar(queries.set_on(role.id, today))
    needs = queries.needs_of(role.id, today)
    every = [*needs, *(need for _row, _by, found in versions for need in found)]
    return render_template(
        "paths/requirements.html",
        role=role,
        needs=needs,
        current=current,
        versions=versions,
        names=wording.names_for(every),
        title=wording.title,
        today=today,
    )


@bp.route("/paths/roles/<int:role_id>/edit", methods=["GET", "POST"])
@allowed(policy.keep_requirements, on=Role)
def publish_requirements(role: Role) -> ResponseReturnValue:
    """Change what a role asks for; publishing makes a version."""
    choices = _choices()
    current = db.session.scalar(queries.set_on(role.id, clock.today(viewer().time_zone)))
    form = requirements_form(current, choices)
    step = request.form.get("step")
    if form.is_submitted() and step in {"more", "metric"}:
        (form.demands if step == "more" else form.marks).append_entry()
        form.offer(choices)
    elif form.validate_on_submit():
        with refusals_to(form):
            day = form.effective_from.data
            assert day is not None  # the field asks for one
            version = operations.publish_requirements(
                role, form.wanted(), effective_from=day, by=viewer()
            )
            flash(_("Version %(number)s is published.", number=version.number), "ok")
            return redirect(url_for("paths.requirements", role_id=role.id), 303)
    return form_page("paths/requirements_form.html", form, role=role)


def _choices() -> Choices:
    """Everything in use, by name."""
    families = db.session.scalars(sa.select(Role.family).distinct().order_by(Role.family))
    known = [row for row in db.session.scalars(certification.certifications())
             if row.current and row.state is CertificationState.IN_USE]  # fmt: skip
    offered = CourseState.OFFERED
    courses = db.session.scalars(sa.select(Course).where(Course.state == offered))
    programmes = db.session.scalars(sa.select(Programme).where(Programme.state == offered))
    return Choices(
        roles=people.roles(),
        families=[(key, wording.family_name(key)) for key in families],
        certifications=_sorted([(row.id, i18n.words(row.current.name)) for row in known
                                if row.current]),
        courses=_sorted([(row.id, i18n.words(row.title)) for row in courses]),
        metrics=_sorted([(row.id, i18n.words(row.definition.name))
                         for row in db.session.scalars(metrics.metrics_in_use())]),
        programmes=_sorted([(row.id, i18n.words(row.title)) for row in programmes]),
    )  # fmt: skip


def _sorted(offer: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return sorted(offer, key=lambda pair: i18n.sort_key(pair[1]))
