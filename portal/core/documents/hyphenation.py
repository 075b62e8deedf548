"""Where a Turkish word may be divided: pyphen has no Turkish, and the rule is short."""

from __future__ import annotations

from pathlib import Path

import pyphen

VOWELS = frozenset("aâeıiîoöuûüAÂEIİÎOÖUÛÜ")


def syllable_starts(word: str) -> list[int]:
    """The indices at which a new syllable begins.

    A consonant right before a vowel opens a syllable, and so does a vowel after a vowel
    (Türk Dil Kurumu, *Hece yapısı ve satır sonunda kelimelerin bölünmesi*).
    """
    starts = []
    for at in range(1, len(word)):
        if not word[at].isalpha() or not word[at - 1].isalpha():
            continue
        opens = word[at] not in VOWELS and at + 1 < len(word) and word[at + 1] in VOWELS
        meets = word[at] in VOWELS and word[at - 1] in VOWELS
        if (opens or meets) and any(letter in VOWELS for letter in word[:at]):
            starts.append(at)
    return starts


class _Turkish:
    """Stands in for pyphen's dictionary of patterns."""

    def positions(self, word: str) -> list[pyphen.DataInt]:
        """The indices as pyphen wants them."""
        return [pyphen.DataInt(at) for at in syllable_starts(word)]  # type: ignore[no-untyped-call]


def add_turkish() -> None:
    """Teach pyphen, and through it the PDF engine, to divide Turkish words."""
    path = Path("tr")
    pyphen.LANGUAGES["tr"] = path
    pyphen.LANGUAGES_LOWERCASE["tr"] = "tr"
    pyphen.hdcache[path] = _Turkish()
