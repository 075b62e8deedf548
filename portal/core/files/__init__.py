"""Files in a folder or an S3 bucket under random names, checked by content when they come in."""

from portal.core.files.intake import Upload, accept
from portal.core.files.models import StoredFile
from portal.core.files.responses import respond, show_pdf
from portal.core.files.storage import FileMissing, open_store, probe, read, store

__all__ = [
    "FileMissing",
    "StoredFile",
    "Upload",
    "accept",
    "open_store",
    "probe",
    "read",
    "respond",
    "show_pdf",
    "store",
]
