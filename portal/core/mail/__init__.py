"""Mail: written as rows of the request's transaction, sent by a worker, readable in the outbox."""

from flask import Flask

from portal.core import access
from portal.core.mail import jobs as jobs
from portal.core.mail import policy, routes
from portal.core.mail.attachments import Attachment
from portal.core.mail.composition import link
from portal.core.mail.operations import send

__all__ = ["Attachment", "link", "register", "send"]


def register(app: Flask) -> None:
    """Add the outbox pages; importing this package has made the job known."""
    app.register_blueprint(routes.bp)
    access.expose(app, "mail", policy)
