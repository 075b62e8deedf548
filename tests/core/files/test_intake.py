"""What uploads are taken, and what people are told about the others."""

from __future__ import annotations

import io

import pytest
from werkzeug.datastructures import FileStorage

from portal.core.errors import Refused
from portal.core.files import Upload, accept
from portal.core.files.kinds import MAX_PIXELS
from tests.core.files import samples

pytestmark = pytest.mark.usefixtures("db_session")
MIB = 1024 * 1024
EVERY = {"pdf", "docx", "odt", "txt", "png", "jpg"}
LOCKED_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


def take(data: bytes, name: str = "cv.pdf", kinds: set[str] = EVERY, limit: int = MIB) -> Upload:
    return accept(FileStorage(io.BytesIO(data), name, "cv"), kinds, limit)


def refusal(data: bytes, name: str = "cv.pdf", kinds: set[str] = EVERY, limit: int = MIB) -> str:
    with pytest.raises(Refused) as refused:
        take(data, name, kinds, limit)
    assert refused.value.field == "cv"
    return refused.value.message


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (samples.pdf(), "cv.pdf", "application/pdf"),
        (samples.pdf(), "CV.PDF", "application/pdf"),
        (samples.image("PNG"), "face.png", "image/png"),
        (samples.image("JPEG"), "face.jpeg", "image/jpeg"),
        (
            samples.docx(),
            "cv.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (samples.odt(), "cv.odt", "application/vnd.oasis.opendocument.text"),
        ("Çağrı 履歴書\n".encode(), "cv.txt", "text/plain"),
        (b"\xef\xbb\xbfwith a mark", "cv.txt", "text/plain"),
    ],
)
def test_a_sound_file_is_taken_with_the_type_of_its_content(
    data: bytes, name: str, media_type: str
) -> None:
    assert take(data, name) == Upload(data, name, media_type)


def test_nothing_chosen_is_refused() -> None:
    assert refusal(b"", name="") == "Choose a file."


def test_an_empty_file_is_refused() -> None:
    assert "is empty" in refusal(b"")


def test_a_file_over_the_limit_is_refused_with_the_limit() -> None:
    assert "at most 0.5 MiB" in refusal(samples.pdf() + b"\0" * MIB, limit=MIB // 2)


def test_a_kind_that_is_not_asked_for_is_refused_with_those_that_are() -> None:
    message = refusal(samples.image(), "face.png", {"docx", "pdf"})
    assert "“face.png”" in message
    assert "PDF, Word (.docx)" in message


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\0" + b"\0" * 90,
        b"\x00\x01\x02",
        samples.archive({"a.txt": b"a"}),
        b"PK\x03\x04broken",
    ],
    ids=["program", "noise", "other archive", "broken archive"],
)
def test_an_unknown_content_is_refused_whatever_its_name(data: bytes) -> None:
    assert "can't be read as one of these" in refusal(data)


def test_a_renamed_file_is_refused() -> None:
    assert "another ending" in refusal(samples.image(), "cv.pdf")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\nand then nothing of it", "cv.pdf"),
        (samples.pdf(pages=0), "cv.pdf"),
        (samples.image()[:50], "face.png"),
        (samples.docx(**{"word__document.xml": b"no markup"}), "cv.docx"),
    ],
    ids=["broken pdf", "pdf without pages", "cut image", "docx without markup"],
)
def test_a_damaged_file_is_refused(data: bytes, name: str) -> None:
    assert "is damaged" in refusal(data, name)


@pytest.mark.parametrize(
    ("data", "name"), [(samples.pdf(password="x"), "cv.pdf"), (LOCKED_OFFICE, "cv.docx")]
)
def test_a_file_locked_by_a_password_is_refused_kindly(data: bytes, name: str) -> None:
    assert "locked by a password" in refusal(data, name)


def test_a_document_that_unpacks_to_far_too_much_is_refused() -> None:
    assert "far too much" in refusal(samples.bomb(), "cv.docx")


def test_a_document_of_very_many_parts_is_refused() -> None:
    parts = {f"word__{number}": b"" for number in range(5001)}
    assert "far too much" in refusal(samples.docx(**parts), "cv.docx")


def test_a_picture_of_very_many_pixels_is_refused() -> None:
    side = int(MAX_PIXELS**0.5) + 1
    assert "far too much" in refusal(samples.image(size=(side, side)), "face.png")


def test_a_document_with_macros_is_refused() -> None:
    assert "macros" in refusal(samples.docx(**{"word__vbaProject.bin": b"x"}), "cv.docx")


def test_the_name_is_cleaned_before_it_is_shown_or_kept() -> None:
    assert take(samples.pdf(), "C:\\Users\\me\\cv\u202efdp.pdf").name == "cvfdp.pdf"
