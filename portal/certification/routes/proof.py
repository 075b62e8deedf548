"""Asking for the certificate of an award, publishing its badge, and the keys that sign badges."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.certification import operations, policy, queries
from portal.certification.badges import public
from portal.certification.models import Award, Badge
from portal.certification.routes import bp
from portal.core.access import allowed
from portal.core.db import db


@bp.post("/certification/awards/<int:award_id>/certificate")
@allowed(policy.issue_certificate, on=Award, options=queries.AWARD_FACTS)
def issue_certificate(award: Award) -> ResponseReturnValue:
    """Have the certificate printed, once."""
    paper = operations.issue_certificate(award, by=viewer())
    return redirect(url_for("documents.read_document", document_id=paper.id), 303)


@bp.post("/certification/awards/<int:award_id>/badge")
@allowed(policy.publish_badge, on=Award, options=queries.AWARD_FACTS)
def publish_badge(award: Award) -> ResponseReturnValue:
    """Put the award on the web as a signed badge."""
    operations.publish_badge(award, by=viewer())
    flash(_("The badge is being signed. In a moment its address is here."), "ok")
    return redirect(url_for("certification.award", award_id=award.id), 303)


@bp.post("/certification/badges/<int:badge_id>/withdraw")
@allowed(policy.withdraw_badge, on=Badge)
def withdraw_badge(badge: Badge) -> ResponseReturnValue:
    """Take a badge off the web."""
    operations.withdraw_badge(badge, by=viewer())
    flash(_("Withdrawn. Copies of the badge no longer verify."), "ok")
    return redirect(url_for("certification.award", award_id=badge.award_id), 303)


@bp.get("/settings/badge-keys")
@allowed(policy.keep_badge_keys)
def badge_keys() -> str:
    """The keys that sign badges."""
    return render_template(
        "certification/badge_keys.html",
        keys=db.session.execute(queries.keys_with_counts()).all(),
        did=public.issuer_did(),
        reachable=public.base_url().startswith("https://"),
    )


@bp.post("/settings/badge-keys/rotate")
@allowed(policy.keep_badge_keys)
def rotate_badge_key() -> ResponseReturnValue:
    """Sign with a new key from now on."""
    operations.rotate_key(by=viewer())
    flash(_("New badges are signed by a new key. Those signed so far keep verifying."), "ok")
    return redirect(url_for("certification.badge_keys"), 303)
