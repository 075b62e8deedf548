"""A bad file gets its message at the field, everything else is kept, and nothing is stored."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pytest

from tests.core.files import samples
from tests.page import Page
from tests.robustness.forms import Found, forms_on
from tests.robustness.place import Place

MIB = 1024 * 1024
PLACES = ("apply", "evidence")


@cache
def bad() -> dict[str, tuple[bytes, str]]:
    """What a file holds, and its name."""
    pdf = samples.pdf()
    return {
        "a program named pdf": (b"MZ\x90\x00\x03" + bytes(4000), "cv.pdf"),
        "a program": (b"MZ\x90\x00\x03" + bytes(4000), "cv.exe"),
        "a locked pdf": (samples.pdf(password="secret"), "cv.pdf"),
        "a cut pdf": (pdf[: len(pdf) // 3], "cv.pdf"),
        "a bomb": (samples.bomb(), "cv.docx"),
        "macros": (samples.docx(word__vbaProject_bin=b"x").replace(
            b"vbaProject_bin", b"vbaProject.bin"), "cv.docx"),
        "a picture with script": (b"<svg onload='alert(1)'><script>x</script></svg>", "cv.svg"),
        "a page": (b"<html><script>alert(1)</script></html>", "cv.html"),
        "a page named pdf": (b"<html><script>alert(1)</script></html>", "cv.pdf"),
        "a picture that is also a page": (b"GIF89a/*<script>alert(1)</script>*/=1;", "cv.pdf"),
        "nothing": (b"", "cv.pdf"),
        "too much": (b"%PDF-1.7" + bytes(11 * MIB), "cv.pdf"),
        "a path": (b"MZ\x00", "../../../etc/passwd.pdf"),
        "a turned name": (b"MZ\x00", "cv\u202efdp.exe"),
        "a long name": (b"MZ\x00", "x" * 500 + ".pdf"),
        "script as a name": (b"MZ\x00", "<script>alert(1)</script>.pdf"),
        "no ending": (b"MZ\x00", "cv"),
    }  # fmt: skip


@pytest.fixture(scope="module")
def forms(place: Place) -> dict[str, tuple[Found, str]]:
    """Each form that takes a file, and the name of its field."""
    own = place.world.own
    found = {}
    for name, role, path, endpoint in (
        ("apply", "stranger", f"/careers/{own['slug']}/apply", "careers.apply"),
        ("evidence", "associate", f"/onboarding/plans/{own['onboarding plan_id']}",
         "onboarding.finish_task"),
    ):  # fmt: skip
        page = place.visitors[role].get(path)
        forms = [one for one in forms_on(place, role, path, page) if one.endpoint == endpoint]
        form = next(one for one in forms if any(field.kind == "file" for field in one.fields))
        found[name] = form, next(field.name for field in form.fields if field.kind == "file")
    return found


def send(place: Place, form: Found, field: str, data: bytes, name: str) -> Page:
    """Send the form with this file, and take everything back."""
    sent: dict[str, Any] = form.data() | {field: (io.BytesIO(data), name)}
    page = place.visitors[form.role].post(form.action, sent, content_type="multipart/form-data")
    page.response.request.environ["wsgi.input"].close()
    return page


@pytest.mark.parametrize("what", bad())
@pytest.mark.parametrize("where", PLACES)
def test_a_bad_file_is_refused_at_its_field(
    place: Place, forms: dict[str, tuple[Found, str]], where: str, what: str
) -> None:
    form, field = forms[where]
    before = place.counts(), stored(place)
    with place.undone():
        page = send(place, form, field, *bad()[what])
        after = place.counts(), stored(place)
    assert page.status == 422
    [message] = page.tree.xpath("//*[@id=$id]", id=f"{field}-error")
    assert message.text_content().strip()
    assert page.tree.xpath("//*[contains(@class, 'error-summary')]//a[@href=$to]", to=f"#{field}")
    for name, value in form.typed().items():
        shown = [one.get("value") or (one.text or "").strip()
                 for one in page.tree.xpath("//*[@name=$name]", name=name)]  # fmt: skip
        assert value in shown, name
    assert after == before
    assert "<script>alert" not in page.html
    assert "\u202e" not in page.html
    assert "x" * 300 not in page.html


@pytest.mark.parametrize("where", PLACES)
def test_more_than_any_request_may_hold_is_an_error_page(
    place: Place, forms: dict[str, tuple[Found, str]], where: str
) -> None:
    form, field = forms[where]
    before = place.counts(), stored(place)
    with place.undone():
        page = send(place, form, field, bytes(13 * MIB), "cv.pdf")
        after = place.counts(), stored(place)
    assert page.status == 413
    assert page.tree.xpath("//h1")
    assert after == before


@pytest.mark.parametrize("where", PLACES)
def test_a_good_file_under_a_strange_name_is_taken(
    place: Place, forms: dict[str, tuple[Found, str]], where: str
) -> None:
    form, field = forms[where]
    with place.undone():
        before = place.counts()["stored_file"]
        name = "..\\\u202e髙﨑 İş 👩🏽‍💻 " + "x" * 400 + ".pdf"
        page = send(place, form, field, samples.pdf(), name)
        assert page.status == 303
        assert place.counts()["stored_file"] == before + 1


def stored(place: Place) -> int:
    """How many files lie in the store."""
    folder = place.app.config["VAR"] / "files"
    return sum(1 for path in folder.rglob("*") if path.is_file())
