"""Files: kept in a folder or an S3 bucket under random names, checked by content when they come in."""

from flask import Flask

from portal.core.files.intake import Upload, accept
from portal.core.files.models import StoredFile
from portal.core.files.responses import respond
from portal.core.files.storage import FileMissing, open_store, read, store

__all__ = ["FileMissing", "StoredFile", "Upload", "accept", "read", "register", "respond", "store"]


def register(app: Flask) -> None:
    """Prepare the store, so that wrong settings show at the start and not at the first upload."""
    open_store(app)
