"""Key positions, who could take over, and what happens if somebody leaves."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
    from portal.core import access
    from portal.succession import (  # noqa: F401 - made known
        jobs,
        models,
        notices,
        policy,
        receivers,
        routes,
    )

    app.register_blueprint(routes.bp)

    access.expose(app, "succession", policy)
