"""Letters as they are printed: extracting text can't tell a right glyph from a wrong one."""

from __future__ import annotations

import io
from functools import cache

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from portal.core.documents import engine

CELL, SIZE, SCALE = 60, 30, 2
"""A cell of the grid and its letter in points; pixels a point."""

UNMAPPED = "\ue9a7"
TEXTS = {
    "tr": "İıIiğĞşŞçÇöÖüÜâ₺",
    "es": "ñÑ¿¡áéíóúÁüÜ€",
    "ja": "髙﨑㈱①日本語々ー。、「」漢かカｶ〒円",
    "en": "ABCxyz“”’–—&@",
}
ALIKE = frozenset({"。、", "ー—", "–—"})


def sheet_of(letters: str, locale: str, weight: int) -> str:
    """One letter a cell, six cells a row."""
    cells = "".join(
        f'<p style="position:absolute;margin:0;left:{at % 6 * CELL}pt;top:{at // 6 * CELL}pt">'
        f"{letter}</p>"
        for at, letter in enumerate(letters)
    )
    style = (
        f"@page {{ margin: 20pt }} "
        f"html {{ font: {weight} {SIZE}pt/{CELL}pt 'App Sans', 'App JP'; color: black }}"
    )
    return f'<html lang="{locale}"><title>x</title><style>{style}</style>{cells}</html>'


@cache
def glyphs(letters: str, locale: str, weight: int) -> dict[str, Image.Image]:
    """The picture of each letter."""
    pdf = engine.to_pdf(sheet_of(letters, locale, weight), sheet="a4")
    document = pypdfium2.PdfDocument(pdf)
    page = document[0].render(scale=SCALE, grayscale=True).to_pil()
    document.close()
    return {
        letter: page.crop(box)
        for letter, box in zip(letters, map(_box, range(len(letters))), strict=True)
    }


def _box(at: int) -> tuple[int, int, int, int]:
    left, top = (20 + at % 6 * CELL) * SCALE, (20 + at // 6 * CELL) * SCALE
    return left, top, left + (CELL - 8) * SCALE, top + CELL * SCALE


def difference(one: Image.Image, other: Image.Image) -> int:
    """How many pixels are clearly not the same."""
    histogram: list[int] = ImageChops.difference(one, other).histogram()
    return sum(histogram[96:])


@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize("locale", TEXTS)
def test_every_letter_is_drawn_and_is_not_the_box_for_a_missing_one(
    locale: str, weight: int
) -> None:
    drawn = glyphs(TEXTS[locale] + UNMAPPED, locale, weight)
    missing = drawn[UNMAPPED]

    blank = Image.new("L", missing.size, 255)
    assert difference(missing, blank) > 40
    for letter in TEXTS[locale]:
        assert difference(drawn[letter], blank) > 8, f"{letter} is blank"
        assert difference(drawn[letter], missing) > 40, f"{letter} is the missing box"


@pytest.mark.parametrize("locale", TEXTS)
def test_no_two_letters_look_the_same(locale: str) -> None:
    drawn = glyphs(TEXTS[locale] + UNMAPPED, locale, 400)
    letters = TEXTS[locale]

    for at, one in enumerate(letters):
        for other in letters[at + 1 :]:
            if one + other not in ALIKE:
                assert difference(drawn[one], drawn[other]) > 8, f"{one} looks like {other}"


@pytest.mark.parametrize("locale", TEXTS)
def test_a_heavier_weight_is_another_face_and_not_a_smeared_one(locale: str) -> None:
    pdf = engine.to_pdf(sheet_of(TEXTS[locale], locale, 700), sheet="a4")

    assert fonts_in(pdf) <= {"App-Sans-Bold", "App-JP-Bold"}


def test_only_the_shipped_fonts_are_embedded_even_for_unknown_letters() -> None:
    everything = "".join(TEXTS.values()) + UNMAPPED + "अ한😀"
    html = sheet_of(everything, "en", 400).replace("'App Sans', 'App JP'", "'DejaVu Serif', serif")

    found = fonts_in(engine.to_pdf(html, sheet="a4"))

    assert found
    assert all("Noto-Sans" in name or "App-" in name for name in found), found


def fonts_in(pdf: bytes) -> set[str]:
    """The names of the embedded fonts, without the mark of the subset."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        names = set()
        for item in opened.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                assert any(key in item for key in ("/FontFile2", "/FontFile3"))
                names.add(str(item.FontName).partition("+")[2])
        return names
