"""Two probes for load balancers, and the page that tells an administrator what to mend."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Blueprint, Response, jsonify, render_template

from portal.core import clock
from portal.core.access import allowed, public
from portal.core.db import db
from portal.core.health import database, machine, policy
from portal.core.health.findings import Check, worst

bp = Blueprint("health", __name__)

CHECKS: tuple[Check, ...] = (
    database.database,
    database.schema,
    database.worker,
    database.waiting_jobs,
    database.failed_jobs,
    machine.mail_server,
    database.waiting_mail,
    database.failed_mail,
    database.unconfirmed_mail,
    database.trail,
    machine.papers,
    machine.storage,
    machine.disk,
)


@bp.get("/health/live")
@public
def live() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@bp.get("/health/ready")
@public
def ready() -> tuple[Response, int] | Response:
    """The database answers and its schema is there."""
    try:
        db.session.execute(sa.text("SELECT 1 FROM account LIMIT 1"))
    except sa.exc.SQLAlchemyError:
        return jsonify(status="database"), 503
    return jsonify(status="ok")


@bp.get("/settings/health")
@allowed(policy.read_health)
def read_health() -> str:
    """How every part of the installation is."""
    findings = [check() for check in CHECKS]
    return render_template(
        "health/read_health.html", findings=findings, worst=worst(findings), moment=clock.now()
    )
