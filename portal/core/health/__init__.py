"""Whether the portal is alive, ready to serve, and what an administrator should mend."""

from flask import Flask

from portal.core import access
from portal.core.health import policy, routes


def register(app: Flask) -> None:
    """Connect the two probes and the page for administrators."""
    app.register_blueprint(routes.bp)
    access.expose(app, "health", policy)
