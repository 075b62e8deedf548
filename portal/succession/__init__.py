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
        wording,
    )

    app.register_blueprint(routes.bp)
    app.jinja_env.filters["seat_name"] = wording.seat_name
    app.jinja_env.filters["seat_place"] = wording.seat_place

    access.expose(app, "succession", policy)
