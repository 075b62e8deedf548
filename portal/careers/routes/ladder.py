"""The ladder as everybody sees it, its versions, and the form that publishes one."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.careers import documents, operations, policy, queries
from portal.careers.drawing import drawn
from portal.careers.forms.ladder import ladder_form
from portal.careers.models import LadderVersion
from portal.careers.routes import bp
from portal.core import clock
from portal.core.access import allowed
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms import form_page, refusals_to
from portal.core.i18n import LOCALES, NATIVE_NAMES, current_locale
from portal.people.queries import roles as all_roles


@bp.get("/paths/ladder")
@allowed(policy.see_ladder)
def ladder() -> str:
    """The steps between roles, drawn and as a table."""
    return _page(db.session.scalar(queries.ladder_on(clock.today(viewer().time_zone))))


@bp.post("/paths/ladder/print")
@allowed(policy.see_ladder)
def print_ladder() -> ResponseReturnValue:
    """The present ladder on paper, with what each role asks for."""
    version = db.session.scalar(queries.ladder_on(clock.today(viewer().time_zone)))
    if version is None:
        raise Refused(_("There is no ladder to print yet."))
    sent = request.form.get("language", "")
    locale = sent if sent in LOCALES else current_locale()
    paper = documents.issue_ladder(version, locale=locale, by=viewer())
    return redirect(url_for("documents.read_document", document_id=paper.id), 303)


@bp.get("/paths/ladder/<int:ladder_version_id>")
@allowed(policy.see_ladder_version, on=LadderVersion)
def ladder_version(ladder_version: LadderVersion) -> str:
    """An earlier or a coming ladder."""
    return _page(ladder_version)


@bp.route("/paths/ladder/edit", methods=["GET", "POST"])
@allowed(policy.keep_ladder)
def publish_ladder() -> ResponseReturnValue:
    """Change the steps; publishing makes a version."""
    roles = list(db.session.scalars(all_roles()))
    before = db.session.scalar(queries.ladder_on(clock.today(viewer().time_zone)))
    form = ladder_form(before, roles)
    if form.is_submitted() and request.form.get("step") == "more":
        form.steps.append_entry()
        form.offer(roles)
    elif form.validate_on_submit():
        with refusals_to(form):
            steps = form.wanted({role.id: role for role in roles})
            day = form.effective_from.data
            assert day is not None  # the field asks for one
            version = operations.publish_ladder(steps, effective_from=day, by=viewer())
            flash(_("Version %(number)s is published.", number=version.number), "ok")
            return redirect(url_for("paths.ladder"), 303)
    return form_page("paths/ladder_form.html", form)


def _page(version: LadderVersion | None) -> str:
    keeps = policy.keep_ladder(viewer())
    return render_template(
        "paths/ladder.html",
        version=version,
        chart=drawn(version) if version else None,
        versions=db.session.execute(queries.ladder_versions()).all() if keeps else [],
        today=clock.today(viewer().time_zone),
        paper_languages=list(NATIVE_NAMES.items()),
    )
