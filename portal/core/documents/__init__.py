"""Papers: PDF printed from frozen data, stored once, checkable by anyone who holds one.

A feature registers the kinds it issues and calls ``issue`` in its operations; a worker prints.
"""

from flask import Flask

from portal.core.brand import Brand
from portal.core.documents.health import health
from portal.core.documents.kinds import Present, label_of, register_kind
from portal.core.documents.models import Document
from portal.core.documents.operations import is_genuine, issue
from portal.core.documents.queries import documents_of
from portal.core.documents.rendering import Seal, render, to_html
from portal.core.documents.states import DocumentState

__all__ = [
    "Brand",
    "Document",
    "DocumentState",
    "Present",
    "Seal",
    "documents_of",
    "health",
    "is_genuine",
    "issue",
    "label_of",
    "register",
    "register_kind",
    "render",
    "to_html",
]


def register(app: Flask) -> None:
    """Connect the pages and the job, and warn of what is missing on this machine."""
    from portal.core.access import expose
    from portal.core.documents import jobs, policy, routes  # noqa: F401 - jobs registers itself
    from portal.core.documents.health import log_problems

    app.register_blueprint(routes.bp)
    expose(app, "documents", policy)
    with app.app_context():
        log_problems()
