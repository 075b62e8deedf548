"""Search terms: the folded words of a text, Japanese as pairs of letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from portal.core.i18n.letters import fold

LONGEST_TERM: Final = 64
MOST_TERMS: Final = 2_000
MOST_QUERY_TERMS: Final = 8

_APOSTROPHES: Final = "'\u2019\u02bc\u2018`\u00b4"
# Blocks of scripts written without spaces; Hangul has spaces and counts as words.
_CJK: Final = (
    "\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Vowel signs of Indic and South-East Asian scripts are part of a word.
_MARKS: Final = "\u0900-\u0dff\u0e30-\u0eff\u0f18-\u0fbc\u102b-\u109d\u17b4-\u17d3\u3099\u309a"
_CHUNK: Final = re.compile(rf"(?:[^\W_]|[{_MARKS}{_APOSTROPHES}.@_+-])+")
_PART: Final = re.compile(rf"(?P<cjk>[{_CJK}]+)|(?P<word>(?:(?![{_CJK}])[^\W_]|[{_MARKS}])+)")


def search_terms(text: str) -> str:
    """The terms to index for ``text``, each once, separated by spaces.

    Words stay whole (a query matches their beginning). ``O'Brien`` and ``Jean-Luc`` are found with
    and without their sign, an address by each part and as a whole, Japanese by any run of letters.
    """
    terms: dict[str, None] = {}
    for chunk in _CHUNK.findall(fold(text)):
        for term in _indexed(chunk):
            terms[term[:LONGEST_TERM]] = None
        if len(terms) >= MOST_TERMS:
            break
    return " ".join(list(terms)[:MOST_TERMS])


def query_terms(query: str) -> list[str]:
    """The terms a text must have for ``query``: each the beginning of one of its terms."""
    terms: dict[str, None] = {}
    for chunk in _CHUNK.findall(fold(query)):
        whole = _whole_address(chunk)
        for term in [whole] if whole else _asked(chunk):
            terms[term[:LONGEST_TERM]] = None
    return list(terms)[:MOST_QUERY_TERMS]


def _indexed(chunk: str) -> Iterator[str]:
    parts = list(_PART.finditer(chunk))
    for part in parts:
        yield from _pairs(part["cjk"]) if part["cjk"] else (part["word"],)
        if part["cjk"]:
            # The last letter begins no pair, yet someone may look for it alone.
            yield part["cjk"][-1]
    if whole := _whole_address(chunk):
        yield whole
    elif len(parts) > 1 and not any(part["cjk"] for part in parts):
        yield "".join(part["word"] for part in parts)


def _asked(chunk: str) -> Iterator[str]:
    parts = list(_PART.finditer(chunk))
    if not any(part["cjk"] for part in parts):
        # The index has O'Brien as o, brien and obrien; hyphens may stay apart.
        parts = list(_PART.finditer(re.sub(f"[{_APOSTROPHES}]", "", chunk)))
    for part in parts:
        yield from _pairs(part["cjk"]) if part["cjk"] else (part["word"],)


def _pairs(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)]


def _whole_address(chunk: str) -> str | None:
    """``ada.l@example.org`` as the one term ``ada_l_example_org``."""
    chunk = chunk.strip("@.+-_" + _APOSTROPHES)
    if "@" not in chunk:
        return None
    return re.sub(rf"[{_APOSTROPHES}.@_+-]+", "_", chunk)
