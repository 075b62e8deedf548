"""Whether the portal is alive, ready to serve, and what an administrator should mend."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Blueprint, Flask, Response, jsonify

from portal.core.access import public
from portal.core.db import db

bp = Blueprint("health", __name__)


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


def register(app: Flask) -> None:
    """Connect the two probes."""
    app.register_blueprint(bp)
