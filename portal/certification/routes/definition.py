"""Certifications, their rules in words, and the versions these came in."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.certification import operations, policy, queries, wording
from portal.certification.expiry import Rule
from portal.certification.forms.definition import TrialForm
from portal.certification.models import Certification, CertificationVersion
from portal.certification.routes import bp
from portal.certification.states import CertificationState
from portal.certification.trial import Trial, try_rule
from portal.core import clock
from portal.core.access import allowed
from portal.core.db import db
from portal.training import queries as training


@bp.get("/settings/certifications")
@allowed(policy.keep_definitions)
def certifications() -> str:
    """List them with their rules, for whom they are mandatory, and how many people hold them."""
    today = clock.today(viewer().time_zone)
    mandates: dict[int, list[str]] = {}
    for mandate in db.session.scalars(queries.mandates_on(today)):
        mandates.setdefault(mandate.certification_id, []).append(wording.whom(mandate))
    holders: dict[int, int] = dict(list(db.session.execute(queries.holders(today))))
    return render_template(
        "certification/certifications.html",
        certifications=db.session.scalars(queries.certifications()).all(),
        mandates=mandates,
        holders=holders,
        expiry_in_words=wording.expiry_in_words,
    )


@bp.get("/settings/certifications/<int:certification_id>", endpoint="certification")
@allowed(policy.keep_certification, on=Certification)
def read_certification(certification: Certification) -> ResponseReturnValue:
    """The present rule in words, tried out, for whom it is mandatory, and how it came about."""
    shown = in_full(certification.current_version_id)
    form = TrialForm(request.args if "completed_on" in request.args else None)
    body = render_template(
        "certification/certification.html",
        certification=certification,
        shown=shown,
        form=form,
        trial=_tried(form, shown) if shown and "completed_on" in request.args else None,
        sentences=wording.rule_in_words(shown, category_names()) if shown else [],
        wording=wording,
        today=clock.today(viewer().time_zone),
        mandates=db.session.scalars(queries.mandates_of(certification.id)).all(),
        versions=db.session.execute(queries.versions_of(certification.id)).all(),
        retired=certification.state is CertificationState.RETIRED,
    )
    return body, 422 if form.errors else 200


@bp.get("/settings/certifications/versions/<int:version_id>")
@allowed(policy.see_version, on=CertificationVersion)
def version(version: CertificationVersion) -> str:
    """One rule as it was published, and what it says otherwise than the one before."""
    shown = in_full(version.id)
    older = db.session.scalars(queries.versions_before(version).limit(1)).first()
    names = category_names()
    before = in_full(older.id) if older else None
    return render_template(
        "certification/version.html",
        certification=version.certification,
        shown=shown,
        before=before,
        sentences=wording.rule_in_words(version, names),
        wording=wording,
        changes=wording.changes(before, version, names) if before else [],
    )


@bp.post("/settings/certifications/<int:certification_id>/retire")
@allowed(policy.keep_certification, on=Certification)
def retire_certification(certification: Certification) -> ResponseReturnValue:
    """Make no more awards."""
    operations.retire_certification(certification, by=viewer())
    flash(_("Retired. Certificates that are out there keep counting."), "ok")
    return redirect(url_for("certification.certification", certification_id=certification.id), 303)


def in_full(version_id: int | None) -> CertificationVersion | None:
    """A version with all that its pages show."""
    return db.session.scalar(queries.version_in_full(version_id)) if version_id else None


def category_names() -> wording.Categories:
    """The names of the categories of hours by their keys."""
    return {row.key: row.name for row in db.session.scalars(training.categories())}


def _tried(form: TrialForm, version: CertificationVersion) -> Trial | None:
    if not form.validate():
        return None
    return try_rule(
        Rule.of(version),
        **form.days(),
        window_days=version.window_days,
        expiring_days=version.expiring_days,
        grace_days=version.grace_days,
    )
