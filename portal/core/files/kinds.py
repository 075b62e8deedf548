"""Tells what a file is by its content, and whether it opens."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

import filetype

MAX_ENTRIES = 5000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_MAIN_PART = 60 * 1024 * 1024
MAX_PIXELS = 60_000_000
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODT = "application/vnd.oasis.opendocument.text"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Kind:
    """A kind of file that can be accepted."""

    name: str
    media_type: str
    extensions: frozenset[str]
    label: str


KINDS = {
    kind.name: kind
    for kind in (
        Kind("pdf", "application/pdf", frozenset({"pdf"}), "PDF"),
        Kind("docx", DOCX, frozenset({"docx"}), "Word (.docx)"),
        Kind("odt", ODT, frozenset({"odt"}), "OpenDocument (.odt)"),
        Kind("xlsx", XLSX, frozenset({"xlsx"}), "Excel (.xlsx)"),
        Kind("csv", "text/csv", frozenset({"csv", "tsv", "txt"}), "CSV (UTF-8)"),
        Kind("txt", "text/plain", frozenset({"txt"}), "TXT"),
        Kind("png", "image/png", frozenset({"png"}), "PNG"),
        Kind("jpg", "image/jpeg", frozenset({"jpg", "jpeg"}), "JPEG"),
    )
}


class Flaw(Enum):
    """Why a file of a known kind is not taken."""

    DAMAGED = auto()
    ENCRYPTED = auto()
    TOO_MUCH = auto()
    MACROS = auto()


def kind_of(data: bytes) -> Kind | None:
    """What the content is, or ``None`` if it is nothing we know."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return KINDS["pdf"]
    if zipfile.is_zipfile(io.BytesIO(data)) and data.startswith(b"PK"):
        return _kind_of_zip(data)
    guess = filetype.guess(data)  # type: ignore[no-untyped-call]
    if guess is not None:
        return KINDS.get(guess.extension)
    return KINDS["txt"] if _is_text(data) else None


def flaw_of(data: bytes, kind: Kind) -> Flaw | None:
    """Open the file as its kind and say what is wrong with it, if anything."""
    check = _CHECKS.get(kind.name)
    return check(data) if check else None


def is_locked_office(data: bytes) -> bool:
    """Whether this may be a document locked by a password, or an old .doc: the same box."""
    return data.startswith(OLD_OFFICE)


def _kind_of_zip(data: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if {"[Content_Types].xml", "word/document.xml"} <= names:
                return KINDS["docx"]
            if {"[Content_Types].xml", "xl/workbook.xml"} <= names:
                return KINDS["xlsx"]
            if {"mimetype", "content.xml"} <= names:
                with archive.open("mimetype") as part:
                    return KINDS["odt"] if part.read(200).decode("latin-1") == ODT else None
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        return None
    return None


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return re.search(r"[\x00-\x08\x0e-\x1f]", text) is None


def _check_pdf(data: bytes) -> Flaw | None:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return None if len(pdf.pages) else Flaw.DAMAGED
    except pikepdf.PasswordError:
        return Flaw.ENCRYPTED
    except (pikepdf.PdfError, ValueError, RecursionError):
        return Flaw.DAMAGED


def _check_image(data: bytes) -> Flaw | None:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MAX_PIXELS:
                return Flaw.TOO_MUCH
            # Checks the frame of the file; after it the image must be opened anew to be read.
            image.verify()
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            image.load()
    except Image.DecompressionBombError:
        return Flaw.TOO_MUCH
    except (OSError, ValueError, SyntaxError):
        return Flaw.DAMAGED
    return None


def _zip_check(main: str) -> Callable[[bytes], Flaw | None]:
    def check(data: bytes) -> Flaw | None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return _flaw_of_archive(archive, main)
        except (zipfile.BadZipFile, KeyError, EOFError, ValueError, OSError, NotImplementedError):
            return Flaw.DAMAGED

    return check


def _flaw_of_archive(archive: zipfile.ZipFile, main: str) -> Flaw | None:
    entries = archive.infolist()
    part = archive.getinfo(main)
    if (
        len(entries) > MAX_ENTRIES
        or sum(entry.file_size for entry in entries) > MAX_UNPACKED
        or part.file_size > MAX_MAIN_PART
    ):
        return Flaw.TOO_MUCH
    if part.flag_bits & 1:
        return Flaw.ENCRYPTED
    if any(entry.filename.endswith("vbaProject.bin") for entry in entries):
        return Flaw.MACROS
    # A lying header is caught here: reading stops at the stated size and compares the checksum.
    with archive.open(part) as source:
        head = source.read(100)
        while source.read(1024 * 1024):
            pass
    return None if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else Flaw.DAMAGED


_CHECKS: dict[str, Callable[[bytes], Flaw | None]] = {
    "pdf": _check_pdf,
    "png": _check_image,
    "jpg": _check_image,
    "docx": _zip_check("word/document.xml"),
    "xlsx": _zip_check("xl/workbook.xml"),
    "odt": _zip_check("content.xml"),
}
