"""Who may open a paper: the feature that issued it says so; nobody, if none does."""

from __future__ import annotations

from portal.core.access import Viewer
from portal.core.documents.kinds import KINDS
from portal.core.documents.models import Document
from portal.core.documents.states import DocumentState


def read_document(viewer: Viewer, document: Document) -> bool:
    """Whoever the rule of its kind lets in."""
    kind = KINDS.get(document.kind)
    return kind is not None and kind.rule(viewer, document)


def retry_document(viewer: Viewer, document: Document) -> bool:
    """Whoever may open it, once it has failed."""
    return document.state is DocumentState.FAILED and read_document(viewer, document)
