"""File names made safe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.files.names import MAX_NAME, clean_name, extension_of


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("cv.pdf", "cv.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Ayşe\\Özgeçmiş.pdf", "Özgeçmiş.pdf"),
        ("履歴書 髙﨑.pdf", "履歴書 髙﨑.pdf"),
        ("𠮷野 🎉.pdf", "𠮷野 🎉.pdf"),
        ("👩\u200d💻.png", "👩\u200d💻.png"),
        ("cv\u202efdp.exe", "cvfdp.exe"),
        ("a\x00b\r\nc.txt", "abc.txt"),
        ("  .hidden  ", "hidden"),
        ("...", "file"),
        ("", "file"),
        ("a" * 300 + ".docx", "a" * 145 + ".docx"),
        ("b" * 300, "b" * 150),
    ],
)
def test_a_name_keeps_its_letters_and_loses_its_tricks(name: str, clean: str) -> None:
    assert clean_name(name) == clean


@given(st.text(max_size=400))
def test_any_name_comes_out_short_flat_and_visible(name: str) -> None:
    clean = clean_name(name)
    assert 1 <= len(clean) <= MAX_NAME
    assert "/" not in clean
    assert "\\" not in clean
    assert clean == clean_name(clean)


@pytest.mark.parametrize(("name", "ending"), [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("pdf", "")])
def test_the_extension_is_what_follows_the_last_dot(name: str, ending: str) -> None:
    assert extension_of(name) == ending
