"""Made-up files, good and bad, as bytes."""

from __future__ import annotations

import io
import zipfile

import pikepdf
from PIL import Image


def pdf(password: str = "", pages: int = 1) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _page in range(pages):
            document.add_blank_page()
        lock = pikepdf.Encryption(owner="o", user=password) if password else False
        document.save(out, encryption=lock)
    return out.getvalue()


def image(kind: str = "PNG", size: tuple[int, int] = (4, 4)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size).save(out, kind)
    return out.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in parts.items():
            box.writestr(name, data)
    return out.getvalue()


def docx(**more: bytes) -> bytes:
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
    return archive(parts | {name.replace("__", "/"): data for name, data in more.items()})


def odt() -> bytes:
    kind = b"application/vnd.oasis.opendocument.text"
    return archive({"mimetype": kind, "content.xml": b"<office/>"})


def bomb() -> bytes:
    """A few hundred kilobytes that unpack to 300 MiB."""
    return docx(word__media=b"\0" * (300 * 1024 * 1024))
