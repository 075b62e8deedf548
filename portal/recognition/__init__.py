"""Recognition: thanks from one colleague to others, the organisation's values, the wall."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
    from portal.core import access
    from portal.recognition import (  # noqa: F401 - they make themselves known
        jobs,
        models,
        parts,
        policy,
        routes,
    )

    app.register_blueprint(routes.bp)
    access.expose(app, "recognition", policy)
    parts.connect(app)
