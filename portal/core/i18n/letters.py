"""Letters: capitals the Turkish way, folding for search, and alphabetical order per language."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from portal.core.i18n.languages import current_locale

_TO_HIRAGANA: Final = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
# Letters that Unicode does not take apart, and Arabic forms people type for one another.
_PLAIN: Final = str.maketrans(
    {
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ŋ": "n", "ə": "e",
        "æ": "ae", "œ": "oe", "þ": "th", "ƒ": "f", "\u309b": "\u3099", "\u309c": "\u309a",
        "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ک": "ك", "ہ": "ه", "ھ": "ه", "ٱ": "ا", "ـ": "",
    }
)  # fmt: skip
# Accents, Hebrew and Arabic vowel signs, and characters without a shape. Kana voicing marks
# (U+3099, U+309A) and Indic vowel signs stay: they make other letters.
_DROPPED: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)


def upper(text: str, locale: str | None = None) -> str:
    """Capitals as the language writes them: Turkish ``i`` becomes ``İ``, ``ı`` becomes ``I``."""
    if (locale or current_locale()) == "tr":
        text = text.replace("i", "İ").replace("ı", "I")
    return text.upper()


def lower(text: str, locale: str | None = None) -> str:
    """Small letters as the language writes them: Turkish ``I`` becomes ``ı``, any ``İ`` ``i``."""
    text = text.replace("İ", "i")
    if (locale or current_locale()) == "tr":
        text = text.replace("I", "ı")
    return text.lower()


def fold(text: str) -> str:
    """What search compares: no case, no accents, one i, one width, hiragana for katakana."""
    if text.isascii():
        return text.lower()
    folded = _fold_once(text)
    # Taking marks away can bring letters together that fold further.
    while (again := _fold_once(folded)) != folded:
        folded = again
    return folded


def _fold_once(text: str) -> str:
    text = text.translate(_PLAIN)
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _DROPPED.sub("", unicodedata.normalize("NFKD", text)).translate(_PLAIN)
    return unicodedata.normalize("NFKC", text.translate(_TO_HIRAGANA))


_ALPHABETS: Final = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "es": "abcdefghijklmnñopqrstuvwxyz",
    "tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz",
}
_RANKS: Final = {
    locale: {letter: chr(0x41 + place) for place, letter in enumerate(alphabet)}
    for locale, alphabet in _ALPHABETS.items()
}
_SMALL_KANA: Final = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_VOWELS: Final = {
    kana: vowel
    for vowel, row in {
        "あ": "あかさたなはまやらわ", "い": "いきしちにひみりゐ", "う": "うくすつぬふむゆる",
        "え": "えけせてねへめれゑ", "お": "おこそとのほもよろを",
    }.items()
    for kana in row
}  # fmt: skip


def sort_key(text: str, locale: str | None = None) -> str:
    """A string whose plain code-point order is the language's order; fit to keep in a column.

    Letters decide first, accents the alphabet does not count break ties. For Japanese, pass the
    reading: あいうえお order, where が follows か and a long mark counts as its vowel.
    """
    locale = locale or current_locale()
    plain = unicodedata.normalize("NFC", lower(unicodedata.normalize("NFKC", text.strip()), locale))
    ranks = _RANKS.get(locale, _RANKS["en"])
    main = "".join(ranks.get(letter) or _bare(letter, ranks) for letter in plain)
    return f"{_kana_order(main)}\x01{plain}"


def _bare(letter: str, ranks: dict[str, str]) -> str:
    """The rank of a letter outside the alphabet: that of what remains without its accents."""
    if letter.isascii():
        return letter
    bare = fold(letter)
    return "".join(ranks.get(part, part) for part in bare)


def _kana_order(text: str) -> str:
    """Kana without voicing and size, long marks as vowels."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFD", text).replace("\u3099", "").replace("\u309a", "")
    letters: list[str] = []
    for letter in text.translate(_SMALL_KANA):
        long = letter == "ー" and letters and _VOWELS.get(letters[-1])
        letters.append(long or letter)
    return "".join(letters)
