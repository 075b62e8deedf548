"""WeasyPrint, held once in a process: fonts, parsed style sheets, and a lock around them.

Importing it costs half a second and a font configuration leaks, so both happen once, on first
use. Threads that shared the configuration at the same time would corrupt memory: the lock is not
an optimisation.
"""

from __future__ import annotations

import gc
import os
import threading
from functools import cache
from importlib import import_module
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portal.core.documents.fetcher import Resources

ROOT = Path(__file__).resolve().parents[3]
FONTS = ROOT / "static" / "fonts"
STYLE = ROOT / "templates" / "pdf" / "_paper.css"
FACES = (
    ("App Sans", 400, "NotoSans_400Regular.ttf"),
    ("App Sans", 700, "NotoSans_700Bold.ttf"),
    ("App JP", 400, "NotoSansJP_400Regular.ttf"),
    ("App JP", 700, "NotoSansJP_700Bold.ttf"),
)
SHEETS = {"a4": "A4", "letter": "letter"}
VARIANT = "pdf/a-3a"
COLOURS = "paper"

_one_at_a_time = threading.Lock()


def to_pdf(html: str, *, sheet: str, resources: Resources | None = None) -> bytes:
    """Lay out a complete HTML page as a tagged PDF/A-3a, PDF/UA-1 file; equal input, equal bytes.

    ``sheet`` is ``a4`` or ``letter``. Call it from a worker: a letter takes 30 ms, a first one
    over a second.
    """
    with _one_at_a_time:
        weasyprint, fonts = _engine()
        from portal.core.documents.fetcher import InMemory
        from portal.core.documents.xmp import add_pdfua

        page = weasyprint.HTML(string=html, url_fetcher=InMemory(resources or {}))
        pdf: bytes = page.write_pdf(
            font_config=fonts,
            stylesheets=[_style(), _sheet(sheet)],
            pdf_variant=VARIANT,
            color_profiles={COLOURS: _colours()},
            output_intent=COLOURS,
            finisher=add_pdfua,
        )
        return pdf


@cache
def _engine() -> tuple[Any, Any]:
    os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))
    weasyprint: Any = import_module("weasyprint")
    fonts: Any = import_module("weasyprint.text.fonts")
    from portal.core.documents.hyphenation import add_turkish

    add_turkish()
    found = weasyprint, fonts.FontConfiguration()
    # All that is loaded now stays; walking over it again and again took a fifth of each letter.
    gc.collect()
    gc.freeze()
    return found


def _colours() -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """The sRGB profile, fresh for each paper: one that was read before is written differently.

    Asked for by name, WeasyPrint opens the file each time and leaves it open.
    """
    css: Any = import_module("weasyprint.css")
    profile = BytesIO(_srgb())
    return css.ColorProfile(profile, "sRGB2014.icc", "relative-colorimetric", ("r", "g", "b"))


@cache
def _srgb() -> bytes:
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


@cache
def _style() -> Any:  # noqa: ANN401 - WeasyPrint has no types
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("paper:{file}") }}'
        for family, weight, file in FACES
    )
    fonts = {f"paper:{file}": ((FONTS / file).read_bytes(), "font/ttf") for *_, file in FACES}
    return _css(faces + STYLE.read_text(encoding="utf-8"), fonts)


@cache
def _sheet(name: str) -> Any:  # noqa: ANN401
    return _css(f"@page {{ size: {SHEETS[name]} }}", {})


def _css(text: str, resources: Resources) -> Any:  # noqa: ANN401
    weasyprint, fonts = _engine()
    from portal.core.documents.fetcher import InMemory

    return weasyprint.CSS(string=text, font_config=fonts, url_fetcher=InMemory(resources))
