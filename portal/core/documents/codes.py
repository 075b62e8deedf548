"""Verify codes: unguessable, easy to read aloud and to type, and drawn as a QR code."""

from __future__ import annotations

import secrets
import unicodedata

import segno
from markupsafe import Markup, escape

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that nothing can be misread."""

LENGTH = 24
GROUP = 4
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "İ": "1", "U": "V"})


def new_code() -> str:
    """A fresh code of 120 random bits, such as ``7K2M-…``."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def normalised(typed: str) -> str | None:
    """The code a person meant, however they typed it; ``None`` if it cannot be one."""
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_MISREAD)
    plain = "".join(character for character in plain if character in ALPHABET)
    return _grouped(plain) if len(plain) == LENGTH else None


def qr_svg(text: str, *, title: str) -> Markup:
    """The QR code of a text as inline SVG, titled, without a style attribute."""
    code = segno.make(text, error="m", micro=False)
    size = code.symbol_size(border=0)[0]
    path = "".join(
        f"M{start} {y}.5h{length}"
        for y, row in enumerate(code.matrix)
        for start, length in _runs(row)
    )
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {0} {0}" role="img" '
        'shape-rendering="crispEdges"><title>{1}</title><path stroke="#000000" d="{2}"/></svg>'
    ).format(size, escape(title), path)


def _grouped(plain: str) -> str:
    return "-".join(plain[at : at + GROUP] for at in range(0, len(plain), GROUP))


def _runs(row: bytearray) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs
