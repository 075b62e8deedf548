"""The library: competencies by family, their anchors, their versions."""

from __future__ import annotations

from itertools import groupby

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.competencies import operations, policy, queries
from portal.competencies.forms import NewCompetencyForm, VersionForm, wording_of
from portal.competencies.models import LEVELS, Competency, CompetencyVersion
from portal.competencies.routes.blueprint import bp
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import form_page, refusals_to


@bp.get("/settings/competencies")
@allowed(policy.see_library)
def competencies() -> ResponseReturnValue:
    """List the library by family."""
    rows = db.session.scalars(queries.library()).all()
    families = [(family, list(group)) for family, group in groupby(rows, key=lambda c: c.family)]
    return render_template("competencies/competencies.html", families=families)


@bp.get("/settings/competencies/<int:competency_id>", endpoint="competency")
@allowed(policy.see_competency, on=Competency)
def read_competency(competency: Competency) -> ResponseReturnValue:
    """Show what a competency means at each level, and how its wording came about."""
    return _record(competency, competency.current)


@bp.get("/settings/competencies/versions/<int:version_id>")
@allowed(policy.see_version, on=CompetencyVersion)
def version(version: CompetencyVersion) -> ResponseReturnValue:
    """Show an earlier wording."""
    return _record(version.competency, version)


def _record(competency: Competency, shown: CompetencyVersion | None) -> ResponseReturnValue:
    return render_template(
        "competencies/competency.html",
        competency=competency,
        shown=shown,
        levels=LEVELS,
        versions=db.session.execute(queries.versions_of(competency.id)).all(),
        roles=db.session.execute(queries.roles_asking(competency.id)).all(),
    )


@bp.route("/settings/competencies/add", methods=["GET", "POST"])
@allowed(policy.add_competency)
def add_competency() -> ResponseReturnValue:
    """Add a competency with its first wording."""
    form = NewCompetencyForm()
    if form.validate_on_submit():
        with refusals_to(form):
            added = operations.add_competency(
                key=form.key.data, family=form.family.data, **form.wording(), by=viewer()
            )
            flash(_("Version 1 is published."), "ok")
            return redirect(url_for("competencies.competency", competency_id=added.id), 303)
    return form_page("competencies/version_form.html", form, competency=None)


@bp.route("/settings/competencies/<int:competency_id>/edit", methods=["GET", "POST"])
@allowed(policy.publish_version, on=Competency)
def publish_version(competency: Competency) -> ResponseReturnValue:
    """Change the wording; publishing makes a version, and what was rated before keeps its own."""
    before = competency.current
    form = VersionForm(data=wording_of(before) if before else None)
    if form.validate_on_submit():
        with refusals_to(form):
            version = operations.publish_version(competency, **form.wording(), by=viewer())
            same = _("Nothing changed, so there is no new version.")
            new = _("Version %(number)s is published.", number=version.number)
            flash(same if version is before else new, "ok")
            return redirect(url_for("competencies.competency", competency_id=competency.id), 303)
    return form_page("competencies/version_form.html", form, competency=competency)
